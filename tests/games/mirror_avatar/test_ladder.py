"""Each shipped level of mirror-avatar is held to its claim.

Where the affected hand is scored, each simulated patient stands near its rung. Where only the sound hand is, the level
claims another thing: whatever the affected hand can do, its owner does everything the level asks.
"""

import pytest

from engine.inputs import UNAFFECTED
from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.game import Event, TrialEnded
from engine.play.levelfile import LevelFile, find_levels
from engine.play.profiles import profile_named
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games
from games.mirror_avatar.level import MirrorAvatarLevel
from tests.ladder import hold_to_claim

SHIPPED = [file for file in find_levels(all_games()).levels if file.game.name == "mirror_avatar"]
LEVELS = [file.level for file in SHIPPED if isinstance(file.level, MirrorAvatarLevel)]
SOUND = [file for file in SHIPPED if file.level.hand is UNAFFECTED]
AFFECTED = [file for file in SHIPPED if file not in SOUND]

each_scored = pytest.mark.parametrize("file", AFFECTED, ids=lambda file: file.name)


def test_there_are_levels_of_every_stage_and_drive() -> None:
    assert len(SHIPPED) >= 8
    assert {file.level.stage for file in SHIPPED} == {1, 2, 3}
    assert {level.drive for level in LEVELS} == {"mirror", "echo", "together", "real"}
    assert {level.task for level in LEVELS} == {"pose", "follow"}
    assert all((file.level.sets, file.level.repetitions) == (2, 10) for file in SHIPPED)


def test_every_level_begins_with_a_minute_of_slow_movement_or_more() -> None:
    assert all(60 <= level.settle_s <= 90 for level in LEVELS)


def test_hands_that_move_together_have_less_and_less_time_between_them() -> None:
    """The easiest allows what a severely affected hand needs to begin and to finish closing after the other."""
    lags = [level.lag_ms for level in LEVELS if level.lag_ms is not None]
    assert lags
    assert all(lag.easy <= 2700 and lag.at(5) <= 1400 and lag.hard <= 100 for lag in lags)


@pytest.mark.long
@each_scored
def test_every_hand_stands_near_its_rung_and_an_able_one_comes_to_the_end(file: LevelFile) -> None:
    hold_to_claim(file)


@pytest.mark.parametrize("file", SOUND, ids=lambda file: file.name)
def test_who_cannot_move_the_affected_hand_does_all_that_a_mirror_level_asks(file: LevelFile) -> None:
    ended: list[TrialEnded] = []

    def heard(events: tuple[Event, ...]) -> None:
        ended.extend(event for event in events if isinstance(event, TrialEnded))

    source = SimulatedSource(profile_named("stage_1+reduced_range+slowness"), 1)
    hardest = file.level.difficulty.model_copy(update=dict.fromkeys(("start", "min", "max"), 10.0))
    level = file.level.model_copy(update={"difficulty": hardest, "settle_s": 0.0})
    session = Session(file.game, level, 1)
    run(session, source, Motion(source.ranges()), heard=heard)
    assert len(ended) == file.level.trials
    assert all(trial.success for trial in ended)
