"""From a recording of one hand to its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from engine.hand import ALL_SENSED, LONG_FINGERS, Array, Finger, Landmark, Sensed
from engine.motion.quality.eachfinger import NOT_SENSED, PINCHED, alone, none_alone, pinches
from engine.motion.quality.fingers import KAPANDJI_HELD_S, READING_ERROR_DEG, kapandji, total_active_motion
from engine.motion.quality.measured import Measured, of_repetitions, untold
from engine.motion.quality.movement import Reach, reaches
from engine.motion.quality.signals import even, runs, smooth, speed, whole_pieces
from engine.motion.quality.smoothness import sparc_error
from engine.motion.quality.steadiness import jitter, speed_of_stillness, steadiness, still
from engine.motion.quality.trembling import told_tremor

LEAST_EXCURSION, LEAST_MOVING = 0.25, 0.3
CLOSED, OPENED, HELD_S, GRASPING = 0.8, 0.2, 0.3, 0.6
"""A fist and an open hand, of the person's own range, and how long each is held; from where on a hand grasps."""
BEFORE_S, REACTS_WITHIN_S = 0.5, 3.0
COUNTED = 1 / sqrt(12)
"""A count is rounded to wholes."""
REACH_MM, SUPPOSED_MM = 80.0, 1.0
"""How far the movements went in which SPARC's error was found, and the jitter supposed of a hand never seen still."""
PALM = (Landmark.INDEX_MCP, Landmark.MIDDLE_MCP, Landmark.LITTLE_MCP)


@dataclass(frozen=True, eq=False)
class Series:
    """One hand over time; NaN where it was not seen. `t_s` (n,); `values`: controls by name, (n,) each, 0..1;
    `flexion_deg` by finger (n, 3), MCP, PIP, DIP; `palm_xy` (n, 2) or None where there is no place; `points_px`: the
    landmarks in the picture (n, 21, 2), where they were kept; `tips_sizes`: the unfiltered fingertips (n, 5, k) in hand
    sizes, where they were kept. `asked_s`: when something new was asked of the hand;
    `asked_alone`: which one finger was asked, from when to when; and
    `latency_s` how late the picture is on its way to the game and back, where that was measured. `sensed`: what was
    measured all the while; a finger that was missing at any time is missing here, as what came of it before is not to
    be believed either."""

    t_s: Array
    values: Mapping[str, Array]
    flexion_deg: Mapping[Finger, Array] = field(default_factory=dict)
    palm_xy: Array | None = None
    points_px: Array | None = None
    tips_sizes: Array | None = None
    asked_s: tuple[float, ...] = ()
    asked_alone: tuple[tuple[Finger, float, float], ...] = ()
    latency_s: float | None = None
    sensed: Sensed = ALL_SENSED

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
    fist = series.values.get("fist")
    for finger, angles in series.flexion_deg.items():
        told = _tam(angles, fist, rate_hz) if series.sensed.angles else untold("degrees", "numbers.why.no_angles")
        found[f"tam.{finger}"] = told
    if fist is not None:
        pieces = whole_pieces(series.t_s, fist, rate_hz)
        found |= _opening_and_closing(pieces, rate_hz)
        found |= steadiness(pieces, rate_hz)
    tips = series.tips_sizes
    found |= told_tremor(None if tips is None else whole_pieces(series.t_s, tips, rate_hz), rate_hz)
    flexions = [series.values.get(f"flexion.{finger}") for finger in LONG_FINGERS]
    if all(flexion is not None for flexion in flexions):
        bends = np.column_stack([flexion for flexion in flexions if flexion is not None])
        asked = [
            (LONG_FINGERS.index(finger), bends[(series.t_s >= begin_s) & (series.t_s <= end_s)])
            for finger, begin_s, end_s in series.asked_alone
        ]
        found |= none_alone(NOT_SENSED) if {*LONG_FINGERS} & {*series.sensed.missing} else alone(bends, asked)
        if series.asked_s:
            found["reaction"] = _reaction(series, bends, rate_hz)
    found |= pinches(series.values, series.sensed.missing)
    if series.points_px is not None:
        found["kapandji"] = _kapandji(series.points_px, series.values, rate_hz)
    if series.palm_xy is not None:
        found |= _palm(whole_pieces(series.t_s, series.palm_xy, rate_hz), rate_hz)
    return found


def _tam(angles: Array, fist: Array | None, rate_hz: float) -> Measured:
    """Total active motion of one finger: its joints while a fist was held, less what they lacked of straight while the
    hand was held open after it. Only where both were done; the mean of all such pairs."""
    if fist is None:
        return untold("degrees", "numbers.why.no_fist")
    long_enough = HELD_S * rate_hz
    fists, opens = (
        [(a, b) for a, b in runs(where) if b - a >= long_enough] for where in (fist >= CLOSED, fist <= OPENED)
    )
    pairs = []
    for n, (begin, end) in enumerate(fists):
        before_next = fists[n + 1][0] if n + 1 < len(fists) else len(fist)
        after = next(((a, b) for a, b in opens if end <= a < before_next), None)
        if after is not None:
            pairs.append((angles[begin:end], angles[slice(*after)]))
    if not pairs:
        return untold("degrees", "numbers.why.no_fist", len(fists))
    told: list[float | None] = []
    for bent, straight in pairs:
        seen = [part[np.isfinite(part).all(axis=1)] for part in (bent, straight)]
        known = min(len(part) for part in seen) > 0
        told.append(total_active_motion(*(np.median(part, axis=0).tolist() for part in seen)) if known else None)
    # Three joints bent and three straight, each read once.
    return of_repetitions(told, "degrees", READING_ERROR_DEG * sqrt(6))


def _opening_and_closing(pieces: list[Array], rate_hz: float) -> dict[str, Measured]:
    """Movements of the whole hand between open and closed, each its time, its peak and its smoothness."""
    closing: list[tuple[Reach, float]] = []
    opening: list[tuple[Reach, float]] = []
    for piece in pieces:
        track = smooth(piece, rate_hz)
        for reach in reaches(piece[:, None], rate_hz, LEAST_MOVING):
            begin = round(reach.onset_s * rate_hz)
            way = track[min(begin + round(reach.movement_s * rate_hz), len(track) - 1)] - track[begin]
            if abs(way) >= LEAST_EXCURSION:
                (closing if way > 0 else opening).append((reach, abs(way)))
    found = {}
    left = speed_of_stillness(pieces, rate_hz)
    for name, moved in (("closing", closing), ("opening", opening)):
        several, ways = [reach for reach, _ in moved], [way for _, way in moved]
        found[f"{name}.movement"] = of_repetitions([r.movement_s for r in several], "s", 1 / rate_hz)
        found[f"{name}.peak_speed"] = of_repetitions([r.peak_speed for r in several], "of the range a second", left)
        found[f"{name}.smoothness"] = _smoothness([r.sparc for r in several], pieces, ways, rate_hz)
        found[f"{name}.peaks"] = of_repetitions([float(r.velocity_peaks) for r in several], "peaks", COUNTED)
    return found


def _smoothness(values: Sequence[float | None], pieces: list[Array], ways: Sequence[float], rate_hz: float) -> Measured:
    """SPARC of several movements. Its error follows from this hand's own jitter while held still, against how far the
    movements went; where it was never still, from a millimetre in REACH_MM."""
    shakes = [found for hold in still(pieces, rate_hz) if (found := jitter(hold)) is not None]
    own_mm = REACH_MM * float(np.median(shakes)) / float(np.median(ways)) if shakes and len(ways) else SUPPOSED_MM
    return of_repetitions(values, "SPARC", sparc_error(own_mm))


def _reaction(series: Series, bends: Array, rate_hz: float) -> Measured:
    """From what was asked to the first bend after it, the system's own delay taken off. Only where the hand was still
    when it was asked, and seen all the while."""
    if series.latency_s is None:
        return untold("s", "numbers.why.no_latency", len(series.asked_s))
    t_s, filled = even(series.t_s, bends, rate_hz)
    found: list[float | None] = []
    for asked_s in series.asked_s:
        begin, end = np.searchsorted(t_s, (asked_s - BEFORE_S, asked_s + REACTS_WITHIN_S))
        piece = filled[begin:end]
        if len(piece) < rate_hz or not np.isfinite(piece).all():
            found.append(None)
            continue
        cue_s = asked_s - float(t_s[begin])
        still = speed(smooth(piece, rate_hz), rate_hz)[: round(cue_s * rate_hz)] < LEAST_MOVING
        moved = reaches(piece, rate_hz, LEAST_MOVING, cue_s=cue_s, latency_s=series.latency_s) if still.all() else ()
        reaction_s = next((one.reaction_s for one in moved if one.reaction_s is not None), None)
        found.append(reaction_s if reaction_s is not None and reaction_s > 0 else None)
    return of_repetitions(found, "s", 1 / rate_hz)


def _kapandji(points_px: Array, values: Mapping[str, Array], rate_hz: float) -> Measured:
    """How far the thumb went along the fingers and stayed there, 0 to 6. Only where it was brought to a finger and held
    there, outside a grasp: in a fist it lies near fingers that nobody brought it to."""
    fist, none = values.get("fist"), np.zeros(len(points_px))
    free = np.ones(len(points_px), dtype=bool) if fist is None else np.asarray(fist < GRASPING)
    closing = np.max([none, *(np.nan_to_num(values.get(f"pinch.{f}", none)) for f in LONG_FINGERS)], axis=0)
    brought = [1 for a, b in runs(free & (closing >= PINCHED)) if b - a >= KAPANDJI_HELD_S * rate_hz]
    if not brought:
        return untold("of 6", "numbers.why.no_opposition")
    usable = free & np.isfinite(points_px).all(axis=(1, 2))
    seen = points_px[usable]
    if len(seen) < 10:
        return untold("of 6", "numbers.why.not_seen")
    size_px = np.linalg.norm(seen[:, list(PALM)] - seen[:, :1], axis=2).mean()
    # What is unusable breaks a hold, so it stays in its place as nothing.
    points = np.where(usable[:, None, None], points_px, np.nan)
    return Measured(kapandji(points, float(size_px), rate_hz), "of 6", len(brought), len(seen) / len(points_px), 1.0)


def _palm(pieces: list[Array], rate_hz: float) -> dict[str, Measured]:
    """Reaches of the palm across the table."""
    found = [reach for piece in pieces for reach in reaches(piece, rate_hz, LEAST_MOVING)]
    left = speed_of_stillness(pieces, rate_hz)
    # Trembling at a speed of `left` makes a way that is gone at a speed v longer by half of (left / v)^2.
    longer = [0.5 * (left * r.movement_s / r.way) ** 2 for r in found if r.way > 0]
    return {
        "reach.movement": of_repetitions([r.movement_s for r in found], "s", 1 / rate_hz),
        "reach.straightness": of_repetitions(
            [r.efficiency for r in found], "of a straight line", float(np.median(longer)) if longer else 0.0
        ),
        "reach.smoothness": _smoothness([r.sparc for r in found], pieces, [r.way for r in found], rate_hz),
    }
