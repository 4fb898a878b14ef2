"""Paper laid on the table: everything that is written lies on it."""

from functools import lru_cache

import numpy as np
import pygame

from engine.view.light import Picture, ease, noise
from engine.view.palette import Palette


def rounded(width: int, height: int, corner: float, spread: int) -> Picture:
    """Pixels outside (+) or inside (-) a rectangle with round corners, on a picture `spread` larger on every side."""
    x = np.abs(np.arange(width + 2 * spread, dtype=np.float32) + 0.5 - spread - width / 2)[None, :]
    y = np.abs(np.arange(height + 2 * spread, dtype=np.float32) + 0.5 - spread - height / 2)[:, None]
    dx, dy = x - (width / 2 - corner), y - (height / 2 - corner)
    out: Picture = (
        np.hypot(np.maximum(dx, 0), np.maximum(dy, 0)) + np.minimum(np.maximum(dx, dy), 0) - np.float32(corner)
    )
    return out


def layer(rgb: tuple[Picture, Picture, Picture], alpha: Picture) -> pygame.Surface:
    """A premultiplied picture from colours 0..255 and alpha 0..1, one sample per pixel."""
    pixels = np.empty((*alpha.shape, 4), dtype=np.uint8)
    for k in range(3):
        pixels[..., 2 - k] = np.clip(rgb[k], 0, 255) * alpha + 0.5
    pixels[..., 3] = alpha * 255 + 0.5
    # Blue first, as pygame's own surfaces are: the other way round, laying it on takes fifty times as long.
    return pygame.image.frombytes(pixels.tobytes(), (alpha.shape[1], alpha.shape[0]), "BGRA")


@lru_cache(maxsize=32)
def sheet(width: int, height: int, palette: Palette, corner: float = 10.0, lift: float = 10.0) -> pygame.Surface:
    """A sheet of paper with its soft shadow, premultiplied; `margin(lift)` larger on every side than the sheet."""
    spread = margin(lift)
    out = rounded(width, height, corner, spread)
    rows, columns = out.shape
    x = np.arange(columns, dtype=np.float32)[None, :]
    y = np.arange(rows, dtype=np.float32)[:, None]
    on = np.clip(0.5 - out, 0, 1)
    if palette.lit_edges:
        line = np.clip(2.0 - np.abs(out + 2), 0, 1)
        paper, edge = palette.paper, palette.paper_edge
        return layer(_mixed(paper, edge, line), on)
    fibre = 1 + 0.018 * (noise(x * 0.35, y * 0.12, 51) - 0.5) + 0.020 * (noise(x * 0.02, y * 0.03, 52) - 0.5)
    day = fibre * (1.0 - 0.035 * x / columns - 0.02 * y / rows)
    brink = ease(-2.2, 0.0, out) * 0.10
    shade = day * (1 - brink)
    # Shadow: away from the window, soft, and a thin dark line where the paper touches.
    thrown = np.roll(out, (round(lift * 0.45), round(lift * 0.35)), (0, 1))
    soft = ease(lift * 1.1, -lift * 0.9, thrown) * 0.34 + ease(2.5, 0.0, out) * 0.16
    alpha = on + (1 - on) * np.clip(soft, 0, 1)
    colour = tuple(palette.paper[k] * shade * on + (1 - on) * dark for k, dark in enumerate((22, 14, 8)))
    return layer((colour[0], colour[1], colour[2]), alpha)


def margin(lift: float) -> int:
    """How far a sheet's shadow reaches, pixels."""
    return round(lift * 1.7) + 2


def _mixed(one: tuple[int, int, int], other: tuple[int, int, int], share: Picture) -> tuple[Picture, Picture, Picture]:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def lay_sheet(canvas: pygame.Surface, box: pygame.Rect, palette: Palette, corner: float, lift: float) -> None:
    """Put a sheet of paper where `box` is."""
    spread = margin(lift)
    picture = sheet(box.width, box.height, palette, corner, lift)
    canvas.blit(picture, (box.left - spread, box.top - spread), special_flags=pygame.BLEND_PREMULTIPLIED)
