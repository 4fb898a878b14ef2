"""What is heard of a game in its window."""

import multiprocessing
from pathlib import Path

import pygame
import pytest

from engine.inputs import GameInput
from engine.play.game import Event, Sounded
from engine.view.sound import RINGING
from engine.view.speech import Speaker
from opposable.screens.live import Live
from tests.opposable.living import run_until


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
