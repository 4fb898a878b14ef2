"""Sessions: an even tick, edges at any camera rate, replays that are the same game, difficulty between trials only."""

from dataclasses import dataclass
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.changed import changed
from engine.clock import now_s
from engine.hand import HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.inputs import TICK_S, GameInput
from engine.motion.motion import Motion
from engine.motion.poses import pose_for
from engine.play.answering import STILL_HAND, AnsweringHand
from engine.play.drive import MOST_TICKS_AT_ONCE, Beat, run
from engine.play.game import Cue, Event, TrialEnded, TrialStarted
from engine.play.levelfile import load_level, resolve_level
from engine.play.profiles import profile_named
from engine.play.session import Session, replay
from engine.play.stored import from_json, to_json
from engine.sources.keyboard import KeyboardSource
from engine.sources.simulated import SimulatedSource
from engine.sources.source import SourceState, SourceStatus
from games import all_games
from games.coin_drop.state import State

ONE_COIN = load_level(resolve_level("coin_drop/01_one_coin"), all_games())


@dataclass
class Recording:
    """Everything a session was told and told."""

    inputs: list[GameInput]
    events: list[tuple[Event, ...]]

    def __call__(self, given: GameInput, events: tuple[Event, ...]) -> None:
        self.inputs.append(given)
        self.events.append(events)


def answered(session: Session, seconds: float) -> list[Event]:
    """Events of a session whose hand answers every cue."""
    hand = AnsweringHand()
    happened: list[Event] = []
    for _ in range(round(seconds / TICK_S)):
        hand = hand.answer(session.cue, TICK_S)
        happened += session.tick({session.affected_side: hand.seen()})
    return happened


def new_session(seed: int = 3, **options: object) -> Session:
    return Session(ONE_COIN.game, ONE_COIN.level, seed, **options)  # type: ignore[arg-type]


def test_a_replay_is_the_same_game() -> None:
    tape = Recording([], [])
    live = new_session(record=tape)
    answered(live, 40.0)
    again = new_session()
    assert replay(again, tape.inputs) == tape.events
    assert again.state == live.state
    assert again.adaptation == live.adaptation
    assert sum(isinstance(e, TrialEnded) for events in tape.events for e in events) >= 5


def test_difficulty_changes_between_trials_and_never_within_one() -> None:
    tape = Recording([], [])
    answered(new_session(record=tape), 40.0)
    within: float | None = None
    played = set()
    for given_, events in zip(tape.inputs, tape.events, strict=True):
        if within is not None:
            assert given_.difficulty == within
        for event in events:
            if isinstance(event, TrialStarted):
                within = given_.difficulty
                played.add(within)
            if isinstance(event, TrialEnded):
                assert event.difficulty == within
                within = None
    assert len(played) >= 3


def test_paused_nothing_happens_and_nothing_is_asked() -> None:
    session = new_session()
    answered(session, 1.0)
    state, ticks = session.state, session.ticks
    session.paused = True
    assert session.cue is None
    answered(session, 5.0)
    assert (session.state, session.ticks) == (state, ticks)
    session.paused = False
    assert any(isinstance(event, TrialEnded) for event in answered(session, 20.0))


def test_the_affected_side_chooses_the_hand() -> None:
    session = new_session(affected_side=Side.LEFT)
    hand = AnsweringHand()
    for _ in range(600):
        hand = hand.answer(session.cue, TICK_S)
        session.tick({Side.RIGHT: hand.seen(), Side.LEFT: STILL_HAND})
    assert not session.changes
    assert any(isinstance(event, TrialEnded) for event in answered(session, 20.0))


class PinchingFilm:
    """A hand that pinches once a second, filmed at some rate."""

    def __init__(self, rate_hz: float, seconds: float) -> None:
        self.times = [n / rate_hz for n in range(round(seconds * rate_hz))]
        self.name, self.paced, self.n = "film", False, 0

    def read(self, timeout_s: float) -> list[Sample]:
        if self.n >= len(self.times) or timeout_s < 0:
            return []
        t_s = self.times[self.n]
        self.n += 1
        near = 0.5 if t_s < 0.5 else min(1.0, max(0.0, 2.5 * abs((t_s % 1.0) - 0.5) * 2 - 0.5))
        points = hand_points(pose_for({"pinch.index": near}), Side.RIGHT)
        return [Sample(t_s, right=HandFrame(t_s, Side.RIGHT, points, points[:, :2] + 0.5, 1.0))]

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.ENDED if self.n >= len(self.times) else SourceState.RUNNING)

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        self.asked = (cue, hand_time_s)

    def close(self) -> None:
        self.n = len(self.times)


@pytest.mark.parametrize("rate_hz", [15.0, 24.0, 30.0, 60.0, 120.0])
def test_no_edge_is_lost_or_doubled_at_any_camera_rate(rate_hz: float) -> None:
    tape = Recording([], [])
    session = new_session(record=tape)
    run(session, PinchingFilm(rate_hz, 5.5), Motion())
    presses = sum("pinch.index" in given_.affected.pressed for given_ in tape.inputs)
    releases = sum("pinch.index" in given_.affected.released for given_ in tape.inputs)
    assert presses == 5
    assert releases == 5
    assert abs(session.played_s - 5.5) < 0.1


@given(st.lists(st.floats(0.0, 0.1), min_size=1, max_size=200))
def test_the_beat_is_even_at_any_window_rate(waits: list[float]) -> None:
    beat, now, ticks = Beat(0.0), 0.0, 0
    for wait in waits:
        now += wait
        ticks += beat.due(now)
    assert abs(ticks - (int(now / TICK_S + 1e-9) + 1)) <= 1


def test_after_a_stall_the_game_is_not_rushed() -> None:
    beat = Beat(0.0)
    assert beat.due(30.0) == 1
    assert beat.due(30.0 + TICK_S) == 1


def hands_told(rate_hz: float, for_s: float) -> tuple[list[float], list[float]]:
    """When ticks come, and how long each hand waits for one, where so many come a second, not quite evenly."""
    beat, random, now_s = Beat(0.0), Random(4), 0.0
    ticked_s, waits_s, waiting = list[float](), list[float](), list[float]()
    for hand_s in sorted(n / rate_hz + 0.02 + random.gauss(0.0, 0.001) for n in range(int(for_s * rate_hz))):
        while (due_s := now_s + beat.wait_s(now_s)) < hand_s:
            now_s = due_s + 1e-9
            ticked_s += [now_s] * beat.due(now_s)
            waits_s += [now_s - came_s for came_s in waiting]
            waiting.clear()
        now_s = hand_s
        beat.hand_came(now_s)
        waiting.append(now_s)
        followed = now_s / TICK_S / 500 if rate_hz > 59.0 else 0.0
        assert -2 < len(ticked_s) - now_s / TICK_S < 4 + followed
    return ticked_s, waits_s


@pytest.mark.parametrize("rate_hz", [15.0, 25.0, 29.97, 30.0, 59.94, 60.0, 60.03])
def test_a_tick_comes_when_a_hand_comes_and_none_is_added_or_left_out(rate_hz: float) -> None:
    ticked_s, waits_s = hands_told(rate_hz, 300.0)
    assert np.percentile(waits_s, 99) < 0.004
    assert np.median(waits_s) < 0.0001
    assert max(np.diff(ticked_s)) < 3 * TICK_S


@pytest.mark.parametrize("rate_hz", [61.0, 100.0, 500.0])
def test_where_hands_come_more_often_than_ticks_none_waits_longer_than_one(rate_hz: float) -> None:
    ticked_s, waits_s = hands_told(rate_hz, 60.0)
    assert max(waits_s) < TICK_S + 0.001
    assert max(np.diff(ticked_s)) < 3 * TICK_S


def test_a_paced_source_plays_by_the_clock() -> None:
    session, keys = new_session(), KeyboardSource(Side.RIGHT)
    begin_s = now_s()
    run(session, keys, Motion(), limit_s=0.8)
    assert now_s() - begin_s >= 0.7
    assert 48 <= session.ticks <= 48 + MOST_TICKS_AT_ONCE
    assert session.state.hand_xy != (0.5, 0.5)


def test_a_headless_session_is_the_same_for_the_same_seed() -> None:
    def events(seed: int) -> list[tuple[Event, ...]]:
        happened: list[tuple[Event, ...]] = []
        source = SimulatedSource(profile_named("stage_2"), seed)
        run(new_session(), source, Motion(source.ranges()), limit_s=20.0, heard=happened.append)
        return happened

    assert events(1) == events(1)
    assert events(1) != events(2)


def test_a_state_survives_json_and_a_changed_field_must_exist() -> None:
    session = new_session()
    answered(session, 7.0)
    assert from_json(State, to_json(session.state)) == session.state
    assert changed(session.state, phase_s=9.0).phase_s == 9.0
    with pytest.raises(TypeError, match="no field"):
        changed(session.state, fase_s=9.0)
