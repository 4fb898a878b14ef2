"""Things that lie flat on the table: the tray, the card with its pattern, the cord with its needle, the pen."""

from functools import lru_cache
from math import cos, sin

import numpy as np

from engine.view.light import Picture, ease, noise
from engine.view.marbles import COLOURS
from engine.view.palette import Colour, Palette
from engine.view.projection import Eye
from engine.view.scene import Card, Cord, Metres3, Pen, Tray
from engine.view.solids import SHADOW_INK
from engine.view.sprite import FINER, Box, Planes, Sprite, box_around, choose, meets_table, over, surface_of, times

RIM_M, RIM_HIGH_M = 0.009, 0.010
PEN_M = 0.140
CORD_M, NEEDLE_M, NEEDLE_THICK_M = 0.0026, 0.052, 0.0030
CORD_COLOUR: Colour = (214, 196, 160)
PEN_BODY: Colour = (36, 62, 96)


def _rounded(x: Picture, z: Picture, half_x: float, half_z: float, corner: float) -> Picture:
    """Metres outside (+) or inside (-) a rectangle with round corners."""
    dx, dz = np.abs(x) - (half_x - corner), np.abs(z) - (half_z - corner)
    out: Picture = np.hypot(np.maximum(dx, 0), np.maximum(dz, 0)) + np.minimum(np.maximum(dx, dz), 0) - corner
    return out


def _box(at_m: Metres3, half_x: float, half_z: float, eye: Eye) -> Box | None:
    x0, y0, z0 = at_m
    reach = 0.025
    return box_around(
        np.array([[x0 + (half_x + reach) * x, y0, z0 + (half_z + reach) * z] for x in (-1, 1) for z in (-1, 1)]), eye
    )


@lru_cache(maxsize=16)
def tray_sprite(tray: Tray, eye: Eye, palette: Palette, finer: float = FINER) -> Sprite | None:
    """A shallow tray: oak rim, felt inside, the rim's shadow on the felt."""
    half_x, half_z = tray.width_mm / 2000, tray.depth_mm / 2000
    box = _box(tray.at_m, half_x, half_z, eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=finer), eye, tray.at_m[1])
    x, z = x - tray.at_m[0], z - tray.at_m[2]
    out = _rounded(x, z, half_x, half_z, 0.022)
    rim = ease(0.0, -0.0012, out) * ease(-RIM_M - 0.0006, -RIM_M + 0.0006, out)
    felt = palette.felt
    nap = 1.18 + 0.10 * noise(x * 900, z * 900, 91)
    colour: Planes = (felt[0] * nap * 1.25 + 8, felt[1] * nap * 1.12 + 8, felt[2] * nap + 8)
    # The rim stands a little higher: its shadow lies inside along the sides towards the window.
    shifted = _rounded(x + 0.006, z - 0.007, half_x - RIM_M, half_z - RIM_M, 0.014)
    colour = times(colour, 1 - 0.42 * ease(-0.007, 0.001, shifted))
    grain = 0.5 * noise(x * 25, z * 500, 92) + 0.5 * noise(x * 400, z * 30, 93)
    edge = np.clip((out + RIM_M / 2) / (RIM_M / 2), -1, 1)
    bright = 0.92 + 0.16 * (1 - np.abs(edge))
    wood = tuple(
        (a + (b - a) * 0.5 * grain) * bright * 1.05 for a, b in zip(palette.oak, palette.oak_dark, strict=True)
    )
    colour = over(colour, (wood[0], wood[1], wood[2]), rim)
    if palette.lit_edges:
        colour = over(colour, palette.edge, ease(0.0014, 0.0008, np.abs(out + RIM_M / 2)))
    body = ease(0.0006, -0.0006, out)
    shade = ease(0.016, -0.002, _rounded(x - 0.005, z + 0.006, half_x, half_z, 0.022)) * 0.45
    alpha = body + (1 - body) * shade
    return Sprite(surface_of(over(colour, SHADOW_INK, 1 - body), alpha, box), (box.left, box.top), tray.at_m)


@lru_cache(maxsize=32)
def card_sprite(card: Card, eye: Eye, palette: Palette, finer: float = FINER) -> Sprite | None:
    """A card of paper with a ring for every bead of the pattern."""
    half_x, half_z = card.width_mm / 2000, card.depth_mm / 2000
    box = _box(card.at_m, half_x, half_z, eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=finer), eye, card.at_m[1])
    x, z = x - card.at_m[0], z - card.at_m[2]
    out = _rounded(x, z, half_x, half_z, 0.010)
    fibre = 0.95 + 0.05 * noise(x * 420, z * 380, 94)
    paper = palette.paper
    colour: Planes = (paper[0] * fibre * 0.93, paper[1] * fibre * 0.92, paper[2] * fibre * 0.89)
    # Drawn for rings of 36 mm.
    share = card.ring_mm / 36.0
    for n, (px, pz, sort, form) in enumerate(card.places):
        across, ahead = (x - px) / share, (z - pz) / share
        far = _from_middle(across, ahead, form)
        tint = COLOURS[sort % len(COLOURS)]
        colour = over(colour, tint, ease(0.0185, 0.0175, far) * (0.42 if n == card.now else 0.16))
        colour = over(colour, tint, ease(0.0022, 0.0013, np.abs(far - 0.018)))
        # What tells a colour without colour, as on the bead that belongs there: no bar, one bar, two bars.
        bars = across * 0 + 1.0 if sort == 0 else np.abs(np.abs(ahead) - (0.0 if sort == 1 else 0.005))
        colour = over(colour, tint, ease(0.0016, 0.0010, bars) * ease(0.0150, 0.0140, far) * 0.9)
        if n == card.now:
            colour = over(colour, palette.glow, ease(0.0026, 0.0012, np.abs(far - 0.0215)))
    if palette.lit_edges:
        colour = over(colour, palette.edge, ease(0.0016, 0.0010, np.abs(out + 0.001)))
    body = ease(0.0006, -0.0006, out)
    alpha = body + (1 - body) * ease(0.010, 0.0, _rounded(x - 0.002, z + 0.003, half_x, half_z, 0.010)) * 0.35
    return Sprite(surface_of(over(colour, SHADOW_INK, 1 - body), alpha, box), (box.left, box.top), card.at_m)


def _from_middle(x: Picture, z: Picture, form: int) -> Picture:
    """How far out a point is on a ring of this form: round, square, or upright as a barrel."""
    if form == 0:
        return np.asarray(np.hypot(x, z))
    squarer = 6.0 if form == 1 else 4.0
    across = np.abs(x) * (1.06 if form == 1 else 1.55)
    return np.asarray((across**squarer + np.abs(z) ** squarer) ** (1 / squarer) * 1.04)


@lru_cache(maxsize=16)
def cord_sprite(cord: Cord, eye: Eye, palette: Palette, finer: float = FINER) -> Sprite | None:
    """A twisted cord with a brass needle at its end, lying in an easy wave."""
    length = cord.length_mm / 1000
    sign = 1.0 if cord.to_right else -1.0
    x0, y0, z0 = cord.at_m
    middle = (x0 + sign * length / 2, y0, z0)
    box = _box(middle, length / 2, 0.03, eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=finer), eye, y0)
    along, across = (x - x0) * sign, z - z0
    wave = cord_wave(along)
    from_cord = np.abs(across - wave)
    on_cord = ease(CORD_M + 0.0004, CORD_M - 0.0004, from_cord) * ease(NEEDLE_M - 0.002, NEEDLE_M, along)
    on_cord = on_cord * ease(length + 0.001, length - 0.001, along)
    taper = np.clip(along / 0.016, 0.15, 1.0) * NEEDLE_THICK_M
    on_needle = (
        ease(0.0004, -0.0004, from_cord - taper)
        * ease(-0.0005, 0.0005, along)
        * ease(NEEDLE_M + 0.001, NEEDLE_M, along)
    )
    twist = 0.86 + 0.2 * np.sin(along * 900 + (across - wave) * 1200)
    colour: Planes = (CORD_COLOUR[0] * twist, CORD_COLOUR[1] * twist, CORD_COLOUR[2] * twist)
    brass = palette.metals["brass"].light
    shine = 0.75 + 0.5 * ease(0.0014, 0.0, np.abs(across - wave + 0.0009))
    colour = over(colour, (brass[0] * shine, brass[1] * shine, brass[2] * shine), on_needle)
    alpha = np.maximum(on_cord, on_needle)
    halo = ease(0.016, 0.0, np.hypot(along - 0.004, across)) * 0.7 * cord.lit
    shade = (
        ease(0.006, 0.0, np.abs(across - wave + 0.002))
        * ease(length, length - 0.01, along)
        * ease(0, 0.004, along)
        * 0.4
    )
    colour = over(over(colour, SHADOW_INK, (1 - alpha) * (shade > halo)), palette.glow, (1 - alpha) * (halo >= shade))
    return Sprite(surface_of(colour, np.maximum(alpha, np.maximum(shade, halo)), box), (box.left, box.top), cord.at_m)


def cord_wave(along_m: Picture | float) -> Picture:
    """How far a cord lies aside of its line, metres, this far from the needle's tip."""
    return np.asarray(0.006 * np.sin(np.asarray(along_m) * 28 + 0.4) * np.clip(np.asarray(along_m) / 0.05, 0, 1))


@lru_cache(maxsize=64)
def pen_sprite(pen: Pen, eye: Eye, palette: Palette) -> Sprite | None:
    """A pen with a brass tip and a clip, shaded as a round rod."""
    half, radius = PEN_M / 2, max(pen.width_mm / 2000, 0.004)
    c, s = cos(pen.yaw_rad), sin(pen.yaw_rad)
    x0, y0, z0 = pen.at_m
    ends = np.array([[x0 + c * half * k, y0, z0 - s * half * k] for k in (-1, 1)])
    reach = np.array([[x, 0, z] for x in (-1, 1) for z in (-1, 1)]) * (radius + 0.012)
    box = box_around(np.concatenate([ends[0] + reach, ends[1] + reach]), eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye), eye, y0)
    along, across = (x - x0) * c - (z - z0) * s, (x - x0) * s + (z - z0) * c
    tip = np.clip((half - along) / 0.016, 0.18, 1.0)
    inside = radius * tip - np.abs(across)
    on = ease(-0.0004, 0.0004, inside) * ease(half + 0.0004, half - 0.0004, np.abs(along))
    height = np.sqrt(np.clip(1 - (across / (radius * tip)) ** 2, 0, 1))
    shade = 0.45 + 0.55 * height + 0.20 * np.clip(-across / radius, -1, 1)
    colour: Planes = (PEN_BODY[0] * shade * 1.5, PEN_BODY[1] * shade * 1.5, PEN_BODY[2] * shade * 1.5)
    brass = palette.metals["brass"]
    ring = ease(0.002, 0.001, np.abs(along - 0.030)) + ease(half - 0.017, half - 0.015, along)
    colour = over(colour, (brass.light[0] * shade, brass.light[1] * shade, brass.light[2] * shade), np.clip(ring, 0, 1))
    glint = ease(0.20, 0.05, np.abs(across / radius + 0.45)) * (along < half - 0.02) * 0.5
    colour = over(colour, (255, 246, 230), glint)
    if palette.lit_edges:
        colour = over(colour, palette.edge, ease(0.0009, 0.0004, np.abs(inside)))
    shadow = (
        ease(radius * 2.1, radius * 0.4, np.abs(across + 0.3 * radius))
        * ease(half + 0.01, half - 0.004, np.abs(along))
        * 0.5
    )
    alpha = np.maximum(on, shadow * (1 - on))
    return Sprite(surface_of(choose(on > 0.5, colour, SHADOW_INK), alpha, box), (box.left, box.top), pen.at_m)
