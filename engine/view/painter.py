"""The painter: a scene in, a picture out. The same scene gives the same picture, and is never changed."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite

import numpy as np
import pygame

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.view.palette import STANDARD, Palette
from engine.view.projection import Eye, seated_eye
from engine.view.room import bake
from engine.view.scene import Coin, Scene, Shape
from engine.view.type import SENTENCE_PX, written


class Painter:
    """Paints scenes at one size, in one palette.

    `words` turns a scene's sentence key into what is written; `text_scale` 1..2 enlarges every letter;
    `affected_side` puts the pause button on the other side.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        palette: Palette = STANDARD,
        *,
        words: Mapping[str, str] | None = None,
        text_scale: float = 1.0,
        affected_side: Side = Side.RIGHT,
    ) -> None:
        self.size_px = size_px
        self.palette = palette
        self.words = dict(words or {})
        self.text_scale = min(max(text_scale, 1.0), 2.0)
        self.affected_side = affected_side
        self.eye: Eye = seated_eye(size_px)
        self.canvas = pygame.Surface(size_px)
        room = pygame.surfarray.make_surface(bake(self.eye, palette).swapaxes(0, 1))
        self.room = pygame.transform.smoothscale(room, size_px)

    def paint(
        self,
        scene: Scene,
        poses: Mapping[Side, HandAngles] | None = None,  # noqa: ARG002
        *,
        tone: str = "wood",  # noqa: ARG002
        mirror: pygame.Surface | None = None,  # noqa: ARG002
    ) -> pygame.Surface:
        """The whole picture of a scene. `poses` are the player's hands now (for hands without angles of their own).

        The surface returned is the painter's own and is painted over by the next call.
        """
        require_finite(scene)
        self.canvas.blit(self.room, (0, 0))
        for shape in scene.shapes:
            self._shape(shape)
        if scene.sentence:
            text = written(
                self.words.get(scene.sentence, scene.sentence),
                round(SENTENCE_PX * self.text_scale * self.size_px[1] / 720),
                self.palette.paper,
                round(self.size_px[0] * 0.8),
            )
            self.canvas.blit(
                text, ((self.size_px[0] - text.get_width()) // 2, self.size_px[1] - text.get_height() - 12)
            )
        return self.canvas

    def _shape(self, shape: Shape) -> None:
        if isinstance(shape, Coin):
            (x, y), depth = (values[0] for values in self.eye.project(np.array([shape.at_m])))
            radius = shape.diameter_mm / 2000 * self.eye.focal_px / depth
            box = pygame.Rect(0, 0, int(2 * radius), int(1.3 * radius))
            box.center = (int(x), int(y))
            pygame.draw.ellipse(self.canvas, self.palette.metals[shape.material].light, box)


def require_finite(thing: object, path: str = "scene") -> None:
    """Refuse a scene with a number that is not finite: drawn, it would hang the window for seconds."""
    if isinstance(thing, float) and not isfinite(thing):
        raise ValueError(f"{path}: found {thing}; every number of a scene must be finite")
    if isinstance(thing, tuple):
        for n, part in enumerate(thing):
            require_finite(part, f"{path}[{n}]")
    elif is_dataclass(thing) and not isinstance(thing, type):
        for part in fields(thing):
            require_finite(getattr(thing, part.name), f"{path}.{part.name}")
