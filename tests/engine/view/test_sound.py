"""Sounds are soft, begin gently, are always the same, and a missing loudspeaker or voice changes nothing else."""

import threading
from collections.abc import Iterator

import numpy as np
import pygame
import pytest

from engine.clock import wait_s
from engine.view.sound import (
    ATTACK_S,
    DUCKED,
    PENTATONIC_HZ,
    RATE_HZ,
    SOUNDS,
    SoundBoard,
    coin_note_hz,
    heard_mm,
    samples,
)
from engine.view.speech import Speaker

PLAYED_BY_GAMES = ("coin_pinch", "coin_lift", "coin_land", "coin_roll", "bead")


@pytest.mark.parametrize("name", SOUNDS)
def test_every_sound_is_soft_and_begins_gently(name: str) -> None:
    wave = samples(name)
    assert np.isfinite(wave).all()
    assert 0.02 < np.abs(wave).max() <= 10 ** (-6 / 20) / 2
    assert np.abs(wave[: round(0.001 * RATE_HZ)]).max() < 0.1 * np.abs(wave).max()
    assert ATTACK_S >= 0.005
    assert abs(wave[-1]) < 1e-3
    assert len(wave) < 4 * RATE_HZ


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_the_same_every_time(name: str) -> None:
    first = samples(name).copy()
    samples.cache_clear()
    assert (samples(name) == first).all()


@pytest.mark.parametrize("name", PLAYED_BY_GAMES)
def test_games_find_their_sounds(name: str) -> None:
    assert name in SOUNDS


def test_smaller_coins_ring_higher() -> None:
    def middle_hz(diameter_mm: float) -> float:
        wave = samples("coin_land", diameter_mm)[round(0.1 * RATE_HZ) :]
        power = np.abs(np.fft.rfft(wave)) ** 2
        return float((np.fft.rfftfreq(len(wave), 1 / RATE_HZ) * power).sum() / power.sum())

    assert middle_hz(34.0) < middle_hz(24.0) < middle_hz(18.0)
    assert coin_note_hz(34.0) < coin_note_hz(24.0) < coin_note_hz(18.0)


def test_guidance_is_on_five_notes() -> None:
    steps = np.round(12 * np.log2(np.array(PENTATONIC_HZ) / PENTATONIC_HZ[0])).astype(int) % 12
    assert set(steps.tolist()) == {0, 2, 4, 7, 9}


def test_the_board_plays_and_ducks_where_there_is_a_device() -> None:
    board = SoundBoard()
    try:
        assert board.play("coin_land", 0.5, 30.0) is board.sounding
        board.duck(speaking=True)
        assert board.play("bead") is board.sounding
        assert not board.play("no such sound")
    finally:
        pygame.mixer.quit()


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundBoard]:
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    made = SoundBoard(0.8)
    yield made
    pygame.mixer.quit()


def test_what_rings_is_softer_while_a_sentence_is_spoken_and_as_before_after_it(board: SoundBoard) -> None:
    assert board.play("rest", 0.5)
    channel = pygame.mixer.Channel(0)
    before = channel.get_volume()
    assert before == pytest.approx(0.4, abs=0.02)
    for _ in range(3):
        board.duck(speaking=True)
        assert channel.get_volume() == pytest.approx(DUCKED * before, abs=0.02)
    board.duck(speaking=False)
    assert channel.get_volume() == pytest.approx(before, abs=0.05)


def test_a_coin_is_heard_by_its_size_and_never_worked_out_while_one_plays(board: SoundBoard) -> None:
    while any(thread.name == "sounds" for thread in threading.enumerate()):
        wait_s(0.05)
    known = samples.cache_info().misses
    for diameter_mm in (14.0, 19.1, 24.26, 27.0, 33.0, 40.0):
        assert board.play("coin_land", 1.0, diameter_mm)
        assert board.play("coin_roll", 1.0, diameter_mm)
        assert board.play("wood", 1.0, diameter_mm)
    assert samples.cache_info().misses == known
    notes = [coin_note_hz(heard_mm("coin_land", mm)) for mm in (14.0, 19.1, 24.0, 31.0, 40.0)]
    assert notes == sorted(set(notes), reverse=True)


def test_no_device_is_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "nothing_of_that_name")
    board = SoundBoard()
    assert not board.sounding
    assert not board.play("bead")
    board.duck(speaking=True)


def test_a_speaker_without_a_voice_says_so_and_goes_on() -> None:
    silent = Speaker(speaking=False)
    assert not silent.say("Pinch the coin.")
    silent.close()
