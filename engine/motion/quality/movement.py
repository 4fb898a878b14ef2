"""One movement from its cue to its end: how long, how fast, how straight."""

from dataclasses import dataclass

import numpy as np

from engine.hand import Array
from engine.motion.quality.signals import ONSET_SHARE, Movement, movements, smooth, speed, velocity_peaks
from engine.motion.quality.smoothness import sparc


@dataclass(frozen=True)
class Reach:
    """One movement along a path. Times in seconds, `peak_speed` in the path's units per second; `reaction_s` is None
    where there was no cue, or the hand moved before it. `way`: from beginning to end as the crow flies, in the path's
    units; `efficiency` 0..1, 1 for a straight line."""

    onset_s: float
    movement_s: float
    reaction_s: float | None
    peak_speed: float
    time_to_peak: float
    velocity_peaks: int
    way: float
    efficiency: float
    sparc: float | None


def path_efficiency(path: Array) -> float | None:
    """Distance from beginning to end over the way that was gone, (0, 1]; None where nothing moved."""
    gone = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    return float(np.linalg.norm(path[-1] - path[0])) / gone if gone > 0 else None


def reaches(path: Array, rate_hz: float, least_peak: float, *, cue_s: float | None = None, latency_s: float = 0.0,
            filtered: bool = True) -> tuple[Reach, ...]:  # fmt: skip
    """The movements in a path (n, k) that is even in time and begins at second 0.

    `cue_s` is when something was asked; the reaction is the first onset after it less `latency_s`, the measured delay
    of the system. `filtered` False leaves out the 4 Hz filter, for sensors that do not tremble.
    """
    if len(path) < 4 or not np.isfinite(path).all():
        return ()
    track = smooth(path, rate_hz) if filtered else np.asarray(path, dtype=float)
    fast = speed(track, rate_hz)
    found, waiting = [], cue_s is not None
    for movement in movements(fast, least_peak):
        reaction_s = None
        if waiting and cue_s is not None and movement.first / rate_hz >= cue_s:
            reaction_s, waiting = onset(movement, fast) / rate_hz - cue_s - latency_s, False
        found.append(_reach(movement, track, fast, rate_hz, reaction_s))
    return tuple(found)


def onset(movement: Movement, fast: Array) -> float:
    """Where a movement begins, in samples: where its speed passes 5 % of its peak, in a straight line between the last
    sample before and its first one. Thirty pictures a second alone would make every reaction half a picture late."""
    if movement.first == 0:
        return 0.0
    floor = ONSET_SHARE * float(fast[movement.peak])
    before, first = float(fast[movement.first - 1]), float(fast[movement.first])
    return movement.first - (first - floor) / (first - before)


def _reach(movement: Movement, track: Array, fast: Array, rate_hz: float, reaction_s: float | None) -> Reach:
    own, way = movement.of(fast), movement.of(track)
    length = max(movement.last - movement.first, 1)
    return Reach(
        onset_s=movement.first / rate_hz,
        movement_s=length / rate_hz,
        reaction_s=reaction_s,
        peak_speed=float(own.max()),
        time_to_peak=(movement.peak - movement.first) / length,
        velocity_peaks=velocity_peaks(own, rate_hz),
        way=float(np.linalg.norm(way[-1] - way[0])),
        efficiency=path_efficiency(way) or 0.0,
        sparc=sparc(own, rate_hz),
    )
