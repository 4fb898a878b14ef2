"""A strip of paper with a soft band to keep to, and the trace of the hands over it."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pygame

from engine.view.easel import Easel
from engine.view.light import Picture, ease, noise
from engine.view.palette import OKABE_ITO, Colour, Palette
from engine.view.projection import Eye
from engine.view.scene import Chart, Mark, Metres3, Scene
from engine.view.solids import SHADOW_INK
from engine.view.sprite import FINER, Planes, Sprite, box_around, meets_table, over, surface_of

MARGIN_M, CORNER_M = 0.008, 0.009
AFFECTED, OTHER = OKABE_ITO["orange"], OKABE_ITO["blue"]
TRACES: tuple[Colour, ...] = (AFFECTED, OTHER)
MARK_M, RING_M = 0.0080, 0.0125
_ROUND = np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 28, endpoint=False)])


def lay_charts(canvas: pygame.Surface, scene: Scene, eye: Eye, palette: Palette, easel: Easel) -> None:
    """The charts of a scene, flat on the table."""
    for chart in (shape for shape in scene.shapes if isinstance(shape, Chart)):
        sprite = easel.picture(chart_sprite, replace(chart, marks=(), traces=()), eye, palette)
        if sprite is None:
            continue
        sprite.lay(canvas, eye, chart.at_m)
        for n, trace in enumerate(chart.traces):
            if len(trace) > 1:
                points = [eye.pixel(_place(chart, x, y))[:2] for x, y in trace]
                pygame.draw.lines(canvas, _dark(TRACES[n % 2], palette), False, points, _px(eye, 0.0022))
        for mark in chart.marks:
            _mark(canvas, chart, mark, eye, palette)


@lru_cache(maxsize=48)
def chart_sprite(chart: Chart, eye: Eye, palette: Palette, finer: float = FINER) -> Sprite | None:
    """The paper, its foot line and its band."""
    half_x, half_z = chart.width_mm / 2000, chart.depth_mm / 2000
    x0, y0, z0 = chart.at_m
    reach = 0.02
    corners = [[x0 + (half_x + reach) * x, y0, z0 + (half_z + reach) * z] for x in (-1, 1) for z in (-1, 1)]
    box = box_around(np.array(corners), eye)
    if box is None:
        return None
    x, z = meets_table(box.sight(eye, finer=finer), eye, y0)
    x, z = x - x0, z - z0
    out = _outside(x, z, half_x, half_z)
    fibre = 0.955 + 0.045 * noise(x * 420, z * 380, 97)
    paper = palette.paper
    colour: Planes = (paper[0] * fibre * 0.95, paper[1] * fibre * 0.94, paper[2] * fibre * 0.91)
    across = (x + half_x - MARGIN_M) / (2 * (half_x - MARGIN_M))
    height_m = 2 * (half_z - MARGIN_M)
    up = (half_z - MARGIN_M - z) / height_m
    along, low, high = (np.array(row) for row in zip(*chart.band, strict=True))
    floor, roof = np.interp(across, along, low), np.interp(across, along, high)
    inside = np.minimum(up - floor, roof - up) * height_m
    on_strip = ease(-0.0006, 0.0006, np.minimum(across, 1 - across) * 2 * half_x)
    green = OKABE_ITO["green"]
    colour = over(colour, green, ease(-0.0006, 0.0006, inside) * on_strip * 0.34)
    colour = over(colour, green, ease(0.0017, 0.0008, np.abs(inside)) * on_strip * 0.85)
    dots = ease(0.30, 0.22, np.abs((across * 26) % 1 - 0.5)) * ease(0.0009, 0.0004, np.abs(up) * height_m)
    colour = over(colour, palette.ink, dots * on_strip * 0.35)
    if palette.lit_edges:
        colour = over(colour, palette.edge, ease(0.0016, 0.0010, np.abs(out + 0.001)))
    body = ease(0.0006, -0.0006, out)
    alpha = body + (1 - body) * ease(0.010, 0.0, _outside(x - 0.002, z - 0.003, half_x, half_z)) * 0.35
    return Sprite(surface_of(over(colour, SHADOW_INK, 1 - body), alpha, box), (box.left, box.top), chart.at_m)


def _outside(x: Picture, z: Picture, half_x: float, half_z: float) -> Picture:
    """Metres outside (+) or inside (-) the paper."""
    dx, dz = np.abs(x) - (half_x - CORNER_M), np.abs(z) - (half_z - CORNER_M)
    out: Picture = np.hypot(np.maximum(dx, 0), np.maximum(dz, 0)) + np.minimum(np.maximum(dx, dz), 0) - CORNER_M
    return out


def _place(chart: Chart, x: float, y: float) -> Metres3:
    """A point of the chart on the table."""
    half_x, half_z = chart.width_mm / 2000 - MARGIN_M, chart.depth_mm / 2000 - MARGIN_M
    x0, y0, z0 = chart.at_m
    return x0 + (2 * _within(x) - 1) * half_x, y0 + 0.001, z0 + (1 - 2 * _within(y)) * half_z


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _px(eye: Eye, width_m: float) -> int:
    """About how many pixels wide a line on the table is."""
    return max(2, round(eye.focal_px * width_m / 0.85))


def _dark(colour: Colour, palette: Palette) -> Colour:
    """A shade that stands out from the paper."""
    if palette.lit_edges:
        return colour
    red, green, blue = (round(part * 0.86) for part in colour)
    return red, green, blue


def _mark(canvas: pygame.Surface, chart: Chart, mark: Mark, eye: Eye, palette: Palette) -> None:
    """A disc for the affected hand; for the other one a wider ring, so that both show where they are together."""
    x, y, z = _place(chart, mark.x, mark.y)
    radius = MARK_M if mark.affected else RING_M
    around = [eye.pixel((x + radius * c, y, z + radius * s))[:2] for c, s in _ROUND.tolist()]
    if mark.affected:
        pygame.draw.polygon(canvas, AFFECTED, around)
        pygame.draw.lines(canvas, palette.ink, True, around, _px(eye, 0.0012))
    else:
        pygame.draw.lines(canvas, OTHER, True, around, _px(eye, 0.0030))
