"""Large buttons of paper: for mouse, finger, keyboard, and for resting on them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from engine.view.icons import icon
from engine.view.palette import OKABE_ITO, Colour, Palette
from engine.view.paper import lay_sheet
from engine.view.type import LABEL_PX, written

SMALLEST_PX = 96


@dataclass(frozen=True)
class Choice:
    """Something a person may choose: its name for the program, its words, its picture."""

    name: str
    label: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Button:
    """A choice at its place on the picture."""

    choice: Choice
    box: tuple[int, int, int, int]

    @property
    def rect(self) -> pygame.Rect:
        return pygame.Rect(self.box)

    def holds(self, xy: tuple[float, float]) -> bool:
        return self.rect.collidepoint(xy)


BACK = Button(Choice("back", icon="back"), (44, 614, 96, 96))
"""The way back, in the lower corner of every full page of 1280 x 720 that has one."""


def button_at(buttons: Sequence[Button], xy: tuple[float, float]) -> Button | None:
    """The button under the pointer."""
    return next((button for button in buttons if button.holds(xy)), None)


def in_rows(choices: Sequence[Choice], area: pygame.Rect, text_scale: float, unit: float) -> tuple[Button, ...]:
    """Buttons side by side in the middle of an area, in as many rows as they need, from its bottom upwards."""
    if not choices:
        return ()
    label = round(LABEL_PX * text_scale * unit)
    height = max(SMALLEST_PX, round(label * 3.4))
    gap = round(24 * unit)
    widths = [_width(choice, label, height, area.width) for choice in choices]
    rows: list[list[int]] = [[]]
    for n, width in enumerate(widths):
        taken = sum(widths[m] + gap for m in rows[-1])
        if rows[-1] and taken + width > area.width:
            rows.append([])
        rows[-1].append(n)
    buttons = []
    top = area.bottom - len(rows) * height - (len(rows) - 1) * gap
    for number, row in enumerate(rows):
        left = area.centerx - (sum(widths[n] for n in row) + gap * (len(row) - 1)) // 2
        for n in row:
            buttons.append(Button(choices[n], (left, top + number * (height + gap), widths[n], height)))
            left += widths[n] + gap
    return tuple(buttons)


def _width(choice: Choice, label: int, height: int, widest: int) -> int:
    words = written(choice.label, label, (0, 0, 0), widest - height, "bold").get_width() if choice.label else 0
    picture = round(height * 0.62) if choice.icon else 0
    return min(widest, max(SMALLEST_PX, words + picture + round(height * (0.62 if words and picture else 0.45))))


def paint_button(
    canvas: pygame.Surface,
    button: Button,
    palette: Palette,
    label_px: int,
    *,
    hover: bool = False,
    focus: bool = False,
    is_round: bool = False,
) -> None:
    """One button. `hover`: the pointer is over it; `focus`: the keyboard is on it."""
    box = button.rect
    corner = box.height / 2 if is_round else 16.0
    lay_sheet(canvas, box, palette, corner, 15.0 if hover else 9.0)
    side = round(box.height * 0.62)
    words = None
    if button.choice.label:
        room = box.width - round(box.height * 0.5) - (side if button.choice.icon else 0)
        words = written(button.choice.label, label_px, palette.ink, room, "bold", not button.choice.icon)
    gap = round(box.height * 0.12) if words and button.choice.icon else 0
    x = box.centerx - ((side if button.choice.icon else 0) + gap + (words.get_width() if words else 0)) // 2
    if button.choice.icon and (drawing := icon(button.choice.icon, side, palette)):
        canvas.blit(drawing, (x, box.centery - side // 2))
        x += side + gap
    if words:
        canvas.blit(words, (x, box.centery - words.get_height() // 2))
    if focus:
        pygame.draw.rect(canvas, _ring(palette), box.inflate(14, 14), 5, border_radius=round(corner + 7))


def _ring(palette: Palette) -> Colour:
    return palette.glow if palette.lit_edges else OKABE_ITO["blue"]
