"""How two hands go together: which comes after the other, how alike, how far."""

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from engine.hand import Array
from engine.motion.quality.eachfinger import READING_ERROR
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
UNITS = {"lag": "s", "correlation": "of 1", "gain": "of the other hand's way", "difference": "of the other hand's way"}


@dataclass(frozen=True)
class Together:
    """How one hand follows the other. `lag_s`: the follower behind the leader (negative: before); `correlation` at
    that lag; `gain`: the follower's excursion over the leader's; `difference`: how far the follower is from the leader
    once the lag is taken off, root mean square, of the leader's way; `reading_error`: what the instrument may add to
    it; `independent`: how many readings that do not depend on each other are behind it; `blurred`: the share by which
    the instrument's own error blurs likeness and gain."""

    lag_s: float
    correlation: float
    gain: float
    difference: float
    reading_error: float
    independent: float
    blurred: float

    @property
    def alike(self) -> bool:
        """Whether there is a lag: hands that are not alike at any have none."""
        return self.correlation >= ALIKE and abs(self.lag_s) < MOST_LAG_S

    @property
    def correlation_error(self) -> float:
        """Standard error of a correlation, (1 - r^2) / sqrt(n - 1), and what the instrument takes off it."""
        return hypot((1 - self.correlation**2) / sqrt(self.independent - 1), self.blurred * self.correlation)

    @property
    def gain_error(self) -> float:
        """Standard error of a ratio of standard deviations, gain sqrt((1 - r^2) / (n - 2)) (Ricker, J Fish Res Board
        Can 1973), and what the instrument may add."""
        sampled = sqrt(max(0.0, 1 - self.correlation**2) / (self.independent - 2))
        return self.gain * hypot(sampled, self.blurred)


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
    way = max(float(np.ptp(one)), READING_ERROR)
    return Together(
        lag_s=float(shifts[best] + offset) / rate_hz,
        correlation=float(likeness[best]),
        gain=gain,
        difference=float(np.sqrt(np.mean((other - one) ** 2))) / way,
        reading_error=sqrt(2) * READING_ERROR / way,
        independent=max(FEWEST_INDEPENDENT, independent(one, other)),
        # Noise e on a series of variance v takes 1 - 1 / sqrt(1 + e^2 / v) off r (Spearman, Am J Psychol 1904).
        blurred=READING_ERROR**2 / 2 * sum(1 / max(float(np.var(series)), READING_ERROR**2) for series in (one, other)),
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
    found: Array = np.correlate(off, off, "full")[len(off) : len(off) + most] / float(off @ off)
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
    """How the two hands go together: the first one after the second, in windows that show both. Likeness and way are
    told of all windows in which both moved; which comes after the other, only of those in which they do the same."""
    rate_hz = affected.rate_hz
    one, other = affected.values.get("fist"), sound.values.get("fist")
    if one is None or other is None or rate_hz <= 0 or len(one) != len(other):
        return {}
    whole = whole_pieces(affected.t_s, np.column_stack([other, one]), rate_hz)
    size = round(WINDOW_S * rate_hz)
    pieces = [piece[at : at + size] for piece in whole for at in range(0, len(piece) - size + 1, size)]
    found = [_compared(piece, rate_hz) for piece in pieces]
    moved = [each for each in found if each]
    if not moved:
        why = "numbers.why.not_both_moved" if pieces else "numbers.why.not_both_seen"
        return {f"together.{name}": untold(unit, why, len(pieces)) for name, unit in UNITS.items()}
    # A window that cannot be used stays among the tries as nothing.
    lags = [each.lag_s if each and each.alike else None for each in found]
    lag = of_repetitions(lags, UNITS["lag"], 0.5 / rate_hz)
    errors = np.mean([(each.correlation_error, each.gain_error, each.reading_error) for each in moved], axis=0).tolist()
    told = {
        "lag": lag if lag.n else untold(UNITS["lag"], "numbers.why.not_alike", len(pieces)),
        "correlation": of_repetitions([e.correlation if e else None for e in found], UNITS["correlation"], errors[0]),
        "gain": of_repetitions([e.gain if e else None for e in found], UNITS["gain"], errors[1]),
        "difference": of_repetitions([e.difference if e else None for e in found], UNITS["difference"], errors[2]),
    }
    return {f"together.{name}": number for name, number in told.items()}


def _compared(piece: Array, rate_hz: float) -> Together | None:
    """A window (n, 2) of the leading and the other hand; None where one of them did not move."""
    moved = np.ptp(piece, axis=0).min() >= LEAST_EXCURSION
    return together(piece[:, 0], piece[:, 1], rate_hz) if moved else None
