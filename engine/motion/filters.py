"""The 1 euro filter: still when the hand is still, quick when it is quick.

Formula: Casiez, Roussel, Vogel, "1 euro filter: a simple speed-based low-pass filter", CHI 2012.
"""

from dataclasses import dataclass
from math import tau

import numpy as np

from engine.hand import Array


@dataclass(frozen=True)
class OneEuro:
    """The filter's three numbers: the cut-off at rest, how much a unit of speed raises it, and the speed's own."""

    rest_hz: float
    hz_per_speed: float
    speed_hz: float = 1.0


@dataclass(frozen=True, eq=False)
class Smoothed:
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
    speed_weight = _weight(filter_.speed_hz, step_s)
    speed = (1.0 - speed_weight) * before.speed + speed_weight / step_s * change
    turn = tau * step_s * filter_.rest_hz + tau * step_s * filter_.hz_per_speed * np.abs(speed)
    return Smoothed(t_s, before.value + turn / (turn + 1.0) * change, speed)


def _weight(cut_off_hz: float, step_s: float) -> float:
    """Share of the new value in a first-order low-pass: 1 / (1 + tau / step), tau = 1 / (2 pi f)."""
    turn = tau * cut_off_hz * step_s
    return turn / (turn + 1.0)
