"""The one light of the room: late-afternoon sun through a window at the upper left, and sky for the rest."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[Any]
"""Shades of grey (height, width) or colours (height, width, 3), 32-bit unless said."""
Mask = NDArray[np.bool_]

KEY = np.array((-0.45, 0.75, 0.50), dtype=np.float32)
KEY /= np.linalg.norm(KEY)
"""Towards the window."""
KEY_COLOUR = np.array((0xFF, 0xE9, 0xC9), dtype=np.float32) / 255
FILL_COLOUR = np.array((0x8E, 0xA3, 0xB8), dtype=np.float32) / 255
FILL = 0.45
SHADOW_PER_HEIGHT = (float(-KEY[0] / KEY[1]), float(-KEY[2] / KEY[1]))
"""How far a shadow moves over the table (x, z) for each metre its thing is lifted."""


def ease(low: float, high: float, value: Picture) -> Picture:
    """0 below `low`, 1 above `high` (which may be the smaller), smooth between: 3t^2 - 2t^3."""
    t = np.clip((value - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


@cache
def _lattice(seed: int) -> Picture:
    return np.random.default_rng(seed).random((256, 256), dtype=np.float32)


def noise(x: Picture, y: Picture, seed: int) -> Picture:
    """Smooth value noise 0..1 with one bump per unit, repeating every 256; the same for the same seed."""
    x, y = np.asarray(x, dtype=np.float32), np.asarray(y, dtype=np.float32)
    x0, y0 = np.floor(x), np.floor(y)
    tx, ty = x - x0, y - y0
    tx, ty = tx * tx * (3 - 2 * tx), ty * ty * (3 - 2 * ty)
    left, top = x0.astype(np.int32) & 255, y0.astype(np.int32) & 255
    right, bottom = (left + 1) & 255, (top + 1) & 255
    table = _lattice(seed).ravel()
    top, bottom = top << 8, bottom << 8
    a, b = table.take(top + left), table.take(top + right)
    c, d = table.take(bottom + left), table.take(bottom + right)
    upper, lower = a + (b - a) * tx, c + (d - c) * tx
    return np.asarray(upper + (lower - upper) * ty, dtype=np.float32)


def sunlit(x_m: Picture, z_m: Picture) -> Picture:
    """0..1: how much window light falls on the table at (x, z): two panes by three, soft at the edges, with the
    shadow of a branch outside."""
    across = z_m - x_m * np.float32(KEY[2] / KEY[0])
    along = x_m * np.float32(1.11)
    lit = np.zeros(np.broadcast(x_m, z_m).shape, dtype=np.float32)
    for first, last in ((-0.56, -0.262), (-0.258, 0.04)):
        pane = ease(first, first + 0.026, across) * ease(last, last - 0.026, across)
        rows = np.zeros_like(lit)
        for start, end in ((-0.98, -0.560), (-0.555, -0.140), (-0.135, 0.28)):
            rows += ease(start, start + 0.022, along) * ease(end, end - 0.022, along)
        lit += pane * rows
    leaves = noise(x_m * 13 + z_m * 4, z_m * 17, 11) * 0.65 + noise(x_m * 31, z_m * 35 + x_m * 9, 12) * 0.35
    return np.asarray(lit * (1 - 0.55 * ease(0.46, 0.70, leaves)), dtype=np.float32)
