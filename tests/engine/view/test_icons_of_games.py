"""Every picture a game asks for beside its sentence has been drawn."""

import pytest

from engine.paths import levels_folder
from engine.play.levelfile import load_level
from engine.play.playthrough import AnyGame, answered
from engine.view.icons import icon_names
from games import bead_picking, coin_drop, mirror_avatar, template

SHIPPED = [
    (coin_drop.GAME, "coin_drop/02_small_change.yaml"),
    (coin_drop.GAME, "coin_drop/04_across_the_table.yaml"),
    (bead_picking.GAME, "bead_picking/01_large_beads.yaml"),
    (mirror_avatar.GAME, "mirror_avatar/01_mirror_fist.yaml"),
    (template.GAME, "template/01_close_and_open.yaml"),
]


@pytest.mark.parametrize(("game", "name"), SHIPPED, ids=[name for _, name in SHIPPED])
def test_pictures_are_drawn(game: AnyGame, name: str) -> None:
    run = answered(game, load_level(levels_folder() / name, (game,)).level, 1, 3.0)
    asked = {game.draw(state).picture for state in run.states[::4]}
    assert asked
    assert asked <= {"", *icon_names()}
