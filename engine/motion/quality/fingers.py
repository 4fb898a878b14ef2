"""How far fingers go, and how far they go alone."""

from collections.abc import Sequence
from math import degrees

import numpy as np

from engine.hand import LONG_FINGERS, Array, Finger, Landmark
from engine.motion.quality.signals import runs

FULL_TAM_DEG = 260.0
KAPANDJI_NEAR, KAPANDJI_HELD_S, HIGHEST_KAPANDJI = 0.25, 0.5, 6
READING_ERROR_DEG = 9.0
"""Standard deviation of one joint angle from a camera against a goniometer (Sci Prog 2023, 28 healthy adults)."""


def excursion_slopes(angles: Array) -> Array:
    """How far each finger goes along with each instructed one.

    `angles`: (n instructed, samples, n fingers), each finger's bend over its own range. Returns S (n, n) with S[j, i]
    the slope of finger i's excursion on the instructed finger j's, by least squares through their means
    (Schieber, J Neurophysiol 1991; Haeger-Ross & Schieber, J Neurosci 2000).
    """
    angles = np.asarray(angles, dtype=float)
    n = angles.shape[0]
    slopes = np.empty((n, n))
    for j in range(n):
        own = angles[j, :, j] - angles[j, :, j].mean()
        power = float((own * own).sum())
        others = angles[j] - angles[j].mean(axis=0)
        slopes[j] = others.T @ own / power if power > 0 else np.nan
    return slopes


def individuation(slopes: Array) -> Array:
    """Individuation index of each instructed finger (n,): 1 moves alone, 0 takes all others along.
    II_j = 1 - (sum_i |S_ji| - 1) / (n - 1) (Haeger-Ross & Schieber 2000)."""
    index: Array = 1 - (np.abs(slopes).sum(axis=1) - 1) / (slopes.shape[1] - 1)
    return index


def stationarity(slopes: Array) -> Array:
    """Stationarity index of each finger (n,): 1 stays still while others move.
    SI_i = 1 - (sum_j |S_ji| - 1) / (m - 1)."""
    index: Array = 1 - (np.abs(slopes).sum(axis=0) - 1) / (slopes.shape[0] - 1)
    return index


def enslaving(slopes: Array) -> float:
    """How far the other fingers go along, per cent of the instructed one, on the mean of all pairs
    (Zatsiorsky et al., Exp Brain Res 2000)."""
    away = ~np.eye(len(slopes), dtype=bool)
    return 100 * float(np.abs(slopes)[away].mean())


def total_active_motion(flexed_deg: Sequence[float], extended_deg: Sequence[float]) -> float:
    """TAM of one finger: flexion of MCP, PIP and DIP in full active flexion, less what each lacks of straight in full
    active extension (American Society for Surgery of the Hand). Hyperextension is no deficit."""
    return float(sum(flexed_deg) - sum(max(0.0, deficit) for deficit in extended_deg))


def tam_word(tam_deg: float, normal_deg: float = FULL_TAM_DEG) -> str:
    """The ASSH's word for a TAM against the other hand's finger, or 260 degrees: a key in the strings."""
    share = tam_deg / normal_deg
    words = ((1.0, "excellent"), (0.75, "good"), (0.50, "fair"))
    # A hair below the norm is the norm: no camera tells 259 from 260 degrees.
    word = next((word for least, word in words if share > least or (least == 1.0 and share >= 0.995)), "poor")
    return f"tam.{word}"


def kapandji(points: Array, hand_size: float, rate_hz: float) -> int:
    """The Kapandji stage of thumb opposition that was held for half a second, 0 to 6 (Kapandji, Ann Chir Main 1986).

    `points`: (samples, 21, k), `hand_size` in the same unit. Above 6 the thumb's tip is hidden behind fingers, so no
    more is claimed.
    """
    points = np.asarray(points, dtype=float)
    places = (
        (Landmark.INDEX_PIP, Landmark.INDEX_DIP),
        (Landmark.INDEX_DIP, Landmark.INDEX_TIP),
        (Landmark.INDEX_TIP,),
        (Landmark.MIDDLE_TIP,),
        (Landmark.RING_TIP,),
        (Landmark.LITTLE_TIP,),
    )
    long_enough = max(1, round(KAPANDJI_HELD_S * rate_hz))
    reached = 0
    for stage, place in enumerate(places, start=1):
        goal = points[:, list(place)].mean(axis=1)
        near = np.linalg.norm(points[:, Landmark.THUMB_TIP] - goal, axis=1) < KAPANDJI_NEAR * hand_size
        if max((b - a for a, b in runs(near)), default=0) >= long_enough:
            reached = stage
    return min(reached, HIGHEST_KAPANDJI)


def pinch_precision(ends: Sequence[float]) -> float | None:
    """How alike the closed ends of repeated pinches are: their standard deviation, in their own unit (the way from open
    to touching is 1). None for one alone."""
    return float(np.std(np.asarray(ends, dtype=float), ddof=1)) if len(ends) > 1 else None


def flexion_deg(angle_rad: Sequence[float], finger: Finger) -> tuple[float, float, float]:
    """MCP, PIP and DIP flexion of a long finger, degrees, from the 20 angles of `HandAngles.as_array`."""
    at = 4 * (1 + LONG_FINGERS.index(finger))
    return degrees(angle_rad[at]), degrees(angle_rad[at + 1]), degrees(angle_rad[at + 2])
