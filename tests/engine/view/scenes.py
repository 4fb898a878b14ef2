"""Scenes to paint, with one of everything."""

from dataclasses import replace
from math import pi

from engine.hand import Side
from engine.view.scene import Coin, Drop, Hand, Scene, Shape, Slot, Zone

SMALL = (640, 360)
HAND = Hand(Side.RIGHT, (0.16, 0.03, 0.11), roll_rad=pi, affected=True)
SLOT = Slot((0.0, 0.0, -0.06), 46.0, -0.2, 0.6)
ZONE = Zone((-0.2, 0.0, 0.05), 40.0, 0.3)
COINS = (
    Coin((-0.18, 0.0, -0.08), 34.0, "brass", 0.0, 0.5, 0.0, 0),
    Coin((0.13, 0.046, 0.045), 26.0, "silver", 0.1, 0.2, 0.0, 1),
    Coin((0.19, 0.09, -0.06), 24.0, "copper", 1.3, 0.2, 0.3, 2),
)
DROP = Drop((-0.2, 0.05, 0.05), (-0.2, 0.0, 0.05))
SHAPES: tuple[Shape, ...] = (ZONE, SLOT, HAND, *COINS, DROP)
FULL = Scene(SHAPES, ("done", "void", "now", "knot", "todo", "todo"), "slide", "slide", 0.6)
GHOSTED = replace(FULL, shapes=(*SHAPES, replace(HAND, ghost=True, side=Side.LEFT, wrist_m=(-0.1, 0.03, 0.1))))
WORDS = {"slide": "Slide the coin to your finger."}
