"""Shaded triangles on a pygame surface: projected, culled, sorted far to near, one colour each, smooth at the outline.

Light is the room's: a warm key with a wrapped edge, the sky from above, the table's glow from below. Skin lets red
through where the key light fades out (the thin warm line between light and shade), and has one soft highlight.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.view.light import FILL, FILL_COLOUR, KEY, KEY_COLOUR
from engine.view.projection import Eye

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]
Colour3 = tuple[float, float, float]


@dataclass(frozen=True)
class Light:
    """Where light comes from (`key`: unit, towards it) and how much, red, green, blue as factors of 1."""

    key: Colour3
    key_colour: Colour3
    sky_colour: Colour3
    ground_colour: Colour3
    wrap: float = 0.25
    shine: float = 0.14


def _triple(values: NDArray[np.floating]) -> Colour3:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


ROOM_LIGHT = Light(
    key=_triple(KEY),
    key_colour=_triple(KEY_COLOUR * 0.86),
    sky_colour=_triple(FILL_COLOUR * FILL + 0.16),
    ground_colour=(0.30, 0.235, 0.185),
)
# How much redder (red, green, blue) skin is where the key light fades out, and in its folds.
TERMINATOR: Colour3 = (0.16, 0.045, 0.02)
FOLD: Colour3 = (0.06, 0.24, 0.30)

NEAREST_M = 0.05
FARTHEST_PX = 16000
MARGIN_PX = 6
COARSER = 3
"""The soft picture holds one point for so many pixels each way."""


def shaded(colours: Floats, normals: Floats, to_eye: Floats, light: Light, open_sky: Floats) -> Floats:
    """Colours (3, n) 0..255 of points with base colours (3, n) 0..1, unit normals and directions to the eye (3, n);
    `open_sky` (n,) 0..1 is how much light reaches each point past its neighbours."""
    key_axis = np.array(light.key, dtype=np.float32)
    facing = key_axis @ normals
    key = np.maximum(facing + np.float32(light.wrap), 0) * np.float32(1 / (1 + light.wrap)) * (0.4 + 0.6 * open_sky)
    up = 0.5 * normals[1] + 0.5
    above, below = up * open_sky, (1 - up) * open_sky
    edge = np.maximum(1 - ((facing + 0.05) * 4) ** 2, 0) * open_sky
    folded = 1 - open_sky

    half = to_eye + key_axis[:, None]
    half /= np.sqrt((half * half).sum(axis=0))
    glint = np.maximum((normals * half).sum(axis=0), 0) ** 2
    glint = glint * glint
    glint = glint * glint * glint * open_sky * np.float32(light.shine)

    out = np.empty_like(colours)
    for k in range(3):
        amount = key * light.key_colour[k] + above * light.sky_colour[k] + below * light.ground_colour[k]
        amount = amount * (1 - folded * FOLD[k]) + edge * TERMINATOR[k]
        out[k] = colours[k] * amount + glint * light.key_colour[k]
    return np.minimum(out, 1) * np.float32(255)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Triangles ready to be drawn, far to near: `corners_px` (k, 3, 2), `rgb` (k, 3) 0..255, and `depth_m` (k,) of
    their middles along the line of sight."""

    corners_px: NDArray[np.int32]
    rgb: NDArray[np.uint8]
    depth_m: Floats

    def only(self, chosen: NDArray[np.intp]) -> "Drawn":
        """Some of the triangles, by their numbers, in the same order."""
        return Drawn(self.corners_px[chosen], self.rgb[chosen], self.depth_m[chosen])


def prepare(
    eye: Eye,
    points: Floats,
    normals: Floats,
    faces: Indices,
    colours: Floats,
    light: Light,
    open_sky: Floats,
    nearer_m: Floats,
) -> Drawn:
    """Triangles of a mesh as the eye sees them: `points` and `normals` (n, 3), base `colours` (3, n) 0..1.

    `faces` (3, m) turn clockwise on the picture when seen from outside; `nearer_m` (m,) draws a face as if it were so
    much nearer (a nail on its finger).
    """
    xy, metres = eye.project(points.astype(np.float64))
    x, y = np.clip(np.rint(xy.T), -FARTHEST_PX, FARTHEST_PX).astype(np.int32)
    depth = metres.astype(np.float32)
    xs, ys = x.take(faces), y.take(faces)
    turn = (xs[1] - xs[0]) * (ys[2] - ys[0]) - (ys[1] - ys[0]) * (xs[2] - xs[0])
    inside = (ys.min(axis=0) < eye.size_px[1]) & (ys.max(axis=0) > 0)
    inside &= (xs.min(axis=0) < eye.size_px[0]) & (xs.max(axis=0) > 0)
    seen = np.flatnonzero((turn > 0) & inside)
    corner = faces.take(seen, axis=1)
    far = depth.take(corner)
    away = far.sum(axis=0) - 3 * nearer_m.take(seen)
    order = np.argsort(-away)
    order = order[: len(order) - np.count_nonzero(far.min(axis=0) < NEAREST_M)]

    to_eye = np.array(eye.at_m, dtype=np.float32)[:, None] - points.T
    to_eye /= np.sqrt((to_eye * to_eye).sum(axis=0))
    lit = shaded(colours, np.ascontiguousarray(normals.T), to_eye, light, open_sky)
    corner = corner.take(order, axis=1)
    rgb = np.stack([plane.take(corner).sum(axis=0) for plane in lit], axis=1) * np.float32(1 / 3)
    corners = np.stack([x.take(corner), y.take(corner)], axis=-1).transpose(1, 0, 2)
    return Drawn(corners, rgb.astype(np.uint8), away.take(order) * np.float32(1 / 3))


def draw(surface: pygame.Surface, drawn: Drawn, left_top: tuple[int, int] = (0, 0), scale: float = 1.0) -> None:
    """Fill the triangles, hard-edged; `left_top` is the picture's place of the surface's corner, `scale` the
    surface's pixels for one of the picture's."""
    polygon = pygame.draw.polygon
    red, green, blue, opaque = surface.get_shifts()
    r, g, b = drawn.rgb.T.astype(np.uint32)
    pixels = (r << red) | (g << green) | (b << blue) | np.uint32((255 << opaque) if surface.get_masks()[3] else 0)
    corners = (drawn.corners_px - np.array(left_top, dtype=np.int32)) * np.float32(scale)
    x, y = corners.astype(np.int32).transpose(2, 1, 0)
    first, second, third = (zip(x[n].tolist(), y[n].tolist(), strict=True) for n in range(3))
    for pixel, *triangle in zip(pixels.tolist(), first, second, third, strict=True):
        polygon(surface, pixel, triangle)


def paint(surface: pygame.Surface, drawn: Drawn, alpha: float = 1.0, samples: int = COARSER) -> pygame.Rect:
    """Lay the triangles on the surface as one smooth, round thing; returns the part of the surface that changed.
    `alpha` 0..1 makes the whole thing see-through; `samples` as in `softened`."""
    soft, box = softened(drawn, surface.get_rect(), samples)
    if soft is not None:
        soft.set_alpha(round(255 * min(max(alpha, 0.0), 1.0)))
        surface.blit(soft, box.topleft)
    return box


def softened(drawn: Drawn, within: pygame.Rect, samples: int = COARSER) -> tuple[pygame.Surface | None, pygame.Rect]:
    """The triangles as one smooth, round picture, and where it lies; None where nothing of it is `within`.

    The facets are mixed by making the picture smaller and large again; the outline, softened by the same, is drawn
    tight again and so comes out smooth. Each point is mixed from `samples` x `samples` of the hard picture's: fewer
    take less time, and show at the finest edges only; with none, facets and outline stay hard, in half the time.
    """
    if not len(drawn.rgb):
        return None, pygame.Rect(0, 0, 0, 0)
    x, y = drawn.corners_px[:, :, 0], drawn.corners_px[:, :, 1]
    left, top = int(x.min()) - MARGIN_PX, int(y.min()) - MARGIN_PX
    box = pygame.Rect(left, top, int(x.max()) + MARGIN_PX - left, int(y.max()) + MARGIN_PX - top)
    box = box.clip(within)
    small = (-(-box.width // COARSER), -(-box.height // COARSER))
    box.size = (COARSER * small[0], COARSER * small[1])
    if not box.width or not box.height:
        return None, box
    finer = samples or COARSER
    hard = _layer((finer * small[0], finer * small[1]))
    # See-through, but already in the thing's colour: at the outline this is what the facets mix with.
    hard.fill((*drawn.rgb.mean(axis=0).astype(int).tolist(), 0))
    draw(hard, drawn, box.topleft, finer / COARSER)
    if not samples:
        return hard.copy(), box
    soft = pygame.transform.smoothscale(pygame.transform.smoothscale(hard, small), box.size)
    outline = pygame.surfarray.pixels_alpha(soft).T
    tight = np.clip(outline, 85, 170)
    tight -= 85
    tight *= 3
    outline[:] = tight
    del outline
    return soft, box


def _layer(size_px: tuple[int, int]) -> pygame.Surface:
    """A see-through surface to work on, kept and handed out again: its old content is still on it."""
    rounded = (-(-size_px[0] // 64) * 64, -(-size_px[1] // 64) * 64)
    return _kept_layer(rounded).subsurface((0, 0, *size_px))


@lru_cache(maxsize=12)
def _kept_layer(size_px: tuple[int, int]) -> pygame.Surface:
    return pygame.Surface(size_px, pygame.SRCALPHA, 32)
