"""What coin-drop shows and asks: pictures that never pop, cues within everyone's range, levels that grow harder."""

from dataclasses import replace
from math import dist

import pytest

from engine.hand import Finger, Side
from engine.inputs import TICK_S, GameInput
from engine.play.answering import STILL_HAND, AnsweringHand
from engine.play.game import Target
from engine.play.level import Ramp
from engine.play.table import distance_m
from engine.view.grasp import in_room, pinch_spot
from engine.view.projection import seated_eye
from engine.view.scene import Coin, Hand, Slot, Zone
from games.coin_drop import GAME
from games.coin_drop.state import Phase
from tests.games.coin_drop.table import Table, level

FOREARM_M = 0.056


def test_left_and_right_are_mirror_images() -> None:
    right = Table(level(target_side="across"))
    left = Table(level(target_side="across"), side=Side.LEFT, palm_xy=(0.24, 0.35))
    (rx, ry), (lx, ly) = right.state.trial.target_xy, left.state.trial.target_xy
    assert (lx, ly) == pytest.approx((1 - rx, ry))


def test_difficulty_makes_coins_more_and_smaller_and_the_way_in_narrower() -> None:
    ramps = level(
        coins={"easy": 2, "hard": 5},
        coin_diameter_mm={"easy": 30, "hard": 17},
        target_width_mm={"easy": 120, "hard": 50},
        scatter_mm={"easy": 0, "hard": 50},
    )
    easy, hard = Table(ramps, difficulty=0.0).state, Table(ramps, difficulty=10.0).state
    assert (len(easy.palm), len(hard.palm)) == (2, 5)
    assert (easy.palm[0].diameter_mm, hard.palm[0].diameter_mm) == pytest.approx((30, 17))
    assert hard.trial.reach_m < easy.trial.reach_m
    assert distance_m(hard.trial.target_xy, easy.trial.target_xy) > 0.001


def test_a_limit_that_leaves_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="to hold, carry and let go"):
        level(time_limit_s=4, hold_s=3)


@pytest.mark.parametrize("target", ["slot", "table"])
def test_what_is_drawn_moves_and_never_pops(target: str) -> None:
    """From one tick to the next every coin stays within 3 cm of where one was, whatever happens to it."""
    table, hand = Table(level(target=target, carry_s=2)), AnsweringHand()
    before: list[Coin] = []
    for n in range(1500):
        hand = hand.answer(GAME.cue(table.state), TICK_S)
        shown = hand.seen()
        if n % 400 == 300:
            table.held = hand.held
            shown = replace(shown, held=(), released=("pinch.index",)) if table.held else shown
        table.state, _ = GAME.step(table.state, GameInput(shown, difficulty=5.0), TICK_S)
        coins = [shape for shape in GAME.draw(table.state).shapes if isinstance(shape, Coin)]
        if len(before) >= len(coins):
            assert max((min(dist(c.at_m, b.at_m) for b in before) for c in coins), default=0.0) < 0.03, table.state
        before = coins
    assert len(table.state.beads) >= 3


@pytest.mark.parametrize("side", Side)
def test_dealt_coins_come_from_outside_the_picture_and_never_over_the_forearm(side: Side) -> None:
    state, eye, seen = GAME.start(level(target="slot", coins=4), 5), seated_eye((1280, 720)), []
    while not state.palm or state.phase is Phase.DEAL:
        state, _ = GAME.step(state, GameInput(STILL_HAND, affected_side=side, difficulty=5.0), TICK_S)
        shapes = GAME.draw(state).shapes
        wrist_m = next(shape.wrist_m for shape in shapes if isinstance(shape, Hand))
        coins = [shape for shape in shapes if isinstance(shape, Coin)]
        seen.append([eye.pixel(coin.at_m)[1] for coin in coins])
        for coin in coins:
            beside_m = abs(coin.at_m[0] - wrist_m[0]) - coin.diameter_mm / 2000
            assert coin.at_m[2] <= wrist_m[2] or beside_m > FOREARM_M / 2, coin
    assert min(seen[0]) > 720
    assert len(seen) > 20


def test_the_place_warms_as_the_coin_comes_near() -> None:
    table = Table(level(carry_s=2)).pinch()
    far = next(shape for shape in GAME.draw(table.state).shapes if isinstance(shape, Slot | Zone)).lit
    table.wait(1.9)
    near = next(shape for shape in GAME.draw(table.state).shapes if isinstance(shape, Slot | Zone)).lit
    assert near > far + 0.5


@pytest.mark.parametrize("pinch", [Finger.INDEX, Finger.MIDDLE, Finger.RING, Finger.LITTLE])
def test_a_pinched_coin_is_between_the_thumb_and_the_finger_that_pinches(pinch: Finger) -> None:
    table = Table(level(target="slot", coins=1, pinch=pinch.value))
    table.pinch(f"pinch.{pinch}")
    shapes = GAME.draw(table.state).shapes
    [coin] = [shape for shape in shapes if isinstance(shape, Coin)]
    [hand] = [shape for shape in shapes if isinstance(shape, Hand)]
    assert table.state.phase in (Phase.PINCH, Phase.CARRY)
    assert dist(coin.at_m, in_room(hand, pinch_spot(pinch))) < 0.002


def test_the_ghost_shows_after_a_while_and_stops_when_the_person_moves() -> None:
    def ghosts(table: Table) -> int:
        return sum(getattr(shape, "ghost", False) for shape in GAME.draw(table.state).shapes)

    table = Table(level())
    assert ghosts(table) == 0
    assert ghosts(table.wait(4.0)) == 1
    table.values["pinch.index"] = 0.6
    assert ghosts(table.wait(0.5)) == 0


def test_what_the_cue_asks_is_within_everyones_own_range() -> None:
    asked = GAME.cue(Table(level(pinch=Finger.LITTLE.value, thumb_reach=0.9)).state)
    assert asked is not None
    assert all(isinstance(t, Target) and 0 <= t.low < t.high <= 1 for t in asked.targets)


def test_an_easy_ramp_is_read_as_the_level_says() -> None:
    assert level(hold_s={"easy": 0.5, "hard": 2}).hold_s == Ramp(0.5, 2)
