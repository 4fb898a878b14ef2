"""Which parts of a hand lie in front of a coin: fingers close over it, a thumb pushes it, a palm hides it."""

from dataclasses import replace

import numpy as np
import pygame

from engine.hand import Array
from engine.view.coins import thickness_m
from engine.view.projection import Eye
from engine.view.scene import Coin
from engine.view.sprite import turned
from engine.view.triangles import Drawn, paint

CLEAR_M = 0.003
"""Flesh gives way: a hand is in front of a coin only where it stands this far out of it."""


def paint_over(canvas: pygame.Surface, coin: Coin, hand: Drawn, eye: Eye) -> None:
    """Paint those parts of a painted hand again that hide some of the coin painted over it."""
    centre, axis = middle(coin)
    xy, depth = eye.project(centre[None])
    reach = coin.diameter_mm / 2000 * eye.focal_px / max(float(depth[0]), 0.05) + 3
    low, high = hand.corners_px.min(axis=1), hand.corners_px.max(axis=1)
    near = np.flatnonzero(((low <= xy[0] + reach) & (high >= xy[0] - reach)).all(axis=1))
    if not len(near):
        return
    corners = hand.corners_px[near].mean(axis=1)
    points = np.array(eye.at_m) + eye.rays(corners[:, 0], corners[:, 1]) * hand.depth_m[near, None]
    out = (points - centre) @ axis * np.sign((np.array(eye.at_m) - centre) @ axis)
    covers = near[out > thickness_m(coin) / 2 + CLEAR_M]
    box = pygame.Rect(0, 0, round(2 * reach), round(2 * reach))
    box.center = (round(xy[0, 0]), round(xy[0, 1]))
    box = box.clip(canvas.get_rect())
    if len(covers) and box.width and box.height:
        flesh = hand.only(covers)
        paint(canvas.subsurface(box), replace(flesh, corners_px=flesh.corners_px - np.array(box.topleft, np.int32)))


def middle(coin: Coin) -> tuple[Array, Array]:
    """The middle of a coin and its axis, in the room."""
    axis = turned(coin.tilt_rad, coin.spin_rad, coin.roll_rad)[:, 1].astype(float)
    return np.array(coin.at_m) + axis * thickness_m(coin) / 2, axis
