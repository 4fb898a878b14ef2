"""A coin as it is seen: thickness, reeded rim, raised edge, an embossed figure, metal that answers to tilt."""

from functools import lru_cache
from math import pi

import numpy as np

from engine.hand import Array
from engine.view.figures import SIZE, relief
from engine.view.light import KEY, SHADOW_PER_HEIGHT, Mask, Picture, ease
from engine.view.palette import Colour, Metal, Palette
from engine.view.projection import Eye
from engine.view.scene import Coin, Metres3
from engine.view.sprite import (
    FINER,
    Box,
    Planes,
    Sprite,
    along,
    blend,
    box_around,
    choose,
    meets_table,
    mirrored,
    over,
    own,
    surface_of,
    times,
    toward_eye,
    turned,
    unit,
)

THICKNESS_PER_DIAMETER = 0.085
REEDS = 72
STEP_M, FINE_STEP_M, STEP_RAD = 0.016, 0.001, pi / 60
"""How finely coins in motion are told apart: one that moves less keeps its picture, and is only put elsewhere."""
SHADOW_INK: Colour = (20, 14, 10)
AROUND_RAD = np.linspace(0, 2 * pi, 24, endpoint=False)


def thickness_m(coin: Coin) -> float:
    return coin.diameter_mm / 1000 * THICKNESS_PER_DIAMETER


def stepped(coin: Coin, step_m: float = STEP_M) -> Coin:
    """The coin at the nearest place and turn that has its own picture."""
    x, y, z = (round(v / step_m) * step_m for v in coin.at_m)
    tilt, spin, roll = (round(v / STEP_RAD) * STEP_RAD for v in (coin.tilt_rad, coin.spin_rad, coin.roll_rad))
    return Coin((x, y, z), coin.diameter_mm, coin.material, tilt, spin, roll, coin.figure)


@lru_cache(maxsize=512)
def coin_sprite(
    coin: Coin, eye: Eye, palette: Palette, sinks_below_m: float | None, rests: bool, finer: float = FINER
) -> Sprite | None:
    """The coin's picture. What lies under `sinks_below_m` is hidden (it is in the slot); a coin that rests throws a
    contact shadow on what it lies upon."""
    radius, thick = coin.diameter_mm / 2000, thickness_m(coin)
    axes = turned(coin.tilt_rad, coin.spin_rad, coin.roll_rad)
    centre = np.array(coin.at_m) + axes[:, 1] * thick / 2
    box = _box(centre, axes, radius * (1.32 if rests else 1.0), thick, eye)
    if box is None:
        return None
    sight = box.sight(eye, axes, finer)
    start = own((np.array(eye.at_m) - centre).astype(np.float32), axes)
    face, solid, point = _meet(start, sight, radius, thick)
    normal, deep = _shape(point, face, solid, radius, coin.figure, start[1])
    metal = palette.metals.get(coin.material, palette.metals["brass"])
    colour = times(_metal(normal, toward_eye(sight), axes, metal), 1 - 0.34 * deep)
    if palette.lit_edges:
        rim = face & (point[0] ** 2 + point[2] ** 2 > (radius * 0.92) ** 2)
        colour = over(colour, palette.edge, rim)
    alpha = solid.astype(np.float32)
    if rests:
        colour = choose(solid, colour, SHADOW_INK)
        alpha = np.where(solid, alpha, 0.62 * _contact(start, sight, radius, thick, axes))
    if sinks_below_m is not None:
        height = float(centre[1]) + along(point, (float(axes[1, 0]), float(axes[1, 1]), float(axes[1, 2])))
        alpha = np.where(height < sinks_below_m, 0, alpha)
    return Sprite(surface_of(colour, alpha, box), (box.left, box.top), coin.at_m)


def _box(centre: Array, axes: Picture, reach: float, thick: float, eye: Eye) -> Box | None:
    ring = np.stack([np.cos(AROUND_RAD), 0 * AROUND_RAD, np.sin(AROUND_RAD)], axis=1) * reach @ axes.T
    lift = axes[:, 1] * thick / 2
    return box_around(np.concatenate([centre + ring + lift, centre + ring - lift]), eye, 2)


def _meet(start: Metres3, sight: Planes, radius: float, thick: float) -> tuple[Mask, Mask, Planes]:
    """Where lines of sight meet a coin in its own axes: hits on the face, all hits, and the points."""
    level = thick / 2 if start[1] > 0 else -thick / 2
    reach = (level - start[1]) / np.where(np.abs(sight[1]) < 1e-6, np.float32(1e-6), sight[1])
    x, z = start[0] + reach * sight[0], start[2] + reach * sight[2]
    face = (x * x + z * z <= radius * radius) & (reach > 0)
    a = sight[0] * sight[0] + sight[2] * sight[2] + np.float32(1e-9)
    b = start[0] * sight[0] + start[2] * sight[2]
    inside = b * b - a * (start[0] ** 2 + start[2] ** 2 - radius**2)
    reach_side = (-b - np.sqrt(np.maximum(inside, 0))) / a
    y_side = start[1] + reach_side * sight[1]
    side = (inside > 0) & (np.abs(y_side) <= thick / 2) & ~face
    x = np.where(side, start[0] + reach_side * sight[0], x)
    z = np.where(side, start[2] + reach_side * sight[2], z)
    return face, face | side, (x, np.where(side, y_side, np.float32(level)), z)


def _shape(point: Planes, face: Mask, solid: Mask, radius: float, figure: int, up: float) -> tuple[Planes, Picture]:
    """Normals in the coin's own axes (embossed face, reeded rim), and how deep the metal lies there, 0..1."""
    right, away, depth = relief(figure)
    x, z = point[0] / radius, point[2] / radius
    column = np.clip((x + 1) * (SIZE / 2), 0, SIZE - 1).astype(np.int32)
    row = np.clip((z + 1) * (SIZE / 2), 0, SIZE - 1).astype(np.int32)
    cell = row * SIZE + column
    edge = ease(0.90, 1.0, x * x + z * z) * 0.8 + 0.10
    nx, nz = x * edge - 1.3 * right.take(cell), z * edge + 1.3 * away.take(cell)
    ny = np.full_like(x, np.sign(up))
    deep = np.where(face, depth.take(cell), np.float32(0.25))
    side = solid & ~face
    sx, sz = x[side], z[side]
    reed = 0.55 * np.sin(np.arctan2(sz, sx) * REEDS)
    nx[side], ny[side], nz[side] = sx - sz * reed, 0, sz + sx * reed
    return unit((nx, ny, nz)), deep


def _metal(normal: Planes, eyeward: Planes, axes: Picture, metal: Metal) -> Planes:
    """Dark where it mirrors the table, light where it mirrors the wall, one highlight where it mirrors the window."""
    key = own(KEY, axes)
    shown = mirrored(normal, eyeward, axes) * 0.72 + 0.34 * np.maximum(along(normal, key), 0)
    dark, light = ((v[0] * k, v[1] * k, v[2] * k) for v, k in ((metal.dark, 0.55), (metal.light, 1.06)))
    half = unit((eyeward[0] + key[0], eyeward[1] + key[1], eyeward[2] + key[2]))
    glint = np.maximum(normal[0] * half[0] + normal[1] * half[1] + normal[2] * half[2], 0)
    glint = (glint * glint * glint) ** 12
    red, green, blue = blend(dark, light, np.clip(shown, 0, 1))
    return red + glint * 120, green + glint * 112, blue + glint * 92


def _contact(start: Metres3, sight: Planes, radius: float, thick: float, axes: Picture) -> Picture:
    """The shadow on the plane under the coin: away from the light, darkest where it touches."""
    sign = 1 if start[1] > 0 else -1
    reach = (-thick / 2 - start[1]) / (np.minimum(sight[1] * sign, -1e-4) * sign)
    light = own(KEY, axes)
    slide = thick * 0.9 / max(abs(light[1]), 0.3)
    x = start[0] + reach * sight[0] + light[0] * slide
    z = start[2] + reach * sight[2] + light[2] * slide
    return ease(1.22, 0.88, np.sqrt(x * x + z * z) / radius)


@lru_cache(maxsize=256)
def shadow_sprite(at_m: Metres3, radius_m: float, eye: Eye) -> Sprite | None:
    """The soft shadow on the table of something round held over it: further away and softer the higher it is."""
    height = max(at_m[1], 0.0)
    x0, z0 = at_m[0] + SHADOW_PER_HEIGHT[0] * height, at_m[2] + SHADOW_PER_HEIGHT[1] * height
    soft = radius_m * 0.15 + height * 0.22
    reach = radius_m + soft
    box = box_around(np.array([[x0 + reach * x, 0, z0 + reach * z] for x in (-1, 1) for z in (-1, 1)]), eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=0.5), eye)
    alpha = ease(radius_m + soft, radius_m - soft, np.hypot(x - x0, z - z0)) * (0.50 / (1 + height / 0.06))
    black = np.full_like(alpha, 12)
    return Sprite(surface_of((black, black, black), alpha, box), (box.left, box.top), at_m)
