"""Beads to pick up: glass that glows where the light leaves it, turned wood with its grain, each colour with a band of
its own so that it is told without colour."""

from functools import lru_cache
from math import cos, pi, sin

import numpy as np
import pygame

from engine.view.light import Picture, ease, noise
from engine.view.palette import OKABE_ITO, Colour, Palette
from engine.view.paper import layer
from engine.view.projection import Eye
from engine.view.scene import Marble, Metres3
from engine.view.sprite import Sprite, box_around, meets_table, surface_of

COLOURS: tuple[Colour, ...] = tuple(
    OKABE_ITO[name] for name in ("blue", "orange", "green", "purple", "sky", "vermilion")
)
TURNS = 24
"""So many turns of a rolling bead are told apart."""
LIGHT = np.array((-0.52, -0.62, 0.59), np.float32)
"""Towards the window, on the picture: x right, y down, z towards the eye."""
FINE = 3
WOOD: Colour = (190, 142, 92)


def marble_sprite(marble: Marble, eye: Eye, palette: Palette) -> Sprite | None:
    """The bead's picture, where it hangs."""
    x, y, depth = eye.pixel(marble.at_m)
    if depth < 0.05:
        return None
    radius_px = max(2, round(marble.diameter_mm / 2000 * eye.focal_px / depth * 2)) / 2
    turn = round(marble.roll_rad / (2 * pi) * TURNS) % TURNS
    picture = marble_picture(marble.colour % len(COLOURS), marble.form, marble.wooden, radius_px, turn, palette)
    half = picture.get_width() / 2
    return Sprite(picture, (round(x - half), round(y - half)), marble.at_m)


@lru_cache(maxsize=256)
def marble_picture(
    colour: int, form: int, wooden: bool, radius_px: float, turn: int, palette: Palette
) -> pygame.Surface:
    """A bead in the middle of a square a little larger than itself, premultiplied."""
    half = int(np.ceil(radius_px * 1.25)) + 1
    line = (np.arange(2 * half * FINE, dtype=np.float32) + 0.5) / FINE - half
    x, y = (
        plane / np.float32(radius_px)
        for plane in (line[None, :] + 0 * line[:, None], line[:, None] + 0 * line[None, :])
    )
    far, height = _body(x, y, form)
    on = ease(1.02, 0.98, far)
    lift = np.sqrt(np.maximum(1 - np.minimum(far, 1) ** 2, 0)) if form == 0 else height
    angle = 2 * pi * turn / TURNS
    along, across = x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)
    rgb = _wood(x, y, lift, along, across, COLOURS[colour]) if wooden else _glass(x, y, far, lift, COLOURS[colour])
    band = _band(along, across, lift, colour)
    light = (255, 250, 240) if not palette.lit_edges else (255, 255, 255)
    rgb = [plane + (c - plane) * band * (0.82 if wooden else 0.62) for plane, c in zip(rgb, light, strict=True)]
    if palette.lit_edges:
        rim = ease(0.86, 0.93, far)
        rgb = [plane + (255 - plane) * rim for plane in rgb]
    hole = ease(0.24, 0.17, np.hypot(along * 1.0 - 0.52, across * 1.6)) * ease(0.2, 0.6, lift)
    rgb = [plane * (1 - 0.72 * hole) for plane in rgb]
    small = [_averaged(np.clip(plane, 0, 255) * on) for plane in rgb]
    alpha = _averaged(on)
    safe = np.maximum(alpha, 1e-4)
    return layer((small[0] / safe, small[1] / safe, small[2] / safe), alpha)


def _body(x: Picture, y: Picture, form: int) -> tuple[Picture, Picture]:
    """How far from the middle, 1 at the outline, and how high the surface stands there."""
    if form == 1:
        far = (np.abs(x * 1.12) ** 5 + np.abs(y * 1.12) ** 5) ** np.float32(0.2)
        return far, np.sqrt(np.maximum(1 - np.minimum(far, 1) ** 4, 0)) * 0.9
    if form == 2:
        far = np.maximum(np.abs(y) * 1.28, np.hypot(x, y * 0.62))
        return far, np.sqrt(np.maximum(1 - np.minimum(np.hypot(x, y * 0.45), 1) ** 2, 0))
    return np.hypot(x, y), np.sqrt(np.maximum(1 - np.minimum(np.hypot(x, y), 1) ** 2, 0))


def _glass(x: Picture, y: Picture, far: Picture, lift: Picture, colour: Colour) -> list[Picture]:
    """Deep where the light enters, glowing where it leaves, one window in it."""
    facing = x * LIGHT[0] + y * LIGHT[1] + lift * LIGHT[2]
    glow = ease(0.25, -0.75, x * LIGHT[0] + y * LIGHT[1]) * ease(1.05, 0.6, far)
    tint = (0.60 + 0.28 * facing + 0.80 * glow) * (1 - 0.35 * ease(0.86, 1.0, far))
    window = ease(0.36, 0.22, np.hypot((x + 0.36) * 1.05, (y + 0.42) * 1.25)) * 0.92
    return [c * tint + 40 * glow + (252 - c * tint) * window * 0.9 for c in colour]


def _wood(x: Picture, y: Picture, lift: Picture, along: Picture, across: Picture, colour: Colour) -> list[Picture]:
    """Stained wood: grain across the hole, matt, with a soft shine."""
    grain = 0.90 + 0.16 * noise(along * 2 + 7, across * 11, 71) + 0.06 * noise(along * 5, across * 40, 72)
    facing = np.maximum(x * LIGHT[0] + y * LIGHT[1] + lift * LIGHT[2], 0)
    shade = (0.40 + 0.66 * facing) * grain
    shine = np.maximum(facing, 0) ** 14 * 40
    return [(0.80 * c + 0.20 * w) * shade + shine for c, w in zip(colour, WOOD, strict=True)]


def _band(along: Picture, across: Picture, lift: Picture, colour: int) -> Picture:
    """What tells a colour without colour: none, one ring, two rings, dots, a cap, a cross."""
    ring = ease(0.15, 0.10, np.abs(across))
    marks = (
        0 * along,
        ring,
        ease(0.11, 0.07, np.abs(np.abs(across) - 0.36)),
        ease(0.24, 0.18, np.hypot(np.abs(along) - 0.42, np.abs(across) - 0.34)),
        ease(0.30, 0.38, across),
        np.maximum(ring, ease(0.15, 0.10, np.abs(along))),
    )
    mark: Picture = marks[colour] * ease(0.05, 0.35, lift)
    return mark


def _averaged(plane: Picture) -> Picture:
    rows, columns = plane.shape
    mean: Picture = plane.reshape(rows // FINE, FINE, columns // FINE, FINE).mean(axis=(1, 3))
    return mean


@lru_cache(maxsize=256)
def contact_sprite(at_m: Metres3, radius_m: float, eye: Eye) -> Sprite | None:
    """The shadow of a bead that lies at `at_m` (its lowest point): dark where it touches, soft away from the light."""
    reach = radius_m * 1.9
    x0, y0, z0 = at_m
    box = box_around(np.array([[x0 + reach * x, y0, z0 + reach * z] for x in (-1, 1) for z in (-1, 1)]), eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=1), eye, y0)
    thrown = np.hypot(x - x0 - 0.35 * radius_m, z - z0 + 0.4 * radius_m)
    touch = ease(radius_m * 0.75, 0.0, np.hypot(x - x0, z - z0)) * 0.45
    alpha = np.clip(touch + ease(radius_m * 1.35, radius_m * 0.5, thrown) * 0.38, 0, 0.7)
    black = np.full_like(alpha, 12)
    return Sprite(surface_of((black, black, black), alpha, box), (box.left, box.top), at_m)
