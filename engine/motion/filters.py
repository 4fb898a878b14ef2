"""The 1 euro filter: still when the hand is still, quick when it is quick.

Formula: Casiez, Roussel, Vogel, "1 euro filter: a simple speed-based low-pass filter", CHI 2012.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import tau
from typing import NamedTuple

import numpy as np

from engine.hand import Array


@dataclass(frozen=True, eq=False)
class OneEuro:
    """The filter's three numbers: the cut-off at rest, how much a unit of speed raises it, and the speed's own.
    The first two may differ from channel to channel: then they have the shape of what is filtered."""

    rest_hz: float | Array
    hz_per_speed: float | Array
    speed_hz: float = 1.0


class Smoothed(NamedTuple):
    """What the filter remembers: when, the smoothed value, and its smoothed speed per second (any one shape)."""

    t_s: float
    value: Array
    speed: Array


def smooth(filter_: OneEuro, before: Smoothed | None, t_s: float, value: Array) -> Smoothed:
    """The next smoothed value. Every channel is filtered by itself.

    The first value passes as it is, at whatever time it comes (0.0 is a time like any other). A value that is not
    newer than the last one changes nothing: no speed can be told from it.
    """
    if before is None:
        return Smoothed(t_s, value, np.zeros_like(value))
    step_s = t_s - before.t_s
    if step_s <= 0.0:
        return before
    keeps, takes, at_rest, by_speed = _in_a_step(filter_, step_s)
    change = value - before.value
    speed = before.speed * keeps
    speed += change * takes
    turns = abs(speed)
    turns *= by_speed
    turns += at_rest
    change /= turns
    return Smoothed(t_s, value - change, speed)


# Pictures mostly come at an even pace: what is alike in all their steps is worked out once.
@lru_cache(maxsize=64)
def _in_a_step(filter_: OneEuro, step_s: float) -> tuple[float, float, float | Array, float | Array]:
    """What a step of this length does: how much it keeps of the speed, what it takes from the change, and 1 + turn of
    each channel, turn = 2 pi f step: at rest, and what a unit of speed adds. Each channel goes 1 / (1 + 1 / turn) of
    the way to its new value: all but 1 / (turn + 1)."""
    step = tau * step_s
    speed_turn = filter_.speed_hz * step
    takes = tau * filter_.speed_hz / (speed_turn + 1.0)
    return 1.0 / (speed_turn + 1.0), takes, filter_.rest_hz * step + 1.0, filter_.hz_per_speed * step
