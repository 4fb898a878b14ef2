"""What is to be done in a row, as small pictures on a slip of paper: done ones ticked, the present one ringed."""

from functools import lru_cache

import pygame

from engine.view.hud import EDGE_PX, Layout
from engine.view.icons import icon
from engine.view.palette import Palette
from engine.view.paper import margin, sheet

STEP_PX, GAP_PX, INSIDE_PX, RING_PX = 92, 52, 16, 7
"""At a picture 720 high."""
LIFT, DONE_SHOWN = 9.0, 0.45
TICK_SHARE = 0.5


def paint_steps(
    canvas: pygame.Surface, pictures: tuple[str, ...], done: float, bottom: int, layout: Layout, palette: Palette
) -> None:
    """The slip, its foot at `bottom`. `done`: how many are done; in between two the ring is on its way."""
    if not pictures:
        return
    side, gap, inside = (round(px * layout.unit) for px in (STEP_PX, GAP_PX, INSIDE_PX))
    side = min(side, (layout.size_px[0] - 2 * inside) // len(pictures) - gap)
    slip, at = _slip(pictures, side, gap, inside, layout, palette), margin(LIFT * layout.unit)
    box = slip.get_rect().inflate(-2 * at, -2 * at)
    box.midbottom = (layout.size_px[0] // 2, bottom - round(EDGE_PX * layout.unit / 2))
    canvas.blit(slip, (box.left - at, box.top - at), special_flags=pygame.BLEND_PREMULTIPLIED)
    places = [
        pygame.Rect(box.left + inside + n * (side + gap), box.top + inside, side, side) for n in range(len(pictures))
    ]
    for n, place in enumerate(places):
        _ticked(canvas, place, min(max(done - n, 0.0), 1.0), palette)
    ring = places[0].move(round(min(done, len(places) - 1) * (side + gap)), 0).inflate(inside, inside)
    if done < len(places):
        pygame.draw.rect(canvas, palette.bead_now, ring, max(4, round(RING_PX * layout.unit)), inside)


@lru_cache(maxsize=16)
def _slip(
    pictures: tuple[str, ...], side: int, gap: int, inside: int, layout: Layout, palette: Palette
) -> pygame.Surface:
    """The paper with its pictures, premultiplied; small arrows lead from one to the next."""
    lift = LIFT * layout.unit
    width = len(pictures) * (side + gap) - gap + 2 * inside
    slip, at = sheet(width, side + 2 * inside, palette, 8 * layout.unit, lift).copy(), margin(lift)
    for n, name in enumerate(pictures):
        left, top = at + inside + n * (side + gap), at + inside
        if drawing := icon(name, side, palette):
            slip.blit(drawing, (left, top))
        if n:
            x, y, arm = left - gap / 2, top + side / 2, gap / 9
            pygame.draw.lines(
                slip, palette.ink, False, [(x - arm, y - 2 * arm), (x + arm, y), (x - arm, y + 2 * arm)], 3
            )
    return slip


def _ticked(canvas: pygame.Surface, place: pygame.Rect, share: float, palette: Palette) -> None:
    """The picture steps back and a tick comes over it, softly."""
    if share <= 0.0:
        return
    veil = pygame.Surface(place.size, pygame.SRCALPHA)
    veil.fill((*palette.paper, round(255 * (1 - DONE_SHOWN) * share)))
    canvas.blit(veil, place)
    side = round(place.width * TICK_SHARE)
    if tick := icon("ok", side, palette):
        tick = tick.copy()
        tick.set_alpha(round(255 * share))
        canvas.blit(tick, (place.right - side, place.bottom - side))
