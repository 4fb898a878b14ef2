"""The rules of mirror-avatar, told by hands: who is asked, what is kept waiting, what is a miss and what is not."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from engine.hand import Side
from engine.inputs import AFFECTED, BOTH, TICK_HZ, TICK_S, UNAFFECTED, GameInput, HandInput, Role, Tracking
from engine.play.answering import AnsweringHands
from engine.play.contract import check_game
from engine.play.game import Event, TrialEnded, TrialStarted
from engine.play.levelfile import load_level, resolve_level
from engine.view.scene import Chart, Hand
from games import all_games
from games.mirror_avatar import GAME
from games.mirror_avatar.level import MirrorAvatarLevel
from games.mirror_avatar.state import READY, SETTLE, WORK, State
from games.mirror_avatar.trial import band_at, draw_trial, line_at


def level(**said: Any) -> MirrorAvatarLevel:
    drive = said.get("drive", "mirror")
    usual = {
        "game": "mirror_avatar", "title": "T", "for_whom": "W", "why": "Y", "instruction": "I", "stage": 1,
        "hand": "unaffected" if drive == "mirror" else "affected", "sets": 1, "repetitions": 2, "settle_s": 0,
    }  # fmt: skip
    return MirrorAvatarLevel.of(usual | said)


def hand(tracking: Tracking = Tracking.TRACKED, unknown: tuple[str, ...] = (), **values: float) -> HandInput:
    return HandInput(tracking, {name.replace("_", ".", 1): value for name, value in values.items()}, unknown=unknown)


OPEN, FIST = hand(fist=0.0), hand(fist=0.95)
AWAY = hand(Tracking.LOST, fist=0.95)


class Play:
    """A game at its easiest, hand by hand. `ended`: trials so far."""

    def __init__(self, level: MirrorAvatarLevel, difficulty: float = 0.0) -> None:
        self.state: State = GAME.start(level, 1)
        self.difficulty, self.ended, self.events = difficulty, list[TrialEnded](), list[Event]()

    def show(self, affected: HandInput, unaffected: HandInput, seconds: float) -> "Play":
        given = GameInput(affected, unaffected, Side.RIGHT, self.difficulty)
        for _ in range(round(seconds * TICK_HZ)):
            self.state, events = GAME.step(self.state, given, TICK_S)
            self.events += events
            self.ended += [event for event in events if isinstance(event, TrialEnded)]
        return self

    def begun(self) -> "Play":
        self.show(OPEN, OPEN, 1.0)
        assert self.state.phase is WORK
        return self


def test_the_sound_hand_alone_plays_a_mirror_and_the_affected_one_need_not_be_seen() -> None:
    play = Play(level(drive="mirror"))
    play.show(AWAY, OPEN, 1.0).show(AWAY, FIST, 1.0).show(AWAY, OPEN, 0.2)
    assert [trial.success for trial in play.ended] == [True]
    assert level(drive="mirror").roles == (UNAFFECTED,)


def test_a_fist_of_the_affected_hand_is_no_answer_to_a_mirror() -> None:
    assert Play(level(drive="mirror")).begun().show(FIST, OPEN, 20.0).ended == []


def test_an_echo_is_shown_by_one_hand_and_answered_by_the_other() -> None:
    play = Play(level(drive="echo")).begun()
    assert GAME.cue(play.state).roles == (UNAFFECTED,)  # type: ignore[union-attr]
    play.show(FIST, OPEN, 1.0)
    assert GAME.cue(play.state).roles == (UNAFFECTED,)  # type: ignore[union-attr]
    play.show(OPEN, FIST, 1.0).show(OPEN, OPEN, 0.2)
    assert GAME.cue(play.state).roles == (AFFECTED,)  # type: ignore[union-attr]
    play.show(FIST, OPEN, 1.0).show(OPEN, OPEN, 0.2)
    assert [trial.success for trial in play.ended] == [True]


def test_the_time_of_an_echo_is_that_of_the_answer() -> None:
    asked = level(drive="echo", time_limit_s=4)
    patient = Play(asked).begun().show(OPEN, OPEN, 30.0).show(OPEN, FIST, 1.0).show(OPEN, OPEN, 0.1)
    assert patient.show(FIST, OPEN, 1.0).show(OPEN, OPEN, 0.1).ended[0].success
    late = Play(asked).begun().show(OPEN, FIST, 1.0).show(OPEN, OPEN, 4.2)
    assert [trial.cause for trial in late.ended] == ["not_there"]


def test_two_hands_together_are_told_how_far_apart_they_came() -> None:
    play = Play(level(drive="together", lag_ms=500)).begun()
    play.show(OPEN, FIST, 0.4).show(FIST, FIST, 1.0).show(OPEN, OPEN, 0.1)
    assert play.ended[0].success
    assert play.ended[0].lag_ms == pytest.approx(400, abs=20)
    apart = Play(level(drive="together", lag_ms=500)).begun()
    apart.show(OPEN, FIST, 1.2).show(FIST, FIST, 1.0).show(OPEN, OPEN, 0.1)
    assert [(trial.success, trial.cause) for trial in apart.ended] == [(False, "apart")]


def test_one_lost_hand_of_two_stops_the_clock_and_a_trial_mostly_unseen_is_void() -> None:
    play = Play(level(drive="together", time_limit_s=5)).begun().show(AWAY, FIST, 20.0)
    assert play.ended == []
    play.show(FIST, FIST, 1.0).show(OPEN, OPEN, 0.1)
    assert [trial.success for trial in play.ended] == [None]


def test_a_pose_let_go_early_may_be_taken_again() -> None:
    play = Play(level(hold_s=2, tries=3)).begun()
    play.show(OPEN, FIST, 1.0).show(OPEN, OPEN, 0.3).show(OPEN, FIST, 2.2).show(OPEN, OPEN, 0.2)
    assert [trial.success for trial in play.ended] == [True]
    weary = Play(level(hold_s=2, tries=3)).begun()
    for _ in range(3):
        weary.show(OPEN, FIST, 1.0).show(OPEN, OPEN, 0.3)
    assert [trial.cause for trial in weary.ended] == ["not_held"]


def test_a_hand_that_comes_back_open_has_let_nothing_go() -> None:
    play = Play(level(hold_s=2, tries=1)).begun()
    play.show(OPEN, FIST, 1.0).show(OPEN, AWAY, 0.2).show(OPEN, OPEN, 1.0)
    assert play.ended == []


def test_fingers_that_come_along_are_told_from_one_that_bends_alone() -> None:
    asked = level(movements=["tap_index"], behind=0.4, tries=2)
    alone = hand(flexion_index=0.9, flexion_middle=0.3)
    along = hand(flexion_index=0.9, flexion_middle=0.8)
    assert Play(asked).begun().show(OPEN, alone, 1.0).show(OPEN, OPEN, 0.2).ended[0].success
    play = Play(asked).begun()
    play.show(OPEN, along, 1.0).show(OPEN, OPEN, 0.3).show(OPEN, along, 1.0).show(OPEN, OPEN, 0.3)
    assert [trial.cause for trial in play.ended] == ["others_moved"]


def test_a_path_waits_for_the_hand_and_counts_what_strayed() -> None:
    asked = level(task="follow", band=0.2, cycle_s=4, cycles=1, strays=0)
    play = Play(asked).begun().show(OPEN, OPEN, 40.0)
    assert play.ended == []
    assert play.state.strays == 1
    line, hands = Play(asked), AnsweringHands()
    while not line.ended:
        hands = hands.answer(GAME.cue(line.state), TICK_S)
        line.show(hands.affected.seen(), hands.unaffected.seen(), TICK_S)
    assert line.ended[0].success
    assert line.ended[0].in_band == 1.0


def test_how_often_a_hand_may_leave_the_path_follows_the_difficulty() -> None:
    asked = level(task="follow", strays={"easy": 4, "hard": 0})
    drawn = [draw_trial(asked, 1, 0, difficulty=d, assisted=False).strays for d in (0.0, 5.0, 10.0)]
    assert drawn == [4, 2, 0]


@pytest.mark.parametrize("assisted", [False, True])
@pytest.mark.parametrize("target", [0.3, 0.95])
def test_no_hand_that_keeps_still_is_with_a_path_all_the_way(target: float, assisted: bool) -> None:
    widest = level(task="follow", band=0.5, target=target)
    trial = draw_trial(widest, 1, 0, difficulty=0.0, assisted=assisted)
    bands = [band_at(trial, n / 50 * trial.cycle_s) for n in range(51)]
    assert max(low for low, _ in bands) > min(high for _, high in bands)
    assert all(low < line_at(trial, n / 50 * trial.cycle_s) < high for n, (low, high) in enumerate(bands))


def test_a_wrist_whose_forearm_moves_is_not_seen() -> None:
    unknown, known = hand(unknown=("wrist",), wrist=0.9), hand(wrist=0.0)
    play = Play(level(drive="real", movements=["wrist"]))
    assert play.show(unknown, OPEN, 5.0).state.phase is READY
    assert play.show(known, OPEN, 1.0).state.phase is WORK
    assert play.show(unknown, OPEN, 9.0).ended == []


def test_slow_movement_comes_first_is_timed_by_what_is_seen_and_scores_nothing() -> None:
    play = Play(level(settle_s=10)).show(OPEN, FIST, 6.0).show(AWAY, AWAY, 20.0)
    assert play.state.phase is SETTLE
    play.show(OPEN, OPEN, 4.5)
    assert play.state.phase is READY
    assert not any(isinstance(event, TrialStarted | TrialEnded) for event in play.events)


def test_a_helped_trial_asks_for_little_and_counts_nothing_against_anyone() -> None:
    asked = level(drive="together", lag_ms=100, hold_s=5, time_limit_s=9)
    state: State = GAME.start(asked, 1)
    state, _ = GAME.step(state, GameInput(OPEN, OPEN, difficulty=10.0, assisted=True), TICK_S)
    trial = state.trial
    assert (trial.hold_s, trial.lag_s, trial.time_limit_s) == (0.0, None, None)
    usual = draw_trial(asked, 1, 0, difficulty=0.0, assisted=False)
    assert trial.target <= usual.target
    assert trial.open_to >= usual.open_to


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ({"drive": "mirror"}, (UNAFFECTED,)),
        ({"drive": "mirror", "mirrored": {"easy": 1, "hard": 0.7}}, BOTH),
        ({"drive": "real", "avatars": "one"}, (AFFECTED,)),
        ({"drive": "real", "avatars": "one", "mirrored": {"easy": 0.5, "hard": 0}}, BOTH),
        ({"drive": "echo"}, BOTH),
        ({"drive": "together"}, BOTH),
    ],
)
def test_two_hands_are_looked_for_where_a_level_needs_them_and_only_there(
    said: dict[str, Any], needed: tuple[Role, ...]
) -> None:
    assert level(**said).roles == needed


def test_the_avatar_lies_on_the_affected_side_mirrored_as_far_as_the_dial_says() -> None:
    play = Play(level(drive="together", mirrored={"easy": 1, "hard": 0}), difficulty=4.0).begun()
    affected, sound = (shape for shape in GAME.draw(play.state).shapes if isinstance(shape, Hand))
    assert (affected.side, affected.affected, affected.mirrored) == (Side.RIGHT, True, 0.6)
    assert (sound.side, sound.mirrored) == (Side.LEFT, 0.0)
    assert affected.wrist_m[0] == -sound.wrist_m[0] > 0
    assert affected.wrist_m[1:] == sound.wrist_m[1:]
    [chart] = (shape for shape in GAME.draw(play.state).shapes if isinstance(shape, Chart))
    assert len(chart.marks) == 2
    play.state = replace(play.state, side=Side.LEFT)
    left = next(shape for shape in GAME.draw(play.state).shapes if isinstance(shape, Hand))
    assert left.wrist_m[0] < 0


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"hand": "affected"}, "hand"),
        ({"drive": "echo", "task": "follow"}, "task"),
        ({"drive": "real", "lag_ms": 500}, "lag_ms"),
        ({"hold_s": 9, "time_limit_s": 3}, "time_limit_s"),
    ],
)
def test_what_does_not_go_together_is_told_with_what_to_write(said: dict[str, Any], key: str) -> None:
    with pytest.raises(ValueError, match=r"write|give more"):
        level(**said)
    assert key in said


def test_the_contract_holds_for_every_drive_and_task_without_the_slow_minute() -> None:
    """So that the still hand is tried where something is asked of it."""
    for name in ("01_mirror_fist", "04_echo", "09_at_the_same_time", "10_slow_path", "11_one_finger"):
        file = load_level(resolve_level(f"mirror_avatar/{name}"), all_games())
        assert isinstance(file.level, MirrorAvatarLevel)
        shorter = file.level.model_copy(update={"settle_s": 0.0, "repetitions": 2})
        assert check_game(GAME, shorter, other_process=False) == ()


def test_settling_shows_how_long_and_waits_with_the_hand() -> None:
    play = Play(level(settle_s=10)).show(OPEN, FIST, 4.0)
    assert GAME.draw(play.state).time_left == pytest.approx(0.6, abs=0.01)
    play.show(AWAY, AWAY, 20.0)
    assert GAME.draw(play.state).time_left == pytest.approx(0.6, abs=0.01)
    play.show(OPEN, FIST, 6.2)
    assert play.state.phase is not SETTLE
    assert GAME.draw(play.state).time_left is None


ROW = {"drive": "together", "movements": ["fist", "spread", "touch_ring"], "in_a_row": 3}


def test_a_row_of_movements_is_drawn_with_what_is_done_and_what_comes_now() -> None:
    play, seen = Play(level(**ROW)).begun(), list[tuple[tuple[str, ...], float]]()
    hands = AnsweringHands()
    while not play.ended:
        hands = hands.answer(GAME.cue(play.state), TICK_S)
        play.state, events = GAME.step(play.state, hands.given(0.0), TICK_S)
        play.ended += [event for event in events if isinstance(event, TrialEnded)]
        scene = GAME.draw(play.state)
        seen.append((scene.steps, scene.steps_done))
        if play.state.phase is WORK and not play.state.part.opens and play.state.part_s > 0.45:
            assert scene.steps[int(scene.steps_done)] == scene.picture
    assert {steps for steps, _ in seen} == {("fist", "spread", "touch_ring")}
    done = [share for _, share in seen]
    assert done == sorted(done)
    assert {0.0, 1.0, 2.0} <= set(done)
    play.show(OPEN, OPEN, 0.6)
    assert GAME.draw(play.state).steps_done == 3.0


def test_one_movement_is_no_row() -> None:
    assert GAME.draw(Play(level(drive="real")).begun().state).steps == ()


def test_in_a_row_the_ghost_shows_each_movement_and_goes_as_the_hands_come_along() -> None:
    def ghosts(play: Play) -> int:
        return len([shape for shape in GAME.draw(play.state).shapes if isinstance(shape, Hand) and shape.ghost])

    assert ghosts(Play(level(drive="together")).begun().show(OPEN, OPEN, 1.2)) == 0
    play = Play(level(**ROW)).begun().show(OPEN, OPEN, 1.2)
    assert ghosts(play) == 1
    assert ghosts(play.show(hand(fist=0.5), hand(fist=0.5), 0.1)) == 0


def test_no_movement_comes_twice_running_where_there_is_another() -> None:
    rows = [draw_trial(level(**ROW, shuffled=True), 1, n, difficulty=5.0, assisted=False).parts for n in range(40)]
    for parts in rows:
        asked = [part.movement for part in parts if not part.opens]
        assert all(one != next_one for one, next_one in itertools.pairwise(asked))
    one = draw_trial(level(drive="real", shuffled=True, in_a_row=2), 1, 1, difficulty=5.0, assisted=False)
    assert {part.movement for part in one.parts} == {"fist"}
