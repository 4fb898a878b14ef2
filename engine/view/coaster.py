"""The round of paper that things are put on, with a stitched edge: kept as a small picture."""

from dataclasses import replace
from functools import lru_cache
from math import pi

import numpy as np

from engine.view.light import Picture, ease, noise
from engine.view.palette import Palette
from engine.view.projection import Eye
from engine.view.scene import Zone
from engine.view.solids import LIT_STEPS, SHADOW_INK
from engine.view.sprite import (
    FINER,
    Planes,
    Sprite,
    blend,
    box_around,
    choose,
    meets_table,
    mixed,
    over,
    surface_of,
    times,
)


@lru_cache(maxsize=64)
def zone_sprite(pictures: tuple[Sprite, Sprite], lit: int) -> Sprite:
    """The coaster, warmed by `lit` of LIT_STEPS."""
    cold, warm = pictures
    return cold if lit == 0 else replace(cold, picture=mixed(cold.picture, warm.picture, lit / LIT_STEPS))


@lru_cache(maxsize=24)
def zone_pictures(zone: Zone, eye: Eye, palette: Palette, finer: float = FINER) -> tuple[Sprite, Sprite] | None:
    """A round paper coaster with a stitched edge, cold and warm: met by every line of sight, and so not made in one
    frame's time."""
    cold, warm = (_warmed(zone, share, eye, palette, finer) for share in (0.0, 1.0))
    return None if cold is None or warm is None else (cold, warm)


def _warmed(zone: Zone, share: float, eye: Eye, palette: Palette, finer: float) -> Sprite | None:
    radius = zone.radius_mm / 1000
    reach = radius + 0.02
    x0, y0, z0 = zone.at_m
    box = box_around(np.array([[x0 + reach * x, y0, z0 + reach * z] for x in (-1, 1) for z in (-1, 1)]), eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=finer), eye, y0)
    x, z = x - x0, z - z0
    far = np.hypot(x, z)
    on_paper = far < radius
    colour = choose(on_paper, _coaster(x, z, far, radius, share, palette), SHADOW_INK)
    shade = ease(radius + 0.006, radius - 0.001, np.hypot(x - 0.0016, z + 0.0018)) * 0.40
    halo = ease(radius + 0.019, radius, far) * (share * 0.75)
    colour = over(colour, palette.glow, ~on_paper * np.clip(halo / np.maximum(shade + halo, 1e-3), 0, 1))
    alpha = np.maximum(on_paper, shade + halo * (1 - shade))
    return Sprite(surface_of(colour, alpha, box), (box.left, box.top), zone.at_m)


def _coaster(x: Picture, z: Picture, far: Picture, radius: float, share: float, palette: Palette) -> Planes:
    paper = palette.paper
    fibre = 0.97 + 0.05 * noise(x * 420, z * 380, 41) + 0.02 * noise(x * 60, z * 60, 42)
    colour = (fibre * (paper[0] * 0.90), fibre * (paper[1] * 0.885), fibre * (paper[2] * 0.86))
    ink = (palette.stitch[0] * 0.62, palette.stitch[1] * 0.62, palette.stitch[2] * 0.62)
    stitches = round(2 * pi * radius / 0.0085)
    dash = ease(0.34, 0.26, np.abs((np.arctan2(z, x) * (stitches / (2 * pi))) % 1 - 0.5))
    colour = over(colour, ink, ease(0.0011, 0.0005, np.abs(far - radius + 0.0065)) * dash)
    colour = over(colour, ink, ease(0.0013, 0.0007, np.abs(far - radius * 0.62)) * 0.25)
    colour = times(colour, 1 + 0.08 * ease(0.0016, 0.0, np.abs(far - radius)) * np.sign(-x * 0.67 - z * 0.74))
    colour = over(colour, palette.glow, ease(radius * 0.2, radius, far) * (share * 0.55))
    if palette.lit_edges:
        edge = blend(palette.edge, palette.glow, np.full_like(far, share))
        colour = over(colour, edge, ease(0.0022, 0.0014, np.abs(far - radius + 0.002)))
    return colour
