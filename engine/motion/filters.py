"""The 1 euro filter: still when the hand is still, quick when it is quick.

Formula: Casiez, Roussel, Vogel, "1 euro filter: a simple speed-based low-pass filter", CHI 2012.
"""

from dataclasses import dataclass
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
    change = value - before.value
    speed_turn = tau * filter_.speed_hz * step_s
    speed = before.speed * (1.0 / (speed_turn + 1.0))
    speed += change * (tau * filter_.speed_hz / (speed_turn + 1.0))
    # Each channel goes 1 / (1 + 1 / turn) of the way to its new value, turn = 2 pi f step: all but 1 / (turn + 1).
    turns = abs(speed)
    turns *= filter_.hz_per_speed
    turns += filter_.rest_hz
    turns *= tau * step_s
    turns += 1.0
    change /= turns
    return Smoothed(t_s, value - change, speed)
