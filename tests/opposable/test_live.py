"""The window, live: played with real keys, paused, left, and offered another way when the source is gone."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from engine.clock import now_s
from engine.hand import Side
from engine.handmodel import HandAngles
from engine.inputs import GameInput, Tracking
from engine.motion.poses import pose_for
from engine.paths import HOME_VARIABLE
from engine.play.game import Event, Sounded
from engine.play.levelfile import load_level, resolve_level
from engine.play.storedranges import range_path
from engine.play.tape import read_tape
from engine.sources import open_source
from engine.sources.keyboard import KeyboardSource
from engine.sources.source import SourceState, SourceStatus
from engine.view.scene import Hand, Scene, Zone
from engine.view.sound import RINGING
from engine.view.speech import Speaker
from games import all_games
from opposable.screens import live as live_screen
from opposable.screens import pages
from opposable.screens.calibrate_side import ask_side
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen, under_a_page
from opposable.screens.whole_level import play_in_window, play_to_the_end
from opposable.screens.window import Window
from opposable.sitting import Sitting
from tests.holdups import HoldUps

SPACE, ESCAPE, RETURN = pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_RETURN


@pytest.fixture(scope="module")
def screen(window: Window) -> PlayScreen:
    return PlayScreen(window, Side.RIGHT)


@pytest.fixture
def live(window: Window, screen: PlayScreen, tmp_path: Path) -> Iterator[Live]:
    pygame.event.clear()
    level = load_level(resolve_level("coin_drop/01"), all_games())
    sitting = Sitting(level, "sim:able", Side.RIGHT, 1, folder=tmp_path)
    playing = Live(sitting, open_source("sim:able", side=Side.RIGHT), window, screen)
    yield playing
    playing.source.close()
    sitting.close()


def press(key: int) -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key))


def click(place: tuple[int, int]) -> None:
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=place, button=1))


def run_for(live: Live, seconds: float) -> None:
    until_s = now_s() + seconds
    while now_s() < until_s and not live.over:
        live.step()


def run_until(live: Live, ready: Callable[[], bool], limit_s: float = 20.0) -> None:
    until_s = now_s() + limit_s
    while not ready():
        assert now_s() < until_s, "waited in vain"
        live.step()


def test_a_simulated_hand_plays_in_real_time(live: Live) -> None:
    began_s, held_up = live.watch.since_s, HoldUps()
    run_for(live, 2.0)
    played_s = live.sitting.session.played_s
    assert played_s <= now_s() - began_s + 0.1
    assert played_s > 0.5 or held_up.so_far_s > 0.5


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


class Unplugged:
    """A camera that has given up."""

    name, paced = "camera:9", True

    def read(self, timeout_s: float) -> list[object]:
        return []

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.GONE, "The camera stopped three times within a minute.")

    def follow(self, cue: object, hand_time_s: float) -> None: ...

    def close(self) -> None: ...


def test_a_camera_that_is_gone_is_said_and_the_keys_are_offered(live: Live) -> None:
    live.use(Unplugged())  # type: ignore[arg-type]
    live.step()
    assert live.sitting.session.paused
    page = live.shown
    assert page is not None
    assert [choice.name for choice in page.choices] == [pages.AGAIN, pages.KEYBOARD, pages.SIMULATED, pages.LEAVE]
    live.step()
    press(pygame.K_DOWN)
    press(RETURN)
    live.step()
    assert isinstance(live.source, KeyboardSource)
    live.step()
    assert live.shown is not None
    assert live.shown.icon == "keyboard"
    press(RETURN)
    run_for(live, 0.3)
    assert not live.sitting.session.paused


def test_under_a_page_lies_the_table_without_words_ghost_or_a_hand_nobody_has_shown(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[Scene] = []
    painter = live.screen.painter
    paint = painter.paint

    def watched(scene: Scene, poses: Mapping[Side, HandAngles]) -> pygame.Surface:
        painted.append(scene)
        return paint(scene, poses)

    monkeypatch.setattr(painter, "paint", watched)
    live.show_first()
    live.use(Unplugged())  # type: ignore[arg-type]
    live.step()
    assert live.shown is not None
    assert any(isinstance(shape, Zone) for shape in painted[-1].shapes)
    assert not any(isinstance(shape, Hand) for shape in painted[-1].shapes)
    assert (painted[-1].sentence, painted[-1].picture, painted[-1].time_left) == ("", "", None)
    live.use(open_source("sim:able", side=Side.RIGHT))
    run_until(live, lambda: painted[-1].sentence == "session.watch")
    assert any(isinstance(shape, Hand) and shape.ghost for shape in painted[-1].shapes)


def test_a_hand_that_was_seen_stays_on_the_table_under_a_page(live: Live) -> None:
    table = live.sitting.session.game.draw(live.sitting.session.state)
    shown = under_a_page(table, {Side.RIGHT: pose_for({})})
    assert [shape for shape in shown.shapes if isinstance(shape, Hand)]
    assert shown.string == table.string


def test_while_the_ghost_shows_what_to_do_nobody_need_hold_up_a_hand(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_screen, "HAND_AWAY_S", 0.1)
    monkeypatch.setattr(live.sitting.motion, "tracking", lambda *_: Tracking.LOST)
    live.show_first()
    run_for(live, 0.5)
    assert live.showing is not None
    assert live.shown is None
    live.showing.skip()
    run_until(live, lambda: live.shown == pages.hand_away_page(pages.family_of(live.source)))


def test_the_press_that_closes_a_page_leaves_the_showing_to_be_seen(live: Live) -> None:
    live.show_first()
    live.use(KeyboardSource(Side.RIGHT))
    run_until(live, lambda: live.shown == pages.keys_page())
    press(RETURN)
    run_until(live, lambda: live.shown is None)
    assert live.showing is not None
    press(SPACE)
    live.step()
    assert live.shown is not None
    press(SPACE)
    run_until(live, lambda: live.shown is None)
    assert live.showing is not None
    press(RETURN)
    live.step()
    assert live.showing is None


def test_held_keys_move_the_hand(live: Live) -> None:
    keys = KeyboardSource(Side.RIGHT)
    live.use(keys)
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


def test_a_side_that_cannot_be_kept_is_played_with_all_the_same(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "file" / "home"))
    pygame.event.clear()
    press(RETURN)
    assert ask_side(window, "me") is Side.RIGHT
    assert "it will be asked again" in capsys.readouterr().err


def test_the_hand_that_practises_is_chosen_by_its_words_too_and_there_is_a_way_back(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    pygame.event.clear()
    click((92, 662))
    assert ask_side(window, "me") is None
    click((430, 590))
    assert ask_side(window, "me") is Side.LEFT


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


def test_what_plays_is_let_go_of_with_its_voice(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyttsx3.py").write_text("import threading\n\n\ndef init():\n    threading.Event().wait(60)\n")
    monkeypatch.syspath_prepend(tmp_path)
    live.speaker = Speaker()
    assert live.speaker.say("Bring your hand to the coins.")
    live.close()
    assert multiprocessing.active_children() == []


def test_sounds_are_softer_while_the_voice_speaks(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyttsx3.py").write_text("import threading\n\n\ndef init():\n    threading.Event().wait(60)\n")
    monkeypatch.syspath_prepend(tmp_path)
    live.speaker = Speaker()
    try:
        assert live.sound.play("rest")
        heard = pygame.mixer.Channel(0)
        live.step()
        loud = heard.get_volume()
        assert live.speaker.say("Bring your hand to the coins.")
        live.step()
        assert heard.get_volume() < loud / 2
    finally:
        live.speaker.close()
    live.step()
    assert heard.get_volume() == pytest.approx(loud, abs=0.05)


def test_a_coin_rings_by_its_own_size(live: Live) -> None:
    heard: list[tuple[Sounded, float]] = []

    def listen(given: GameInput, events: tuple[Event, ...]) -> None:
        coin = live.sitting.session.state.coin
        heard.extend((event, coin.diameter_mm) for event in events if isinstance(event, Sounded) and coin)

    live.sitting.also.append(listen)
    run_until(live, lambda: any(event.name == "coin_land" for event, _ in heard), 40.0)
    for event, diameter_mm in heard:
        assert event.diameter_mm == (diameter_mm if event.name in RINGING else None)
