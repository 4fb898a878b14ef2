"""Bead-picking: open over the bead, pinch it, carry it, let it go where it belongs."""

from engine.play.game import Game
from games.bead_picking.cue import cue
from games.bead_picking.level import BeadPickingLevel
from games.bead_picking.rules import done, resting, start, step
from games.bead_picking.state import State
from games.bead_picking.view import draw

GAME: Game[BeadPickingLevel, State] = Game("bead_picking", BeadPickingLevel, start, step, cue, draw, done, resting)
