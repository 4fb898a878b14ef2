"""The tracker dies in the middle of play, killed or stopped: noticed, replaced, and nothing that was done is lost."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.clock import now_s
from engine.hand import Side
from engine.play.levelfile import load_level, resolve_level
from engine.play.results import read_results
from engine.sources import Request
from engine.sources.source import SourceState
from engine.sources.synthetic import SyntheticSource, open_synthetic
from engine.tracking.model import HandModelError, hand_model
from games import all_games
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import Window
from opposable.sitting import Sitting
from tests.holdups import HoldUps

pytestmark = [pytest.mark.long, pytest.mark.timeout(480)]

NOTICED_S, BACK_S = 0.5, 3.0
PATIENCE_S = 120.0
FRAMES_A_SECOND = 55
FRAME_S = 0.1
"""This test looks once a frame."""


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    try:
        hand_model(fetch_it=False)
    except HandModelError:
        pytest.skip("the hand model is not on this computer; `opposable setup` makes it")
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    level = load_level(resolve_level("coin_drop/00"), all_games())
    source = open_synthetic(Request("synthetic", "able"))
    sitting = Sitting(level, source.name, Side.RIGHT, 1, folder=tmp_path)
    window = Window("test")
    playing = Live(sitting, source, window, PlayScreen(window, Side.RIGHT))
    yield playing
    playing.source.close()
    sitting.close()
    window.close()


def play_until(live: Live, ready: Callable[[], bool], limit_s: float) -> float:
    """Frames until `ready`; how long it took. Fails past the limit."""
    began_s = now_s()
    while not ready():
        assert now_s() - began_s < limit_s, (live.source.status(), live.sitting.session.ticks)
        live.step()
    return now_s() - began_s


@pytest.mark.parametrize("blow", ["SIGKILL", "SIGSTOP"])
def test_T2_a_tracker_that_dies_in_play_is_replaced_and_no_trial_is_lost(live: Live, blow: str) -> None:
    if not hasattr(signal, blow):
        pytest.skip(f"this system has no {blow}")
    source = live.source
    assert isinstance(source, SyntheticSource)
    play_until(live, lambda: len(live.sitting.results.trials) >= 1, PATIENCE_S)
    before = live.sitting.results.trials
    pid = source.camera.supervisor.child_pid
    assert pid is not None

    ours, all_of_us = HoldUps(), HoldUps(helpers=True)
    os.kill(pid, getattr(signal, blow))
    noticed_s = play_until(live, lambda: source.status().state is not SourceState.RUNNING, 5.0)
    held_up_s = ours.so_far_s
    back_s = play_until(live, lambda: source.status().state is SourceState.RUNNING, PATIENCE_S)
    assert noticed_s <= NOTICED_S + FRAME_S + held_up_s
    assert noticed_s + back_s <= BACK_S + all_of_us.so_far_s

    play_until(live, lambda: len(live.sitting.results.trials) > len(before), PATIENCE_S)
    assert live.sitting.results.trials[: len(before)] == before
    kept = read_results(live.sitting.results_path)
    assert kept.trials == tuple(live.sitting.results.trials)


def test_T1_a_synthetic_camera_that_stops_pauses_play_within_a_second(live: Live) -> None:
    source = live.source
    assert isinstance(source, SyntheticSource)
    play_until(live, lambda: live.sitting.session.played_s > 1.0, PATIENCE_S)
    assert source.painter.pid is not None
    ours = HoldUps(helpers=True)
    os.kill(source.painter.pid, signal.SIGSTOP)
    try:
        paused_s = play_until(live, lambda: live.sitting.session.paused, 5.0)
        assert paused_s <= 1.0 + ours.so_far_s
        assert live.shown is not None
        # The window does not wait for the camera.
        ours, began_s = HoldUps(), now_s()
        for _ in range(FRAMES_A_SECOND):
            live.step()
        assert now_s() - began_s <= 1.0 + ours.so_far_s
    finally:
        os.kill(source.painter.pid, signal.SIGCONT)
    play_until(live, lambda: not live.sitting.session.paused, PATIENCE_S)
