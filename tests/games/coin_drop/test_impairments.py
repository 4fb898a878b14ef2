"""Turning one impairment up lowers the score of coin-drop that should see it, and leaves the others alone.

Every hand here is the able one on a usual day with a single impairment more (or more of it); levels are pinned at one
difficulty, and the range is calibrated unless the test says otherwise.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from statistics import mean
from typing import Any

import pytest

from engine.play.level import Ramp
from engine.play.levelfile import load_level, resolve_level
from engine.play.profiles import Profile, impairments, profile_named
from games import all_games
from tests.games.unhelped import unhelped_trials

SEEDS = (1, 2)
STEADY = {"lapse": 0.0, "luck": 0.0, "dropouts": 0.0, "tires_levels": 0.0}


def fixed(value: float) -> Ramp:
    return Ramp(value, value)


EASY: dict[str, Any] = {
    "coins": fixed(1),
    "target_width_mm": fixed(120),
    "scatter_mm": fixed(0),
    "thumb_reach": fixed(0),
    "keep_tolerance": fixed(0.5),
    "hold_s": fixed(0.2),
    "carry_s": fixed(2.4),
    "time_limit_s": None,
}
# What a level asks besides: four coins to keep, little time, a thumb far across, a small slot reached by the arm.
KEEP = {"coins": fixed(4), "keep_tolerance": fixed(0.06), "hold_s": fixed(1.0)}
BRISK = {"time_limit_s": fixed(5.0)}
ACROSS = {"thumb_reach": fixed(0.8), "time_limit_s": fixed(15.0)}
AIM = {"target_width_mm": fixed(30), "reach": "free", "hold_s": fixed(2.0)}
ASKED: dict[str, dict[str, Any]] = {"easy": {}, "keep": KEEP, "brisk": BRISK, "across": ACROSS, "aim": AIM}


@dataclass(frozen=True)
class Score:
    """`success`: share of trials; `causes` of the others; `duration_s`: of a trial, on average."""

    success: float
    causes: Counter[str]
    duration_s: float


def patient(**degrees: float) -> Profile:
    return replace(profile_named("able"), **STEADY).with_(**degrees)  # type: ignore[arg-type]


def score(profile: Profile, asked: dict[str, Any], *, repetitions: int = 8, calibrated: bool = True) -> Score:
    file = load_level(resolve_level("coin_drop/02_small_change"), all_games())
    difficulty = file.level.difficulty.model_copy(update=dict.fromkeys(("start", "min", "max"), 5.0))
    said = {"sets": 1, "repetitions": repetitions, "difficulty": difficulty, **EASY, **asked}
    ended = unhelped_trials(file, said, profile, SEEDS, calibrated=calibrated, limit_s=400)
    causes = Counter(trial.cause for trial in ended if trial.cause)
    return Score(mean(trial.success is True for trial in ended), causes, mean(trial.duration_s for trial in ended))


@cache
def able(kind: str) -> Score:
    return score(patient(), ASKED[kind])


@pytest.mark.parametrize("impairment", ["slow_opening", "slowness", "lapses", "stillness"])
def test_a_level_against_time_sees_what_takes_time(impairment: str) -> None:
    impaired = score(patient(**{impairment: 1.0}), BRISK)
    assert impaired.success < able("brisk").success - 0.2, impaired
    assert impaired.causes["too_late"] + impaired.causes["not_reached"] == impaired.causes.total()


@pytest.mark.parametrize("impairment", ["slow_opening", "slowness", "stillness", "reduced_range"])
def test_without_a_limit_time_and_a_small_range_cost_nobody_a_coin(impairment: str) -> None:
    assert score(patient(**{impairment: 1.0}), {}).success >= able("easy").success - 0.07


def test_fingers_that_move_as_one_are_seen_where_coins_are_kept_and_only_there() -> None:
    """They show as the pinch opens; a hand that opens in no time shows nothing, so this one takes its time."""
    alone, together = patient(slow_opening=0.4), patient(slow_opening=0.4, enslaving=1.0)
    kept, dropped = score(alone, KEEP), score(together, KEEP)
    assert kept.success > dropped.success + 0.4
    assert dropped.causes["others_dropped"] == dropped.causes.total()
    assert score(together, {}).success == score(alone, {}).success


def test_an_unsteady_hand_drops_coins_or_misses() -> None:
    noisy = patient(noise=1.0)
    assert mean((score(noisy, KEEP).success, score(noisy, AIM).success)) < 0.95
    assert (able("keep").success, able("aim").success) == (1.0, 1.0)
    assert score(noisy, {"hold_s": fixed(0.0)}).success > 0.8


def test_a_thumb_that_comes_less_far_is_seen_until_its_own_range_is_known() -> None:
    short = patient(reduced_range=1.0)
    unknown, known = score(short, ACROSS, repetitions=3, calibrated=False), score(short, ACROSS)
    assert unknown.success < 0.2
    assert unknown.causes["not_reached"] == unknown.causes.total()
    assert known.success == able("across").success


def test_spasticity_and_fatigue_make_a_coin_take_longer_and_nothing_else() -> None:
    slow = patient(slow_opening=0.5)
    assert score(slow.with_(spasticity=1.0), {}).duration_s > score(slow, {}).duration_s + 0.2
    rested, tired = (score(slow.with_(fatigue=degree), {}, repetitions=25) for degree in (0.0, 1.0))
    assert tired.duration_s > rested.duration_s * 1.01
    assert tired.success > 0.95


@pytest.mark.parametrize("asked", ["keep", "across", "aim"])
@pytest.mark.parametrize("impairment", ["tremor", "submovements", "neglect", "extension_deficit", "flexor_bias"])
def test_what_coin_drop_does_not_train_it_does_not_judge(impairment: str, asked: str) -> None:
    """Its places lie in the middle and across, its pinch asks for no wide hand, and a hand may shake."""
    impaired = score(patient(**{impairment: 1.0}), ASKED[asked], repetitions=5)
    assert impaired.success >= able(asked).success - 0.11


def test_every_impairment_there_is_was_tried_here() -> None:
    seen = {"slow_opening", "slowness", "lapses", "stillness", "reduced_range", "enslaving", "noise"}
    timed, alone = {"spasticity", "fatigue"}, {"tremor", "submovements", "neglect", "extension_deficit", "flexor_bias"}
    assert seen | timed | alone == set(impairments())
