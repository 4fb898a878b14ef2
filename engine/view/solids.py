"""The wooden coin box with its slot: met by lines of sight, kept as a small picture."""

from dataclasses import replace
from functools import lru_cache
from math import cos, pi, sin

import numpy as np

from engine.view.light import KEY, SHADOW_PER_HEIGHT, Mask, Picture, ease, noise
from engine.view.palette import Colour, Palette
from engine.view.projection import Eye
from engine.view.scene import SLOT_HEIGHT_M, Slot
from engine.view.sprite import (
    FINER,
    Planes,
    Sprite,
    along,
    blend,
    box_around,
    choose,
    daylight,
    meets_table,
    mirrored,
    mixed,
    over,
    own,
    surface_of,
    times,
    toward_eye,
    unit,
)

LID_M, OVERHANG_M, ROUND_M = 0.008, 0.003, 0.0022
SIDE_MARGIN_M, BOX_DEPTH_M = 0.028, 0.064
OPENING_M, PLATE_M = 0.0062, 0.0060
LIT_STEPS = 12
STEP_M, STEP_MM, STEP_RAD = 0.008, 2.0, pi / 180
"""How finely boxes are told apart: painting one takes longer than a frame has."""
SHADOW_INK: Colour = (14, 10, 8)


def half_length_m(slot: Slot) -> float:
    """Half the length of the coin box's body."""
    return slot.width_mm / 2000 + SIDE_MARGIN_M


def over_opening(slot: Slot, x_m: float, z_m: float) -> bool:
    """Whether a point lies over the lid of this box."""
    c, s, x, z = cos(slot.yaw_rad), sin(slot.yaw_rad), x_m - slot.at_m[0], z_m - slot.at_m[2]
    return abs(x * c + z * s) < half_length_m(slot) and abs(z * c - x * s) < BOX_DEPTH_M / 2


def stepped_slot(slot: Slot) -> Slot:
    """The box at the nearest place, length and turn that has its own picture."""
    x, z = (round(v / STEP_M) * STEP_M for v in (slot.at_m[0], slot.at_m[2]))
    width_mm = max(round(slot.width_mm / STEP_MM), 1) * STEP_MM
    return Slot((x, slot.at_m[1], z), width_mm, round(slot.yaw_rad / STEP_RAD) * STEP_RAD)


@lru_cache(maxsize=64)
def slot_sprite(pictures: tuple[Sprite, Sprite], lit: int) -> Sprite:
    """The coin box, its ring warmed by `lit` of LIT_STEPS."""
    cold, warm = pictures
    return cold if lit == 0 else replace(cold, picture=mixed(cold.picture, warm.picture, lit / LIT_STEPS))


@lru_cache(maxsize=24)
def slot_pictures(slot: Slot, eye: Eye, palette: Palette, finer: float = FINER) -> tuple[Sprite, Sprite] | None:
    """The coin box, cold and with its ring alight: met by every line of sight, and so not made in one frame's time."""
    half_x, half_z = half_length_m(slot), BOX_DEPTH_M / 2
    c, s = cos(slot.yaw_rad), sin(slot.yaw_rad)
    axes = np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]], np.float32)
    signs = [(x, y, z) for x in (-1, 1) for y in (0, 1) for z in (-1, 1)]
    corners = np.array(signs) * (half_x + OVERHANG_M, SLOT_HEIGHT_M, half_z + OVERHANG_M)
    box = box_around(np.array(slot.at_m) + corners @ axes.T, eye)
    if box is None:
        return None
    sight = box.sight(eye, axes, finer)
    start = own((np.array(eye.at_m) - np.array(slot.at_m)).astype(np.float32), axes)
    lid_floor = SLOT_HEIGHT_M - LID_M
    body_reach, body_normal = _meet_block(start, sight, (half_x, half_z), 0.0, lid_floor)
    lid_half = (half_x + OVERHANG_M, half_z + OVERHANG_M)
    lid_reach, lid_normal = _meet_block(start, sight, lid_half, lid_floor, SLOT_HEIGHT_M)
    on_lid = lid_reach <= body_reach
    reach = np.minimum(lid_reach, body_reach)
    hit = np.isfinite(reach)
    reach = np.where(hit, reach, 0)
    point = (start[0] + reach * sight[0], start[1] + reach * sight[1], start[2] + reach * sight[2])
    normal = choose(on_lid, lid_normal, body_normal)

    red, green, blue = (
        w * d * 1.08 for w, d in zip(_wood(point, on_lid, palette), daylight(normal, axes), strict=True)
    )
    below_lid = ease(0.016, 0.0, lid_floor - point[1]) * ~on_lid * 0.50
    wood = times((red, green, blue), 1 - below_lid - ease(0.010, 0.0, point[1]) * 0.35)
    on_top = hit & on_lid & (point[1] > SLOT_HEIGHT_M - 1e-4)
    cold, warm = _lid_top(wood, point, on_top, normal, axes, sight, slot.width_mm / 2000, palette)
    if palette.lit_edges:
        pixel_m = eye.pixel(slot.at_m)[2] / eye.focal_px
        line = hit & _near_edge(point, on_lid, (half_x, half_z), 1.2 * pixel_m)
        cold, warm = over(cold, palette.edge, line), over(warm, palette.glow, line)
    alpha, corner = hit.astype(np.float32), (box.left, box.top)
    one, other = (Sprite(surface_of(colour, alpha, box), corner, slot.at_m) for colour in (cold, warm))
    return one, other


def _meet_block(
    start: tuple[float, float, float], sight: Planes, half: tuple[float, float], low: float, high: float
) -> tuple[Picture, Planes]:
    """Reach to an upright block (infinite where missed), and its normals there, edges rounded off."""
    near, far = [], []
    for k, (floor, ceiling) in enumerate(((-half[0], half[0]), (low, high), (-half[1], half[1]))):
        slope = 1 / np.where(np.abs(sight[k]) < 1e-7, np.float32(1e-7), sight[k])
        one, other = (floor - start[k]) * slope, (ceiling - start[k]) * slope
        near.append(np.minimum(one, other))
        far.append(np.maximum(one, other))
    entry = np.maximum(np.maximum(near[0], near[1]), near[2])
    missed = (entry > np.minimum(np.minimum(far[0], far[1]), far[2])) | (entry < 0)
    normals = []
    for k, size in enumerate((half[0], (high - low) / 2, half[1])):
        off = start[k] + entry * sight[k] - ((low + high) / 2 if k == 1 else 0.0)
        rounding = np.clip((np.abs(off) - (size - ROUND_M)) / ROUND_M, 0, 1)
        normals.append(np.sign(off) * (rounding * rounding + (near[k] == entry) * np.float32(0.75)))
    return np.where(missed, np.float32(np.inf), entry), unit((normals[0], normals[1], normals[2]))


def _wood(point: Planes, on_lid: Mask, palette: Palette) -> Planes:
    """Dark body, lighter oak lid, both with fine grain along the box."""
    across = point[2] + point[1] * 0.8
    grain = noise(point[0] * 30, across * 900, 31) * 0.5 + noise(point[0] * 9, across * 260, 32) * 0.5
    ring = np.sin(across * 520 + noise(point[0] * 12, across * 90, 33) * 5) * 0.5 + 0.5
    dark = 0.30 * grain + 0.24 * ring
    oak, deep = palette.oak, palette.oak_dark
    lid = blend((oak[0] * 1.06, oak[1] * 1.06, oak[2] * 1.06), deep, dark)
    body = blend(deep, (deep[0] * 0.55, deep[1] * 0.55, deep[2] * 0.55), dark)
    return choose(on_lid, lid, body)


def _lid_top(
    wood: Planes,
    point: Planes,
    top: Mask,
    normal: Planes,
    axes: Picture,
    sight: Planes,
    length: float,
    palette: Palette,
) -> tuple[Planes, Planes]:
    """The lid with its brass plate and opening, cold and with the ring alight; `length` is half the opening's."""
    x, z = point[0], point[2]
    from_opening = np.hypot(np.maximum(np.abs(x) - (length - OPENING_M / 2), 0), z) - OPENING_M / 2
    from_plate = from_opening - PLATE_M
    on_plate = np.clip(0.5 - from_plate / 0.0007, 0, 1) * top
    in_opening = np.clip(0.5 - from_opening / 0.0007, 0, 1) * top
    wood = times(wood, 1 - ease(0.004, 0.0, np.abs(from_plate)) * top * (1 - on_plate) * 0.35)
    cold = over(wood, _plate(x, z, from_opening, from_plate, normal, axes, sight, palette), on_plate)
    wall = 0.55 + 0.9 * ease(0.0, OPENING_M / 2, -z)
    cold = over(cold, (34 * wall, 22 * wall, 14 * wall), in_opening)

    ring = ease(0.0026, 0.0012, np.abs(from_plate - 0.0022)) * top
    halo = ease(0.020, 0.0, np.maximum(from_plate, 0)) * (1 - on_plate) * top * 0.55
    warm = times(over(cold, palette.glow, np.clip(ring + halo, 0, 1)), 1 + 0.22 * on_plate * (1 - in_opening))
    red, green, blue = (w + in_opening * (g * 0.28) for w, g in zip(warm, palette.glow, strict=True))
    return cold, (red, green, blue)


def _plate(
    x: Picture,
    z: Picture,
    from_opening: Picture,
    from_plate: Picture,
    normal: Planes,
    axes: Picture,
    sight: Planes,
    palette: Palette,
) -> Planes:
    """Brushed brass with a bevel along both its edges."""
    bevel = ease(0.0016, 0.0, np.minimum(np.abs(from_opening), np.abs(from_plate)))
    tilted = unit((normal[0], normal[1], normal[2] + 0.55 * bevel * np.sign(z)))
    shown = mirrored(tilted, toward_eye(sight), axes) * 0.75 + 0.30 * np.maximum(along(tilted, own(KEY, axes)), 0)
    brass = palette.metals["brass"]
    dark = (brass.dark[0] * 0.7, brass.dark[1] * 0.7, brass.dark[2] * 0.7)
    return times(blend(dark, brass.light, np.clip(shown, 0, 1.1)), 0.94 + 0.12 * noise(x * 2600, z * 120, 34))


def _near_edge(point: Planes, on_lid: Mask, half: tuple[float, float], line_m: float) -> Mask:
    low = np.where(on_lid, SLOT_HEIGHT_M - LID_M, 0.0)
    high = np.where(on_lid, SLOT_HEIGHT_M, SLOT_HEIGHT_M - LID_M)
    grown = np.where(on_lid, OVERHANG_M, 0.0)
    gaps = np.stack(
        [
            half[0] + grown - np.abs(point[0]),
            np.minimum(point[1] - low, high - point[1]),
            half[1] + grown - np.abs(point[2]),
        ]
    )
    near: Mask = np.sort(gaps, axis=0)[1] < line_m
    return near


@lru_cache(maxsize=24)
def slot_shadow_sprite(slot: Slot, eye: Eye, finer: float = 1.0) -> Sprite | None:
    """Contact shadow all around a coin box, and the soft shadow it throws away from the window."""
    far_x, far_z = half_length_m(slot) + 0.05, BOX_DEPTH_M / 2 + 0.055
    corners = np.array([[x, 0, z] for x in (-far_x, far_x) for z in (-far_z, far_z)])
    c, s = cos(slot.yaw_rad), sin(slot.yaw_rad)
    box = box_around(np.array(slot.at_m) + corners @ np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]), eye)
    if box is None:
        return None
    alpha = _block_shadow(*meets_table(box.sight(eye, finer=min(finer, 1.0)), eye), slot)
    return Sprite(surface_of(SHADOW_INK, alpha, box), (box.left, box.top), slot.at_m)


def _block_shadow(x: Picture, z: Picture, slot: Slot) -> Picture:
    c, s = cos(slot.yaw_rad), sin(slot.yaw_rad)

    def outside(height: float) -> Picture:
        dx = x - slot.at_m[0] - SHADOW_PER_HEIGHT[0] * height
        dz = z - slot.at_m[2] - SHADOW_PER_HEIGHT[1] * height
        along_m, across_m = np.abs(dx * c + dz * s) - half_length_m(slot), np.abs(dz * c - dx * s) - BOX_DEPTH_M / 2
        out: Picture = np.hypot(np.maximum(along_m, 0), np.maximum(across_m, 0))
        return out

    touch = ease(0.014, 0.0, outside(0.0)) * 0.50
    thrown = np.zeros_like(touch)
    for n in range(1, 5):
        height = SLOT_HEIGHT_M * 0.72 * n / 4
        shade = ease(0.003 + height * 0.34, -0.002 - height * 0.05, outside(height)) * (0.46 - 0.054 * n)
        thrown = np.maximum(thrown, shade)
    return np.clip(touch + thrown * (1 - touch), 0, 0.72)
