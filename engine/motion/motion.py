"""Samples in, game input out: filter -> measures -> the person's own range -> controls and edges, for both hands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import isfinite
from typing import NamedTuple

import numpy as np

from engine.changed import changed
from engine.hand import ALL_SENSED, Array, HandFrame, Sample, Sensed, Side
from engine.inputs import COASTING, LOST, NO_HAND, TRACKED, HandInput, Tracking
from engine.motion.edges import held_now
from engine.motion.filters import OneEuro, Smoothed, smooth
from engine.motion.measures import Measures, all_seen, measure_seen
from engine.motion.ranges import ABLE_ADULT, Ranges, bends_and_pinches, control_values, reach_xy
from engine.motion.together import measure_together
from engine.motion.wrist import UNKNOWN_WRIST, Wrist, feel

# A gap shorter than this is coasted over with the values held; a longer one is a lost hand.
COAST_S = 0.2
# A hand that comes back has settled once this many pictures in a row have shown it holding the same. Only then do its
# presses count again: coming back is not a press.
PICTURES_TO_SETTLE = 3
# A hand lost for no longer than this has not gone away, the camera blinked: what it is steadily seen to have done
# meanwhile counts, once it has settled. A hand that was away longer starts afresh, without an edge.
BLINK_S = 0.5
# Time stamps are sums and quotients of frame times: two of them a limit apart may differ by this much more.
_ROUNDING_S = 1e-6
UNKNOWN = ("wrist",)
# A frame older than this is not the present; at 15 pictures a second every other one may be late.
STALE_S = 0.1
# Every camera is late by about the same time, picture after picture. That much lateness is allowed for before a hand
# counts as coasting; more of it could not be played with. A share of each new lateness is believed.
MOST_LAG_S, LAG_SHARE = 0.3, 0.1

# Metres and picture widths are filtered at once, each in its own way: x, y, z, and the picture's x, y.
SPACE_FILTER = OneEuro(rest_hz=2.0, hz_per_speed=25.0)
_SPACE_AND_PICTURE_FILTER = OneEuro(
    np.tile([2.0, 2.0, 2.0, 2.5, 2.5], (21, 1)), np.tile([25.0, 25.0, 25.0, 12.0, 12.0], (21, 1))
)


@dataclass(frozen=True, eq=False)
class HandMotion:
    """One hand as far as it is known. `smoothed`: all that is seen of it, (21, 5) or (21, 3);
    `edges` are (control, is_press) since the last tick, oldest first; `looks_held`: what it seems to hold in its newest
    picture, `alike`: in how many pictures running since it was last lost (PICTURES_TO_SETTLE and no more); `away`: it
    had gone then, longer than a blink; `absent`: the newest sample came without this hand."""

    side: Side
    ranges: Ranges = ABLE_ADULT
    smoothed: Smoothed | None = None
    measures: Measures | None = None
    values: dict[str, float] = field(default_factory=dict)
    palm_xy: tuple[float, float] | None = None
    held: tuple[str, ...] = ()
    edges: tuple[tuple[str, bool], ...] = ()
    confidence: float = 0.0
    seen_s: float | None = None
    looks_held: tuple[str, ...] = ()
    alike: int = 0
    away: bool = True
    absent: bool = False
    wrist: Wrist = UNKNOWN_WRIST
    sensed: Sensed = ALL_SENSED

    def tracking(self, now_s: float) -> Tracking:
        """Tracked, coasting or lost at `now_s` (the source's clock)."""
        if self.seen_s is None or now_s - self.seen_s > COAST_S + _ROUNDING_S:
            return LOST
        return COASTING if self.absent or now_s - self.seen_s > STALE_S else TRACKED


class Look(NamedTuple):
    """A frame that was looked at, ready to be seen: its hand smoothed and measured and, where that was done for many at
    once, the `shares` of its own range that its bends and pinches are.
    `before` is what the hand's smoothing was then; a look is good for nothing else."""

    before: Smoothed | None
    smoothed: Smoothed
    measures: Measures
    shares: dict[str, float] | None = None


def look(hand: HandMotion, frame: HandFrame) -> Look | None:
    """A frame that has come. None where it is not newer than the one before, or holds a number which is none."""
    smoothed = _smoothed(hand.smoothed, hand.seen_s, frame)
    return None if smoothed is None else Look(hand.smoothed, smoothed, measure_seen(smoothed.value, hand.side))


class _Taken(NamedTuple):
    """A frame to come of a hand, with the hand's smoothing before and after it."""

    hand: HandMotion
    frame: HandFrame
    before: Smoothed | None
    after: Smoothed


def look_ahead(hands: Iterable[HandMotion], samples: Sequence[Sample]) -> dict[HandFrame, Look]:
    """Samples to come, oldest first: all that shows these hands, measured together. Left out is what `look` has nothing
    to say of."""
    taken: list[_Taken] = []
    for hand in hands:
        smoothed, seen_s = hand.smoothed, hand.seen_s
        for sample in samples:
            frame = sample.hand(hand.side)
            after = None if frame is None else _smoothed(smoothed, seen_s, frame)
            if frame is not None and after is not None:
                taken.append(_Taken(hand, frame, smoothed, after))
                smoothed, seen_s = after, frame.t_s
    looks: dict[HandFrame, Look] = {}
    # Hands with a picture and without one are taken apart.
    for _, alike in groupby(taken, key=lambda one: one.after.value.shape):
        group = list(alike)
        seen, sides = np.array([one.after.value for one in group]), [one.hand.side for one in group]
        measures, bends_and_apertures = measure_together(seen, sides)
        shares = bends_and_pinches(bends_and_apertures, [one.hand.ranges for one in group])
        for one, measured, share in zip(group, measures, shares, strict=True):
            looks[one.frame] = Look(one.before, one.after, measured, share)
    return looks


def see(hand: HandMotion, frame: HandFrame, looked: Look) -> HandMotion:
    """One more frame of this hand."""
    measures, returned = looked.measures, _is_lost(hand.seen_s, frame.t_s)
    wrist = feel(hand.wrist, measures, frame.t_s)
    values = control_values(measures, hand.ranges, hand.values, wrist.flexion_rad, looked.shares)
    away = _was_away(hand, frame.t_s) if returned else hand.away
    looks_held = held_now(hand.looks_held, values, hand.ranges.triggers)
    settled = hand.alike == PICTURES_TO_SETTLE and not returned
    goes_on = looks_held == hand.looks_held and not returned
    alike = PICTURES_TO_SETTLE if settled else 1 + (hand.alike if goes_on else 0)
    # What is found held after an absence was held on the way back and makes no edge; after a blink, it makes one.
    held = looks_held if away or alike == PICTURES_TO_SETTLE else hand.held
    edges = hand.edges if held == hand.held or (away and not settled) else hand.edges + _edges(hand.held, held)
    return changed(
        hand,
        smoothed=looked.smoothed,
        measures=measures,
        values=values,
        palm_xy=reach_xy(measures, hand.ranges),
        held=held,
        edges=edges,
        confidence=frame.confidence,
        seen_s=frame.t_s,
        looks_held=looks_held,
        alike=alike,
        away=away,
        absent=False,
        wrist=wrist,
        sensed=frame.sensed,
    )


def _is_lost(seen_s: float | None, now_s: float) -> bool:
    return seen_s is None or now_s - seen_s > COAST_S + _ROUNDING_S


def _smoothed(before: Smoothed | None, seen_s: float | None, frame: HandFrame) -> Smoothed | None:
    """A hand last seen at `seen_s`, with one more frame; None where the frame tells nothing."""
    seen = all_seen(frame)
    if (seen_s is not None and frame.t_s <= seen_s) or not isfinite(np.add.reduce(seen, axis=None)):
        return None
    return _smooth(None if _is_lost(seen_s, frame.t_s) else before, frame.t_s, seen)


def _smooth(before: Smoothed | None, t_s: float, seen: Array) -> Smoothed:
    """One more of what `all_seen` gives. A picture that was not there before begins anew; the points go on."""
    if before is not None and before.value.shape != seen.shape:
        points, speed = before.value[:, :3], before.speed[:, :3]
        picture = seen[:, 3:]
        before = Smoothed(
            before.t_s,
            np.concatenate((points, picture), axis=1),
            np.concatenate((speed, np.zeros_like(picture)), axis=1),
        )
    return smooth(SPACE_FILTER if seen.shape[1] == 3 else _SPACE_AND_PICTURE_FILTER, before, t_s, seen)


def _is_newer(hand: HandMotion, t_s: float) -> bool:
    return hand.seen_s is None or t_s > hand.seen_s


def _was_away(hand: HandMotion, t_s: float) -> bool:
    """Whether a lost hand that is back at `t_s` had been away, or was not yet settled from when it was."""
    gone = hand.seen_s is None or t_s - hand.seen_s > BLINK_S + _ROUNDING_S
    return gone or (hand.away and hand.alike < PICTURES_TO_SETTLE)


def _edges(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    released = tuple((name, False) for name in before if name not in after)
    return released + tuple((name, True) for name in after if name not in before)


def hand_input(hand: HandMotion, now_s: float) -> HandInput:
    """What the game is told of this hand at `now_s`."""
    if hand.seen_s is None:
        return NO_HAND
    tracking = hand.tracking(now_s)
    unknown = UNKNOWN if hand.wrist.flexion_rad is None else ()
    if not hand.edges:
        return HandInput(tracking, hand.values, hand.palm_xy, hand.held, unknown=unknown)
    pressed = tuple([name for name, is_press in hand.edges if is_press])
    released = tuple([name for name, is_press in hand.edges if not is_press])
    return HandInput(tracking, hand.values, hand.palm_xy, hand.held, pressed, released, unknown)


class Motion:
    """Both hands of one person. Feed it every sample; take one input per tick. Each edge is given out exactly once,
    however many samples came between two ticks, or none."""

    def __init__(self, ranges: dict[Side, Ranges] | None = None) -> None:
        self.hands = {side: HandMotion(side, (ranges or {}).get(side, ABLE_ADULT)) for side in Side}
        self._told = {side: (hand, NO_HAND) for side, hand in self.hands.items()}
        self._lag_s: float | None = None
        self._looked: dict[HandFrame, Look] = {}

    def expect(self, samples: Sequence[Sample]) -> None:
        """Samples that are known already and will be fed one by one: looked at together, they cost much less."""
        self._looked = look_ahead(self.hands.values(), samples)

    def feed(self, sample: Sample, now_s: float | None = None) -> None:
        """One more sample, of one or both hands; `now_s` is when it came, where that is later than it was taken."""
        if now_s is not None:
            late_s = min(max(now_s - sample.t_s, 0.0), MOST_LAG_S)
            self._lag_s = late_s if self._lag_s is None else self._lag_s + LAG_SHARE * (late_s - self._lag_s)
        for side, hand in self.hands.items():
            frame = sample.hand(side)
            if frame is not None:
                looked = self._looked.get(frame)
                if looked is None or looked.before is not hand.smoothed:
                    looked = look(hand, frame)
                if looked is not None:
                    self.hands[side] = see(hand, frame, looked)
            elif not hand.absent and _is_newer(hand, sample.t_s):
                self.hands[side] = changed(hand, absent=True)

    def tick(self, now_s: float) -> dict[Side, HandInput]:
        """Both hands now, with every edge since the last tick."""
        picture_s, inputs = self._picture_time_s(now_s), {}
        for side, hand in self.hands.items():
            told_of, told = self._told[side]
            # Between two samples there is nothing new to tell of a hand, unless time has made it stale; and of one
            # that was never seen there is nothing at all.
            if hand is not told_of or (hand.seen_s is not None and hand.tracking(picture_s) is not told.tracking):
                told = hand_input(hand, picture_s)
                self._told[side] = hand, told
                if hand.edges:
                    self.hands[side] = changed(hand, edges=())
            inputs[side] = told
        return inputs

    def tracking(self, side: Side, now_s: float) -> Tracking:
        """How well this hand is seen now."""
        return self.hands[side].tracking(self._picture_time_s(now_s))

    def _picture_time_s(self, now_s: float) -> float:
        """The moment a picture that arrives now would be of."""
        return now_s - (self._lag_s or 0.0)

    def pose(self, side: Side) -> tuple[float, ...] | None:
        """The hand's 20 joint angles, radians, as last seen, for showing; None before it was seen."""
        measures = self.hands[side].measures
        return None if measures is None else measures.angle_rad
