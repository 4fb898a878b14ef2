"""Coin-drop played by hands that were filmed: four coins carried are four coins landed, a lost hand loses nothing."""

from collections.abc import Callable, Sequence

import pytest

from engine.hand import Sample
from engine.play.game import Event, TrialEnded
from engine.play.levelfile import load_level, resolve_level
from engine.play.session import Session
from games import all_games
from tests.clips import told
from tests.engine.tracking.helpers import need_model

pytestmark = pytest.mark.long

SeenIn = Callable[[str], Sequence[Sample]]


def played(samples: Sequence[Sample], level: str) -> list[TrialEnded]:
    """Every trial of a session that is told what was filmed."""
    file = load_level(resolve_level(level), all_games())
    session = Session(file.game, file.level, seed=3)
    events: list[Event] = []
    for _, hands in told(samples):
        events += session.tick(hands)
    return [event for event in events if isinstance(event, TrialEnded)]


def test_four_carries_across_the_table_are_four_coins(seen_in: SeenIn) -> None:
    need_model()
    trials = played(seen_in("pick_and_place"), "coin_drop/04_across_the_table")
    assert [trial.success for trial in trials] == [True] * 4


@pytest.mark.parametrize("clip", ["lost", "fist", "spread", "taps", "dim_room"])
@pytest.mark.parametrize("level", ["coin_drop/01_one_coin", "coin_drop/04_across_the_table"])
def test_other_movements_and_a_lost_hand_are_charged_with_nothing(clip: str, level: str, seen_in: SeenIn) -> None:
    need_model()
    assert played(seen_in(clip), level) == []
