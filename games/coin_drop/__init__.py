"""Coin-drop: slide a coin along the palm, pinch it, keep the others, let it go over its place."""

from engine.play.game import Game
from games.coin_drop.cue import cue
from games.coin_drop.level import CoinDropLevel
from games.coin_drop.rules import done, resting, start, step
from games.coin_drop.state import State
from games.coin_drop.view import draw

GAME: Game[CoinDropLevel, State] = Game("coin_drop", CoinDropLevel, start, step, cue, draw, done, resting)
