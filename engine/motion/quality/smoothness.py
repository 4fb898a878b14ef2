"""How smooth a movement is."""

from math import log, log2

import numpy as np

from engine.hand import Array
from engine.motion.quality.signals import columns

PAD_LEVEL, HIGHEST_HZ, LEAST_AMPLITUDE = 4, 10.0, 0.05
# What tracker jitter (standard deviation, millimetres on a reach of 80 mm at 30 pictures a second) adds to SPARC after
# the 4 Hz filter, and how much that varies: our own Monte Carlo.
_JITTER_MM, _SPARC_SD = (0.0, 0.5, 1.0, 2.0), (0.02, 0.05, 0.09, 0.10)


def sparc(fast: Array, rate_hz: float) -> float | None:
    """Spectral arc length of one discrete movement: about -1.4 for the smoothest, lower for more parts.

    `fast`: speed (n,), not negative, of one movement. None where nothing moves.
    Source: Balasubramanian et al., J NeuroEng Rehabil 2015, 12:112.
    """
    fast = np.asarray(fast, dtype=float)
    if len(fast) < 4 or not np.isfinite(fast).all() or not fast.any():
        return None
    size = int(2 ** (np.ceil(log2(len(fast))) + PAD_LEVEL))
    spectrum = np.abs(np.fft.fft(fast, size))
    spectrum /= spectrum.max()
    frequency = np.arange(size) * (rate_hz / size)
    low = frequency <= HIGHEST_HZ
    spectrum, frequency = spectrum[low], frequency[low]
    last = int(np.flatnonzero(spectrum >= LEAST_AMPLITUDE)[-1])
    spectrum, frequency = spectrum[: last + 1], frequency[: last + 1]
    if len(frequency) < 2:
        return None
    across = np.diff(frequency) / (frequency[-1] - frequency[0])
    return -float(np.sqrt(across**2 + np.diff(spectrum) ** 2).sum())


def sparc_error(jitter_mm: float) -> float:
    """Standard deviation of one SPARC reading at this jitter of a still hand."""
    return float(np.interp(jitter_mm, _JITTER_MM, _SPARC_SD))


def log_dimensionless_jerk(velocity: Array, rate_hz: float) -> float | None:
    """LDLJ of one movement, from velocity (n,) or (n, k). For gloves and inertial sensors only: on a camera's path it
    measures the tracker. Source: Balasubramanian et al., J NeuroEng Rehabil 2015, 12:112.

    -ln( (N dt)^3 / max|v|^2 * sum |d2v/dt2|^2 dt ).
    """
    flat = columns(velocity)
    if len(flat) < 4 or not np.isfinite(flat).all():
        return None
    dt_s = 1 / rate_hz
    peak = float((flat**2).sum(axis=1).max())
    jerk = float(((np.diff(flat, 2, axis=0) / dt_s**2) ** 2).sum()) * dt_s
    if peak <= 0 or jerk <= 0:
        return None
    return -log((len(flat) * dt_s) ** 3 / peak * jerk)
