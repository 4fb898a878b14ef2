"""Every picture a game asks for beside its sentence has been drawn, and shows the place that is on the table."""

import pytest

from engine.inputs import TICK_HZ, TICK_S
from engine.paths import levels_folder
from engine.play.answering import AnsweringHands
from engine.play.level import LevelBase
from engine.play.levelfile import find_levels, load_level
from engine.play.playthrough import AnyGame, answered
from engine.view.icons import icon_names
from engine.view.scene import Bowl, Card, Cord, Slot, Zone
from games import all_games, bead_picking, coin_drop, mirror_avatar, template

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


SHOWS: dict[str, type] = {
    "carry": Slot,
    "landed": Slot,
    "carry_table": Zone,
    "landed_table": Zone,
    "bead_carry": Bowl,
    "bead_landed": Bowl,
    "bead_carry_string": Cord,
    "bead_landed_string": Cord,
    "bead_carry_pattern": Card,
    "bead_landed_pattern": Card,
    "bead_carry_round": Zone,
    "bead_landed_round": Zone,
    "pen_carry": Zone,
    "pen_landed": Zone,
}
"""What stands on the table wherever a picture of it is shown."""
CARRYING = [file for file in find_levels(all_games()).levels if file.game.name in ("coin_drop", "bead_picking")]
BEADS = next(file.level for file in CARRYING if file.game.name == "bead_picking")
ROUND = BEADS.of(BEADS.model_dump() | {"place": "round"})


@pytest.mark.parametrize(
    ("game", "level"),
    [*((file.game, file.level) for file in CARRYING), (bead_picking.GAME, ROUND)],
    ids=lambda part: getattr(part, "title", ""),
)
def test_the_picture_of_a_place_is_of_the_place_on_the_table(game: AnyGame, level: LevelBase) -> None:
    shown, state, hands = set[str](), game.start(level.as_shown(), 1), AnsweringHands()
    for _ in range(20 * TICK_HZ):
        hands = hands.answer(game.cue(state), TICK_S)
        state, _ = game.step(state, hands.given(level.difficulty.min), TICK_S)
        scene = game.draw(state)
        if scene.picture in SHOWS:
            assert any(isinstance(shape, SHOWS[scene.picture]) for shape in scene.shapes), scene.picture
            assert scene.picture in icon_names()
            shown.add(scene.picture)
        if len(state.beads) > 1:
            break
    assert len(shown) == 2
