"""Making a tracked path fit to be measured: even in time, without the tracker's own trembling, cut into movements."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from engine.hand import Array

CUTOFF_HZ, ORDER = 4.0, 2
ONSET_SHARE = 0.05
LONGEST_GAP_S = 0.2
PEAK_PROMINENCE, PEAKS_APART_S = 0.10, 0.150


def columns(values: Array) -> Array:
    """A series (n,) or (n, ...) as (n, k) numbers."""
    series = np.asarray(values, dtype=float)
    return series.reshape(len(series), int(np.prod(series.shape[1:], dtype=int)))


def runs(true: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where a condition (n,) holds: from which sample up to before which, one stretch after the other."""
    edges = np.flatnonzero(np.diff(true.astype(int), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def even(t_s: Array, values: Array, rate_hz: float) -> tuple[Array, Array]:
    """Values (n,) or (n, k) at even times, gaps of up to LONGEST_GAP_S filled in straight lines and longer ones left as
    NaN. Returns times and values."""
    flat = columns(values)
    good = np.isfinite(flat).all(axis=1)
    if good.sum() < 2:
        return np.empty(0), np.empty((0, *np.shape(values)[1:]))
    at_s, known = np.asarray(t_s, dtype=float)[good], flat[good]
    # One more sample than there are whole steps; a step that falls on the last sample by rounding counts as one.
    times = at_s[0] + np.arange(int((at_s[-1] - at_s[0]) * rate_hz + 1e-6) + 1) / rate_hz
    filled = np.column_stack([np.interp(times, at_s, column) for column in known.T])
    after = np.clip(np.searchsorted(at_s, times), 1, len(at_s) - 1)
    in_gap = (at_s[after] - at_s[after - 1] > LONGEST_GAP_S) & (times > at_s[after - 1]) & (times < at_s[after])
    filled[in_gap] = np.nan
    return times, filled.reshape(len(times), *np.shape(values)[1:])


def whole_pieces(t_s: Array, values: Array, rate_hz: float) -> list[Array]:
    """The stretches without a long gap, even in time and long enough to be filtered."""
    _, filled = even(t_s, values, rate_hz)
    if len(filled) == 0:
        return []
    good = np.asarray(np.isfinite(columns(filled)).all(axis=1))
    return [filled[a:b] for a, b in runs(good) if b - a >= rate_hz]


def smooth(values: Array, rate_hz: float, cutoff_hz: float = CUTOFF_HZ) -> Array:
    """Without what is faster than `cutoff_hz` and without delay: second-order Butterworth, forth and back.

    `values`: (n,) or (n, k), even in time, no NaN. Too few to filter come back as they are.
    """
    if len(values) <= 3 * (2 * ORDER + 1) or cutoff_hz >= rate_hz / 2:
        return np.asarray(values, dtype=float)
    sections = signal.butter(ORDER, cutoff_hz, fs=rate_hz, output="sos")
    smoothed: Array = signal.sosfiltfilt(sections, values, axis=0)
    return smoothed


def speed(path: Array, rate_hz: float) -> Array:
    """How fast a path (n, k) is followed, units per second, (n,)."""
    if len(path) < 2:
        return np.zeros(len(path))
    fast: Array = np.linalg.norm(columns(np.gradient(path, 1 / rate_hz, axis=0)), axis=1)
    return fast


@dataclass(frozen=True)
class Movement:
    """One discrete movement in a series: first and last sample, and the sample of the peak speed."""

    first: int
    last: int
    peak: int

    def of(self, values: Array) -> Array:
        """The part of a series in which the movement was made."""
        return values[self.first : self.last + 1]


def movements(fast: Array, least_peak: float) -> tuple[Movement, ...]:
    """The movements in a speed (n,): around each peak of at least `least_peak`, out to the first and last sample with
    5 % of it. Peaks are separate where the speed between them falls below that."""
    found: list[Movement] = []
    peaks, _ = signal.find_peaks(np.nan_to_num(fast), height=least_peak)
    for peak in sorted(peaks, key=lambda n: -fast[n]):
        if any(one.first <= peak <= one.last for one in found):
            continue
        floor = ONSET_SHARE * fast[peak]
        below = np.flatnonzero(~(fast >= floor))
        before, after = below[below < peak], below[below > peak]
        first = int(before[-1]) + 1 if len(before) else 0
        last = int(after[0]) - 1 if len(after) else len(fast) - 1
        found.append(Movement(first, last, int(peak)))
    return tuple(sorted(found, key=lambda one: one.first))


def velocity_peaks(fast: Array, rate_hz: float) -> int:
    """How many peaks the speed of one movement has: at least a tenth of the largest above their surroundings, and
    150 ms apart (after Alt Murphy et al., Neurorehabil Neural Repair 2011)."""
    if len(fast) == 0 or fast.max() <= 0:
        return 0
    padded = np.concatenate(([0.0], fast, [0.0]))
    apart = max(1, round(PEAKS_APART_S * rate_hz))
    found, _ = signal.find_peaks(padded, prominence=PEAK_PROMINENCE * float(fast.max()), distance=apart)
    return len(found)
