"""What coin-drop calls a miss, told apart by cause, and all that it forgives."""

from dataclasses import replace

import pytest

from engine.inputs import Tracking
from engine.play.game import Said
from games.coin_drop import GAME
from games.coin_drop.state import Phase
from games.coin_drop.work import HINT_S
from tests.games.coin_drop.table import Table, level


def test_opening_the_other_fingers_lets_a_coin_of_the_palm_fall() -> None:
    table = Table(level(carry_s=3)).pinch().open_others(0.2).wait(0.2)
    assert table.outcome() is None
    table.wait(0.1)
    assert table.outcome() == (False, "others_dropped")


@pytest.mark.parametrize("flexion", [0.35, 0.6, 1.0])
def test_a_small_drift_or_a_closing_keeps_the_coins(flexion: float) -> None:
    assert Table(level(carry_s=3)).pinch().open_others(flexion).wait(1.0).outcome() is None


def test_a_short_opening_keeps_the_coins() -> None:
    table = Table(level(carry_s=6)).pinch()
    for _ in range(5):
        table.open_others(0.1).wait(0.2).open_others(0.6).wait(0.1)
    assert table.outcome() is None


def test_with_one_coin_nothing_else_can_fall() -> None:
    assert Table(level(coins=1, carry_s=3)).pinch().open_others(0.0).wait(1.0).outcome() is None


def test_let_go_on_the_way_is_told_apart_from_beside_the_slot() -> None:
    dropped = Table(level(carry_s=2)).pinch().wait(1.0).let_go().outcome()
    assert dropped == (False, "dropped")
    free = Table(level(reach="free", target_width_mm=60)).pinch()
    x, y = free.state.trial.target_xy
    beside = free.move_to((x + 0.1, y)).let_go().outcome()
    assert beside == (False, "missed_slot")


def test_let_go_over_the_palm_is_no_miss() -> None:
    table = Table(level(hold_s=3)).pinch().let_go().wait(0.5)
    assert table.outcome() is None
    assert table.at(Phase.SLIDE)
    assert table.wait(0.5).pinch().at(Phase.PINCH)


def test_a_dropped_coin_rolls_back_and_stays_on_the_palm() -> None:
    table = Table(level(carry_s=2)).pinch().wait(1.0).let_go()
    assert table.at(Phase.BACK)
    table.wait(2.0)
    assert (table.state.phase, table.on_palm) == (Phase.SLIDE, 3)


def test_a_hand_without_a_place_is_carried() -> None:
    table = Table(level(reach="free"))
    table.palm_xy = None
    table.state = GAME.start(table.game_level, 5)
    table.wait(0.6).pinch().wait(1.5).let_go()
    assert table.outcome() == (True, None)


@pytest.mark.parametrize(("does", "cause"), [("nothing", "not_reached"), ("pinches", "too_late")])
def test_a_time_limit_that_the_level_sets(does: str, cause: str) -> None:
    table = Table(level(time_limit_s=6))
    if does == "pinches":
        table.pinch()
    table.wait(6.5)
    assert table.outcome() == (False, cause)


def test_without_a_limit_a_still_hand_is_waited_for_and_told_once_more() -> None:
    table = Table(level()).wait(60)
    assert table.outcome() is None
    assert [event for event in table.events if isinstance(event, Said)].count(Said("coin_drop.hint_slide")) == 1
    assert GAME.draw(table.state).sentence == "coin_drop.hint_slide"
    assert table.state.phase_s > HINT_S


def test_a_lost_hand_freezes_the_coin_and_the_clock() -> None:
    table = Table(level(time_limit_s=6)).pinch()
    before = table.state
    table.wait(30.0, Tracking.LOST)
    assert replace(table.state, watch=before.watch) == before
    assert table.outcome() is None


def test_a_trial_mostly_unseen_is_void_and_asked_for_again() -> None:
    table = Table(level()).pinch().wait(0.5).wait(2.0, Tracking.LOST).wait(1.0).let_go()
    assert table.outcome() == (None, None)
    assert table.state.beads == ()
    assert table.wait(3.0).state.trial.n == 1


def test_void_trials_are_repeated_only_so_often() -> None:
    table = Table(level())
    for _ in range(20):
        if not GAME.done(table.state):
            table.pinch().wait(0.5).wait(20.0, Tracking.LOST).wait(1.0).let_go().wait(8.0)
    assert GAME.done(table.state)
    assert table.state.beads == ("void",) * 4


def test_a_hold_that_vanished_unseen_is_no_release() -> None:
    table = Table(level(carry_s=3)).pinch().wait(1.0).wait(0.3, Tracking.LOST)
    table.held, table.values["pinch.index"] = (), 0.0
    table.wait(2.0)
    assert table.outcome() is None
    assert table.at(Phase.SLIDE)
    assert table.pinch().at(Phase.CARRY)


def test_a_helped_coin_is_drawn_in_from_beside_a_wide_slot_and_nothing_hurries() -> None:
    free = level(reach="free", target_width_mm=60, time_limit_s=6, coins=3)
    table = Table(free, assisted=True).wait(1.5)
    assert table.state.trial.time_limit_s is None
    assert table.state.trial.target_width_mm > 60
    x, y = table.state.trial.target_xy
    table.pinch().open_others(0.0).wait(7.0).move_to((x + 0.13, y)).let_go()
    assert table.outcome() == (True, None)
    assert table.trials[-1].assisted


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_helped_coin_let_go_early_comes_back_and_from_half_the_way_on_it_is_drawn_in(share: float) -> None:
    for assisted in (False, True):
        table = Table(level(reach="free", target_width_mm=40), assisted=assisted).wait(1.5).pinch()
        (x0, y0), (x, y) = table.state.trial.home_xy, table.state.trial.target_xy
        table.move_to((x0 + (x - x0) * share, y0 + (y - y0) * share)).let_go()
        helped = (True, None) if share > 0.5 else None
        assert table.outcome() == (helped if assisted else (False, "missed_slot" if share == 0.9 else "dropped"))
        assert not assisted or table.at(Phase.LAND if share > 0.5 else Phase.BACK)
    table.wait(1.5).pinch()
    assert share > 0.5 or (table.at(Phase.CARRY) and table.on_palm == 3)


def test_a_helped_coin_is_not_taken_by_the_other_place() -> None:
    for assisted in (False, True):
        table = Table(level(reach="free", sort="value", target_width_mm=90), assisted=assisted).wait(1.5).pinch()
        trial = table.state.trial
        assert trial.other_xy is not None
        table.move_to(trial.other_xy).let_go()
        assert table.outcome() == (None if assisted else (False, "other_place"))
    x, y = trial.home_xy
    table.wait(1.0).move_to((x, y)).pinch().move_to(trial.target_xy).let_go()
    assert table.outcome() == (True, None)


def test_with_help_neither_a_hold_nor_the_thumb_s_reach_is_asked() -> None:
    asked = level(hold_s=3, thumb_reach=0.8)
    assert Table(asked).pinch().at(Phase.SLIDE)
    assert Table(asked, assisted=True).wait(1.5).pinch().at(Phase.CARRY)
