"""The small round mirror in the upper corner: what the camera sees, and one sentence that helps it to see better."""

from typing import Protocol, runtime_checkable

import pygame

from engine.motion.setup_hints import PRESSING, Hint
from engine.sources.source import Source
from engine.strings import strings
from engine.tracking.sharedpicture import SharedImage
from engine.view.hud import Layout, paint_mirror
from engine.view.palette import Palette
from engine.view.paper import lay_sheet, margin
from engine.view.type import written

FADE_S = 0.5
WELCOME_S = 5.0
"""For so long at the beginning the mirror shows what the camera sees, with or without a hint."""
STAYS_S = 1.5
TEXT_PX, TEXT_WIDTH_PX, LIFT = 28, 300, 8.0


@runtime_checkable
class SeesPictures(Protocol):
    """A source with a camera: its newest small picture, and what would help it to see better."""

    @property
    def hint(self) -> Hint | None: ...

    def preview(self, after: int = 0) -> SharedImage | None: ...


class Mirror:
    """Comes when something is amiss and at the beginning, and goes again; softly, and without stopping the game."""

    def __init__(self, layout: Layout, palette: Palette) -> None:
        self.layout, self.palette = layout, palette
        self.hint: Hint | None = None
        self._picture: pygame.Surface | None = None
        self._number = 0
        self._shown = 0.0
        self._last_s: float | None = None
        self._until_s = 0.0
        self._sheet = pygame.Surface(layout.size_px, pygame.SRCALPHA)
        self._painted: tuple[int, Hint | None] | None = None
        self._area = pygame.Rect(0, 0, 0, 0)

    def look(self, source: Source, time_s: float, *, before_play: bool) -> None:
        """What the source says now. `before_play`: nothing is played at this moment, so there is time for advice that
        can wait otherwise."""
        step_s = 0.0 if self._last_s is None else min(time_s - self._last_s, 0.1)
        if self._last_s is None:
            self._until_s = time_s + WELCOME_S
        self._last_s = time_s
        if not isinstance(source, SeesPictures):
            self._shown = 0.0
            return
        hint = source.hint
        if hint is not None and (before_play or time_s < self._until_s or hint in PRESSING):
            self.hint, self._until_s = hint, max(self._until_s, time_s + STAYS_S)
        elif hint is None or time_s >= self._until_s:
            # Its sentence stays on a mirror that is going, so that it can be read to its end.
            self.hint = self.hint if 0.0 < self._shown < 1.0 else None
        wanted = time_s < self._until_s
        self._shown = min(max(self._shown + (1 if wanted else -1) * step_s / FADE_S, 0.0), 1.0)
        newest = source.preview(self._number) if wanted else None
        if newest is not None:
            height, width = newest.image.shape[:2]
            picture = pygame.image.frombuffer(newest.image.tobytes(), (width, height), "RGB")
            # A mirror: the one place where the picture is turned round.
            self._picture, self._number = pygame.transform.flip(picture, True, False), newest.number

    def paint(self, canvas: pygame.Surface) -> None:
        """Over what is painted already."""
        if self._shown <= 0.0 or self._picture is None:
            return
        if self._painted != (self._number, self.hint):
            self._prepare(self._picture)
            self._painted = self._number, self.hint
        self._sheet.set_alpha(round(255 * self._shown))
        canvas.blit(self._sheet, self._area.topleft, self._area)

    def _prepare(self, picture: pygame.Surface) -> None:
        around = round(margin(LIFT) * 2)
        self._sheet.fill((0, 0, 0, 0), self._area)
        paint_mirror(self._sheet, picture, self.layout, self.palette)
        box = self.layout.mirror
        self._area = box.inflate(around, around)
        if self.hint is not None:
            larger = self.layout.text_scale
            width_px = round(TEXT_WIDTH_PX * larger)
            text = written(strings().say(f"hint.{self.hint}"), round(TEXT_PX * larger), self.palette.ink, width_px)
            paper = pygame.Rect(0, box.bottom + 14, text.get_width() + 44, text.get_height() + 30)
            at_left = box.centerx < self.layout.size_px[0] / 2
            paper.x = box.left if at_left else box.right - paper.width
            lay_sheet(self._sheet, paper, self.palette, 12.0, LIFT)
            self._sheet.blit(text, (paper.x + 22, paper.y + 15))
            self._area = self._area.union(paper.inflate(around, around))
        self._area = self._area.clip(self._sheet.get_rect())
