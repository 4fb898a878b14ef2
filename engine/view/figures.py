"""What is embossed on a coin: a leaf, a wave, a sun, a boat, a tree; each a height map we draw ourselves."""

from functools import cache

import numpy as np

from engine.view.light import Picture, ease

FIGURES = ("leaf", "wave", "sun", "boat", "tree")
SIZE = 160
"""Samples across a coin's face; the face fills the square."""


def _grid() -> tuple[Picture, Picture]:
    """x to the right, y up, both -1..1 over the face."""
    line = (np.arange(SIZE, dtype=np.float32) + 0.5) / (SIZE / 2) - 1
    return line[None, :] + 0 * line[:, None], -line[:, None] + 0 * line[None, :]


def _raised(distance: Picture, soft: float = 0.07) -> Picture:
    """1 well inside a shape (distance negative), 0 outside, a rounded shoulder between."""
    return ease(soft * 0.4, -soft, distance)


def _stroke(x: Picture, y: Picture, start: tuple[float, float], end: tuple[float, float], half: float) -> Picture:
    """Distance to a straight stroke with round ends."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy), 0, 1)
    return np.asarray(np.hypot(x - start[0] - along * dx, y - start[1] - along * dy) - half, dtype=np.float32)


def _leaf(x: Picture, y: Picture) -> Picture:
    u, v = (x + y) * 0.7071, (y - x) * 0.7071
    blade = np.maximum(np.hypot(u, v - 0.42) - 0.72, np.hypot(u, v + 0.42) - 0.72)
    height = _raised(blade, 0.12)
    height -= 0.55 * _raised(_stroke(u, v, (-0.62, 0), (0.5, 0), 0.025), 0.04)
    for n in range(4):
        foot = -0.38 + 0.22 * n
        for side in (-1, 1):
            vein = _stroke(u, v, (foot, 0), (foot + 0.17, side * 0.2), 0.012)
            height -= 0.38 * _raised(vein, 0.035) * _raised(blade + 0.05, 0.04)
    return np.maximum(height, _raised(_stroke(u, v, (-0.72, 0), (-0.5, 0), 0.035), 0.05))


def _wave(x: Picture, y: Picture) -> Picture:
    height = np.zeros_like(x)
    inside = _raised(np.hypot(x, y) - 0.66, 0.05)
    for n, level in enumerate((0.30, 0.0, -0.30)):
        crest = y - level - 0.10 * np.sin(x * 6.0 + n * 2.1)
        height = np.maximum(height, _raised(np.abs(crest) - 0.075, 0.09))
    return np.asarray(height * inside, dtype=np.float32)


def _sun(x: Picture, y: Picture) -> Picture:
    angle, radius = np.arctan2(y, x), np.hypot(x, y)
    turn = np.pi / 6
    off = np.abs((angle + turn / 2) % turn - turn / 2) * radius
    ray = np.maximum(off - 0.085 * (0.70 - radius) / 0.3, np.maximum(0.40 - radius, radius - 0.68))
    disc = _raised(radius - 0.31, 0.16)
    return np.maximum(disc, _raised(np.asarray(ray, dtype=np.float32), 0.05))


def _boat(x: Picture, y: Picture) -> Picture:
    hull = np.maximum(np.hypot(x, y - 0.10) - 0.60, np.maximum(y + 0.20, -y - 0.42))
    main = np.maximum(np.maximum(-x + 0.05, -y - 0.11), x * 0.86 + y * 0.51 - 0.36)
    jib = np.maximum(np.maximum(x + 0.05, -y - 0.11), -x * 0.9 + y * 0.44 - 0.30)
    sea = np.abs(y + 0.54 - 0.03 * np.sin(x * 14)) - 0.03
    sea = np.maximum(sea, np.abs(x) - 0.40)
    height = np.zeros_like(x)
    for part in (hull, main, jib, sea):
        height = np.maximum(height, _raised(np.asarray(part, dtype=np.float32), 0.06))
    return height


def _tree(x: Picture, y: Picture) -> Picture:
    height = _raised(_stroke(x, y, (0, -0.60), (0, 0.0), 0.065), 0.06)
    height = np.maximum(height, _raised(_stroke(x, y, (-0.3, -0.62), (0.3, -0.62), 0.03), 0.05))
    for cx, cy, r in ((0, 0.38, 0.27), (-0.27, 0.14, 0.25), (0.27, 0.14, 0.25), (0, 0.10, 0.26)):
        height = np.maximum(height, _raised(np.hypot(x - cx, y - cy) - r, 0.16))
    return height


_DRAWN = (_leaf, _wave, _sun, _boat, _tree)


@cache
def relief(figure: int) -> tuple[Picture, Picture, Picture]:
    """A coin's face: the slope of its height to the right and upwards (per radius), and how deep it lies (0..1),
    each (SIZE, SIZE), rows from the top. Raised rim, a ring of beads, the figure."""
    x, y = _grid()
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    rim = ease(0.845, 0.895, radius) * ease(1.0, 0.955, radius)
    pearls = _raised(np.hypot((radius - 0.80) * 1.0, ((angle * 44 / (2 * np.pi)) % 1 - 0.5) * 0.11) - 0.028, 0.05)
    height = rim * 0.075 + 0.018 * pearls + 0.070 * _DRAWN[figure % len(_DRAWN)](x * 1.02, y * 1.02)
    up, right = (np.asarray(slope, dtype=np.float32) for slope in np.gradient(height, 2 / SIZE))
    around = sum(np.roll(height, (dy, dx), (0, 1)) for dy in (-5, 0, 5) for dx in (-5, 0, 5)) / 9
    deep = np.clip((around - height) * 22, 0, 1)
    return right, -up, deep.astype(np.float32)
