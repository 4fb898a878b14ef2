"""Coin-drop, phase by phase, with a hand that does just what each test says."""

from dataclasses import dataclass, field, replace
from math import dist
from typing import Any

import pytest

from engine.hand import Finger, Side
from engine.play.answering import AnsweringHand
from engine.play.game import Event, Said, Target, TrialEnded
from engine.play.inputs import TICK_S, GameInput, HandInput, Tracking
from engine.play.level import Ramp
from engine.view.scene import Coin, Slot, Zone
from games.coin_drop import GAME
from games.coin_drop.level import CoinDropLevel
from games.coin_drop.work import HINT_S
from games.coin_drop.state import Phase, State
from games.coin_drop.trial import distance_m

WORDS = {"title": "t", "for_whom": "f", "why": "w", "instruction": "i"}


def level(**said: Any) -> CoinDropLevel:
    values: dict[str, Any] = {"game": "coin_drop", **WORDS, "stage": 2, "sets": 2, "repetitions": 2, "rest_s": 5}
    return CoinDropLevel.of(values | {"coins": 3, "hold_s": 0.1, "keep_tolerance": 0.3} | said)


@dataclass
class Table:
    """A game and a hand; the verbs move the hand and play on."""

    game_level: CoinDropLevel
    difficulty: float = 5.0
    assisted: bool = False
    side: Side = Side.RIGHT
    state: State = field(init=False)
    values: dict[str, float] = field(default_factory=lambda: {"opposition": 0.0, "pinch.index": 0.0})
    palm_xy: tuple[float, float] | None = (0.76, 0.35)
    held: tuple[str, ...] = ()
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = GAME.start(self.game_level, 5)
        for finger in ("middle", "ring", "little"):
            self.values[f"flexion.{finger}"] = 0.6
        self.wait(0.6)

    def tick(self, *, pressed: str = "", released: str = "", tracking: Tracking = Tracking.TRACKED) -> None:
        hand = HandInput(
            tracking,
            dict(self.values),
            self.palm_xy,
            self.held,
            (pressed,) if pressed else (),
            (released,) if released else (),
        )
        given = GameInput(affected=hand, affected_side=self.side, difficulty=self.difficulty, assisted=self.assisted)
        self.state, events = GAME.step(self.state, given, TICK_S)
        self.events += events

    def wait(self, seconds: float, tracking: Tracking = Tracking.TRACKED) -> "Table":
        for _ in range(round(seconds / TICK_S)):
            self.tick(tracking=tracking)
        return self

    def pinch(self, control: str = "pinch.index") -> "Table":
        for _ in range(20):
            self.values[control] = min(1.0, self.values.get(control, 0.0) + 0.05)
            self.tick()
        self.held = (control,)
        self.tick(pressed=control)
        return self.wait(0.3)

    def let_go(self, control: str = "pinch.index") -> "Table":
        self.values[control] = 0.4
        self.held = ()
        self.tick(released=control)
        return self

    def move_to(self, xy: tuple[float, float]) -> "Table":
        self.palm_xy = xy
        return self.wait(0.1)

    def open_others(self, flexion: float) -> "Table":
        for finger in ("middle", "ring", "little"):
            self.values[f"flexion.{finger}"] = flexion
        return self

    def at(self, phase: Phase) -> bool:
        return self.state.phase is phase

    @property
    def trials(self) -> list[TrialEnded]:
        return [event for event in self.events if isinstance(event, TrialEnded)]

    def outcome(self) -> tuple[bool | None, str | None] | None:
        """Success and cause of the last trial that ended."""
        return (self.trials[-1].success, self.trials[-1].cause) if self.trials else None


def test_the_four_phases_in_their_order() -> None:
    table = Table(level())
    assert table.at(Phase.SLIDE)
    assert len(table.state.palm) == 3
    table.pinch()
    assert table.at(Phase.CARRY)
    table.wait(1.3).let_go()
    assert table.outcome() == (True, None)
    assert len(table.state.palm) == 2
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
    assert (table.state.phase, len(table.state.palm)) == (Phase.SLIDE, 3)


def test_a_free_hand_begins_at_home_and_lands_where_it_lets_go() -> None:
    table = Table(level(reach="free", target_width_mm=120))
    assert table.palm_xy is not None
    table.pinch().move_to(table.state.trial.target_xy).let_go()
    assert table.outcome() == (True, None)
    assert table.wait(3.0).at(Phase.DEAL)
    assert table.move_to((0.7, 0.9)).at(Phase.SLIDE)


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
    table = Table(free, assisted=True)
    assert table.state.trial.time_limit_s is None
    assert table.state.trial.target_width_mm > 60
    x, y = table.state.trial.target_xy
    table.pinch().open_others(0.0).wait(7.0).move_to((x + 0.13, y)).let_go()
    assert table.outcome() == (True, None)
    assert table.trials[-1].assisted


def test_sets_end_in_a_rest_and_the_last_in_the_end() -> None:
    table, phases = Table(level(coins=1)), []
    for _ in range(4):
        table.pinch().wait(1.3).let_go().wait(1.1)
        phases.append(table.state.phase)
        table.wait(7.0)
    assert phases == [Phase.DEAL, Phase.REST, Phase.DEAL, Phase.DONE]
    assert GAME.draw(table.state).string == ("done", "done", "knot", "done", "done")


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
    with pytest.raises(ValueError, match="to hold and carry"):
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


def test_the_place_warms_as_the_coin_comes_near() -> None:
    table = Table(level(carry_s=2)).pinch()
    far = next(shape for shape in GAME.draw(table.state).shapes if isinstance(shape, Slot | Zone)).lit
    table.wait(1.9)
    near = next(shape for shape in GAME.draw(table.state).shapes if isinstance(shape, Slot | Zone)).lit
    assert near > far + 0.5


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
