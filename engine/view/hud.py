"""The little that is written over the table: the string, the sentence with its picture, pause, the mirror."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from engine.hand import Side
from engine.view.beads import string_picture
from engine.view.easel import AT_ONCE, Easel
from engine.view.icons import icon
from engine.view.palette import Palette
from engine.view.paper import lay_sheet, margin, sheet
from engine.view.scene import Bead
from engine.view.type import SENTENCE_PX, written

PAUSE_PX, MIRROR_PX, EDGE_PX = 96, 148, 18
"""At a picture 720 high."""


@dataclass(frozen=True)
class Layout:
    """Where things lie on a picture of this size; `text_scale` 1..2 enlarges what is written."""

    size_px: tuple[int, int]
    text_scale: float
    affected_side: Side

    @property
    def unit(self) -> float:
        """How much larger than a picture 720 high (narrow pictures count by their width)."""
        return min(self.size_px[1] / 720, self.size_px[0] / 960)

    @property
    def sentence_px(self) -> int:
        return max(28, round(SENTENCE_PX * self.text_scale * self.unit))

    @property
    def pause(self) -> pygame.Rect:
        """The pause button: upper corner, on the unaffected side."""
        edge, side = round(EDGE_PX * self.unit), max(96, round(PAUSE_PX * self.unit))
        left = self.size_px[0] - edge - side if self.affected_side is Side.LEFT else edge
        return pygame.Rect(left, edge, side, side)

    @property
    def mirror(self) -> pygame.Rect:
        """The round mirror: the other upper corner."""
        edge, side = round(EDGE_PX * self.unit), round(MIRROR_PX * self.unit)
        left = edge if self.affected_side is Side.LEFT else self.size_px[0] - edge - side
        return pygame.Rect(left, edge, side, side)


def paint_string(canvas: pygame.Surface, string: tuple[Bead, ...], layout: Layout, palette: Palette) -> None:
    """One bead per repetition, hanging across the wall."""
    if not string:
        return
    free = max(layout.pause.width, layout.mirror.width) + 3 * round(EDGE_PX * layout.unit)
    width = max(layout.size_px[0] - 2 * free, 120)
    picture, (peg_x, peg_y) = string_picture(string, width, layout.unit, palette)
    place = ((layout.size_px[0] - width) // 2 - peg_x, round(20 * layout.unit) - peg_y)
    canvas.blit(picture, place, special_flags=pygame.BLEND_PREMULTIPLIED)


@lru_cache(maxsize=16)
def strip_parts(text: str, picture: str, layout: Layout, palette: Palette) -> tuple[pygame.Rect, pygame.Surface, int]:
    """The strip of paper for a sentence: where it lies, what is written on it, and how large its picture is."""
    unit, edge = layout.unit, round(EDGE_PX * layout.unit)
    side = round(layout.sentence_px * 2.35) if picture else 0
    inside = round(layout.sentence_px * 0.55)
    room = layout.size_px[0] - 2 * edge - 2 * inside - (side + inside if side else 0)
    words = written(text, layout.sentence_px, palette.ink, room, "regular", not side)
    width = words.get_width() + 2 * inside + (side + inside if side else 0)
    height = max(words.get_height() + round(0.7 * inside), side + round(0.5 * inside), round(72 * unit))
    box = pygame.Rect((layout.size_px[0] - width) // 2, layout.size_px[1] - edge - height, width, height)
    return box, words, side


@lru_cache(maxsize=32)
def sentence_strip(
    text: str, picture: str, layout: Layout, palette: Palette
) -> tuple[pygame.Surface, tuple[int, int], pygame.Rect]:
    """One short sentence and its picture on a strip of paper, premultiplied; where its corner lies, and the strip's
    own rectangle without its shadow."""
    box, words, side = strip_parts(text, picture, layout, palette)
    lift = 9 * layout.unit
    corner = box.left - margin(lift), box.top - margin(lift)
    strip = sheet(box.width, box.height, palette, 8 * layout.unit, lift).copy()
    inside = round(layout.sentence_px * 0.55)
    x, middle = box.left + inside - corner[0], box.centery - corner[1]
    if side and (drawing := icon(picture, side, palette)):
        strip.blit(drawing, (x, middle - side // 2))
        x += side + inside
    left = x if side else box.centerx - corner[0] - words.get_width() // 2
    strip.blit(words, (left, middle - words.get_height() // 2))
    return strip, corner, box


def paint_sentence(
    canvas: pygame.Surface,
    text: str,
    picture: str,
    time_left: float | None,
    layout: Layout,
    palette: Palette,
    easel: Easel = AT_ONCE,
) -> int:
    """The strip of the present sentence; the time left as a line that quietly shortens. While a new sentence is being
    written, the one before stays. The strip's upper edge is told, pixels from the top."""
    if not text and not picture:
        return layout.size_px[1]
    known = picture if icon(picture, 8, palette) is not None else ""
    strip, corner, box = easel.picture(sentence_strip, text, known, layout, palette, rough=None, like="sentence")
    canvas.blit(strip, corner, special_flags=pygame.BLEND_PREMULTIPLIED)
    if time_left is not None:
        whole = box.width - 2 * round(layout.sentence_px * 0.55)
        line = pygame.Rect(0, 0, round(whole * min(max(time_left, 0.0), 1.0)), max(4, round(5 * layout.unit)))
        line.midbottom = (box.centerx, box.bottom - round(5 * layout.unit))
        pygame.draw.rect(canvas, palette.stitch if palette.lit_edges else palette.cord, line, border_radius=3)
    return box.top


@lru_cache(maxsize=8)
def _round_mask(side: int) -> pygame.Surface:
    large = pygame.Surface((side * 2, side * 2), pygame.SRCALPHA)
    large.fill((255, 255, 255, 0))
    pygame.draw.circle(large, (255, 255, 255, 255), (side, side), side)
    return pygame.transform.smoothscale(large, (side, side))


def paint_mirror(canvas: pygame.Surface, seen: pygame.Surface, layout: Layout, palette: Palette) -> None:
    """What the camera sees, as a small round mirror in a wooden frame. Flip the picture before it comes here."""
    box = layout.mirror
    frame = max(4, round(7 * layout.unit))
    lay_sheet(canvas, box, palette, box.width / 2, 9 * layout.unit)
    inner = box.inflate(-2 * frame, -2 * frame)
    scale = max(inner.width / max(seen.get_width(), 1), inner.height / max(seen.get_height(), 1))
    size = (max(1, round(seen.get_width() * scale)), max(1, round(seen.get_height() * scale)))
    large = pygame.transform.smoothscale(seen.convert_alpha() if seen.get_alpha() else seen, size)
    glass = pygame.Surface(inner.size, pygame.SRCALPHA)
    glass.blit(large, ((inner.width - size[0]) // 2, (inner.height - size[1]) // 2))
    glass.blit(_round_mask(inner.width), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    canvas.blit(glass, inner.topleft)
    pygame.draw.circle(canvas, palette.cord, box.center, box.width / 2 - frame / 2, max(2, frame // 2))
