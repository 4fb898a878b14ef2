"""A hand's pictures looked at: each smoothed with the ones before it, and measured. One by one as they come, or many at
once where they are known ahead."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import isfinite
from typing import NamedTuple

import numpy as np

from engine.hand import Array, HandFrame, Sample
from engine.motion.filters import OneEuro, Smoothed, smooth
from engine.motion.handmotion import HandMotion, is_lost
from engine.motion.measures import Measures, all_seen, measure_seen
from engine.motion.ranges import bends_and_pinches
from engine.motion.together import measure_together

# Metres and picture widths are filtered at once, each in its own way: x, y, z, and the picture's x, y.
SPACE_FILTER = OneEuro(rest_hz=2.0, hz_per_speed=25.0)
_SPACE_AND_PICTURE_FILTER = OneEuro(
    np.tile([2.0, 2.0, 2.0, 2.5, 2.5], (21, 1)), np.tile([25.0, 25.0, 25.0, 12.0, 12.0], (21, 1))
)


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


def _smoothed(before: Smoothed | None, seen_s: float | None, frame: HandFrame) -> Smoothed | None:
    """A hand last seen at `seen_s`, with one more frame; None where the frame tells nothing."""
    seen = all_seen(frame)
    if (seen_s is not None and frame.t_s <= seen_s) or not isfinite(np.vdot(seen, seen)):
        return None
    return _smooth(None if is_lost(seen_s, frame.t_s) else before, frame.t_s, seen)


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
