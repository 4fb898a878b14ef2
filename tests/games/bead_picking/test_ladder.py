"""Each shipped level of bead-picking is held to its claim: each simulated patient stands near its rung."""

import pytest

from engine.play.levelfile import LevelFile, find_levels
from games import all_games
from tests.ladder import CLAIMED, NEAR, apart, stands_quickly_at

LEVELS = [file for file in find_levels(all_games()).levels if file.game.name == "bead_picking"]
OWN = {1: "stage_1", 2: "stage_2", 3: "stage_3"}


def test_there_are_levels_of_every_stage() -> None:
    assert len(LEVELS) >= 8
    assert {file.level.stage for file in LEVELS} == {1, 2, 3}
    assert all((file.level.sets, file.level.repetitions) == (2, 10) for file in LEVELS)


@pytest.mark.long
@pytest.mark.parametrize("file", LEVELS, ids=lambda file: file.name)
def test_a_level_is_for_the_hand_it_says_and_an_able_one_comes_to_its_end(file: LevelFile) -> None:
    for name in (OWN[file.level.stage], "able"):
        stands = stands_quickly_at(file.name, name)
        assert apart(name, stands) <= NEAR, f"{name} stands at {stands:.1f}, claimed {CLAIMED[name]}"
