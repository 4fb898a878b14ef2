"""Tremor in a hand that is held: where it is, and only where it stands out of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import signal, stats

from engine.hand import Array
from engine.motion.quality.measured import TWO_SIDED_95, Measured, untold
from engine.motion.quality.signals import columns, runs, smooth, speed

TREMOR_HZ, MOVING_HZ = (4.0, 12.0), (0.5, 12.0)
WINDOW_S, LEAST_RATE_HZ = 2.0, 29.5
STEP_HZ = 1 / WINDOW_S
BESIDE_HZ = (1.0, 3.0)
"""A peak is weighed against what lies this far beside it: beyond the Hann window's own width, on either side."""
CHANCE = 0.001
"""How seldom a spectrum with nothing in it may give a peak."""
HELD_HZ, HELD_SIZES_PER_S = 2.0, 0.15
"""Held still is judged below every tremor, or a trembling hand would never be held: so many hand sizes a second."""
HZ, OF_POWER = "Hz", "of the movement power"


@dataclass(frozen=True)
class Tremor:
    """`peak_hz` is where the tremor band is strongest; `share` its part of all movement power, 0..1, the camera's own
    jitter among it. Its size in millimetres is not told: a camera gets the frequency right and the amplitude not. The
    errors are half of the 95 % interval: of the frequency by the scatter of single windows, never less than half a
    step of the spectrum; of the share by the chi-square scatter of a spectrum, two degrees of freedom a window."""

    peak_hz: float
    share: float
    peak_error_hz: float
    share_error: float


def tremor(holds: Sequence[Array], rate_hz: float) -> Tremor | None:
    """The tremor in the holds of one hand: unfiltered paths (n, k) or series (n,), even in time, each of 2 s and more.
    None where no peak stands out.

    Welch's spectrum (IEEE Trans Audio 1967), Hann windows of 2 s, half overlapping, trend removed, over all holds;
    power in 4-12 Hz over power in 0.5-12 Hz. A peak must be higher than what lies on either side of it by more than an
    F test at CHANCE for all places of the band together allows (spectra are chi-square, two degrees a window).
    """
    if rate_hz < LEAST_RATE_HZ:
        return None
    hz, windows = _spectra(holds, rate_hz)
    count = len(windows)
    if count == 0 or windows.sum() <= 0:
        return None
    power = windows.mean(axis=0)
    band = (hz >= TREMOR_HZ[0]) & (hz <= TREMOR_HZ[1])
    peak_hz = float(hz[band][power[band].argmax()])
    beside = [power[(hz >= low) & (hz <= high)] for low, high in _sides(peak_hz)]
    # Neighbouring steps of a Hann spectrum are not independent: three stand for two.
    rest_dof = 2 * count * min(len(side) for side in beside) / 1.5
    clearly = float(stats.f.isf(CHANCE / band.sum(), 2 * count, rest_dof))
    if power[band].max() <= clearly * max(float(side.mean()) for side in beside):
        return None
    share = float(power[band].sum() / power[(hz >= MOVING_HZ[0]) & (hz <= MOVING_HZ[1])].sum())
    peaks_hz = hz[band][windows[:, band].argmax(axis=1)]
    scatter_hz = max(STEP_HZ, float(peaks_hz.std()))
    return Tremor(
        peak_hz,
        share,
        peak_error_hz=max(STEP_HZ / 2, TWO_SIDED_95 * scatter_hz / sqrt(count)),
        share_error=TWO_SIDED_95 * share * (1 - share) * sqrt(2 / count),
    )


def _sides(peak_hz: float) -> tuple[tuple[float, float], tuple[float, float]]:
    near, far = BESIDE_HZ
    return (peak_hz - far, peak_hz - near), (peak_hz + near, peak_hz + far)


def _spectra(holds: Sequence[Array], rate_hz: float) -> tuple[Array, Array]:
    """Frequencies (f,) and the power of every window (n, f), all coordinates together."""
    size = round(WINDOW_S * rate_hz)
    hz = np.fft.rfftfreq(size, 1 / rate_hz).astype(float)
    windows = [np.empty((0, size // 2 + 1))]
    for hold in holds:
        flat = columns(hold)
        if len(flat) < size or not np.isfinite(flat).all():
            continue
        _, _, power = signal.spectrogram(
            flat, fs=rate_hz, window="hann", nperseg=size, noverlap=size // 2, detrend="linear", axis=0
        )
        windows.append(power.sum(axis=1).T)
    return hz, np.concatenate(windows)


def held(pieces: Sequence[Array], rate_hz: float) -> list[Array]:
    """The stretches of 2 s and more in which fingertips (n, 5, k), in hand sizes, were held where they were."""
    found = []
    for piece in pieces:
        slow = speed(smooth(piece.mean(axis=1), rate_hz, HELD_HZ), rate_hz) < HELD_SIZES_PER_S
        found += [piece[a:b] for a, b in runs(slow) if b - a >= WINDOW_S * rate_hz]
    return found


def told_tremor(pieces: Sequence[Array] | None, rate_hz: float) -> dict[str, Measured]:
    """Tremor from the unfiltered fingertips of whole pieces; None where a recording keeps no points."""
    if pieces is None:
        return _untold("numbers.why.no_points")
    if rate_hz < LEAST_RATE_HZ:
        return _untold("numbers.why.too_few_pictures")
    holds = held(pieces, rate_hz)
    if not holds:
        return _untold("numbers.why.not_held")
    found = tremor(holds, rate_hz)
    if found is None:
        return _untold("numbers.why.no_tremor", len(holds))
    return {
        "tremor.frequency": Measured(found.peak_hz, HZ, len(holds), 1.0, found.peak_error_hz),
        "tremor.share": Measured(found.share, OF_POWER, len(holds), 1.0, found.share_error),
    }


def _untold(why: str, tries: int = 0) -> dict[str, Measured]:
    return {"tremor.frequency": untold(HZ, why, tries), "tremor.share": untold(OF_POWER, why, tries)}
