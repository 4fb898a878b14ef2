"""What a simulated hand does without being asked: it trembles, and what it holds wanders."""

from functools import cache
from math import cos, exp, pi, sqrt

import numpy as np

from engine.hand import Array
from engine.play.profiles import Profile

RATE_HZ = 30.0
DRIFT_S = 0.6
TREMOR_HOLDS = 0.95
TREMORS = 3
"""The palm's two ways and the fingertips."""
AT_ONCE = 64
"""Pictures for which it is drawn ahead: asked for few at a time, it costs several times as much."""


class Unrest:
    """Tremor is an AR(2) resonator at the profile's frequency, drift a slow AR(1), both of unit standard deviation."""

    def __init__(self, profile: Profile, seed: int, controls: int) -> None:
        self._generator = np.random.default_rng([seed, 20])
        turn_rad = 2 * pi * profile.tremor_hz / RATE_HZ
        self._resonates = 2 * TREMOR_HOLDS * cos(turn_rad), -TREMOR_HOLDS * TREMOR_HOLDS
        self._keeps = exp(-1.0 / (RATE_HZ * DRIFT_S)), 0.0
        self._tremor, self._drift = np.zeros((2, TREMORS)), np.zeros((2, 1 + controls))
        self._together = profile.together
        self._drawn, self._used = np.zeros((0, TREMORS + controls)), 0

    def next(self, count: int) -> tuple[Array, Array]:
        """Tremor (count, 3) and each control's drift (count, controls) of the next pictures, RATE_HZ a second. The
        drifts have as much in common as the fingers move as one."""
        while len(self._drawn) - self._used < count:
            self._drawn, self._used = np.concatenate((self._drawn[self._used :], self._draw())), 0
        drawn = self._drawn[self._used : self._used + count]
        self._used += count
        return drawn[:, :TREMORS], drawn[:, TREMORS:]

    def _draw(self) -> Array:
        """The next AT_ONCE pictures: tremor, then the controls."""
        normals = self._generator.standard_normal((AT_ONCE, TREMORS + self._drift.shape[1]))
        tremor, self._tremor = _next(self._resonates, self._tremor, normals[:, :TREMORS])
        drift, self._drift = _next(self._keeps, self._drift, normals[:, TREMORS:])
        own = sqrt(1 - self._together**2)
        return np.concatenate((tremor, self._together * drift[:, :1] + own * drift[:, 1:]), axis=1)


def _next(holds: tuple[float, float], last: Array, normals: Array) -> tuple[Array, Array]:
    """The process x[n] = a x[n-1] + b x[n-2] + e, scaled to unit standard deviation, and its new last two values."""
    a, b = holds
    kick = sqrt((1 + b) * ((1 - b) ** 2 - a * a) / (1 - b))
    values = np.concatenate((last, kick * normals))
    following: Array = _responses(a, b, len(normals)) @ values
    return following, np.concatenate((last, following))[-2:]


@cache
def _responses(a: float, b: float, count: int) -> Array:
    """How each of the next values follows from the last two and from what is added: (count, 2 + count)."""
    rows = list(np.eye(2 + count))
    for n in range(2, 2 + count):
        rows[n] = rows[n] + a * rows[n - 1] + b * rows[n - 2]
    return np.array(rows[2:])
