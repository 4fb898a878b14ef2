"""The colours a hand can have: six skins and one of wood, and the cool hand that shows what to do."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from engine.view.handmesh import Floats, HandMesh, load_hand_mesh
from engine.view.palette import OKABE_ITO, hex_colour

ToneName = Literal["porcelain", "sand", "honey", "bronze", "umber", "ebony", "wood"]


@dataclass(frozen=True)
class Tone:
    """One hand's colours, `#RRGGBB`: the back of the hand, the palm, where blood shows, folds, nails and their edge."""

    back: str
    palm: str
    blush: str
    fold: str
    nail: str
    nail_edge: str


TONES: dict[ToneName, Tone] = {
    "porcelain": Tone("#F1CDB6", "#F6D2C0", "#EBA495", "#C88A78", "#F6CDC0", "#FBEAE0"),
    "sand": Tone("#E3B692", "#EDC2A4", "#DE9A80", "#B37B60", "#EFC3AE", "#F8E3D4"),
    "honey": Tone("#CD9A70", "#DFB08B", "#CB8463", "#9A6748", "#E0AE93", "#F1D6C1"),
    "bronze": Tone("#A97550", "#CB9873", "#B06F52", "#7D5138", "#CB967A", "#E4C1A8"),
    "umber": Tone("#7E5238", "#B27F5F", "#93583F", "#5B3827", "#B07E66", "#D6B096"),
    "ebony": Tone("#593A2B", "#9C6F55", "#784A38", "#3E271D", "#976B59", "#C39C85"),
    "wood": Tone("#C99B69", "#D0A473", "#BF8F5E", "#8A6239", "#C3935F", "#B98855"),
}
GHOST = Tone("#8FC1E3", "#9BCAE8", "#8FC1E3", "#6FA6CB", "#B3D8EF", "#C6E3F4")
BAND = OKABE_ITO["orange"]
WARM = hex_colour("#FF9A5C")


def _rgb(text: str) -> Floats:
    return (np.array(hex_colour(text)) / 255).astype(np.float32)


def _mix(colours: Floats, other: Floats, share: Floats) -> Floats:
    return colours + (other - colours) * share[:, None]


@lru_cache(maxsize=16)
def skin_colours(tone: Tone) -> Floats:
    """Base colours (3, n) 0..1 of every point of the hand mesh."""
    mesh = load_hand_mesh()
    colours = np.tile(_rgb(tone.back), (len(mesh.points_m), 1))
    colours = _mix(colours, _rgb(tone.palm), mesh.palmar)
    colours = _mix(colours, _rgb(tone.blush), mesh.blush * 0.55)
    if tone is TONES["wood"]:
        colours *= _grain(mesh)[:, None]
    colours = _mix(colours, _rgb(tone.fold), mesh.crease * 0.45)
    colours = _mix(colours, _rgb(tone.nail), mesh.nail * 0.85)
    colours = _mix(colours, _rgb(tone.nail_edge), mesh.nail_edge * 0.8)
    colours[np.unique(mesh.faces[mesh.part == 2])] = np.array(BAND) / 255 * 0.86
    return np.ascontiguousarray(colours.T)


def _grain(mesh: HandMesh) -> Floats:
    """Long soft streaks along the hand."""
    x, y, z = mesh.points_m.T * 1000
    rings = np.sin(x * 0.55 + z * 0.4 + 1.6 * np.sin(y * 0.028)) * 0.6 + np.sin(x * 1.3 - z * 0.8 + y * 0.03) * 0.4
    streaks: Floats = (1.0 + 0.06 * rings).astype(np.float32)
    return streaks


def warmed(colours: Floats, mesh: HandMesh, warm: float) -> Floats:
    """The same colours (3, n) with the touching pads of thumb and index finger warmed by `warm` 0..1."""
    if warm <= 0:
        return colours
    glow = (np.array(WARM) / 255).astype(np.float32)[:, None]
    return colours + (glow - colours) * (mesh.pad * np.float32(0.75 * min(warm, 1.0)))
