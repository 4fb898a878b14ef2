"""Lays the things of bead-picking on the table, from the flat ones up to the beads."""

from dataclasses import replace

import pygame

from engine.view.bowls import bowl_pictures, bowl_sprite, stepped_bowl
from engine.view.coins import shadow_sprite
from engine.view.easel import Easel
from engine.view.flatthings import card_sprite, cord_sprite, pen_sprite, tray_sprite
from engine.view.marbles import contact_sprite, marble_sprite
from engine.view.palette import Palette
from engine.view.projection import Eye
from engine.view.scene import Bowl, Card, Cord, Marble, Metres3, Pen, Scene, Tray
from engine.view.solids import LIT_STEPS
from engine.view.sprite import Sprite

STEP_M = 0.004
LIES_BELOW_M = 0.004
"""A bead this near to what it lies on throws a contact shadow; a higher one a soft shadow on the table."""


def lay_flat(canvas: pygame.Surface, scene: Scene, eye: Eye, palette: Palette, easel: Easel) -> None:
    """What everything else lies on: tray, card, cord, bowls."""
    for tray in (shape for shape in scene.shapes if isinstance(shape, Tray)):
        _lay(canvas, easel.picture(tray_sprite, tray, eye, palette), eye, tray.at_m)
    for card in (shape for shape in scene.shapes if isinstance(shape, Card)):
        _lay(canvas, easel.picture(card_sprite, card, eye, palette), eye, card.at_m)
    for cord in (shape for shape in scene.shapes if isinstance(shape, Cord)):
        stepped = replace(cord, lit=round(cord.lit * 4) / 4)
        _lay(canvas, easel.picture(cord_sprite, stepped, eye, palette), eye, cord.at_m)
    bowls = [shape for shape in scene.shapes if isinstance(shape, Bowl)]
    for bowl in sorted(bowls, key=lambda shape: shape.at_m[2]):
        made = easel.picture(bowl_pictures, stepped_bowl(bowl), eye, palette)
        lit = round(min(max(bowl.lit, 0.0), 1.0) * LIT_STEPS)
        _lay(canvas, made and bowl_sprite(made, lit), eye, bowl.at_m)


def lay_marbles(canvas: pygame.Surface, scene: Scene, eye: Eye, palette: Palette) -> None:
    """Pens, and beads from far to near, each on its shadow."""
    for pen in (shape for shape in scene.shapes if isinstance(shape, Pen)):
        stepped = replace(pen, at_m=_stepped(pen.at_m, 0.016), yaw_rad=round(pen.yaw_rad, 1))
        _lay(canvas, pen_sprite(stepped, eye, palette), eye, pen.at_m)
    marbles = [shape for shape in scene.shapes if isinstance(shape, Marble)]
    for marble in sorted(marbles, key=lambda shape: (shape.at_m[2], shape.at_m[1])):
        radius = marble.diameter_mm / 2000
        x, y, z = marble.at_m
        if y - radius <= LIES_BELOW_M:
            foot = (x, y - radius, z)
            _lay(canvas, contact_sprite(_stepped(foot, STEP_M), round(radius, 4), eye), eye, foot)
        else:
            _lay(canvas, shadow_sprite(_stepped(marble.at_m, 2 * STEP_M), round(radius, 4), eye), eye, marble.at_m)
        _lay(canvas, marble_sprite(marble, eye, palette), eye, marble.at_m)


def _stepped(at_m: Metres3, step_m: float) -> Metres3:
    x, y, z = (round(v / step_m) * step_m for v in at_m)
    return x, y, z


def _lay(canvas: pygame.Surface, sprite: Sprite | None, eye: Eye, at_m: Metres3) -> None:
    if sprite is not None:
        sprite.lay(canvas, eye, at_m)
