"""Each shipped level of coin-drop is held to its claim: each simulated patient stands near its rung."""

import pytest

from engine.play.levelfile import LevelFile, find_levels
from games import all_games
from tests.ladder import hold_to_claim, stands_quickly_at

LADDERS = [file for file in find_levels(all_games()).levels if file.game.name == "coin_drop"]
WHOLE = [file for file in LADDERS if (file.level.difficulty.min, file.level.difficulty.max) == (0.0, 10.0)]


def test_there_are_levels_of_every_stage() -> None:
    assert len(WHOLE) >= 8
    assert {file.level.stage for file in WHOLE} == {1, 2, 3}
    assert all(file.level.sets == 2 and file.level.repetitions == 10 for file in WHOLE)


@pytest.mark.long
@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.name)
def test_a_level_is_for_the_hand_it_says_and_an_able_one_comes_to_its_end(file: LevelFile) -> None:
    hold_to_claim(file)


@pytest.mark.long
@pytest.mark.parametrize("file", WHOLE[::5], ids=lambda file: file.name)
def test_hands_stand_on_a_level_in_the_order_of_their_stages(file: LevelFile) -> None:
    rungs = [stands_quickly_at(file.name, name) for name in ("stage_1", "stage_2", "stage_3")]
    assert rungs[0] + 1 < rungs[1] < rungs[2] - 1, rungs
