"""The window, live: played with real keys, paused, left, and rested in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.inputs import TICK_S, Tracking
from engine.motion.poses import pose_for
from engine.paths import HOME_VARIABLE
from engine.play.game import Cue
from engine.play.levelfile import load_level, resolve_level
from engine.play.storedranges import range_path
from engine.play.tape import read_tape
from engine.sources import open_source
from engine.sources.keyboard import KeyboardSource
from engine.sources.source import SourceState, SourceStatus
from games import all_games
from opposable.screens import live as live_screen
from opposable.screens.live import Live
from opposable.screens.pages import family_of
from opposable.screens.play_screen import PlayScreen
from opposable.screens.whole_level import play_in_window, play_to_the_end
from opposable.screens.window import Window
from opposable.sitting import Sitting
from tests.holdups import HoldUps
from tests.opposable.living import ESCAPE, RETURN, SPACE, click, press, run_for, run_until

UNEVEN_S = 0.006


def test_a_simulated_hand_plays_in_real_time(live: Live) -> None:
    began_s, held_up = live.watch.since_s, HoldUps()
    run_for(live, 2.0)
    played_s = live.sitting.session.played_s
    assert played_s <= now_s() - began_s + 0.1
    assert played_s > 0.5 or held_up.so_far_s > 0.5


class UnevenHands:
    """A hand thirty times a second, every other time some milliseconds later."""

    name, paced = "uneven", True

    def __init__(self) -> None:
        self.next_s, self.is_late = now_s(), False
        self.points_m = hand_points(pose_for({}), Side.RIGHT)

    def read(self, timeout_s: float) -> list[Sample]:
        due_s = self.next_s + (UNEVEN_S if self.is_late else 0.0)
        if due_s > now_s() + timeout_s:
            return []
        wait_s(due_s - now_s())
        self.next_s, self.is_late = self.next_s + 1 / 30, not self.is_late
        return [Sample(due_s, right=HandFrame(due_s, Side.RIGHT, self.points_m, self.points_m[:, :2] + 0.5, 1.0))]

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.RUNNING)

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        """It does nothing that is asked."""

    def close(self) -> None:
        """Nothing is open."""


def test_the_game_is_told_of_a_hand_when_it_comes(live: Live) -> None:
    """Not when its tick would be due, nor after a picture was painted beside it."""
    live.use(UnevenHands())
    run_for(live, 2.0)
    ages_s, until_s = list[float](), now_s() + 2.0
    while now_s() < until_s:
        live.step()
        captured_s, ticked_s = live.on_the_way.last_tick
        ages_s.append(ticked_s - captured_s)
    assert np.percentile(ages_s, 75) < 0.7 * UNEVEN_S


class HandWhilePainting(UnevenHands):
    """One hand that comes in the middle of a picture, well before a tick is due."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.live, self.reads = live, 0

    def read(self, timeout_s: float) -> list[Sample]:
        self.reads += 1
        if self.reads != 3:
            return []
        self.next_s = now_s()
        self.live.beat.next_s = self.next_s + 0.9 * TICK_S
        return super().read(timeout_s)


def test_a_hand_that_comes_while_a_picture_is_painted_is_told_before_it_is_done_and_shown_with_the_next(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_for(live, 0.3)
    live.use(HandWhilePainting(live))
    show, delays = live.window.show, live.on_the_way.delays
    shown_before = delays.summary()["capture_to_shown"]["n"]
    told, counted = list[float](), list[float]()

    def see(picture: pygame.Surface) -> None:
        show(picture)
        told.append(live.on_the_way.last_tick[0])
        counted.append(delays.summary()["capture_to_shown"]["n"] - shown_before)

    monkeypatch.setattr(live.window, "show", see)
    for _ in range(3):
        live.step()
    assert np.isfinite(told[0])
    assert counted == [0, 0, 1]


def test_where_hands_come_thirty_times_a_second_each_picture_shows_one_tick_more(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    live.use(UnevenHands())
    run_for(live, 1.0)
    painting, ticks, held_up = live.on_the_way.painting, list[int](), HoldUps()

    def counted() -> None:
        ticks.append(live.sitting.session.ticks)
        painting()

    monkeypatch.setattr(live.on_the_way, "painting", counted)
    run_for(live, 2.0)
    assert np.mean(np.diff(ticks) == 1) > 0.8 or held_up.so_far_s > 0.2


def test_space_pauses_at_the_next_frame_and_space_goes_on(live: Live) -> None:
    run_for(live, 0.5)
    press(SPACE)
    live.step()
    assert live.sitting.session.paused
    ticks = live.sitting.session.ticks
    run_for(live, 0.3)
    assert live.sitting.session.ticks == ticks
    press(SPACE)
    run_for(live, 0.3)
    assert live.sitting.session.ticks > ticks


def test_the_pause_button_pauses_and_its_page_leaves(live: Live) -> None:
    run_for(live, 0.3)
    centre = live.screen.painter.layout.pause.center
    click(centre)
    live.step()
    assert live.sitting.session.paused
    live.step()
    press(pygame.K_RIGHT)
    press(RETURN)
    live.step()
    assert live.left


def test_S3_escape_leaves_at_once_and_what_was_done_is_kept(live: Live) -> None:
    run_for(live, 0.3)
    press(ESCAPE)
    began_s, held_up = now_s(), HoldUps()
    play_to_the_end(live)
    assert now_s() - began_s < 0.5 + held_up.so_far_s
    assert live.sitting.close().how == "stopped"
    assert live.sitting.results_path.stat().st_size > 0


def test_a_rest_passes_without_a_hand_and_is_cut_short_by_whoever_has_had_enough(
    window: Window, screen: PlayScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pygame.event.clear()
    level = load_level(resolve_level("coin_drop/01"), all_games())
    short = replace(level, level=level.level.model_copy(update={"sets": 4, "repetitions": 1, "rest_s": 300.0}))
    sitting = Sitting(short, "sim:able", Side.RIGHT, 1, folder=tmp_path)
    live, session = Live(sitting, open_source("sim:able", side=Side.RIGHT), window, screen), sitting.session
    monkeypatch.setattr(live_screen, "HAND_AWAY_S", 0.3)
    enoughs: list[Callable[[], None]] = [lambda: press(RETURN), lambda: click(screen.go_on_button.rect.center)]
    for enough in enoughs:
        run_until(live, lambda: session.resting, 40.0)
        monkeypatch.setattr(sitting.motion, "tracking", lambda *_: Tracking.LOST)
        before = session.ticks
        run_for(live, 0.8)
        assert live.shown is None
        assert session.ticks > before
        monkeypatch.undo()
        monkeypatch.setattr(live_screen, "HAND_AWAY_S", 0.3)
        enough()
        run_for(live, 0.1)
        assert not session.resting
    live.close()
    sitting.close()
    [tape] = tmp_path.glob("*.tape.jsonl")
    assert sum(tick.given.go_on for tick in read_tape(tape)) == 2


def test_losing_the_window_pauses(live: Live) -> None:
    run_for(live, 0.3)
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    live.step()
    assert live.sitting.session.paused


def test_held_keys_move_the_hand(live: Live) -> None:
    keys = KeyboardSource(Side.RIGHT)
    live.use(keys)
    assert live.family == family_of(keys)
    run_for(live, 0.2)
    press(RETURN)
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_1))
    run_until(live, lambda: "pinch.index" in live.sitting.motion.hands[Side.RIGHT].held)
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_1))
    run_until(live, lambda: "pinch.index" not in live.sitting.motion.hands[Side.RIGHT].held)


def test_a_range_that_cannot_be_read_is_said_in_the_window_too(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    broken = range_path("me", Side.RIGHT, "sim:able")
    broken.parent.mkdir(parents=True)
    broken.write_text("{")
    pygame.event.clear()
    press(ESCAPE)
    level = load_level(resolve_level("coin_drop/01"), all_games())
    play_in_window(level, "sim:able", Side.RIGHT, 1, as_json=True, shared=window)
    assert f"{broken.name}: this file cannot be read" in capsys.readouterr().err


def test_the_window_s_cross_is_told_from_a_step_back(window: Window) -> None:
    pygame.event.clear()
    press(ESCAPE)
    assert window.wishes().leave
    assert not window.closed
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    try:
        assert window.wishes().leave
        assert window.closed
    finally:
        window.closed = False
