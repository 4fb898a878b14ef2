"""From a recording of one hand to its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt

import numpy as np

from engine.hand import LONG_FINGERS, Array, Finger
from engine.motion.quality.fingers import READING_ERROR_DEG, enslaving, total_active_motion
from engine.motion.quality.measured import TWO_SIDED_95, Measured, of_repetitions, untold
from engine.motion.quality.movement import Reach, reaches
from engine.motion.quality.signals import columns, even, smooth, speed
from engine.motion.quality.smoothness import sparc_error
from engine.motion.quality.steadiness import WINDOW_S, jitter, tremor

MOST_ERROR_HZ = 0.5
LEAST_EXCURSION, LEAST_MOVING = 0.25, 0.3
STILL_SHARE_PER_S = 0.15
FULL_AND_STRAIGHT = (95, 5)


@dataclass(frozen=True, eq=False)
class Series:
    """One hand over time; NaN where it was not seen. `t_s` (n,); `values`: controls by name, (n,) each, 0..1;
    `flexion_deg` by finger (n, 3), MCP, PIP, DIP; `palm_xy` (n, 2) or None where there is no place."""

    t_s: Array
    values: Mapping[str, Array]
    flexion_deg: Mapping[Finger, Array] = field(default_factory=dict)
    palm_xy: Array | None = None

    @property
    def rate_hz(self) -> float:
        """Samples a second: the median step's."""
        steps = np.diff(self.t_s)
        return float(1 / np.median(steps)) if len(steps) and np.median(steps) > 0 else 0.0


def summarise(series: Series) -> dict[str, Measured]:
    """Every number this recording can tell, by its key in the strings (`numbers.<key>`)."""
    if len(series.t_s) < 4 or series.rate_hz <= 0:
        return {}
    rate_hz = series.rate_hz
    found: dict[str, Measured] = {}
    for finger, angles in series.flexion_deg.items():
        found[f"tam.{finger}"] = _tam(angles)
    fist = series.values.get("fist")
    if fist is not None:
        pieces = whole_pieces(series.t_s, fist, rate_hz)
        found |= _opening_and_closing(pieces, rate_hz)
        found |= _held(pieces, rate_hz)
    flexions = [series.values.get(f"flexion.{finger}") for finger in LONG_FINGERS]
    if all(flexion is not None for flexion in flexions):
        found["enslaving"] = _enslaving(np.column_stack([flexion for flexion in flexions if flexion is not None]))
    if series.palm_xy is not None:
        found |= _palm(whole_pieces(series.t_s, series.palm_xy, rate_hz), rate_hz)
    return found


def whole_pieces(t_s: Array, values: Array, rate_hz: float) -> list[Array]:
    """The stretches without a long gap, even in time and long enough to be filtered."""
    _, filled = even(t_s, values, rate_hz)
    if len(filled) == 0:
        return []
    good = np.asarray(np.isfinite(columns(filled)).all(axis=1))
    edges = [0, *(np.flatnonzero(np.diff(good.astype(int))) + 1).tolist(), len(good)]
    return [filled[a:b] for a, b in pairwise(edges) if good[a] and b - a >= rate_hz]


def _tam(angles: Array) -> Measured:
    seen = angles[np.isfinite(angles).all(axis=1)]
    if len(seen) < 10:
        return untold("degrees", "numbers.why.not_seen")
    flexed, straight = np.percentile(seen, FULL_AND_STRAIGHT, axis=0)
    error = TWO_SIDED_95 * READING_ERROR_DEG * sqrt(len(flexed) * 2)
    return Measured(total_active_motion(flexed, straight), "degrees", 1, len(seen) / len(angles), error)


def _opening_and_closing(pieces: list[Array], rate_hz: float) -> dict[str, Measured]:
    """Movements of the whole hand between open and closed, each its time, its peak and its smoothness."""
    closing: list[Reach] = []
    opening: list[Reach] = []
    for piece in pieces:
        track = smooth(piece, rate_hz)
        for reach in reaches(piece[:, None], rate_hz, LEAST_MOVING):
            begin = round(reach.onset_s * rate_hz)
            way = track[min(begin + round(reach.movement_s * rate_hz), len(track) - 1)] - track[begin]
            if abs(way) >= LEAST_EXCURSION:
                (closing if way > 0 else opening).append(reach)
    found = {}
    for name, several in (("closing", closing), ("opening", opening)):
        found[f"{name}.movement"] = of_repetitions([r.movement_s for r in several], "s", 1 / rate_hz)
        found[f"{name}.peak_speed"] = of_repetitions([r.peak_speed for r in several], "of the range a second")
        found[f"{name}.smoothness"] = of_repetitions([r.sparc for r in several], "SPARC", sparc_error(1.0))
        found[f"{name}.peaks"] = of_repetitions([float(r.velocity_peaks) for r in several], "peaks")
    return found


def _held(pieces: list[Array], rate_hz: float) -> dict[str, Measured]:
    """Tremor while the hand is held still."""
    holds = []
    for piece in pieces:
        still = speed(smooth(piece, rate_hz)[:, None], rate_hz) < STILL_SHARE_PER_S
        edges = [0, *(np.flatnonzero(np.diff(still.astype(int))) + 1).tolist(), len(still)]
        holds += [piece[a:b] for a, b in pairwise(edges) if still[a] and b - a >= WINDOW_S * rate_hz]
    trembling = [found for hold in holds if (found := tremor(hold, rate_hz)) is not None]
    return {
        "tremor.frequency": of_repetitions([t.peak_hz for t in trembling], "Hz", MOST_ERROR_HZ / 2),
        "tremor.share": of_repetitions([t.share for t in trembling], "of the movement power"),
        "steadiness": of_repetitions([jitter(hold) for hold in holds], "of the range"),
    }


def _enslaving(flexion: Array) -> Measured:
    """From all stretches in which one finger clearly leads: how far the other three go along."""
    seen = flexion[np.isfinite(flexion).all(axis=1)]
    if len(seen) < 10:
        return untold("%", "numbers.why.not_seen")
    step = np.diff(seen, axis=0)
    leads = np.abs(step).argmax(axis=1)
    moving = np.abs(step).max(axis=1) > 0.01
    slopes = np.eye(len(LONG_FINGERS))
    counts = []
    for j in range(len(LONG_FINGERS)):
        own = step[moving & (leads == j)]
        counts.append(len(own))
        if len(own) < 5:
            return untold("%", "numbers.why.no_single_fingers")
        slopes[j] = own.T @ own[:, j] / float(own[:, j] @ own[:, j])
    error = TWO_SIDED_95 * 100 * float(np.abs(slopes[~np.eye(4, dtype=bool)]).std()) / sqrt(min(counts))
    return Measured(enslaving(slopes), "%", min(counts), len(seen) / len(flexion), error)


def _palm(pieces: list[Array], rate_hz: float) -> dict[str, Measured]:
    """Reaches of the palm across the table."""
    found = [reach for piece in pieces for reach in reaches(piece, rate_hz, LEAST_MOVING)]
    return {
        "reach.movement": of_repetitions([r.movement_s for r in found], "s", 1 / rate_hz),
        "reach.straightness": of_repetitions([r.efficiency for r in found], "of a straight line", 0.02),
        "reach.smoothness": of_repetitions([r.sparc for r in found], "SPARC", sparc_error(1.0)),
    }
