"""The pictures beside words: line drawings of our own, in two or three colours that follow the palette."""

from functools import cache, lru_cache
from io import BytesIO

import pygame

from engine.paths import assets_folder
from engine.view.palette import OKABE_ITO, Colour, Palette

DRAWN_INK, DRAWN_PAPER, DRAWN_GO, DRAWN_OK = "#1E2430", "#FBF6EC", "#0072B2", "#00704F"
"""The colours in the files; everything else (coins, wood) stays as drawn."""


@cache
def icon_names() -> tuple[str, ...]:
    """Every picture there is."""
    return tuple(sorted(path.stem for path in (assets_folder() / "icons").glob("*.svg")))


@cache
def _drawing(name: str) -> str:
    return (assets_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def icon(name: str, size_px: int, palette: Palette) -> pygame.Surface | None:
    """The picture of this name, `size_px` square and transparent around; None where there is no such picture."""
    if name not in icon_names():
        return None
    drawing = _drawing(name)
    if palette.lit_edges:
        lighter = {
            DRAWN_INK: palette.ink,
            DRAWN_PAPER: palette.paper,
            DRAWN_GO: OKABE_ITO["sky"],
            DRAWN_OK: (0, 210, 150),
        }
        for drawn, shown in lighter.items():
            drawing = drawing.replace(drawn, _hex(shown))
    loaded = pygame.image.load_sized_svg(BytesIO(drawing.encode()), (size_px, size_px))
    picture = pygame.Surface(loaded.get_size(), pygame.SRCALPHA, 32)
    picture.blit(loaded, (0, 0))
    return picture


def _hex(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
