"""The string of repetitions: a cord across the wall, one bead each, a knot between sets."""

from functools import lru_cache

import numpy as np
import pygame

from engine.view.light import Picture, ease, noise
from engine.view.palette import Colour, Palette
from engine.view.paper import layer
from engine.view.scene import Bead

BEAD_RADIUS_PX, NOW_LARGER, KNOT_SMALLER = 15.0, 1.28, 0.62
LIGHT = np.array((-0.52, -0.62, 0.59), np.float32)
"""Towards the window, on the picture: x right, y down, z towards the eye."""


@lru_cache(maxsize=64)
def bead_picture(kind: Bead, radius_px: float, palette: Palette) -> pygame.Surface:
    """One bead, premultiplied, in the middle of a square a little larger than itself."""
    half = int(np.ceil(radius_px * (1.7 if kind == "now" else 1.25))) + 1
    fine = 3
    line = (np.arange(2 * half * fine, dtype=np.float32) + 0.5) / fine - half
    x, y = line[None, :] / np.float32(radius_px), line[:, None] / np.float32(radius_px)
    if kind == "done":
        rgb, alpha = _glass(x, y, palette.bead_done, palette.lit_edges)
    elif kind == "knot":
        rgb, alpha = _round_thing(x * 1.0, y, palette.cord)
    else:
        rgb, alpha = _ring(x, y, kind, palette)
    small = [_averaged(plane * alpha, fine) for plane in rgb]
    alpha = _averaged(alpha, fine)
    safe = np.maximum(alpha, 1e-4)
    return layer((small[0] / safe, small[1] / safe, small[2] / safe), alpha)


def _averaged(plane: Picture, fine: int) -> Picture:
    rows, columns = plane.shape
    mean: Picture = plane.reshape(rows // fine, fine, columns // fine, fine).mean(axis=(1, 3))
    return mean


def _disc(x: Picture, y: Picture) -> tuple[Picture, Picture, Picture]:
    far = np.hypot(x, y)
    return far, np.sqrt(np.maximum(1 - far * far, 0)), (far <= 1).astype(np.float32)


def _glass(x: Picture, y: Picture, colour: Colour, flat: bool) -> tuple[list[Picture], Picture]:
    """A glass bead: deep where the light enters, glowing where it leaves, one window in it."""
    far, z, on = _disc(x, y)
    if flat:
        rim = ease(0.80, 0.86, far)
        return [c + (255 - c) * rim for c in colour], on
    facing = x * LIGHT[0] + y * LIGHT[1] + z * LIGHT[2]
    glow = ease(0.25, -0.75, x * LIGHT[0] + y * LIGHT[1]) * ease(1.05, 0.6, far)
    tint = 0.62 + 0.30 * facing + 0.75 * glow
    window = ease(0.36, 0.22, np.hypot((x + 0.36) * 1.05, (y + 0.42) * 1.25)) * 0.92
    tint = tint * (1 - 0.35 * ease(0.86, 1.0, far))
    return [np.clip(c * tint + 46 * glow, 0, 255) + (252 - c * tint) * window * 0.9 for c in colour], on


def _round_thing(x: Picture, y: Picture, colour: Colour) -> tuple[list[Picture], Picture]:
    _, z, on = _disc(x / KNOT_SMALLER, y / KNOT_SMALLER)
    facing = (x * LIGHT[0] + y * LIGHT[1]) / KNOT_SMALLER + z * LIGHT[2]
    twist = 0.10 * np.sin((x + y) * 16)
    return [c * (0.72 + 0.5 * np.maximum(facing, 0) + twist) for c in colour], on


def _ring(x: Picture, y: Picture, kind: Bead, palette: Palette) -> tuple[list[Picture], Picture]:
    """A hollow wooden ring: pale to do, dashed where a repetition did not count, larger and warm where one is now."""
    larger = NOW_LARGER if kind == "now" else 1.0
    far, angle = np.hypot(x, y) / larger, np.arctan2(y, x)
    middle, half = 0.77, 0.22 if kind != "void" else 0.13
    off = (far - middle) / half
    lift = np.sqrt(np.maximum(1 - off * off, 0))
    facing = (x * LIGHT[0] + y * LIGHT[1]) / np.maximum(far * larger, 1e-3) * off + lift * LIGHT[2]
    on = ease(1.05, 0.95, np.abs(off))
    colour = palette.bead_now if kind == "now" else palette.bead_todo
    if kind == "void":
        on = on * ease(0.20, 0.27, np.abs((angle * (7 / (2 * np.pi))) % 1 - 0.5)) * 0.9
        colour = palette.cord
    shade = 1.0 + 0 * far if palette.lit_edges else 0.60 + 0.58 * np.maximum(facing, 0)
    if not palette.lit_edges and kind != "void":
        shade = shade * (0.94 + 0.14 * noise(x * 3 + 9, y * 12, 61))
    rgb = [c * shade for c in colour]
    if kind == "now":
        halo = ease(1.32, 0.95, far) * (1 - on) * ease(0.7, 0.8, far) * 0.55
        rgb = [c * on + g * (1 - on) for c, g in zip(rgb, palette.glow, strict=True)]
        on = np.maximum(on, halo)
    return rgb, on


@lru_cache(maxsize=8)
def string_picture(
    string: tuple[Bead, ...], width_px: int, scale: float, palette: Palette
) -> tuple[pygame.Surface, tuple[int, int]]:
    """The whole string, premultiplied, `width_px` wide between its two pegs; and where its left peg is on it."""
    bare, places, radius, pad = _bare_string(len(string), width_px, scale, palette)
    picture = bare.copy()
    for kind, (x, y) in zip(string, places, strict=True):
        bead = bead_picture(kind, radius, palette)
        place = (round(x - bead.get_width() / 2), round(y - bead.get_height() / 2))
        picture.blit(bead, place, special_flags=pygame.BLEND_PREMULTIPLIED)
    return picture, (pad, pad)


# A bead that is filled changes neither the cord nor the shadow, and these take most of the time.
@lru_cache(maxsize=8)
def _bare_string(
    count: int, width_px: int, scale: float, palette: Palette
) -> tuple[pygame.Surface, list[tuple[float, float]], float, int]:
    """Cord and shadow of so many beads; the beads' places on it, their radius, and the margin, pixels."""
    pad = round(34 * scale)
    step = min(46 * scale, width_px * 0.94 / max(count, 1))
    radius = max(min(BEAD_RADIUS_PX * scale, step * 0.46), 2.5)
    sag = width_px * 0.030 + 6 * scale
    picture = pygame.Surface((width_px + 2 * pad, round(sag) + 2 * pad), pygame.SRCALPHA)

    def hangs(x: float) -> float:
        t = (x - pad) / width_px * 2 - 1
        return pad + sag * (1 - t * t)

    cord = [(pad + width_px * n / 80, hangs(pad + width_px * n / 80)) for n in range(81)]
    middles = [pad + width_px / 2 + (n - (count - 1) / 2) * step for n in range(count)]
    places = [(x, hangs(x)) for x in middles]
    if palette.decorated:
        _shadow(picture, cord, places, radius, scale)
    _cord(picture, cord, scale, palette)
    return picture, places, radius, pad


def _cord(picture: pygame.Surface, cord: list[tuple[float, float]], scale: float, palette: Palette) -> None:
    """A twisted cord between two pegs, drawn at twice the size so that it is smooth."""
    large = pygame.Surface((picture.get_width() * 2, picture.get_height() * 2), pygame.SRCALPHA)
    large.fill((*palette.cord, 0))
    points = [(x * 2, y * 2) for x, y in cord]
    width = max(3, round(5.5 * scale))
    pygame.draw.lines(large, palette.cord, False, points, width)
    lighter = tuple(min(255, c + 46) for c in palette.cord)
    pygame.draw.lines(large, lighter, False, [(x, y - width * 0.22) for x, y in points], max(1, width // 3))
    for x, y in (points[0], points[-1]):
        pygame.draw.circle(large, palette.cord, (x, y), width * 1.9)
        pygame.draw.circle(large, palette.metals["brass"].light, (x - width * 0.2, y - width * 0.2), width * 1.45)
    picture.blit(pygame.transform.smoothscale(large, picture.get_size()).premul_alpha(), (0, 0))


def _shadow(
    picture: pygame.Surface,
    cord: list[tuple[float, float]],
    beads: list[tuple[float, float]],
    radius: float,
    scale: float,
) -> None:
    """What the string throws on the wall behind it."""
    dark = pygame.Surface(picture.get_size(), pygame.SRCALPHA)
    dark.fill((60, 44, 26, 0))
    ink, dx, dy = (60, 44, 26, 96), 7 * scale, 9 * scale
    pygame.draw.lines(dark, ink, False, [(x + dx, y + dy) for x, y in cord], max(2, round(3 * scale)))
    for x, y in beads:
        pygame.draw.circle(dark, ink, (x + dx, y + dy), radius * 0.95)
    picture.blit(pygame.transform.box_blur(dark, max(1, round(4 * scale))).premul_alpha(), (0, 0))
