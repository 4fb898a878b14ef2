"""Each shipped level of coin-drop is held to its claim: each simulated patient stands near its rung."""

import pytest

from engine.play.levelfile import LevelFile, find_levels
from games import all_games
from tests.ladder import hold_to_claim

LADDERS = [file for file in find_levels(all_games()).levels if file.game.name == "coin_drop"]
WHOLE = [file for file in LADDERS if (file.level.difficulty.min, file.level.difficulty.max) == (0.0, 10.0)]


def test_there_are_levels_of_every_stage() -> None:
    assert len(WHOLE) >= 8
    assert {file.level.stage for file in WHOLE} == {1, 2, 3}
    assert all(file.level.sets == 2 and file.level.repetitions == 10 for file in WHOLE)


@pytest.mark.long
@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.name)
def test_every_hand_stands_near_its_rung_and_an_able_one_comes_to_the_end(file: LevelFile) -> None:
    hold_to_claim(file)
