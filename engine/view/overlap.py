"""Which parts of a hand lie in front of a coin: fingers close over it, a thumb pushes it, a palm hides it."""

from dataclasses import dataclass, replace

import numpy as np
import pygame

from engine.hand import Array
from engine.view.coins import thickness_m
from engine.view.projection import Eye
from engine.view.scene import Coin
from engine.view.sprite import NEAREST_M, turned
from engine.view.triangles import COARSER, Drawn, paint

CLEAR_M = 0.003
"""Flesh gives way: a hand is in front of a coin only where it stands this far out of it."""


@dataclass(frozen=True, eq=False)
class Flesh:
    """A painted hand: its triangles, the pixels each one reaches, and its middle in the room (k, 3) metres."""

    drawn: Drawn
    low_px: Array
    high_px: Array
    middle_m: Array


def flesh_of(drawn: Drawn, eye: Eye) -> Flesh:
    """The hand made ready to be painted over coins, once for all of them."""
    one, two, three = drawn.corners_px[:, 0], drawn.corners_px[:, 1], drawn.corners_px[:, 2]
    middle_px = (one + two + three) / 3
    middle_m = np.array(eye.at_m) + eye.rays(middle_px[:, 0], middle_px[:, 1]) * drawn.depth_m[:, None]
    low, high = np.minimum(np.minimum(one, two), three), np.maximum(np.maximum(one, two), three)
    return Flesh(drawn, low, high, middle_m)


def paint_over(canvas: pygame.Surface, coin: Coin, flesh: Flesh, eye: Eye, samples: int = COARSER) -> None:
    """Paint those parts of a painted hand again that hide some of the coin painted over it, as finely as the hand."""
    axis = turned(coin.tilt_rad, coin.spin_rad, coin.roll_rad)[:, 1].astype(float)
    centre = np.array(coin.at_m) + axis * thickness_m(coin) / 2
    x, y, depth = eye.pixel(coin.at_m)
    if depth < NEAREST_M:
        return
    reach = coin.diameter_mm / 2000 * eye.focal_px / depth + 4
    low, high = flesh.low_px, flesh.high_px
    near = (low[:, 0] <= x + reach) & (high[:, 0] >= x - reach) & (low[:, 1] <= y + reach) & (high[:, 1] >= y - reach)
    picked = np.flatnonzero(near)
    out = (flesh.middle_m[picked] - centre) @ axis * np.sign((np.array(eye.at_m) - centre) @ axis)
    covers = picked[out > thickness_m(coin) / 2 + CLEAR_M]
    box = pygame.Rect(round(x - reach), round(y - reach), round(2 * reach), round(2 * reach)).clip(canvas.get_rect())
    if len(covers) and box.width and box.height:
        skin = flesh.drawn.only(covers)
        paint(
            canvas.subsurface(box),
            replace(skin, corners_px=skin.corners_px - np.array(box.topleft, np.int32)),
            samples=samples,
        )
