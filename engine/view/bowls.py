"""A turned wooden bowl, met by lines of sight: deep inside, shaded, its rim ringed with the sort that belongs in it."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.view.light import Picture, ease, noise
from engine.view.marbles import COLOURS
from engine.view.palette import Palette
from engine.view.projection import Eye
from engine.view.scene import BOWL_HEIGHT_SHARE, Bowl
from engine.view.solids import LIT_STEPS, SHADOW_INK
from engine.view.sprite import (
    FINER,
    Planes,
    Sprite,
    box_around,
    choose,
    daylight,
    meets_table,
    mixed,
    over,
    surface_of,
    times,
    unit,
)  # fmt: skip

FOOT_SHARE = 0.50
"""How wide a bowl's foot is, of its rim's width."""
STEPS = 28
STEP_MM, STEP_M = 4.0, 0.004
ROOM_AXES = np.eye(3, dtype=np.float32)


def height_m(bowl: Bowl) -> float:
    """How high the rim lies over the table."""
    return bowl.width_mm / 1000 * BOWL_HEIGHT_SHARE


def stepped_bowl(bowl: Bowl) -> Bowl:
    """The bowl at the nearest place and size that has its own picture, cold."""
    x, y, z = bowl.at_m
    at_m = (round(x / STEP_M) * STEP_M, y, round(z / STEP_M) * STEP_M)
    return replace(bowl, at_m=at_m, width_mm=max(1, round(bowl.width_mm / STEP_MM)) * STEP_MM, lit=0.0)


@lru_cache(maxsize=64)
def bowl_sprite(pictures: tuple[Sprite, Sprite], lit: int) -> Sprite:
    """The bowl, its ring warmed by `lit` of LIT_STEPS."""
    cold, warm = pictures
    return cold if lit == 0 else replace(cold, picture=mixed(cold.picture, warm.picture, lit / LIT_STEPS))


@lru_cache(maxsize=24)
def bowl_pictures(bowl: Bowl, eye: Eye, palette: Palette, finer: float = FINER) -> tuple[Sprite, Sprite] | None:
    """The bowl, cold and inviting: too slow for one frame's time."""
    radius, high = bowl.width_mm / 2000, height_m(bowl)
    x0, y0, z0 = bowl.at_m
    reach = radius * 1.25 + 0.02
    corners = [[x0 + reach * x, y0 + y, z0 + reach * z] for x in (-1, 1) for z in (-1, 1) for y in (0.0, high)]
    box = box_around(np.array(corners), eye)
    if box is None:
        return None
    sight = box.sight(eye, finer=finer)
    x, z = meets_table(sight, eye, y0)
    inside, point, hit = _meet(sight, eye, bowl, radius, high)
    from_axis = np.hypot(point[0], point[2])
    normal = _normals(point, inside, radius, high)
    light = daylight(normal, ROOM_AXES)
    wood = _wood(point, inside, palette)
    colour = (wood[0] * light[0] * 1.1, wood[1] * light[1] * 1.1, wood[2] * light[2] * 1.1)
    # Deep inside little sky is seen, and the wall towards the window throws its shadow on the bottom.
    depth = 1 - point[1] / high
    shade = inside * (0.30 * depth + 0.34 * ease(0.0, radius, -point[0] * 0.67 + point[2] * 0.74 - radius * 0.15))
    colour = times(colour, 1 - np.clip(shade, 0, 0.75))
    rim = hit & (point[1] > high * 0.93)
    colour = times(colour, 1 + 0.35 * rim * ease(radius * 0.94, radius, from_axis))
    cold, warm = colour, colour
    if bowl.colour is not None:
        ring = hit & ~inside & _ringed(point, high, bowl.form or bowl.colour)
        cold = over(cold, COLOURS[bowl.colour % len(COLOURS)], ring * 0.92)
    warm = over(cold, palette.glow, np.clip(rim * 0.65 + inside * 0.25 * ease(0.2, 1.0, point[1] / high), 0, 1))
    if palette.lit_edges:
        edge = hit & (np.abs(point[1] - high) < high * 0.05)
        cold, warm = over(cold, palette.edge, edge), over(warm, palette.glow, edge)
    shadow = _shadow(x - x0, z - z0, radius)
    alpha = np.maximum(hit, shadow).astype(np.float32)
    one, other = (
        Sprite(surface_of(choose(hit, planes, SHADOW_INK), alpha, box), (box.left, box.top), bowl.at_m)
        for planes in (cold, warm)
    )
    return one, other


def _ringed(point: Planes, high: float, sort: int) -> Picture:
    """Where the ring of a sort runs round a bowl: whole, broken into squares, or as two thin ones, so that sorts are
    told apart without colour."""
    height = point[1] / high - 0.66
    if sort % 3 == 1:
        broken = np.sin(np.arctan2(point[2], point[0]) * 14) > -0.2
        return np.asarray((np.abs(height) < 0.13) & broken)
    if sort % 3 == 2:
        return np.asarray(np.abs(np.abs(height) - 0.12) < 0.05)
    return np.asarray(np.abs(height) < 0.13)


def _outline(share: Picture, radius: float) -> Picture:
    """The wall's distance from the axis at a share of the height."""
    return np.asarray(radius * (FOOT_SHARE + (1 - FOOT_SHARE) * np.sqrt(np.clip(share, 0, 1))), dtype=np.float32)


def _meet(sight: Planes, eye: Eye, bowl: Bowl, radius: float, high: float) -> tuple[Picture, Planes, Picture]:
    """Where lines of sight first meet the wall or the floor, walking down from the rim: whether inside, the points
    from the foot's middle, and whether at all."""
    x0, y0, z0 = bowl.at_m
    hit = np.zeros(np.broadcast(sight[0], sight[1]).shape, dtype=bool)
    inside, in_bowl = hit.copy(), hit.copy()
    px, py, pz = (np.zeros(hit.shape, dtype=np.float32) for _ in range(3))
    for n in range(STEPS + 1):
        share = 1 - n / STEPS
        x, z = meets_table(sight, eye, y0 + high * share)
        x, z = x - x0, z - z0
        far = np.hypot(x, z)
        wall = float(_outline(np.array(share), radius))
        if n == 0:
            in_bowl = far < wall
            continue
        bottom = n == STEPS
        now = ~hit & np.where(in_bowl, (far >= wall) | bottom, far <= wall)
        inside |= now & in_bowl
        hit |= now
        px, pz = np.where(now, x, px), np.where(now, z, pz)
        py = np.where(now, np.float32(high * share), py)
    return inside, (px, py, pz), hit


def _normals(point: Planes, inside: Picture, radius: float, high: float) -> Planes:
    share = np.clip(point[1] / high, 0.03, 1)
    slope = radius * (1 - FOOT_SHARE) * 0.5 / np.sqrt(share) / high
    from_axis = np.maximum(np.hypot(point[0], point[2]), 1e-4)
    floor = inside & (point[1] < high * 0.02)
    out = (point[0] / from_axis, -slope, point[2] / from_axis)
    sign = np.where(inside, -1.0, 1.0)
    x, y, z = (np.asarray(plane * sign, dtype=np.float32) for plane in out)
    return unit((np.where(floor, 0, x), np.where(floor, 1, y), np.where(floor, 0, z)))


def _wood(point: Planes, inside: Picture, palette: Palette) -> Planes:
    """Rings of the lathe outside, growth rings inside."""
    turned = noise(point[1] * 900, np.arctan2(point[2], point[0]) * 3, 81)
    grown = noise(point[0] * 90 + 5, point[2] * 420, 82)
    dark = np.clip(0.25 + 0.35 * np.where(inside, grown, turned), 0, 1)
    red, green, blue = (high + (low - high) * dark for high, low in zip(palette.oak, palette.oak_dark, strict=True))
    return red, green, blue


def _shadow(x: Picture, z: Picture, radius: float) -> Picture:
    foot = radius * FOOT_SHARE
    touch = ease(foot + 0.016, foot - 0.002, np.hypot(x, z)) * 0.5
    thrown = ease(radius * 1.20, radius * 0.55, np.hypot(x - radius * 0.32, z + radius * 0.34)) * 0.42
    return np.clip(touch + thrown * (1 - touch), 0, 0.7)
