"""Small pictures of things, met by lines of sight like the room itself, and kept while they stay the same.

A field of vectors is three planes (x, y, z), each (rows, columns): far quicker in NumPy than one array of triples.
"""

from dataclasses import dataclass
from math import cos, sin

import numpy as np
import pygame

from engine.hand import Array
from engine.view.light import FILL, FILL_COLOUR, KEY, KEY_COLOUR, Mask, Picture, ease
from engine.view.projection import Eye
from engine.view.scene import Metres3

Planes = tuple[Picture, Picture, Picture]
Rgb = tuple[float, float, float]
NEAREST_M = 0.05
FINER, ROUGH = 2.0, 1 / 3
"""Lines of sight per pixel, each way: for a picture that stays, and for one that stands in until it is made."""


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels."""

    left: int
    top: int
    width: int
    height: int

    def sight(self, eye: Eye, axes: Picture | None = None, finer: float = FINER) -> Planes:
        """Directions of `finer` x `finer` lines of sight per pixel (a whole number, or less than one), one metre deep,
        along a thing's own `axes` (the columns of a (3, 3)), or the room's."""
        columns, rows = max(1, round(self.width * finer)), max(1, round(self.height * finer))
        across, down = (np.arange(columns) + 0.5) * self.width / columns, (np.arange(rows) + 0.5) * self.height / rows
        right = (self.left - eye.size_px[0] / 2 + across) / eye.focal_px
        up = (eye.size_px[1] / 2 - self.top - down) / eye.focal_px
        rise, ahead = up * cos(eye.pitch_rad) - sin(eye.pitch_rad), -cos(eye.pitch_rad) - up * sin(eye.pitch_rad)
        turn = np.eye(3) if axes is None else axes
        planes = (
            (right * turn[0, k]).astype(np.float32)[None, :]
            + (rise * turn[1, k] + ahead * turn[2, k]).astype(np.float32)[:, None]
            for k in range(3)
        )
        x, y, z = planes
        return x, y, z


def box_around(points_m: Array, eye: Eye, margin_px: int = 3) -> Box | None:
    """The pixels that hold these points, or None where none of them are in the picture."""
    xy, depth = eye.project(points_m)
    if depth.min() < NEAREST_M:
        return None
    low, high = np.floor(xy.min(axis=0)) - margin_px, np.ceil(xy.max(axis=0)) + margin_px
    size = np.array(eye.size_px)
    if (high < 0).any() or (low > size).any() or ((high - low) > 2 * size).any():
        return None
    left, top, right, bottom = (int(v) for v in (*low, *high))
    return Box(left, top, right - left, bottom - top)


def turned(tilt_rad: float, spin_rad: float, roll_rad: float) -> Picture:
    """(3, 3) whose columns are a thing's own axes in the room: spun about y, tilted about x, rolled about z."""
    cx, sx, cy, sy = cos(tilt_rad), sin(tilt_rad), cos(spin_rad), sin(spin_rad)
    cz, sz = cos(roll_rad), sin(roll_rad)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y, dtype=np.float32)


def own(vector: Picture, axes: Picture) -> tuple[float, float, float]:
    """A room direction along a thing's own axes."""
    x, y, z = (float(v) for v in axes.T @ vector)
    return x, y, z


def along(planes: Planes, direction: tuple[float, float, float]) -> Picture:
    """The dot product with one direction."""
    return planes[0] * direction[0] + planes[1] * direction[1] + planes[2] * direction[2]


def unit(planes: Planes) -> Planes:
    x, y, z = planes
    scale = 1 / np.sqrt(x * x + y * y + z * z + np.float32(1e-12))
    return x * scale, y * scale, z * scale


def toward_eye(sight: Planes) -> Planes:
    """Unit vectors back along the lines of sight."""
    x, y, z = unit(sight)
    return -x, -y, -z


def meets_table(sight: Planes, eye: Eye, height_m: float = 0.0) -> tuple[Picture, Picture]:
    """Where lines of sight meet a level plane: x and z in metres."""
    reach = (height_m - eye.at_m[1]) / np.minimum(sight[1], -1e-4)
    return eye.at_m[0] + reach * sight[0], eye.at_m[2] + reach * sight[2]


def daylight(normal: Planes, axes: Picture) -> Planes:
    """Light on a matt surface, red, green, blue, 0..about 1.3: the window and the sky. Normals along `axes`."""
    key = np.maximum(along(normal, own(KEY, axes)), 0) * 0.85
    sky = 0.5 + 0.5 * along(normal, own(np.array((0, 1, 0), np.float32), axes))
    red, green, blue = (key * float(KEY_COLOUR[k]) + sky * float(FILL * FILL_COLOUR[k]) + 0.16 for k in range(3))
    return red, green, blue


def mirrored(normal: Planes, eyeward: Planes, axes: Picture) -> Picture:
    """What polished metal shows, 0..about 1.6: the window, the pale wall above, the dark table below."""
    facing = 2 * (normal[0] * eyeward[0] + normal[1] * eyeward[1] + normal[2] * eyeward[2])
    seen = (facing * normal[0] - eyeward[0], facing * normal[1] - eyeward[1], facing * normal[2] - eyeward[2])
    height = along(seen, own(np.array((0, 1, 0), np.float32), axes))
    shown: Picture = 0.22 + 0.50 * ease(-0.25, 0.85, height) + 0.80 * ease(0.62, 0.97, along(seen, own(KEY, axes)))
    return shown


def blend(dark: Rgb, light: Rgb, share: Picture) -> Planes:
    """Each pixel between two colours."""
    red, green, blue = (low + (high - low) * share for low, high in zip(dark, light, strict=True))
    return red, green, blue


def over(planes: Planes, colour: Planes | Rgb, share: Picture | Mask) -> Planes:
    """`colour` laid over `planes` where `share` is 1."""
    red, green, blue = (planes[k] + (colour[k] - planes[k]) * share for k in range(3))
    return red, green, blue


def times(planes: Planes, factor: Picture) -> Planes:
    return planes[0] * factor, planes[1] * factor, planes[2] * factor


def choose(mask: Mask, one: Planes, other: Planes | Rgb) -> Planes:
    """`one` where the mask is true, else `other`."""
    return np.where(mask, one[0], other[0]), np.where(mask, one[1], other[1]), np.where(mask, one[2], other[2])


def surface_of(colour: Planes | Rgb, alpha: Picture, box: Box) -> pygame.Surface:
    """A picture as large as its box, to lay over others: colours 0..255 and `alpha` 0..1, several samples averaged to a
    pixel, or few of them spread over many.

    Its colours are premultiplied: blit it with `pygame.BLEND_PREMULTIPLIED`.
    """
    finer = max(1, alpha.shape[0] // box.height)
    rows, columns = alpha.shape[0] // finer, alpha.shape[1] // finer
    pixels = np.empty((rows, columns, 4), dtype=np.uint8)
    alpha = np.asarray(alpha, dtype=np.float32)
    for k in range(3):
        pixels[..., 2 - k] = _averaged(np.clip(colour[k], 0, 255) * alpha, finer)
    pixels[..., 3] = _averaged(alpha * np.float32(255), finer)
    # Blue first, as pygame's own surfaces are: the other way round, laying it on takes fifty times as long.
    made = pygame.image.frombytes(pixels.tobytes(), (columns, rows), "BGRA")
    size = (box.width, box.height)
    return made if made.get_size() == size else pygame.transform.smoothscale(made, size)


def _averaged(fine: Picture, finer: int) -> Picture:
    rows, columns = fine.shape[0] // finer, fine.shape[1] // finer
    total: Picture = np.full((rows, columns), 0.5 * finer**2, dtype=np.float32)
    for n in range(finer**2):
        total += fine[n // finer :: finer, n % finer :: finer]
    return total / finer**2


def mixed(one: pygame.Surface, other: pygame.Surface, share: float) -> pygame.Surface:
    """A premultiplied picture between two of the same size, `share` 0..1 of the way from `one` to `other`."""
    begin, end = (np.frombuffer(each.get_buffer().raw, np.uint8).astype(np.float32) for each in (one, other))
    pixels = (begin + (end - begin) * np.float32(share) + 0.5).astype(np.uint8)
    return pygame.image.frombytes(pixels.tobytes(), one.get_size(), "BGRA")


@dataclass(frozen=True)
class Sprite:
    """A small premultiplied picture, where its corner lies, and the room point it hangs on."""

    picture: pygame.Surface
    corner: tuple[int, int]
    anchor_m: Metres3

    def lay(self, canvas: pygame.Surface, eye: Eye, at_m: Metres3) -> None:
        """Put it on the canvas, moved as its anchor has moved to `at_m`."""
        dx = dy = 0
        if at_m != self.anchor_m:
            here, there = eye.pixel(self.anchor_m), eye.pixel(at_m)
            if there[2] < NEAREST_M:
                return
            dx, dy = round(there[0] - here[0]), round(there[1] - here[1])
        place = (self.corner[0] + dx, self.corner[1] + dy)
        canvas.blit(self.picture, place, special_flags=pygame.BLEND_PREMULTIPLIED)
