"""Coin-drop, phase by phase, with a hand that does just what each test says."""

from engine.inputs import TICK_S
from games.coin_drop import GAME
from games.coin_drop.state import Phase
from tests.games.coin_drop.table import Table, level


def test_the_four_phases_in_their_order() -> None:
    table = Table(level())
    assert table.at(Phase.SLIDE)
    assert table.on_palm == 3
    table.pinch()
    assert table.at(Phase.CARRY)
    table.wait(1.3).let_go()
    assert table.outcome() == (True, None)
    assert table.on_palm == 2
    assert table.state.beads == ("done",)


def test_the_coin_never_jumps_and_slides_softly_back() -> None:
    table = Table(level())
    before = table.state.progress
    table.values["pinch.index"] = 0.8
    for _ in range(30):
        table.tick()
        assert 0 <= table.state.progress - before <= 4 * TICK_S + 1e-9
        before = table.state.progress
    assert before > 0.9
    table.values["pinch.index"] = 0.0
    table.wait(0.2)
    assert 0.6 < table.state.progress < before
    assert table.wait(1.0).state.progress == 0.0
    assert table.outcome() is None


def test_the_thumb_first_reaches_across_where_the_level_asks_for_it() -> None:
    table = Table(level(thumb_reach=0.5))
    table.pinch()
    assert table.at(Phase.SLIDE)
    assert table.state.progress < 0.2
    table.let_go().wait(0.3)
    table.values["opposition"] = 0.6
    table.wait(0.2)
    table.values["opposition"] = 0.0
    assert table.pinch().at(Phase.CARRY)


def test_a_device_that_cannot_tell_the_thumb_is_not_asked_for_it() -> None:
    table = Table(level(thumb_reach=0.5))
    del table.values["opposition"]
    assert table.pinch().at(Phase.CARRY)


def test_a_pinch_that_was_closed_from_the_start_picks_nothing_up() -> None:
    table = Table(level())
    table.pinch().wait(1.5).let_go()
    table.held = ("pinch.index",)
    table.values["pinch.index"] = 1.0
    table.wait(3.0)
    assert table.at(Phase.SLIDE)
    assert table.state.progress == 0.0
    asked = GAME.cue(table.state)
    assert asked is not None
    assert asked.targets[0].high < 0.5


def test_another_finger_can_be_asked_to_meet_the_thumb() -> None:
    table = Table(level(pinch="ring"))
    table.pinch()
    assert table.at(Phase.SLIDE)
    table.let_go().pinch("pinch.ring")
    assert table.at(Phase.CARRY)
    asked = GAME.cue(table.state)
    assert asked is not None
    assert {target.control for target in asked.targets} == {
        "pinch.ring",
        "flexion.index",
        "flexion.middle",
        "flexion.little",
    }


def test_a_free_hand_begins_at_home_and_lands_where_it_lets_go() -> None:
    table = Table(level(reach="free", target_width_mm=120))
    assert table.palm_xy is not None
    table.pinch().move_to(table.state.trial.target_xy).let_go()
    assert table.outcome() == (True, None)
    assert table.wait(3.0).at(Phase.DEAL)
    assert table.move_to((0.7, 0.9)).at(Phase.SLIDE)


def test_sets_end_in_a_rest_and_the_last_in_the_end() -> None:
    table, phases = Table(level(coins=1)), []
    for _ in range(4):
        table.pinch().wait(1.3).let_go().wait(1.1)
        phases.append(table.state.phase)
        table.wait(7.0)
    assert phases == [Phase.DEAL, Phase.REST, Phase.DEAL, Phase.DONE]
    assert GAME.draw(table.state).string == ("done", "done", "knot", "done", "done")
