"""How two hands go together: which comes after the other, how alike, how far."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from engine.hand import Array
from engine.motion.quality.measured import Measured, of_repetitions, untold
from engine.motion.quality.signals import whole_pieces
from engine.motion.quality.summary import LEAST_EXCURSION, Series

MOST_LAG_S = 1.0
WINDOW_S, ALIKE = 8.0, 0.5
"""Windows of so long are compared; hands less alike than so are taken to do different things. Both are our choice: a
window holds a few fists of a hand that takes its time, and below 0.5 less than a quarter (r^2) of what one hand does is
what the other does. It is no proof that they belong together: how sure a likeness is, its error says."""
KNOWN_LAGS = 1 / 5
FEWEST_INDEPENDENT = 3.0
"""With fewer there would be no error to tell at all."""
LAG, CORRELATION, GAIN = "s", "of 1", "of the other hand's way"


@dataclass(frozen=True)
class Together:
    """How one hand follows the other. `lag_s`: the follower behind the leader (negative: before); `correlation` at
    that lag; `gain`: the follower's excursion over the leader's; `error`: what remains after the lag, of the range;
    `independent`: how many readings that do not depend on each other are behind it."""

    lag_s: float
    correlation: float
    gain: float
    error: float
    independent: float

    @property
    def correlation_error(self) -> float:
        """Standard error of a correlation, (1 - r^2) / sqrt(n - 1)."""
        return float((1 - self.correlation**2) / sqrt(self.independent - 1))

    @property
    def gain_error(self) -> float:
        """Standard error of a ratio of standard deviations, gain sqrt((1 - r^2) / (n - 2)) (Ricker, J Fish Res Board
        Can 1973)."""
        return self.gain * sqrt(max(0.0, 1 - self.correlation**2) / (self.independent - 2))


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
        independent=max(FEWEST_INDEPENDENT, independent(one, other)),
    )


def independent(one: Array, other: Array) -> float:
    """How many pairs of readings in two series (n,) are as good as independent, where each is much like the one before:
    n / (1 + 2 sum (1 - k/n) r1(k) r2(k)), their autocorrelations at lag k (Bartlett, J R Stat Soc Suppl 1946), for lags
    up to a fifth of the length, beyond which they are hardly known (Pyper & Peterman, Can J Fish Aquat Sci 1998)."""
    n = len(one)
    most = int(KNOWN_LAGS * n)
    shared = _alike_with_itself(one, most) * _alike_with_itself(other, most)
    fewer = 1 + 2 * float(((1 - np.arange(1, most + 1) / n) * shared).sum())
    return n / max(1.0, fewer)


def _alike_with_itself(series: Array, most: int) -> Array:
    """The autocorrelation of a series (n,) that moves, at lags 1 to `most`."""
    off = series - series.mean()
    found: Array = np.array([off[:-k] @ off[k:] for k in range(1, most + 1)]) / float(off @ off)
    return found


def _shifted(leader: Array, follower: Array, shift: int) -> tuple[Array, Array]:
    if shift >= 0:
        return leader[: len(leader) - shift], follower[shift:]
    return leader[-shift:], follower[:shift]


def _pearson(one: Array, other: Array) -> float:
    if one.std() == 0 or other.std() == 0:
        return -1.0
    return float(np.corrcoef(one, other)[0, 1])


def both(affected: Series, sound: Series) -> dict[str, Measured]:
    """How the two hands go together: the first one after the second, in the stretches that show both."""
    rate_hz = affected.rate_hz
    one, other = affected.values.get("fist"), sound.values.get("fist")
    if one is None or other is None or rate_hz <= 0 or len(one) != len(other):
        return {}
    whole = whole_pieces(affected.t_s, np.column_stack([other, one]), rate_hz)
    size = round(WINDOW_S * rate_hz)
    pieces = [piece[at : at + size] for piece in whole for at in range(0, len(piece) - size + 1, size)]
    moved = [piece for piece in pieces if np.ptp(piece, axis=0).min() >= LEAST_EXCURSION]
    said = [together(piece[:, 0], piece[:, 1], rate_hz) for piece in moved]
    # Hands that are not alike at any lag have none.
    found = [each for each in said if each and each.correlation >= ALIKE and abs(each.lag_s) < MOST_LAG_S]
    if not found:
        why = "not_alike" if moved else "not_both_moved" if pieces else "not_both_seen"
        return {
            f"together.{name}": untold(unit, f"numbers.why.{why}", len(pieces))
            for name, unit in (("lag", LAG), ("correlation", CORRELATION), ("gain", GAIN))
        }
    like_error, gain_error = (
        float(np.mean(errors)) for errors in zip(*((e.correlation_error, e.gain_error) for e in found), strict=True)
    )
    return {
        "together.lag": of_repetitions([each.lag_s for each in found], LAG, 0.5 / rate_hz),
        "together.correlation": of_repetitions([each.correlation for each in found], CORRELATION, like_error),
        "together.gain": of_repetitions([each.gain for each in found], GAIN, gain_error),
    }
