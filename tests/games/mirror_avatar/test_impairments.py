"""Turning one impairment up lowers the score of mirror-avatar that should see it, and leaves the others alone.

Every affected hand here is the able one on a usual day with a single impairment more; levels are pinned at one
difficulty, and the range is calibrated. The other hand is always an able one.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from statistics import fmean
from typing import Any

import pytest

from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.game import Event, TrialEnded
from engine.play.level import Ramp
from engine.play.levelfile import load_level, resolve_level
from engine.play.profiles import Profile, profile_named
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games

STEADY = {"lapse": 0.0, "luck": 0.0, "dropouts": 0.0, "tires_levels": 0.0}


def fixed(value: float) -> Ramp:
    return Ramp(value, value)


EASY: dict[str, Any] = {
    "target": fixed(0.6),
    "opening": fixed(0.4),
    "hold_s": fixed(0.2),
    "behind": fixed(0.0),
    "lag_ms": None,
    "time_limit_s": None,
}
BRISK = ("05_fist_and_open", {"time_limit_s": fixed(3.0)})
WIDE = ("06_spread", {"time_limit_s": fixed(3.0)})
ANSWER = ("04_echo", {"time_limit_s": fixed(3.0)})
TOGETHER = ("09_at_the_same_time", {"lag_ms": fixed(450.0)})
ALONE = ("11_one_finger", {"behind": fixed(0.4), "tries": 1})
PATH = ("10_slow_path", {"band": fixed(0.18), "cycle_s": fixed(7.0), "target": fixed(0.8)})
HELD = ("05_fist_and_open", {"hold_s": fixed(4.0), "tries": 1, "target": fixed(0.85)})
MIRROR = ("01_mirror_fist", {"time_limit_s": fixed(4.0)})


@dataclass(frozen=True)
class Score:
    success: float
    causes: Counter[str]
    lag_ms: float
    in_band: float


@cache
def score(impairments: str, asked: str) -> Score:
    """What an able hand with these impairments (`tremor`, or nothing) comes to on one of the levels above."""
    name, more = globals()[asked]
    profile: Profile = replace(profile_named("able"), **STEADY)  # type: ignore[arg-type]
    profile = profile.with_(**dict.fromkeys(impairments.split("+") if impairments else (), 1.0))
    file = load_level(resolve_level(f"mirror_avatar/{name}"), all_games())
    difficulty = file.level.difficulty.model_copy(update=dict.fromkeys(("start", "min", "max"), 5.0))
    said = {"sets": 1, "repetitions": 8, "settle_s": 0.0, "difficulty": difficulty, **EASY, **more}
    ended: list[TrialEnded] = []

    def heard(events: tuple[Event, ...]) -> None:
        ended.extend(event for event in events if isinstance(event, TrialEnded) and not event.assisted)

    for seed in (1, 2):
        source = SimulatedSource(profile, seed)
        session = Session(file.game, file.level.model_copy(update=said), seed)
        run(session, source, Motion(source.ranges()), limit_s=400, heard=heard)
    return Score(
        fmean(trial.success is True for trial in ended),
        Counter(trial.cause for trial in ended if trial.cause),
        fmean(trial.lag_ms or 0.0 for trial in ended),
        fmean(trial.in_band or 0.0 for trial in ended),
    )


@pytest.mark.parametrize("asked", ["BRISK", "WIDE", "ANSWER"])
@pytest.mark.parametrize("impairment", ["slow_opening", "slowness"])
def test_a_level_against_time_sees_a_hand_that_opens_late_or_moves_with_difficulty(impairment: str, asked: str) -> None:
    assert score(impairment, asked).success < score("", asked).success - 0.3
    assert set(score(impairment, asked).causes) <= {"not_there", "not_opened", "not_held"}


def test_a_hand_that_comes_later_than_the_other_is_seen_in_the_lag() -> None:
    late = score("slowness", "TOGETHER")
    assert late.lag_ms > score("", "TOGETHER").lag_ms + 200
    assert late.success < score("", "TOGETHER").success - 0.3
    assert set(late.causes) == {"apart"}


def test_fingers_that_move_as_one_are_seen_where_one_finger_is_asked_and_only_there() -> None:
    assert score("enslaving", "ALONE").success < score("", "ALONE").success - 0.4
    assert set(score("enslaving", "ALONE").causes) == {"others_moved"}
    assert score("enslaving", "BRISK").success >= score("", "BRISK").success - 0.07


def test_an_unsteady_hand_leaves_the_path_and_lets_a_pose_go() -> None:
    assert score("noise", "PATH").in_band < score("", "PATH").in_band - 0.05
    assert score("noise", "HELD").success < score("", "HELD").success - 0.1


@pytest.mark.parametrize("impairment", ["slow_opening", "slowness", "enslaving", "tremor", "reduced_range"])
def test_where_the_sound_hand_is_scored_the_affected_one_costs_nothing(impairment: str) -> None:
    assert score(impairment, "MIRROR").success == score("", "MIRROR").success == 1.0


@pytest.mark.parametrize("asked", ["BRISK", "ANSWER", "TOGETHER"])
@pytest.mark.parametrize("impairment", ["tremor", "submovements", "neglect", "reduced_range"])
def test_what_mirror_avatar_does_not_train_it_does_not_judge(impairment: str, asked: str) -> None:
    """No palm is asked to go anywhere, and everybody's movement is counted against their own range."""
    assert score(impairment, asked).success >= score("", asked).success - 0.13
