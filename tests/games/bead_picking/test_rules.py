"""The rules of bead-picking, played hand by hand: what lands, what each miss is called, and what is nobody's miss."""

import re
from dataclasses import replace

import pytest

from engine.hand import Side
from engine.inputs import TICK_S, TRACKED, GameInput, HandInput
from engine.play.game import Said
from engine.play.level import Ramp
from engine.play.levelfile import find_levels
from engine.strings import strings
from engine.view.scene import Marble
from games import all_games
from games.bead_picking import GAME
from games.bead_picking.level import BeadPickingLevel
from games.bead_picking.state import Phase
from games.bead_picking.trial import draw_trial
from games.bead_picking.view import draw, words
from tests.games.bead_picking.table import Table, a_level, table


def test_opened_closed_carried_and_let_go_over_the_bowl_it_lands() -> None:
    t = table()
    t.pick()
    t.wait(1.3)
    t.let_go()
    assert [(trial.success, trial.cause) for trial in t.ended] == [(True, None)]
    assert t.state.put == (t.state.trial.sort,)


def test_a_still_hand_is_waited_for() -> None:
    t = table()
    t.pinch = 0.7
    t.wait(120.0)
    assert (t.ended, t.state.phase) == ([], Phase.OPEN)


def test_closing_before_the_fingers_are_wide_may_be_tried_again_and_then_the_bead_rolls_back() -> None:
    t = table()
    t.pinch = 0.45
    t.until(Phase.OPEN)
    for tries in (1, 2):
        t.pinch = (t.state.trial.open_to + t.state.trial.contact) / 2
        t.wait(0.3)
        t.pinch = 0.95
        t.wait(0.3)
        assert len(t.ended) == tries - 1
    assert t.cause == "too_early"


def test_a_bead_slips_out_where_thumb_and_finger_close_past_it_further_than_the_level_allows() -> None:
    for room, cause in ((Ramp(0.2, 0.2), "squeezed"), (Ramp(0.5, 0.5), None), (None, None)):
        t = table(squeeze_room=room, bead_mm=Ramp(40, 40))
        t.pick()
        t.pinch = t.state.trial.contact + 0.3
        t.wait(1.3)
        assert t.ended == [] if cause is None else t.cause == cause


def test_some_shipped_levels_train_a_gentle_pinch_where_it_can_be_seen() -> None:
    """A pinch past touching is never seen: where the bead is as small as that, nothing slips."""
    beads = [file.level for file in find_levels(all_games()).levels if isinstance(file.level, BeadPickingLevel)]
    gentle = [level for level in beads if level.squeeze_room is not None]
    assert len(gentle) >= 2
    for level in gentle:
        trial = draw_trial(level, 1, 1, Side.RIGHT, difficulty=level.difficulty.max, assisted=False, carried=True)
        assert trial.contact < trial.tight < 1.0


def test_a_bead_about_to_slip_out_gives_way_and_that_is_said() -> None:
    t = table(squeeze_room=Ramp(0.3, 0.3), bead_mm=Ramp(40, 40), carry_s=Ramp(3, 3))
    sizes = []
    for past in (0.03, 0.15, 0.27):
        t.pick()
        t.pinch = t.state.trial.contact + past
        t.wait(0.3)
        [bead] = [shape for shape in draw(t.state).shapes if isinstance(shape, Marble)]
        sizes.append(bead.diameter_mm)
        assert (draw(t.state).sentence == "bead_picking.gently") == (past > 0.25)
        t.let_go()
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] < 40


def test_let_go_on_the_way_it_is_dropped_but_not_by_a_moment_of_trembling() -> None:
    t = table()
    t.pick()
    t.wait(0.4)
    held, t.pinch = t.pinch, 0.0
    t.wait(0.1)
    t.pinch = held
    t.wait(0.05)
    assert t.ended == []
    t.let_go()
    assert t.cause == "dropped"


def test_let_go_over_the_tray_nothing_is_lost() -> None:
    t = table(hold_s=Ramp(3.0, 3.0))
    t.until(Phase.CLOSE)
    t.pinch = t.state.trial.contact + 0.03
    t.until(Phase.HOLD)
    t.wait(0.5)
    t.let_go()
    assert t.ended == []
    assert t.state.phase in (Phase.OPEN, Phase.CLOSE)


def test_where_holding_is_asked_letting_go_sooner_is_its_own_cause() -> None:
    t = table(place_hold_s=Ramp(2.0, 2.0))
    t.pick()
    t.wait(1.2)
    t.let_go()
    assert t.cause == "too_soon"
    t.pick()
    t.wait(3.4)
    t.let_go()
    assert t.ended[-1].success is True


def test_time_runs_out_only_where_the_level_says_so_and_only_while_the_hand_is_seen() -> None:
    t = table(time_limit_s=Ramp(3.0, 3.0))
    t.pinch = 0.55
    t.until(Phase.OPEN)
    t.wait(60.0, seen=False)
    assert t.ended == []
    t.wait(3.2)
    assert len(t.ended) == 1


def test_a_hand_that_never_opened_missed_the_opening() -> None:
    t = table(time_limit_s=Ramp(3.0, 3.0))
    t.pinch = 0.55
    t.until(Phase.OPEN)
    t.wait(3.2)
    assert t.cause == "not_wide"
    assert t.state.level.part_of(t.cause) == "opening"


def test_a_hand_that_opened_and_never_closed_missed_the_pinch_and_not_the_opening() -> None:
    t = table(time_limit_s=Ramp(3.0, 3.0))
    t.until(Phase.CLOSE)
    t.wait(3.2)
    assert t.cause == "not_reached"
    assert t.state.level.part_of(t.cause) == "time_limit_s"


def test_what_the_camera_lost_is_nobodys_miss() -> None:
    t = table()
    t.pick()
    t.wait(0.4)
    t.wait(3.0, seen=False)
    t.let_go()
    assert t.ended == []
    assert t.state.phase in (Phase.BACK, Phase.READY, Phase.OPEN, Phase.CLOSE)


def test_a_void_try_puts_nothing_away_and_is_asked_for_again() -> None:
    t = table()
    t.pinch = 0.55
    t.until(Phase.OPEN)
    t.wait(5.0, seen=False)
    t.pick()
    t.wait(1.3)
    t.let_go()
    assert t.ended[-1].success is None
    assert (t.state.put, t.state.beads, t.state.voids) == ((), (), 1)


@pytest.mark.parametrize("place", ["bowl", "string", "pattern", "round"])
@pytest.mark.parametrize("thing", ["bead", "pen"])
def test_every_moment_of_every_kind_can_be_drawn(place: str, thing: str) -> None:
    t = table(place=place, thing=thing, sorts=3 if place in ("bowl", "pattern") else 1)
    for _ in range(2):
        t.pick()
        t.wait(1.3)
        t.let_go()
        for phase in Phase:
            moment = replace(t.state, phase=phase)
            assert all(words(moment))
            assert draw(moment) == draw(moment)


def test_a_pen_is_never_called_a_bead_and_does_not_roll() -> None:
    level, causes = a_level(thing="pen", place="round"), (None, *BeadPickingLevel.eased_after)
    state = GAME.start(level, 3)
    moments = [replace(state, phase=phase, phase_s=s) for phase in Phase for s in (0.0, 20.0)]
    moments += [replace(state, phase=Phase.BACK, cause=cause) for cause in causes]
    held = replace(state, phase=Phase.CARRY, hand_xy=state.trial.place_xy, over_s=9.0)
    moments += [held, replace(held, phase_s=20.0), replace(state, phase=Phase.OPEN, slips=1)]
    for moment in moments:
        key = words(moment)[0]
        assert key in strings()
        assert not re.search(r"bead|roll|tray|drop in", strings().say(key)), key
    t = Table(GAME.start(a_level(thing="pen", place="round", time_limit_s=None), 3), pinch=0.55)
    heard: list[str] = []
    for _ in range(round(30 / TICK_S)):
        given = GameInput(HandInput(TRACKED, {"pinch.index": t.pinch}), affected_side=Side.RIGHT, difficulty=5.0)
        t.state, events = GAME.step(t.state, given, TICK_S)
        heard += [event.key for event in events if isinstance(event, Said)]
    assert heard == ["bead_picking.pen.open", "bead_picking.wider", "bead_picking.pen.hint_open"]


@pytest.mark.parametrize("share", [0.45, 0.6])
def test_a_helped_bead_let_go_early_comes_back_and_from_half_the_way_on_it_is_drawn_in(share: float) -> None:
    for assisted in (False, True):
        t = table(reach="free", place_mm=Ramp(30, 30))
        t.assisted, t.palm_xy = assisted, t.state.trial.bead_xy
        t.pick()
        (x0, y0), (x, y) = t.state.trial.bead_xy, t.state.trial.place_xy
        t.palm_xy = x0 + (x - x0) * share, y0 + (y - y0) * share
        t.wait(0.1)
        t.let_go()
        helped = [(True, None)] if share > 0.5 else []
        assert [(e.success, e.cause) for e in t.ended] == (helped if assisted else [(False, "dropped")])
    if share < 0.5:
        t.palm_xy = x0, y0
        t.pick()
        t.palm_xy = x, y
        t.wait(0.1)
        t.let_go()
        assert [(e.success, e.assisted) for e in t.ended] == [(True, True)]


def test_over_its_place_a_little_opening_lets_a_helped_bead_go_and_on_the_way_it_does_not() -> None:
    t = table(carry_s=Ramp(6, 6), place_hold_s=Ramp(2, 2))
    t.assisted = True
    t.pick()
    t.pinch = t.state.trial.contact - 0.1
    t.wait(1.0)
    assert (t.ended, t.state.phase) == ([], Phase.CARRY)
    t.wait(5.5)
    assert [trial.success for trial in t.ended] == [True]


def test_with_help_a_bead_is_opened_for_no_further_than_it_needs() -> None:
    t = table(opening=Ramp(0.9, 0.9))
    t.assisted = True
    t.wait(9.0)
    assert t.state.trial.open_to == pytest.approx(t.state.trial.contact - 0.12)
