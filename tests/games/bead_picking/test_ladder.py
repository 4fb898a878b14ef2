"""Each shipped level of bead-picking is held to its claim: each simulated patient stands near its rung."""

import pytest

from engine.play.levelfile import LevelFile, find_levels
from games import all_games
from tests.ladder import hold_to_claim

LEVELS = [file for file in find_levels(all_games()).levels if file.game.name == "bead_picking"]


def test_there_are_levels_of_every_stage() -> None:
    assert len(LEVELS) >= 8
    assert {file.level.stage for file in LEVELS} == {1, 2, 3}
    assert all((file.level.sets, file.level.repetitions) == (2, 10) for file in LEVELS)


@pytest.mark.long
@pytest.mark.parametrize("file", LEVELS, ids=lambda file: file.name)
def test_every_hand_stands_near_its_rung_and_an_able_one_comes_to_the_end(file: LevelFile) -> None:
    hold_to_claim(file)
