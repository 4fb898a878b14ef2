"""The games: those that came with the program, in this order, and those that others installed beside it."""

import warnings
from importlib.metadata import entry_points
from typing import Any

from engine.play.game import Game
from games.bead_picking import GAME as BEAD_PICKING
from games.coin_drop import GAME as COIN_DROP
from games.mirror_avatar import GAME as MIRROR_AVATAR
from games.template import GAME as TEMPLATE

AnyGame = Game[Any, Any]
ENTRY_POINTS = "opposable.games"

BUILT_IN: tuple[AnyGame, ...] = (COIN_DROP, BEAD_PICKING, MIRROR_AVATAR, TEMPLATE)


def all_games() -> tuple[AnyGame, ...]:
    """Built-in games first, then installed ones by name. One that cannot be loaded is told and left out."""
    games = list(BUILT_IN)
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            game = point.load()
        except Exception as error:  # whatever another's game raises, the others still play
            warnings.warn(f"the game '{point.name}' ({point.value}) cannot be loaded: {error}", stacklevel=2)
            continue
        if not isinstance(game, Game) or any(game.name == known.name for known in games):
            told = f"'{point.value}' is no game with a name of its own; let it be a Game, and name it otherwise"
            warnings.warn(f"the game '{point.name}' is left out: {told}", stacklevel=2)
            continue
        games.append(game)
    return tuple(games)
