"""A simulated patient: it sees only the cue, and acts only by moving its hand. The same seed moves the same way.

It reacts late, moves at its own pace, aims with noise, trembles, opens slower than it closes, bends fingers nobody
asked, tires, and now and then slips. It is a tool to try levels and controllers with, not a model of a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, exp, hypot, pi, sqrt
from random import Random

import numpy as np

from engine.hand import Finger
from engine.handmodel import HandAngles
from engine.play.game import Cue, Target
from engine.play.inputs import ControlName
from engine.play.posing import Shown, show
from engine.play.profiles import Profile
from engine.play.reaching import PALM_IN_REACH, Reach, Xy, plan_reach, scattered

RATE_HZ = 30.0
HOME_XY = (0.5, 0.3)
DRIFT_S = 0.6
SETTLES_AFTER = 3.0
"""Time constants after which a finger looks whether it has arrived."""
ANOTHER_BAND = 0.10
PINCH_EFFORT = 0.6
"""How much of a full bend thumb and finger spend on a pinch."""
TREMOR_HOLDS = 0.95
TREMOR_AT_TIPS = 0.8
"""A palm width of tremor, as a share of the way from open to touching."""
RELAXED = (0.0, 0.0)

PINCHES: tuple[tuple[ControlName, Finger, int], ...] = (
    ("pinch.index", Finger.INDEX, 1),
    ("pinch.middle", Finger.MIDDLE, 2),
    ("pinch.ring", Finger.RING, 3),
    ("pinch.little", Finger.LITTLE, 4),
)
FLEXIONS: tuple[ControlName, ...] = (
    "flexion.thumb",
    "flexion.index",
    "flexion.middle",
    "flexion.ring",
    "flexion.little",
)


@dataclass(slots=True)
class Move:
    """One control on its way, 0..1 of the person's own range: `value` now, `command` as the muscles have it, and
    the one decided on, which begins at `begins_s`. `band` is what was asked; `drift` what a held command wanders."""

    value: float = 0.0
    command: float = 0.0
    decided: float | None = None
    begins_s: float = 0.0
    settled_s: float = 0.0
    tau_s: float = 0.1
    band: tuple[float, float] = (-1.0, -1.0)
    drift: float = 0.0

    def after(self, t_s: float, dt_s: float, keep: float, kick: float) -> None:
        if self.decided is not None and t_s >= self.begins_s:
            self.command, self.decided = self.decided, None
        self.value += (self.command - self.value) * (1.0 - exp(-dt_s / self.tau_s))
        self.drift = self.drift * keep + kick

    @property
    def shown(self) -> float:
        """What is held wanders; an open hand has nothing to hold."""
        value = self.value
        return _share(value + self.drift * (2 * value if value < 0.5 else 1.0))


class Tremor:
    """An AR(2) resonator: x[n] = 2 r cos(w) x[n-1] - r^2 x[n-2] + e, scaled to unit standard deviation."""

    def __init__(self, turn_rad: float) -> None:
        r = TREMOR_HOLDS
        self.a, self.b = 2 * r * cos(turn_rad), -r * r
        self.kick = sqrt((1 + self.b) * ((1 - self.b) ** 2 - self.a * self.a) / (1 - self.b))
        self.last = self.before = 0.0

    def next(self, normal: float) -> float:
        self.last, self.before = self.a * self.last + self.b * self.before + self.kick * normal, self.last
        return self.last


class PatientHand:
    """The affected hand of one simulated patient."""

    def __init__(self, profile: Profile, seed: int) -> None:
        self.profile = profile
        self.random = Random(f"{profile.name}:{seed}")
        self.moves: dict[ControlName, Move] = {}
        self.asked: tuple[Target, ...] = ()
        self.movements = 0
        self.t_s: float | None = None
        self.reach = Reach(HOME_XY, HOME_XY, HOME_XY, 0.0, ())
        self.next_place: tuple[float, Xy, float] | None = None
        self.tremors = tuple(Tremor(2 * pi * profile.tremor_hz / RATE_HZ) for _ in range(3))
        self.normals = _normals(seed)
        # How far each long finger goes along with the effort of the other four; its own effort is no company.
        self.goes_along = [
            (i, tuple(0.0 if j == i else row[i] for j, row in enumerate(profile.along))) for i in (1, 2, 3, 4)
        ]

    def at(self, t_s: float, cue: Cue | None) -> tuple[HandAngles, Xy]:
        """Joint angles, and the palm's place in the reach area (0..1), at `t_s`: about RATE_HZ times a second."""
        dt_s = 0.0 if self.t_s is None else t_s - self.t_s
        self.t_s = t_s
        if cue is not None:
            self._attend(t_s, cue)
        profile, normals = self.profile, self.normals
        keep = exp(-dt_s / DRIFT_S)
        kick = profile.unsteadiness * self.tired * sqrt(1 - keep * keep)
        common, own = profile.together * next(normals), sqrt(1 - profile.together**2)
        for move in self.moves.values():
            move.after(t_s, dt_s, keep, kick * (common + own * next(normals)))
        palms = profile.tremor_palms
        side, away, tips = [tremor.next(next(normals)) * palms for tremor in self.tremors]
        x, y = self._palm(t_s)
        return show(self._shown(cue, tips)), (x + side * PALM_IN_REACH, y + away * PALM_IN_REACH)

    @property
    def tired(self) -> float:
        """1 when fresh; later, slower and less steady by this factor."""
        over = self.movements - self.profile.tires_after
        return 1.0 if over <= 0 else 1.0 + self.profile.tires_per_100 * over / 100

    def _attend(self, t_s: float, cue: Cue) -> None:
        """Decide to move where something new is asked, or where what was done has not arrived; relax the rest."""
        if cue.targets is not self.asked:
            self.asked = cue.targets
            asked = [target.control for target in cue.targets]
            for control, held in self.moves.items():
                if held.band is not RELAXED and control not in asked:
                    self._decide(t_s, Target(control, *RELAXED), held, new=True)
                    held.decided, held.band = 0.0, RELAXED
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
            goal, radius = cue.place.xy, cue.place.radius
            elsewhere = _apart(self.reach.goal_xy, goal) > radius
            beside = t_s >= self.reach.end_s and _apart(self.reach.end_xy, goal) > radius
            if self.next_place is None and (elsewhere or beside):
                self.next_place = (t_s + self._reaction_s(), goal, radius)

    def _reaction_s(self) -> float:
        return self.profile.reaction_s + self.random.expovariate(1 / self.profile.reaction_more_s)

    def _decide(self, t_s: float, target: Target, move: Move, *, new: bool) -> None:
        """A new command: after the delay of closing or of letting go, to the middle of the band, with noise."""
        profile, random = self.profile, self.random
        self.movements += 1
        goal = (target.low + target.high) / 2
        way = abs(goal - move.value)
        opens = (goal < move.value) != (target.control == "spread")
        delay_s = self._reaction_s()
        if new:
            slow_s = profile.release_delay_s if opens else profile.grip_delay_s
            delay_s = max(delay_s, slow_s * scattered(random, profile.time_spread) * min(1.0, 2 * way))
        if random.random() < profile.lapse:
            delay_s, goal = delay_s + random.uniform(0.5, 2.5), random.random()
        move.decided = min(1.0, max(0.0, goal + random.gauss(0, profile.aim_noise) * way * self.tired))
        move.begins_s = t_s + delay_s
        move.tau_s = (
            (profile.open_s if opens else profile.close_s) * scattered(random, profile.time_spread) * self.tired
        )
        move.settled_s = move.begins_s + SETTLES_AFTER * move.tau_s

    def _palm(self, t_s: float) -> Xy:
        if self.next_place is not None and t_s >= self.next_place[0]:
            begin_s, goal, radius = self.next_place
            here = self.reach.at(t_s)
            self.reach = plan_reach(self.profile, self.random, begin_s, here, goal, radius, self.tired)
            self.next_place = None
            self.movements += 1
        return self.reach.at(t_s)

    def _shown(self, cue: Cue | None, tremor: float) -> Shown:
        """All fingers: those that were asked as they move, the others as far as they go along."""
        profile, moves = self.profile, self.moves
        asked = () if cue is None else [target.control for target in cue.targets]
        bend = [moves[name].shown if name in moves else 0.0 for name in FLEXIONS]
        if "fist" in moves:
            fist = moves["fist"].shown
            bend = [bend[0], *(max(own, fist) for own in bend[1:])]
        effort, pinch, nearest, pinching, lets_go = bend, None, 0.0, 0, 0.0
        for name, finger, n in PINCHES:
            if name in moves:
                move = moves[name]
                near = move.shown
                if pinch is None or near > nearest:
                    pinch, nearest, pinching, lets_go = finger, near, n, max(0.0, move.value - move.command)
        if pinch is not None:
            effort, spent = list(bend), PINCH_EFFORT * nearest
            effort[0], effort[pinching] = max(effort[0], spent), max(effort[pinching], spent)
        least, most = profile.bending
        bent = []
        thumb, first, second, third, fourth = effort
        spill = profile.together * PINCH_EFFORT * lets_go
        fist_asked = "fist" in asked
        for i, (t, a, b, c, d) in self.goes_along:
            share = max(bend[i], t * thumb, a * first, b * second, c * third, d * fourth) - spill
            if i != pinching and not fist_asked and FLEXIONS[i] not in asked:
                share += profile.bent_bias
            bent.append(least + (most - least) * _share(share))
        index, middle, ring, little = bent
        return Shown(
            (index, middle, ring, little),
            opposition=self._part("opposition", profile.thumb_reach),
            spread=self._part("spread", profile.active_range),
            thumb=least + (most - least) * bend[0] if bend[0] > 0 else 0.0,
            pinch=None if pinch is None else (pinch, self._near(nearest, tremor)),
        )

    def _part(self, control: ControlName, most: float) -> float:
        return self.moves[control].shown * most if control in self.moves else 0.0

    def _near(self, pinch: float, tremor: float) -> float:
        wide, near = self.profile.pinching
        return _share(wide + (near - wide) * pinch + tremor * TREMOR_AT_TIPS)


def _normals(seed: int) -> Iterator[float]:
    """Standard normal numbers without end, drawn by the thousand."""
    generator = np.random.default_rng([seed, 20])
    while True:
        yield from generator.standard_normal(1024).tolist()


def _share(value: float) -> float:
    """The value, within 0..1."""
    return 0.0 if value < 0.0 else 1.0 if value > 1.0 else value


def _apart(a: Xy, b: Xy) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
