"""The arrow from a held thing to where it lands: drawn as in the pictures beside the sentences."""

from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians, sin

import pygame

from engine.view.palette import OKABE_ITO, Colour, Palette
from engine.view.projection import Eye
from engine.view.scene import Drop, Scene
from engine.view.sprite import NEAREST_M

LINE_PX, EDGE_PX, BARB_PX, BARB_RAD, SHORTEST_PX = 8.0, 3.0, 15.0, 0.75, 27.0
"""At a picture 720 high."""
STEP_PX, STEP_DEG, STRENGTHS, FINER = 3, 5, 6, 3
"""How finely arrows are told apart, and how many times larger each is drawn before it is made smooth."""

Point = tuple[float, float]


def lay_drops(canvas: pygame.Surface, scene: Scene, eye: Eye, palette: Palette) -> None:
    """Every arrow of the scene."""
    for drop in (shape for shape in scene.shapes if isinstance(shape, Drop)):
        strength = round(min(max(drop.shown, 0.0), 1.0) * STRENGTHS)
        x, y, depth = eye.pixel(drop.onto_m)
        from_x, from_y, from_depth = eye.pixel(drop.at_m)
        length = hypot(x - from_x, y - from_y)
        if strength == 0 or min(depth, from_depth) < NEAREST_M or length > eye.size_px[1]:
            continue
        unit = eye.size_px[1] / 720
        length = max(length, SHORTEST_PX * unit)
        turn = round(degrees(atan2(y - from_y, x - from_x)) / STEP_DEG) * STEP_DEG
        ink = OKABE_ITO["sky" if palette.lit_edges else "blue"]
        picture = arrow_picture(round(length / STEP_PX) * STEP_PX, turn, strength, unit, ink, palette.paper)
        middle = picture.get_width() // 2
        canvas.blit(picture, (round(x) - middle, round(y) - middle), special_flags=pygame.BLEND_PREMULTIPLIED)


@lru_cache(maxsize=256)
def arrow_picture(
    length_px: int, turn_deg: int, strength: int, unit: float, ink: Colour, edge: Colour
) -> pygame.Surface:
    """An arrow whose tip is in the middle of a square, premultiplied. `turn_deg`: 0 to the right, 90 down."""
    reach = max(length_px, round(BARB_PX * unit)) + round((LINE_PX + 2 * EDGE_PX) * unit) + 1
    side = 2 * reach
    large = pygame.Surface((side * FINER, side * FINER), pygame.SRCALPHA)
    large.fill((*ink, 0))
    tip, turn_rad = (reach * FINER, reach * FINER), radians(turn_deg)

    def back(far_px: float, aside_rad: float = 0.0) -> Point:
        far = far_px * FINER
        return tip[0] - far * cos(turn_rad + aside_rad), tip[1] - far * sin(turn_rad + aside_rad)

    ends = back(BARB_PX * unit, BARB_RAD), back(BARB_PX * unit, -BARB_RAD), back(length_px)
    for colour, wide_px in ((edge, LINE_PX + 2 * EDGE_PX), (ink, LINE_PX)):
        for end in ends:
            _stroke(large, colour, tip, end, wide_px * unit * FINER)
    picture = pygame.transform.smoothscale(large, (side, side)).premul_alpha()
    share = round(255 * strength / STRENGTHS)
    picture.fill((share, share, share, share), special_flags=pygame.BLEND_RGBA_MULT)
    return picture


def _stroke(surface: pygame.Surface, colour: Colour, begin: Point, end: Point, wide: float) -> None:
    """A line with round ends."""
    pygame.draw.line(surface, colour, begin, end, max(1, round(wide)))
    for point in (begin, end):
        pygame.draw.circle(surface, colour, point, wide / 2)
