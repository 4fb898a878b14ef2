"""How steady a held hand is, and how two hands go together."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from engine.hand import Array
from engine.motion.quality.signals import columns

MOST_LAG_S = 1.0


def jitter(held: Array) -> float | None:
    """How far a still hand seems to move: standard deviation of a path (n, k) about its slow drift, per coordinate."""
    held = columns(held)
    if len(held) < 5 or not np.isfinite(held).all():
        return None
    return float(np.sqrt(np.mean(signal.detrend(held, axis=0) ** 2)))


@dataclass(frozen=True)
class Together:
    """How one hand follows the other. `lag_s`: the follower behind the leader (negative: before); `correlation` at
    that lag; `gain`: the follower's excursion over the leader's; `error`: what remains after the lag, of the range."""

    lag_s: float
    correlation: float
    gain: float
    error: float


def together(leader: Array, follower: Array, rate_hz: float, most_lag_s: float = MOST_LAG_S) -> Together | None:
    """Lag and likeness of two series (n,) seen in the same pictures, so that the camera's delay falls out.

    Pearson's r of leader(t) and follower(t + tau) over the samples both have; the lag is the peak of a parabola through
    the best tau and its neighbours. None where one of them does not move or too little is left to compare.
    """
    leader, follower = np.asarray(leader, dtype=float), np.asarray(follower, dtype=float)
    most = min(round(most_lag_s * rate_hz), len(leader) // 2)
    if len(leader) != len(follower) or most < 1 or not (leader.std() > 0 and follower.std() > 0):
        return None
    shifts = np.arange(-most, most + 1)
    likeness = np.array([_pearson(*_shifted(leader, follower, int(shift))) for shift in shifts])
    best = int(likeness.argmax())
    offset = 0.0
    if 0 < best < len(shifts) - 1:
        before, here, after = likeness[best - 1 : best + 2]
        bend = before - 2 * here + after
        offset = 0.5 * (before - after) / bend if bend < 0 else 0.0
    one, other = _shifted(leader, follower, int(shifts[best]))
    gain = float(other.std() / one.std()) if one.std() > 0 else 0.0
    left = other - other.mean() - gain * (one - one.mean())
    across = float(np.ptp(one)) or 1.0
    return Together(
        lag_s=float(shifts[best] + offset) / rate_hz,
        correlation=float(likeness[best]),
        gain=gain,
        error=float(np.sqrt(np.mean(left**2))) / across,
    )


def _shifted(leader: Array, follower: Array, shift: int) -> tuple[Array, Array]:
    if shift >= 0:
        return leader[: len(leader) - shift], follower[shift:]
    return leader[-shift:], follower[:shift]


def _pearson(one: Array, other: Array) -> float:
    if one.std() == 0 or other.std() == 0:
        return -1.0
    return float(np.corrcoef(one, other)[0, 1])
