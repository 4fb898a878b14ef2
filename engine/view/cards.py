"""Cards of paper to choose from: a picture, a name, how far along one is."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from engine.view.icons import icon
from engine.view.palette import OKABE_ITO, Palette
from engine.view.paper import lay_sheet
from engine.view.type import fitted

CORNER, LIFT, RAISED = 14.0, 9.0, 17.0
EDGE_PX, RING_PX = 12, 6
STAGES = 3
MOST_TITLE, MOST_TITLE_AND_LINE = 0.4, (0.26, 0.16)
"""The share of a card that its title, and the line below it if there is one, may fill: the picture is to stay one."""
COVER_SHARE = 0.4
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Card:
    """Something to open. `name` for the program, `title` in words; `line` below it, small; `stage` 1..3 as filled
    beads, 0 for none; `done` how much of the last time succeeded, 0..1, or None where there was none; `icon` a drawing
    where there is no picture to show."""

    name: str
    title: str
    line: str = ""
    stage: int = 0
    done: float | None = None
    icon: str = ""


def in_grid(count: int, columns: int, area: pygame.Rect, gap: int, tallest: int) -> tuple[Box, ...]:
    """Boxes for so many cards, row by row, in the middle of an area (x, y, width, height, pixels)."""
    rows = max(1, -(-count // columns))
    width = (area.width - (columns - 1) * gap) // columns
    height = min(tallest, (area.height - (rows - 1) * gap) // rows)
    top = area.top + (area.height - rows * height - (rows - 1) * gap) // 2
    boxes = []
    for n in range(count):
        row, column = divmod(n, columns)
        in_row = min(columns, count - row * columns)
        left = area.centerx - (in_row * width + (in_row - 1) * gap) // 2
        boxes.append((left + column * (width + gap), top + row * (height + gap), width, height))
    return tuple(boxes)


def paint_card(
    canvas: pygame.Surface, card: Card, box: Box, picture: pygame.Surface | None, palette: Palette, text_px: int, *,
    cover: pygame.Surface | None = None, chosen: bool = False,
) -> None:  # fmt: skip
    """One card; `picture` fills its upper part (felt until it is there), with a small `cover` in its corner; `chosen`
    raises it and rings it."""
    rect = pygame.Rect(box)
    lay_sheet(canvas, rect, palette, CORNER, RAISED if chosen else LIFT)
    inside = rect.inflate(-2 * EDGE_PX, -2 * EDGE_PX)
    most, most_of_line = (
        round(inside.height * share) for share in (MOST_TITLE_AND_LINE if card.line else (MOST_TITLE, 0))
    )
    title = fitted(card.title, text_px, palette.ink, (inside.width, most), "bold")
    line = fitted(card.line, round(text_px * 0.72), palette.ink, (inside.width, most_of_line)) if card.line else None
    foot = title.get_height() + (line.get_height() if line else 0) + (26 if card.stage or card.done is not None else 0)
    place = pygame.Rect(inside.left, inside.top, inside.width, inside.height - foot - 8)
    drawing = icon(card.icon, min(place.size) * 2 // 3, palette) if card.icon else None
    if drawing is not None:
        canvas.blit(drawing, drawing.get_rect(center=place.center))
    elif picture is None:
        pygame.draw.rect(canvas, palette.felt, place, border_radius=8)
    else:
        canvas.blit(filling(picture, place.size), place)
    if cover is not None:
        corner = pygame.Rect(0, 0, place.width * COVER_SHARE, place.height * COVER_SHARE)
        corner.bottomright = place.right - EDGE_PX // 2, place.bottom - EDGE_PX // 2
        pygame.draw.rect(canvas, palette.paper, corner.inflate(EDGE_PX // 2, EDGE_PX // 2), border_radius=6)
        canvas.blit(filling(cover, corner.size), corner)
    top = place.bottom + 6
    canvas.blit(title, (rect.centerx - title.get_width() // 2, top))
    top += title.get_height()
    if line:
        canvas.blit(line, (rect.centerx - line.get_width() // 2, top))
    if card.stage:
        _paint_stage(canvas, (inside.left + 4, inside.bottom - 10), card.stage, palette)
    if card.done is not None:
        _paint_done(canvas, pygame.Rect(inside.right - inside.width // 2, inside.bottom - 16, inside.width // 2, 12),
                    card.done, palette)  # fmt: skip
    if chosen:
        ring = palette.glow if palette.lit_edges else OKABE_ITO["blue"]
        pygame.draw.rect(canvas, ring, rect.inflate(12, 12), RING_PX, border_radius=round(CORNER + 6))


def filling(picture: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """The middle of a picture, or what is just above it, so large that it fills `size`."""
    width, height = picture.get_size()
    scale = max(size[0] / width, size[1] / height)
    part_width, part_height = round(size[0] / scale), round(size[1] / scale)
    # What the hand does is in the upper half of the table.
    part = pygame.Rect((width - part_width) // 2, (height - part_height) // 4, part_width, part_height)
    return pygame.transform.smoothscale(picture.subsurface(part.clip(picture.get_rect())), size)


def card_at(boxes: Sequence[Box], xy: tuple[int, int]) -> int | None:
    """The number of the card under the pointer."""
    return next((n for n, box in enumerate(boxes) if pygame.Rect(box).collidepoint(xy)), None)


def _paint_stage(canvas: pygame.Surface, at: tuple[int, int], stage: int, palette: Palette) -> None:
    """Three beads, as many filled as the stage says."""
    for n in range(STAGES):
        centre = (at[0] + 9 + n * 24, at[1])
        if n < stage:
            pygame.draw.circle(canvas, OKABE_ITO["orange"], centre, 9)
        pygame.draw.circle(canvas, palette.ink, centre, 9, 2)


def _paint_done(canvas: pygame.Surface, bar: pygame.Rect, share: float, palette: Palette) -> None:
    """How much of the last time succeeded, as a bar with a round end."""
    pygame.draw.rect(canvas, palette.ink, bar, 2, border_radius=6)
    filled = pygame.Rect(bar.left, bar.top, max(bar.height, round(bar.width * min(max(share, 0.0), 1.0))), bar.height)
    if share > 0:
        pygame.draw.rect(canvas, OKABE_ITO["green"], filled.inflate(-4, -4), border_radius=4)
