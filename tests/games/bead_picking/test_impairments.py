"""Turning one impairment up lowers the score of bead-picking that should see it, and leaves the others alone."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from engine.play.level import Ramp
from engine.play.levelfile import load_level, resolve_level
from engine.play.profiles import Profile, profile_named
from games import all_games
from tests.games.unhelped import unhelped_trials

SEEDS = (1, 2)
STEADY = {"lapse": 0.0, "luck": 0.0, "dropouts": 0.0, "tires_levels": 0.0}
EASY = {"bead_mm": 30.0, "opening": 0.4, "grip_room": 1.0, "tries": 4.0, "hold_s": 0.2, "carry_s": 1.0}
# What a level asks besides: little time; or an even hold, neither looser nor tighter.
BRISK: dict[str, Any] = {"time_limit_s": Ramp(3.4, 3.4)}
EVEN: dict[str, Any] = {
    "grip_room": Ramp(0.1, 0.1),
    "squeeze_room": Ramp(0.12, 0.12),
    "place_hold_s": Ramp(4.0, 4.0),
    "hold_s": Ramp(2.0, 2.0),
}


def patient(**degrees: float) -> Profile:
    return replace(profile_named("able"), **STEADY).with_(**degrees)  # type: ignore[arg-type]


def success(profile: Profile, asked: dict[str, Any]) -> float:
    file = load_level(resolve_level("bead_picking/01"), all_games())
    said: dict[str, Any] = {name: Ramp(value, value) for name, value in EASY.items()}
    difficulty = file.level.difficulty.model_copy(update=dict.fromkeys(("start", "min", "max"), 5.0))
    said |= {"sets": 1, "repetitions": 8, "difficulty": difficulty, "time_limit_s": None, "scatter_mm": Ramp(0, 0)}
    said |= {"place_mm": Ramp(120, 120), **asked}
    ended = unhelped_trials(file, said, profile, SEEDS)
    counted = [trial.success for trial in ended if trial.success is not None]
    return sum(counted) / len(counted)


@cache
def able(even: bool) -> float:
    return success(patient(), EVEN if even else BRISK)


@pytest.mark.long
@pytest.mark.parametrize("impairment", ["slow_opening", "slowness"])
def test_a_level_against_time_sees_what_takes_time(impairment: str) -> None:
    assert success(patient(**{impairment: 1.0}), BRISK) <= able(False) - 0.3


@pytest.mark.long
@pytest.mark.parametrize("impairment", ["noise"])
def test_a_level_that_asks_for_an_even_hold_sees_an_uneven_one(impairment: str) -> None:
    assert success(patient(**{impairment: 1.0}), EVEN) <= able(True) - 0.2


@pytest.mark.long
@pytest.mark.parametrize("impairment", ["enslaving", "extension_deficit", "neglect"])
def test_what_the_level_does_not_train_leaves_its_score_alone(impairment: str) -> None:
    assert success(patient(**{impairment: 1.0}), BRISK) >= able(False) - 0.15
