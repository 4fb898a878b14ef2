"""Rows of coins: sizes, worth, which one is next, where it goes, and what each finger may do meanwhile."""

from typing import Any

import pytest

from engine.hand import Side
from engine.view.scene import Coin, Slot
from games.coin_drop import GAME
from games.coin_drop.moving import carried_xy
from games.coin_drop.row import BY_VALUE, Piece, draw_row, next_of
from games.coin_drop.state import Phase
from games.coin_drop.trial import draw_trial
from games.coin_drop.work import HINT_S
from tests.games.coin_drop.table import Table, level


def row(**said: Any) -> tuple[Piece, ...]:
    return draw_row(level(coins=5, **said), 3, 0, 5.0)


def taken(**said: Any) -> list[Piece]:
    """The coins of a row in the order in which they are asked for."""
    said_level, palm, order = level(coins=5, **said), row(**said), []
    while palm:
        coin = next_of(palm, said_level)
        order.append(coin)
        palm = tuple(piece for piece in palm if piece is not coin)
    return order


def test_coins_of_one_row_are_alike_unless_the_level_mixes_them() -> None:
    assert len({piece.diameter_mm for piece in row()}) == 1
    assert len({piece.diameter_mm for piece in row(coin_sizes="mixed")}) >= 3


@pytest.mark.parametrize(("order", "sign"), [("largest_first", -1), ("smallest_first", 1)])
def test_coins_are_asked_for_by_size(order: str, sign: int) -> None:
    sizes = [sign * piece.diameter_mm for piece in taken(order=order, coin_sizes="mixed")]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(("order", "sign"), [("gold_first", -1), ("copper_first", 1)])
def test_coins_are_asked_for_by_worth(order: str, sign: int) -> None:
    worth = [sign * BY_VALUE.index(piece.metal) for piece in taken(order=order)]
    assert worth == sorted(worth)
    assert len(set(worth)) > 1


def test_the_thumb_comes_the_further_across_the_further_away_the_coin_lies() -> None:
    table = Table(level(coins=5, order="largest_first", coin_sizes="mixed", thumb_reach=0.8))
    needed = []
    for _ in range(4):
        assert table.state.coin is not None
        needed.append((table.state.coin.place, table.state.thumb_reach))
        table.values["opposition"] = 0.9
        table.wait(0.1).pinch().wait(1.4).let_go()
        table.values["opposition"] = 0.0
        table.wait(2.0)
    ordered = sorted(needed, reverse=True)
    assert [reach for _, reach in ordered] == sorted(reach for _, reach in needed)
    assert all(0.3 < reach <= 0.8 for _, reach in needed)


def test_a_small_coin_slips_from_a_loose_pinch_and_a_big_one_does_not() -> None:
    for diameter_mm, cause in ((34, None), (15, "slipped")):
        table = Table(level(coin_diameter_mm=diameter_mm, carry_s=4)).pinch().wait(1.5)
        table.values["pinch.index"] = 0.7
        table.wait(0.5)
        assert table.outcome() == (None if cause is None else (False, cause))


def test_a_pinch_that_loosens_for_a_moment_keeps_its_coin() -> None:
    table = Table(level(coin_diameter_mm=15, carry_s=6)).pinch().wait(1.0)
    for value in (0.7, 1.0, 0.7, 1.0):
        table.values["pinch.index"] = value
        table.wait(0.2)
    assert table.outcome() is None


def test_a_hand_that_wanders_holds_anew_and_loses_nothing() -> None:
    table = Table(level(reach="free", hold_s=1.0, hold_still_mm=20)).pinch()
    for n in range(10):
        table.palm_xy = (0.76 + 0.06 * (n % 2), 0.35)
        table.wait(0.5)
    assert table.at(Phase.PINCH)
    assert table.outcome() is None
    assert GAME.draw(table.state).sentence == "coin_drop.hold_still"
    assert table.wait(1.1).at(Phase.CARRY)


def test_a_finger_with_its_own_allowance_is_looked_at_by_itself() -> None:
    for said, lost in (({}, False), ({"keep_tolerance_ring": 0.2}, True)):
        table = Table(level(keep_tolerance=0.5, carry_s=3, **said)).pinch()
        table.values["flexion.ring"] = 0.2
        table.wait(0.5)
        assert (table.outcome() == (False, "others_dropped")) is lost


def test_sorted_coins_are_let_go_each_over_its_own_place() -> None:
    table = Table(level(coins=4, sort="size", reach="free", target_width_mm=90)).pinch()
    other_xy, own_xy = table.state.trial.other_xy, table.state.trial.target_xy
    assert other_xy is not None
    table.move_to(other_xy).wait(0.3).let_go()
    assert table.outcome() == (False, "other_place")
    table.move_to((0.76, 0.35)).wait(3.0)
    table.pinch().move_to(own_xy).wait(0.3).let_go()
    assert table.outcome() == (True, None)


def test_before_each_place_lies_a_coin_of_its_kind() -> None:
    state = Table(level(coins=4, sort="value")).state
    shapes = GAME.draw(state).shapes
    boxes = sorted(shape.at_m[0] for shape in shapes if isinstance(shape, Slot))
    lying = {
        round(shape.at_m[0], 4): shape.material for shape in shapes if isinstance(shape, Coin) and shape.at_m[1] == 0
    }
    assert [lying[round(x, 4)] for x in boxes] == ["brass", "copper"]


def test_a_carried_hand_waits_over_both_places_in_turn_for_as_long_as_it_takes() -> None:
    table = Table(level(coins=2, sort="size", carry_s=1, pause_s=2)).pinch().wait(20.0)
    assert table.outcome() is None
    places = set()
    for _ in range(60):
        places.add(round(table.wait(0.1).state.hand_xy[0], 2))
    assert {0.17, 0.50} <= places
    while abs(table.state.hand_xy[0] - table.state.trial.target_xy[0]) > 0.01:
        table.wait(0.1)
    assert table.let_go().outcome() == (True, None)


def test_one_coin_is_never_asked_to_keep_others() -> None:
    table = Table(level(coins=1, hold_s=2)).pinch()
    assert GAME.draw(table.state).sentence == "coin_drop.hold_one"


def test_a_free_hand_that_works_on_its_coins_stays_by_them() -> None:
    table = Table(level(reach="free")).move_to((0.1, 0.98)).wait(HINT_S + 1)
    x, y = table.state.hand_xy
    assert abs(x - 0.76) < 0.1
    assert y < 0.6


@pytest.mark.parametrize("assisted", [False, True])
def test_a_helped_hand_is_carried_to_the_right_place_alone(assisted: bool) -> None:
    sorting = level(coins=2, sort="size", coin_sizes="mixed", target="slot", carry_s=1.0, pause_s=2.0)
    coin = draw_row(sorting, 3, 0, 5.0)[0]
    trial = draw_trial(sorting, 3, 0, Side.RIGHT, coin, difficulty=5.0, assisted=assisted, carried=True)
    assert trial.other_xy is not None
    rests = {carried_xy(trial, trial.home_xy, 3.0 * turn + 2.0) for turn in range(4)}
    assert rests == ({trial.target_xy} if assisted else {trial.target_xy, trial.other_xy})
