"""A simulated patient: it sees only the cue, and acts only by moving its hand. The same seed moves the same way.

It reacts late, moves at its own pace, aims with noise, trembles, opens slower than it closes, bends fingers nobody
asked, has good and bad days, tires, rests, and now and then slips. It is a tool to try levels and controllers with, not
a model of a person.
"""

from collections.abc import Sequence
from math import hypot
from random import Random

import numpy as np

from engine.hand import Array, Side
from engine.handmodel import HandAngles
from engine.inputs import CONTROLS, ControlName
from engine.motion.ranges import ABLE_ADULT
from engine.play.form import Form
from engine.play.game import Cue, Place, Target
from engine.play.move import Move
from engine.play.posing import Shown, show
from engine.play.profiles import Profile
from engine.play.reaching import PALM_IN_REACH, Reach, Xy, plan_reach
from engine.play.unrest import Unrest

HOME_XY = (0.5, 0.3)
ANOTHER_BAND = 0.10
PINCH_EFFORT = 0.6
"""How much of a full bend thumb and finger spend on a pinch."""
TREMOR_AT_TIPS = 0.8
"""A palm width of tremor, as a share of the way from open to touching."""
RELAXED = (0.0, 0.0)

_COLUMN = {control: n for n, control in enumerate(CONTROLS)}
_LONG_FLEXIONS: tuple[ControlName, ...] = ("flexion.index", "flexion.middle", "flexion.ring", "flexion.little")
_PINCHES: tuple[ControlName, ...] = ("pinch.index", "pinch.middle", "pinch.ring", "pinch.little")
_FLEXION, _PINCH = slice(0, 5), _COLUMN["pinch.index"]
_FIST, _SPREAD, _OPPOSITION, _WRIST = (_COLUMN[c] for c in ("fist", "spread", "opposition", "wrist"))


class PatientHand:
    """One hand of one simulated patient, on one day: each seed is a day of its own."""

    def __init__(self, profile: Profile, seed: int, side: Side = Side.RIGHT) -> None:
        self.profile, self.side = profile, side
        self.random = Random(f"{profile.base}:{seed}")
        self.form = Form(profile, seed)
        self.moves: dict[ControlName, Move] = {}
        self.asked: tuple[Target, ...] = ()
        self.t_s: float | None = None
        self.reacts = True
        self.reaction_s = self.certain_s()
        self.rests_until_s = 0.0
        self.reach = Reach(HOME_XY, HOME_XY, HOME_XY, 0.0, ())
        self.goal_xy = HOME_XY
        self.next_place: tuple[float, Place] | None = None
        self.unrest = Unrest(profile, seed, len(CONTROLS))
        # How far each long finger goes along with the effort of the other four; its own effort is no company.
        self._along = np.array(profile.along)[:, 1:]
        self._along[1:][np.eye(4, dtype=bool)] = 0.0
        self._idle, self._bias = np.zeros(4), np.zeros(4)

    def at(self, t_s: float, cue: Cue | None) -> tuple[HandAngles, Xy]:
        """Joint angles, and the palm's place in the reach area (0..1), at `t_s`: about RATE_HZ times a second."""
        self.certain_s()
        if cue is not None:
            self.notice(t_s, cue)
        angle_rad, palm_xy, _ = self.move((t_s,))
        x, y = palm_xy[0].tolist()
        return HandAngles.from_array(angle_rad[0]), (x, y)

    def move(self, times_s: Sequence[float]) -> tuple[Array, Array, Array | None]:
        """Joint angles (n, 20), the palm's places (n, 2) and the wrist's flexion (n,), None while nobody has asked for
        it, at these times, RATE_HZ a second, after the last ones."""
        dt_s = 0.0 if self.t_s is None else times_s[0] - self.t_s
        self.t_s = times_s[-1]
        tremor, drift = self.unrest.next(len(times_s))
        tremor = tremor * self.profile.tremor_palms
        palm_xy = np.array([self._palm(t_s) for t_s in times_s]) + PALM_IN_REACH * tremor[:, :2]
        shown, lets_go = self._controls(times_s, dt_s, drift * (self.profile.unsteadiness * self.form.slower))
        wrist, turns = ABLE_ADULT.wrist, shown[:, _WRIST] * self.profile.wrist_range
        wrist_rad = wrist.rest + (wrist.full - wrist.rest) * turns if "wrist" in self.moves else None
        angle_rad = self._pose(shown, lets_go, self._bent(times_s, dt_s), tremor[:, 2])
        return angle_rad, palm_xy, wrist_rad

    def lies_until(self, t_s: float) -> None:
        """Nobody sees it until then. Its fingers stay as they are; what it had set out to do is due when it is seen."""
        self.t_s = t_s

    def certain_s(self) -> float:
        """How late it will react to what it is asked next: nothing can change the movement any sooner than that."""
        if self.reacts:
            self.reaction_s = self.profile.reaction_s + self.random.expovariate(1 / self.profile.reaction_more_s)
            self.reacts = False
        return self.reaction_s

    def notice(self, t_s: float, cue: Cue) -> None:
        """Decide to move where something new is asked, or where what was done has not arrived; relax the rest."""
        if cue.targets != self.asked:
            self.asked = cue.targets
            if self.random.random() < self.profile.still:
                self.rests_until_s = t_s + self.random.expovariate(1 / self.profile.still_s)
            asked = [target.control for target in cue.targets]
            for control, held in self.moves.items():
                if held.band is not RELAXED and control not in asked:
                    self._decide(t_s, Target(control, *RELAXED), held, new=True)
                    held.decided, held.band = 0.0, RELAXED
            self._idle = np.array([0.0 if {name, "fist"}.intersection(asked) else 1.0 for name in _LONG_FLEXIONS])
        for target in cue.targets:
            move = self.moves.get(target.control)
            if move is None:
                move = self.moves[target.control] = Move()
            low, high = move.band
            if abs(target.low + target.high - low - high) > 2 * ANOTHER_BAND:
                move.band = (target.low, target.high)
                if move.decided is not None or not target.low <= move.value <= target.high:
                    self._decide(t_s, target, move, new=True)
            elif t_s > move.settled_s and not target.low <= move.value <= target.high:
                self._decide(t_s, target, move, new=False)
        if cue.place is not None:
            going_xy = self.goal_xy if self.next_place is None else self.next_place[1].xy
            elsewhere = _apart(going_xy, cue.place.xy) > cue.place.radius
            there = self.next_place is not None or _apart(self.reach.end_xy, cue.place.xy) <= cue.place.radius
            if elsewhere or (t_s >= self.reach.end_s and not there):
                begin_s = t_s + self._notices_after_s(cue.place)
                # What was decided goes first, unless it would come later.
                if self.next_place is None or begin_s < self.next_place[0]:
                    self.next_place = begin_s, cue.place

    def _decide(self, t_s: float, target: Target, move: Move, *, new: bool) -> None:
        """One more movement, as late and as tired as this hand is by now."""
        slower = self.form.slower
        self.form.moved()
        self.reacts = True
        move.decide(t_s, target, self.profile, self.random, self.reaction_s, self.rests_until_s, slower, new=new)

    def _notices_after_s(self, place: Place) -> float:
        """How long it takes to see where to go and to set out; the far end of a neglected side is noticed late."""
        self.reacts, neglect_s = True, self.profile.neglect_s
        late_s = self._neglected(place.xy) * self.random.expovariate(1 / neglect_s) if neglect_s > 0.0 else 0.0
        return self.reaction_s + late_s

    def _neglected(self, xy: Xy) -> float:
        """How far into the neglected side a place lies, 0..1; it is the affected one."""
        x = 2 * xy[0] - 1
        return min(1.0, max(0.0, x if self.side is Side.RIGHT else -x))

    def _palm(self, t_s: float) -> Xy:
        if self.next_place is None:
            return self.reach.at(t_s)
        begin_s, place = max(self.next_place[0], self.rests_until_s), self.next_place[1]
        if t_s >= begin_s:
            (x, y), slower = self.reach.at(t_s), self.form.slower
            # What is reached for on a neglected side is reached short.
            goes = 1.0 - self.profile.neglect_short * self._neglected(place.xy)
            aimed_xy = x + (place.xy[0] - x) * goes, y + (place.xy[1] - y) * goes
            self.reach = plan_reach(self.profile, self.random, begin_s, (x, y), aimed_xy, place.radius, slower)
            self.goal_xy, self.next_place = place.xy, None
            self.form.moved()
        return self.reach.at(t_s)

    def _controls(self, times_s: Sequence[float], dt_s: float, drift: Array) -> tuple[Array, Array]:
        """Every control as it shows, (n, controls), and how far each is still from what it is let go to."""
        value, command = np.zeros_like(drift), np.zeros_like(drift)
        for control, move in self.moves.items():
            column = _COLUMN[control]
            value[:, column], command[:, column] = move.over(times_s, dt_s)
        # What is held wanders; an open hand has nothing to hold.
        return _share(value + drift * np.minimum(1.0, 2 * value)), np.maximum(value - command, 0.0)

    def _pose(self, shown: Array, lets_go: Array, bent: Array, tremor: Array) -> Array:
        """All fingers: those that were asked as they move, the others as far as they go along."""
        profile, count = self.profile, len(shown)
        bend = shown[:, _FLEXION]
        bend[:, 1:] = np.maximum(bend[:, 1:], shown[:, _FIST, None])
        effort, pinching, near, spill = bend, self._pinching(), np.zeros(count), np.zeros((count, 1))
        if pinching is not None:
            column = _PINCH + pinching
            effort, spent = bend.copy(), PINCH_EFFORT * shown[:, column]
            effort[:, 0] = np.maximum(effort[:, 0], spent)
            effort[:, 1 + pinching] = np.maximum(effort[:, 1 + pinching], spent)
            spill = (profile.together * PINCH_EFFORT * lets_go[:, column])[:, None]
            # A thumb that lies across the palm is near no finger, however little the hand opens.
            wide, close = profile.pinching[0] * (1.0 - shown[:, _OPPOSITION]), profile.pinching[1]
            near = _share(wide + (close - wide) * shown[:, column] + TREMOR_AT_TIPS * tremor)
        goes = np.maximum(bend[:, 1:], np.maximum.reduce(effort[:, :, None] * self._along, axis=1)) - spill
        least, most = profile.bending
        thumb = bend[:, 0]
        return show(
            Shown(
                least + (most - least) * _share(goes + bent),
                opposition=shown[:, _OPPOSITION] * profile.thumb_reach,
                spread=shown[:, _SPREAD] * profile.active_range,
                thumb=(thumb > 0.0) * (least + (most - least) * thumb),
                pinching=pinching,
                near=near,
            )
        )

    def _pinching(self) -> int | None:
        """Which long finger, 0 to 3, meets the thumb, of those that were ever asked: the one that is nearest."""
        pinches = [(self.moves[name].value, -n) for n, name in enumerate(_PINCHES) if name in self.moves]
        return -max(pinches)[1] if pinches else None

    def _bent(self, times_s: Sequence[float], dt_s: float) -> Array:
        """The bend of fingers nobody asked, (n, 4); it comes and goes as quickly as a finger closes."""
        bias = self.profile.bent_bias
        if bias == 0.0:
            return self._bias
        goal, pinching = bias * self._idle, self._pinching()
        if pinching is not None:
            goal[pinching] = 0.0
        left = np.exp(-dt_s / self.profile.close_s * np.arange(1, 1 + len(times_s)))[:, None]
        bent: Array = goal + (self._bias - goal) * left
        self._bias = bent[-1]
        return bent


def _share(value: Array) -> Array:
    """The values, within 0..1."""
    within: Array = np.minimum(np.maximum(value, 0.0), 1.0)
    return within


def _apart(a: Xy, b: Xy) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
