"""Calm words over the whole picture: a sheet of paper on the same table, for pauses, rests, questions and summaries."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from engine.view.buttons import Button, Choice, in_rows, paint_button
from engine.view.hud import Layout
from engine.view.icons import icon
from engine.view.light import ease
from engine.view.palette import OKABE_ITO, Colour, Palette
from engine.view.paper import lay_sheet, layer
from engine.view.type import LABEL_PX, NUMBER_PX, SENTENCE_PX, written

VEIL = 70
SMALLEST_SCALE = 0.7


@dataclass(frozen=True)
class Message:
    """What is said: a picture, a title, a few lines, a few numbers with their labels, and what may be chosen.

    `breath` 0..1 shows a soft circle instead of the picture, small at 0 and large at 1 (rest, camera opening).
    """

    title: str
    lines: tuple[str, ...] = ()
    icon: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    breath: float | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Pointing:
    """Where the person points: the name of the choice under the pointer, and the one the keyboard is on."""

    hover: str = ""
    focus: str = ""


NOT_POINTING = Pointing()


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A message laid out: every part with its place."""

    box: pygame.Rect
    parts: tuple[tuple[pygame.Surface, tuple[int, int]], ...]
    breath: pygame.Rect | None
    buttons: tuple[Button, ...]
    label_px: int


def paint_message(
    canvas: pygame.Surface, message: Message, layout: Layout, palette: Palette, pointing: Pointing = NOT_POINTING
) -> None:
    """Paint the message on what is already there."""
    _veil(canvas, palette)
    laid = _laid_out(_still(message), layout, palette)
    lay_sheet(canvas, laid.box, palette, 18.0 * layout.unit, 16.0 * layout.unit)
    if laid.breath is not None and message.breath is not None:
        _paint_breath(canvas, laid.breath, message.breath, palette)
    for picture, place in laid.parts:
        canvas.blit(picture, place)
    for button in laid.buttons:
        name = button.choice.name
        hover, focus = name == pointing.hover, name == pointing.focus
        paint_button(canvas, button, palette, laid.label_px, hover=hover, focus=focus)


def message_buttons(message: Message, layout: Layout, palette: Palette) -> tuple[Button, ...]:
    """Where a message's choices lie."""
    return _laid_out(_still(message), layout, palette).buttons


def _still(message: Message) -> Message:
    """The message without what moves, so that its layout is worked out once."""
    breath = None if message.breath is None else 0.0
    return Message(message.title, message.lines, message.icon, message.numbers, breath, message.choices)


def _veil(canvas: pygame.Surface, palette: Palette) -> None:
    veil = pygame.Surface(canvas.get_size())
    veil.fill((0, 0, 0) if palette.lit_edges else (38, 26, 16))
    veil.set_alpha(VEIL)
    canvas.blit(veil, (0, 0))


@lru_cache(maxsize=16)
def _laid_out(message: Message, layout: Layout, palette: Palette) -> _Sheet:
    """The largest letters, up to the person's own choice, with which everything fits."""
    scale = layout.text_scale
    while True:
        sheet = _stacked(message, layout, palette, scale)
        if sheet.box.height <= layout.size_px[1] - 2 * 12 * layout.unit or scale <= SMALLEST_SCALE:
            return sheet
        scale = max(SMALLEST_SCALE, scale - 0.1)


def _stacked(message: Message, layout: Layout, palette: Palette, scale: float) -> _Sheet:
    unit = layout.unit
    inside, gap = round(44 * unit), round(20 * unit)
    width = min(round(layout.size_px[0] * 0.94), round(920 * unit * max(1.0, layout.text_scale * 0.85)))
    room = width - 2 * inside
    rows: list[list[pygame.Surface]] = []
    breath_px = round(190 * unit) if message.breath is not None else 0
    if message.breath is None and message.icon:
        drawing = icon(message.icon, round(120 * unit * min(scale, 1.4)), palette)
        rows += [[drawing]] if drawing else []
    rows.append([written(message.title, round(NUMBER_PX * unit * scale), palette.ink, room, "bold")])
    rows += [[written(line, round(SENTENCE_PX * unit * scale), palette.ink, room)] for line in message.lines]
    if message.numbers:
        share = room // len(message.numbers) - gap
        rows.append([_number(value, label, share, unit * scale, palette) for value, label in message.numbers])
    heights = [max(part.get_height() for part in row) for row in rows]
    buttons = in_rows(message.choices, pygame.Rect(0, 0, room, 4000), scale, unit)
    deep = 4000 - min((button.rect.top for button in buttons), default=4000)
    height = 2 * inside + sum(heights) + gap * (len(rows) - 1)
    height += (breath_px + gap if breath_px else 0) + (deep + round(1.6 * gap) if buttons else 0)
    box = pygame.Rect((layout.size_px[0] - width) // 2, (layout.size_px[1] - height) // 2, width, height)
    top = box.top + inside
    breath = pygame.Rect(box.centerx - breath_px // 2, top, breath_px, breath_px) if breath_px else None
    top += breath_px + gap if breath_px else 0
    parts = []
    for row, tall in zip(rows, heights, strict=True):
        left = box.centerx - (sum(part.get_width() for part in row) + gap * (len(row) - 1)) // 2
        for part in row:
            parts.append((part, (left, top)))
            left += part.get_width() + gap
        top += tall + gap
    area = pygame.Rect(box.left + inside, box.bottom - inside - deep, room, deep)
    return _Sheet(
        box, tuple(parts), breath, in_rows(message.choices, area, scale, unit), round(LABEL_PX * unit * scale)
    )


def _number(value: str, label: str, width: int, scale: float, palette: Palette) -> pygame.Surface:
    """A number with what it counts below it."""
    big = written(value, round(NUMBER_PX * scale), palette.ink, width, "bold")
    small = written(label, round(LABEL_PX * scale), palette.ink, width)
    picture = pygame.Surface((width, big.get_height() + small.get_height()), pygame.SRCALPHA)
    picture.blit(big, ((width - big.get_width()) // 2, 0))
    picture.blit(small, ((width - small.get_width()) // 2, big.get_height()))
    return picture


@lru_cache(maxsize=4)
def _circle(side: int, colour: Colour) -> pygame.Surface:
    """A soft round of colour, premultiplied."""
    line = (np.arange(side, dtype=np.float32) + 0.5) / (side / 2) - 1
    far = np.hypot(line[None, :], line[:, None])
    alpha = ease(1.0, 0.55, far) * 0.34 + ease(0.80, 0.74, far) * 0.36
    red, green, blue = (np.full_like(far, c) for c in colour)
    return layer((red, green, blue), alpha)


def _paint_breath(canvas: pygame.Surface, box: pygame.Rect, breath: float, palette: Palette) -> None:
    """A circle that grows and shrinks with the breath."""
    share = 0.55 + 0.45 * min(max(breath, 0.0), 1.0)
    side = max(8, round(box.width * share))
    circle = pygame.transform.smoothscale(
        _circle(box.width, OKABE_ITO["sky" if palette.lit_edges else "blue"]), (side, side)
    )
    place = (box.centerx - side // 2, box.centery - side // 2)
    canvas.blit(circle, place, special_flags=pygame.BLEND_PREMULTIPLIED)
