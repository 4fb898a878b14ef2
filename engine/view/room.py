"""The still part of the picture, painted once: an oak table in late-afternoon light, a felt mat, a wall out of focus.

Every pixel is one line of sight, met with the table or the wall; nothing here moves, so the painter only copies it.
"""

from dataclasses import replace
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from engine.view.light import KEY, KEY_COLOUR, Picture, ease, noise, sunlit
from engine.view.palette import Colour, Palette
from engine.view.projection import Eye
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M

FAR_EDGE_Z_M, WALL_Z_M = -0.37, -0.95
MAT_HALF_M = (PLAY_WIDTH_M / 2 + 0.022, PLAY_DEPTH_M / 2 + 0.020)
MAT_CORNER_M = 0.022
PLANK_M = 0.118
MOST_PIXELS = 1_000_000
"""Larger pictures are painted at this size and enlarged: softer grain, the same bake time."""


def bake_size(size_px: tuple[int, int]) -> tuple[int, int]:
    """The size to paint at, of the same shape as the picture."""
    scale = min(1.0, sqrt(MOST_PIXELS / max(size_px[0] * size_px[1], 1)))
    return max(2, round(size_px[0] * scale)), max(2, round(size_px[1] * scale))


@lru_cache(maxsize=4)
def bake(eye: Eye, palette: Palette) -> NDArray[np.uint8]:
    """The room without anything in it: (height, width, 3) 0..255 at `bake_size` of the eye's picture."""
    width, height = size = bake_size(eye.size_px)
    eye = replace(eye, size_px=size)
    sin, cos = np.sin(eye.pitch_rad), np.cos(eye.pitch_rad)
    up = (height / 2 - np.arange(height) - 0.5) / eye.focal_px
    down, ahead = sin - up * cos, cos + up * sin
    far_row = _row_of(FAR_EDGE_Z_M, eye)
    first = int(np.clip(np.floor(far_row) - 1, 0, height - 1))

    reach = eye.at_m[1] / down[first:]
    z_m = (eye.at_m[2] - reach * ahead[first:]).astype(np.float32)[:, None]
    right = ((np.arange(width) + 0.5 - width / 2) / eye.focal_px)[None, :]
    x_m = (reach[:, None] * right).astype(np.float32)
    pixel_m = (reach[:, None] / eye.focal_px).astype(np.float32)

    picture = np.empty((height, width, 3), dtype=np.float32)
    picture[first:] = _table(x_m, z_m, pixel_m, palette)
    edge = np.clip(np.arange(first, height) + 1 - far_row, 0, 1).astype(np.float32)[:, None, None]
    wall = _wall(width, first + 2, far_row, palette)
    picture[first : first + 2] = wall[first:] * (1 - edge[:2]) + picture[first : first + 2] * edge[:2]
    picture[:first] = wall[:first]
    if palette.decorated:
        picture *= _vignette(width, height)[..., None]
        grains = np.random.default_rng(5).random((height, width, 1), dtype=np.float32)
        picture += (grains - 0.5) * 2.2
    finished: NDArray[np.uint8] = np.clip(picture + 0.5, 0, 255).astype(np.uint8)
    return finished


def _row_of(z_m: float, eye: Eye) -> float:
    return float(eye.project(np.array([[0.0, 0.0, z_m]]))[0][0, 1])


def _colour(colour: Colour) -> Picture:
    return np.array(colour, dtype=np.float32)


def _mix(one: Picture, other: Picture, share: Picture) -> Picture:
    return np.asarray(one + (other - one) * share[..., None], dtype=np.float32)


def _vignette(width: int, height: int) -> Picture:
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    return np.asarray(1 - 0.13 * ease(0.55, 1.75, (x + 0.12) ** 2 + y * y * 0.9), dtype=np.float32)


def _wall(width: int, rows: int, far_row: float, palette: Palette) -> Picture:
    """A wall out of focus: light towards the window, a darker foot, one soft patch of sun."""
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    y = (np.arange(rows, dtype=np.float32) / np.float32(max(far_row, 1)))[:, None]
    if not palette.decorated:
        return np.broadcast_to(_colour(palette.wall), (rows, width, 3)).astype(np.float32)
    share = np.clip(0.15 + 0.55 * x + 0.35 * y, 0, 1)
    wall = _mix(_colour(palette.wall), _colour(palette.wall_dark), share)
    leaning = x + y * np.float32(0.05)
    patch = ease(0.16, 0.24, leaning) * ease(0.53, 0.45, leaning) * (1 - 0.6 * ease(0.03, 0.0, abs(leaning - 0.345)))
    wall += (patch * (0.6 + 0.4 * noise(x * 9, y * 2, 21)))[..., None] * np.float32(13) * KEY_COLOUR
    wall *= (1 - 0.16 * ease(0.72, 1.0, y))[..., None]
    return wall


def _mat_distance(x_m: Picture, z_m: Picture) -> Picture:
    """Metres outside (+) or inside (-) the edge of the mat, a rectangle with round corners."""
    dx = np.abs(x_m) - np.float32(MAT_HALF_M[0] - MAT_CORNER_M)
    dz = np.abs(z_m) - np.float32(MAT_HALF_M[1] - MAT_CORNER_M)
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dz, 0))
    return np.asarray(outside + np.minimum(np.maximum(dx, dz), 0) - np.float32(MAT_CORNER_M), dtype=np.float32)


def _table(x_m: Picture, z_m: Picture, pixel_m: Picture, palette: Palette) -> Picture:
    """The table top with the mat on it, where (x, z) are metres and a pixel is `pixel_m` wide there."""
    from_edge = _mat_distance(x_m, z_m)
    on_mat = np.clip(0.5 - from_edge / pixel_m, 0, 1)
    if not palette.decorated:
        ground = _mix(_colour(palette.oak), _colour(palette.felt), on_mat)
        if palette.lit_edges:
            line = np.clip(1.5 - np.abs(from_edge + 0.001) / pixel_m, 0, 1)
            ground = _mix(ground, _colour(palette.stitch), line)
        return ground
    sun = sunlit(x_m, z_m)
    wood = _oak(x_m, z_m, palette)
    near_mat = ease(0.016, 0.0, _mat_distance(x_m - 0.004, z_m + 0.004)) * 0.42
    wood *= (1 - near_mat)[..., None]
    felt = _felt(x_m, z_m, from_edge, pixel_m, palette)
    ground = _mix(wood, felt, on_mat)

    distance = np.hypot(x_m + 0.30, z_m + 0.22)
    day = 1.04 - 0.26 * ease(0.15, 0.95, distance)
    warm = _colour((255, 235, 205)) / 255 * 1.26
    cool = _colour((238, 240, 250)) / 255 * 0.90
    strength = sun * (1 - 0.55 * on_mat)
    ground *= day[..., None] * _mix(cool, warm, strength)
    # A satin table mirrors the wall towards its far edge.
    sheen = ease(0.10, FAR_EDGE_Z_M - 0.02, z_m) * (1 - on_mat) * 0.20
    ground += sheen[..., None] * (_colour(palette.wall) - ground)
    brink = ease(FAR_EDGE_Z_M + 0.010, FAR_EDGE_Z_M + 0.001, z_m)
    return np.asarray(ground * (1 + 0.16 * brink)[..., None], dtype=np.float32)


def _oak(x_m: Picture, z_m: Picture, palette: Palette) -> Picture:
    """Planks along x: growth rings of a log sawn lengthwise, pores along the grain, a dark joint between planks."""
    plank = np.floor(z_m / PLANK_M + 0.37)
    across = z_m - (plank - 0.37 + 0.5) * np.float32(PLANK_M)
    rng = np.random.default_rng(3)
    chosen = rng.random((64, 4), dtype=np.float32)[plank.astype(int) % 64]
    shift, heart, tone, slope = (chosen[..., n] for n in range(4))
    along = x_m + shift * 37

    waver = noise(along * 1.7, across * 7 + shift * 50, 1) - 0.5
    ripple = noise(along * 7, across * 46 + shift * 50, 2) - 0.5
    off_heart = across - (heart - 0.5) * np.float32(PLANK_M * 1.1)
    depth = 0.026 + 0.024 * np.sin(along * 2.1 + slope * 6) + 0.040 * waver
    ring = np.sqrt(off_heart * off_heart + depth * depth) * 190 + ripple * 1.3 + waver * 2.2
    phase = ring - np.floor(ring)
    late = ease(0.15, 0.86, phase) * ease(1.0, 0.90, phase)
    cloud = noise(along * 3.1, across * 13 + shift * 20, 5)
    pores = noise(along * 52, across * 1150 + shift * 90, 4)
    pore = ease(0.74, 0.98, pores) * (1 - 0.5 * late)
    fibre = noise(along * 18, across * 420 + ripple * 3, 6)

    dark = 0.14 + (0.14 + 0.30 * cloud) * late + 0.30 * pore + 0.30 * (cloud - 0.5) + 0.10 * (fibre - 0.5)
    dark += 0.34 * (tone - 0.5)
    wood = _mix(_colour(palette.oak), _colour(palette.oak_dark), np.clip(dark, -0.25, 1))
    joint = np.abs(np.abs(across) - np.float32(PLANK_M / 2))
    return np.asarray(wood * (1 - 0.52 * ease(0.0016, 0.0003, joint))[..., None], dtype=np.float32)


def _felt(x_m: Picture, z_m: Picture, from_edge: Picture, pixel_m: Picture, palette: Palette) -> Picture:
    """Felt: fine fibres, a faint weave, a stitched hem, and an edge that catches the window."""
    fibres = noise(x_m * 900, z_m * 700, 7) - 0.5
    nap = noise(x_m * 60, z_m * 48, 8) - 0.5
    weave = np.sin(x_m * np.float32(2 * np.pi / 0.0042)) * np.sin(z_m * np.float32(2 * np.pi / 0.0042))
    shade = 1.06 + 0.13 * fibres + 0.09 * nap + 0.035 * weave
    felt = _colour(palette.felt) * shade[..., None]

    corner = np.abs(z_m) / np.float32(MAT_HALF_M[1]) < np.abs(x_m) / np.float32(MAT_HALF_M[0])
    around = np.where(corner, z_m, x_m)
    dash = ease(0.30, 0.36, np.abs(((around / np.float32(0.0105)) % 1) - 0.5)) * -1 + 1
    thread = np.clip(0.9 - np.abs(from_edge + np.float32(0.0095)) / np.maximum(pixel_m * 1.15, 0.0009), 0, 1) * dash
    hollow = ease(0.0035, 0.0, np.abs(from_edge + np.float32(0.0095))) * 0.16
    felt *= (1 - hollow)[..., None]
    felt = _mix(felt, _colour(palette.stitch), thread * 0.85)
    facing = (-x_m * KEY[0] / MAT_HALF_M[0] + -z_m * KEY[2] / MAT_HALF_M[1]) * -1
    rim = ease(0.0032, 0.0004, np.abs(from_edge)) * np.clip(0.20 + 0.5 * facing, -0.15, 0.75)
    return np.asarray(felt * (1 + rim)[..., None], dtype=np.float32)
