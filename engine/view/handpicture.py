"""A hand painted once and kept for the frames in which nothing about it changes: a camera shows a new pose only at
every second or third frame of the window."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from engine.handmodel import HandAngles, hand_points
from engine.view.handpaint import ELBOW_M, GHOST_ALPHA, drawn_hand, hand_axes
from engine.view.handshadow import hand_shadow
from engine.view.overlap import Flesh, flesh_of
from engine.view.projection import Eye
from engine.view.scene import Hand
from engine.view.skin import ToneName
from engine.view.triangles import COARSER, softened

KEPT = 4


@dataclass(frozen=True, eq=False)
class HandPicture:
    """A hand's picture and its shadow's, each with the place of its corner, and its flesh for hiding coins."""

    skin: pygame.Surface | None
    skin_at: tuple[int, int]
    shadow: pygame.Surface | None
    shadow_at: tuple[int, int]
    flesh: Flesh

    def lay_shadow(self, canvas: pygame.Surface) -> None:
        if self.shadow is not None:
            canvas.blit(self.shadow, self.shadow_at)

    def lay(self, canvas: pygame.Surface) -> None:
        if self.skin is not None:
            canvas.blit(self.skin, self.skin_at)


@lru_cache(maxsize=KEPT)
def hand_picture(eye: Eye, hand: Hand, angles: HandAngles, tone: ToneName, samples: int = COARSER) -> HandPicture:
    """This hand as this eye sees it, its facets smoothed by so many samples each way or, by none, not at all. A ghost
    is see-through and throws no shadow."""
    drawn = drawn_hand(eye, hand, angles, tone)
    skin, box = softened(drawn, pygame.Rect((0, 0), eye.size_px), 0 if hand.ghost else samples)
    if skin is not None and hand.ghost:
        skin.set_alpha(round(255 * GHOST_ALPHA * min(max(hand.shown, 0.0), 1.0)))
    shadow = None
    if not hand.ghost:
        points = hand_points(angles, hand.side) @ hand_axes(hand).T + np.array(hand.wrist_m)
        shadow = hand_shadow(points, ELBOW_M[hand.side], eye)
    shade, shade_at = shadow or (None, (0, 0))
    return HandPicture(skin, box.topleft, shade, shade_at, flesh_of(drawn, eye))
