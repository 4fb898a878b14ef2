"""The colours of the room: one place, three ways to see it."""

from dataclasses import dataclass, field
from typing import Literal

PaletteName = Literal["standard", "high_contrast", "plain"]
Colour = tuple[int, int, int]
"""Red, green, blue, 0..255."""

OKABE_ITO: dict[str, Colour] = {
    "blue": (0x00, 0x72, 0xB2),
    "orange": (0xE6, 0x9F, 0x00),
    "green": (0x00, 0x9E, 0x73),
    "purple": (0xCC, 0x79, 0xA7),
    "sky": (0x56, 0xB4, 0xE9),
    "vermilion": (0xD5, 0x5E, 0x00),
}
"""Colours that stay apart for colour-blind eyes (Okabe and Ito 2008, Color Universal Design)."""


def hex_colour(text: str) -> Colour:
    """`#RRGGBB` as three numbers 0..255."""
    value = int(text.lstrip("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def relative_luminance(colour: Colour) -> float:
    """0 black to 1 white (WCAG 2.2, relative luminance)."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """1 (the same) to 21 (black on white), WCAG 2.2."""
    high, low = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class Metal:
    light: Colour
    dark: Colour


@dataclass(frozen=True)
class Palette:
    """Everything that has a colour. `decorated` paints window light, planks and wall; `lit_edges` outlines things."""

    name: PaletteName
    decorated: bool
    lit_edges: bool
    oak: Colour
    oak_dark: Colour
    wall: Colour
    wall_dark: Colour
    felt: Colour
    stitch: Colour
    paper: Colour
    paper_edge: Colour
    ink: Colour
    glow: Colour
    bead_todo: Colour
    bead_done: Colour
    bead_now: Colour
    cord: Colour
    edge: Colour
    metals: dict[str, Metal] = field(hash=False)


METALS = {
    "brass": Metal(hex_colour("#D9B25F"), hex_colour("#8F6B2A")),
    "silver": Metal(hex_colour("#C8CCD2"), hex_colour("#70767F")),
    "copper": Metal(hex_colour("#C27C4E"), hex_colour("#7A4526")),
}

STANDARD = Palette(
    name="standard",
    decorated=True,
    lit_edges=False,
    oak=hex_colour("#B98A5E"),
    oak_dark=hex_colour("#7E5833"),
    wall=hex_colour("#EFE7D8"),
    wall_dark=hex_colour("#CDBFA8"),
    felt=hex_colour("#2F4A46"),
    stitch=hex_colour("#9DB3A6"),
    paper=hex_colour("#FBF6EC"),
    paper_edge=hex_colour("#D8CBB4"),
    ink=hex_colour("#1E2430"),
    glow=hex_colour("#FFB84D"),
    bead_todo=hex_colour("#B98A5E"),
    bead_done=OKABE_ITO["blue"],
    bead_now=OKABE_ITO["orange"],
    cord=hex_colour("#6B5136"),
    edge=hex_colour("#1E2430"),
    metals=METALS,
)

HIGH_CONTRAST = Palette(
    name="high_contrast",
    decorated=False,
    lit_edges=True,
    oak=hex_colour("#0E1116"),
    oak_dark=hex_colour("#0E1116"),
    wall=hex_colour("#0E1116"),
    wall_dark=hex_colour("#0E1116"),
    felt=hex_colour("#141A21"),
    stitch=hex_colour("#8A97A6"),
    paper=hex_colour("#0E1116"),
    paper_edge=hex_colour("#FFFFFF"),
    ink=hex_colour("#FFFFFF"),
    glow=hex_colour("#FFC04D"),
    bead_todo=hex_colour("#C9D1DA"),
    bead_done=OKABE_ITO["sky"],
    bead_now=OKABE_ITO["orange"],
    cord=hex_colour("#C9D1DA"),
    edge=hex_colour("#FFFFFF"),
    metals={
        "brass": Metal(hex_colour("#FFD777"), hex_colour("#A87C2C")),
        "silver": Metal(hex_colour("#F2F5F8"), hex_colour("#8A919B")),
        "copper": Metal(hex_colour("#F29A63"), hex_colour("#9A5530")),
    },
)

PLAIN = Palette(
    name="plain",
    decorated=False,
    lit_edges=False,
    oak=hex_colour("#D9D2C5"),
    oak_dark=hex_colour("#D9D2C5"),
    wall=hex_colour("#D9D2C5"),
    wall_dark=hex_colour("#D9D2C5"),
    felt=hex_colour("#2A433F"),
    stitch=hex_colour("#2A433F"),
    paper=hex_colour("#FBF6EC"),
    paper_edge=hex_colour("#BFB39C"),
    ink=hex_colour("#1E2430"),
    glow=hex_colour("#FFB84D"),
    bead_todo=hex_colour("#8C7A62"),
    bead_done=OKABE_ITO["blue"],
    bead_now=OKABE_ITO["orange"],
    cord=hex_colour("#8C7A62"),
    edge=hex_colour("#1E2430"),
    metals=METALS,
)

PALETTES: dict[PaletteName, Palette] = {p.name: p for p in (STANDARD, HIGH_CONTRAST, PLAIN)}
