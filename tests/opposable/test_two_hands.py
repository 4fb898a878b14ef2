"""A level that needs both hands gets both, one that needs one gets that one; and what two hands did is kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.hand import Side
from engine.play.levelfile import LevelFile, load_level, resolve_level
from engine.play.results import read_results
from engine.sources.keyboard import KeyboardSource
from engine.sources.simulated import SimulatedSource
from games import all_games
from opposable.commands.play import play_headless
from opposable.sitting import Sitting, open_for, side_of


def level(name: str) -> LevelFile:
    return load_level(resolve_level(name), all_games())


@pytest.mark.parametrize(
    ("name", "hands", "side"),
    [
        ("mirror_avatar/09_at_the_same_time", 2, Side.LEFT),
        ("mirror_avatar/05_fist_and_open", 1, Side.LEFT),
        ("mirror_avatar/01_mirror_fist", 1, Side.RIGHT),
        ("coin_drop/01_one_coin", 1, Side.LEFT),
    ],
)
def test_as_many_hands_are_looked_for_as_the_level_needs_and_the_one_that_plays(
    name: str, hands: int, side: Side
) -> None:
    source = open_for(level(name), "keys:", Side.LEFT)
    assert isinstance(source, KeyboardSource)
    assert (source.hands, source.side) == (hands, side)


def test_a_simulated_patient_is_told_its_affected_hand_even_where_the_other_plays() -> None:
    source = open_for(level("mirror_avatar/01_mirror_fist"), "sim:able", Side.LEFT)
    assert isinstance(source, SimulatedSource)
    assert source.side is Side.LEFT


def test_the_lag_of_two_hands_is_in_the_results_and_a_hand_nobody_asked_for_is_not_missed(tmp_path: Path) -> None:
    for name, lags in (("mirror_avatar/09_at_the_same_time", True), ("mirror_avatar/01_mirror_fist", False)):
        file = level(name)
        short = file.level.as_shown().model_copy(update={"sets": 1, "repetitions": 3})
        sitting = Sitting(replace(file, level=short), "sim:able", Side.RIGHT, 1, tmp_path)
        assert not play_headless(sitting, open_for(file, "sim:able", Side.RIGHT))
        summary = sitting.close()
        kept = read_results(sitting.results_path)
        assert summary.trials == 3
        assert all((trial.lag_ms is not None) is lags for trial in kept.trials)
        assert kept.summary is not None
        assert (kept.summary.tracked or 0.0) > 0.9


@pytest.mark.parametrize("name", ["coin_drop/01_one_coin", "mirror_avatar/01_mirror_fist", "mirror_avatar/04_echo"])
def test_a_simulated_patient_holds_up_every_hand_that_a_level_needs(name: str) -> None:
    """A window that waits to see one that is never shown would wait for ever."""
    source = open_for(level(name), "sim:able", Side.LEFT)
    [sample, *_] = source.read(0.0)
    needed = {side_of(role, Side.LEFT) for role in level(name).level.roles}
    assert needed <= {side for side in Side if sample.hand(side) is not None}
