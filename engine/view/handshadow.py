"""The soft shadow of a hand on the table: its bones as thick strokes, thrown away from the window and blurred."""

from itertools import pairwise

import numpy as np
import pygame

from engine.hand import Array, Landmark
from engine.view.light import SHADOW_PER_HEIGHT
from engine.view.projection import Eye

COARSER = 8
INK = (16, 11, 7)
FINGER_M, PALM_M, FOREARM_M = 0.0105, 0.018, 0.036
"""Half as thick as the parts are."""
LONGER = 1.35
"""The sun stands lower for hands than for coins: their shadow would otherwise hide under them."""
_CHAINS = tuple(tuple(range(first, first + 4)) for first in (1, 5, 9, 13, 17))
_PALM = (Landmark.WRIST, 1, 5, 9, 13, 17)
_REACH_M = 0.12


def on_table(points_m: Array) -> Array:
    """Where points throw their shadows on the table, (n, 3) metres."""
    shadow = np.array(points_m, dtype=float)
    height = np.maximum(shadow[:, 1], 0.0)
    shadow[:, 0] += SHADOW_PER_HEIGHT[0] * height * LONGER + 0.006
    shadow[:, 2] += SHADOW_PER_HEIGHT[1] * height
    shadow[:, 1] = 0.0
    return shadow


def hand_shadow(points_m: Array, elbow_m: Array, eye: Eye) -> tuple[pygame.Surface, tuple[int, int]] | None:
    """The shadow of a hand whose 21 points are `points_m` (21, 3) in the room, its forearm towards `elbow_m`: a picture
    and where its corner lies; None where there is none to be seen."""
    forearm = points_m[Landmark.WRIST] + (elbow_m - points_m[Landmark.WRIST]) * _REACH_M / 0.3
    everything = np.concatenate([on_table(points_m), on_table(forearm[None])])
    xy, depth = eye.project(everything)
    if depth.min() < 0.05:
        return None
    height = float(np.clip(points_m[:, 1].mean(), 0.0, 0.3))
    width = eye.focal_px / float(depth.mean()) / COARSER
    soft = 1.5 + width * (0.003 + height * 0.10)
    pad = int(3 * soft + width * 2 * PALM_M) + 2
    low = np.floor(xy.min(axis=0) / COARSER).astype(int) - pad
    high = np.ceil(xy.max(axis=0) / COARSER).astype(int) + pad
    screen = np.array(eye.size_px) // COARSER + pad
    low, high = np.maximum(low, -pad), np.minimum(high, screen)
    if (high - low < 2).any():
        return None
    small = pygame.Surface((int(high[0] - low[0]), int(high[1] - low[1])), pygame.SRCALPHA)
    small.fill((*INK, 0))
    ink = (*INK, round(150 / (1 + height / 0.16)))
    at = [(float(x), float(y)) for x, y in xy / COARSER - low]
    pygame.draw.polygon(small, ink, [at[n] for n in _PALM])
    for chain in _CHAINS:
        _stroke(small, ink, [at[n] for n in chain], width * FINGER_M)
    _stroke(small, ink, [at[n] for n in (5, 9, 13, 17, 0, 1, 5)], width * PALM_M)
    _stroke(small, ink, [at[0], at[-1]], width * FOREARM_M)
    blurred = pygame.transform.box_blur(small, max(1, round(soft)))
    size = (small.get_width() * COARSER, small.get_height() * COARSER)
    return pygame.transform.smoothscale(blurred, size), (int(low[0]) * COARSER, int(low[1]) * COARSER)


def _stroke(
    surface: pygame.Surface, ink: tuple[int, int, int, int], places: list[tuple[float, float]], half_px: float
) -> None:
    """A thick line with round joints."""
    for here, there in pairwise(places):
        pygame.draw.line(surface, ink, here, there, max(1, round(2 * half_px)))
    for place in places:
        pygame.draw.circle(surface, ink, place, half_px)
