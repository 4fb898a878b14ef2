"""The one family of letters, two weights: found on this computer, never downloaded."""

import unicodedata
import warnings
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pygame

from engine.view.palette import Colour

Weight = Literal["regular", "bold"]
SENTENCE_PX, LABEL_PX, NUMBER_PX = 40, 28, 56
"""At a picture 720 high; everything scales with the height, and with what the person chose."""

PREFERRED = ("atkinsonhyperlegiblenext", "atkinsonhyperlegible")
LONGEST_TEXT = 400


@cache
def font_file(weight: Weight) -> str | None:
    """Atkinson Hyperlegible where the system has it, else the DejaVu Sans that comes with matplotlib, else None
    (pygame's own letters)."""
    with warnings.catch_warnings():
        # A system that cannot list its letters in time, or at all, has none of those.
        warnings.simplefilter("ignore", UserWarning)
        for family in PREFERRED:
            if found := pygame.font.match_font(family, bold=weight == "bold"):
                return found
    # The folder is looked up, not imported: importing matplotlib would cost the window half a second.
    spec = find_spec("matplotlib")
    for folder in spec.submodule_search_locations or () if spec else ():
        name = "DejaVuSans-Bold.ttf" if weight == "bold" else "DejaVuSans.ttf"
        path = Path(folder) / "mpl-data" / "fonts" / "ttf" / name
        if path.is_file():
            return str(path)
    return None


@lru_cache(maxsize=64)
def font(size_px: int, weight: Weight = "regular") -> pygame.font.Font:
    """Letters whose capitals and tails together are about `size_px` high."""
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(font_file(weight), max(8, round(size_px * 0.82)))


def printable(text: str) -> str:
    """The text without what a font cannot draw: controls, lone surrogates, direction overrides."""
    kept = (c for c in unicodedata.normalize("NFC", text[: 4 * LONGEST_TEXT]) if unicodedata.category(c)[0] != "C")
    return "".join(kept)[:LONGEST_TEXT].strip()


def wrapped(text: str, size_px: int, width_px: int, weight: Weight = "regular") -> tuple[str, ...]:
    """The text in lines no wider than `width_px`, broken at spaces, as even as the fewest lines allow."""
    words = printable(text).split()
    if not words:
        return ()
    letters = font(size_px, weight)

    def broken(limit_px: float) -> list[str]:
        lines = [words[0]]
        for word in words[1:]:
            longer = f"{lines[-1]} {word}"
            if letters.size(longer)[0] <= limit_px:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    fewest = broken(width_px)
    for share in (0.55, 0.7, 0.85):
        narrower = broken(width_px * share)
        if len(narrower) == len(fewest):
            return tuple(narrower)
    return tuple(fewest)


@lru_cache(maxsize=256)
def written(
    text: str, size_px: int, colour: Colour, width_px: int, weight: Weight = "regular", centred: bool = True
) -> pygame.Surface:
    """A transparent picture of the text in as many lines as it needs; letters shrink only where one word is wider
    than the line."""
    lines = wrapped(text, size_px, width_px, weight)
    while lines and size_px > 12 and max(font(size_px, weight).size(line)[0] for line in lines) > width_px:
        size_px -= 2
        lines = wrapped(text, size_px, width_px, weight)
    letters = font(size_px, weight)
    step = round(letters.get_linesize() * 1.06)
    width = max((letters.size(line)[0] for line in lines), default=1)
    picture = pygame.Surface((max(width, 1), max(step * len(lines), 1)), pygame.SRCALPHA)
    for n, line in enumerate(lines):
        row = letters.render(line, True, colour)
        picture.blit(row, ((width - row.get_width()) // 2 if centred else 0, n * step))
    return picture


@lru_cache(maxsize=256)
def fitted(
    text: str, size_px: int, colour: Colour, box_px: tuple[int, int], weight: Weight = "regular"
) -> pygame.Surface:
    """As `written`, in the largest letters up to `size_px` with which it fits into a box of this width and height."""
    while size_px > 12 and written(text, size_px, colour, box_px[0], weight).get_height() > box_px[1]:
        size_px -= 2
    return written(text, size_px, colour, box_px[0], weight)
