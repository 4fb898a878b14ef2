"""Everything one hears: wood, metal, glass and breath, worked out from sums of tones; no files, always the same.

Guidance is a marimba on five notes that cannot clash; coins are metal, their pitch by their size.
"""

import os
import platform
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Thread

import numpy as np
import pygame

from engine.hand import Array

RATE_HZ = 44_100
PEAK = 0.25
"""Loudest sample, of 1: even two sounds at once stay at or below -6 dBFS."""
ATTACK_S, RELEASE_S = 0.006, 0.03
PENTATONIC_HZ = (261.63, 293.66, 329.63, 392.00, 440.00, 523.25, 587.33, 659.26)
MARIMBA = ((1.0, 1.0, 0.42), (3.93, 0.28, 0.16), (9.2, 0.07, 0.06))
COIN = ((1.0, 1.0, 0.34), (1.58, 0.62, 0.26), (2.34, 0.50, 0.20), (3.21, 0.34, 0.13), (4.52, 0.20, 0.08))
GLASS = ((1.0, 1.0, 0.16), (2.76, 0.45, 0.09), (5.4, 0.18, 0.05))
"""Partials as (times the note, strength, how long it rings in seconds); marimba bars and small discs ring so."""
QUARTER_MM, QUARTER_HZ = 24.26, 2_350.0
RINGING = ("coin_pinch", "coin_land", "coin_roll")
RINGING_MM = (QUARTER_MM, 16.0, 20.0, 30.0, 36.0)
"""What rings by the size of its coin, and the sizes that are told apart by ear: all are worked out before play."""
DUCKED = 0.25
"""How loud sounds are while a sentence is spoken, of how loud they are else."""


def _time(length_s: float) -> Array:
    return np.arange(round(length_s * RATE_HZ)) / RATE_HZ


def _struck(note_hz: float, partials: tuple[tuple[float, float, float], ...], length_s: float) -> Array:
    """Something struck once: partials that die away, each in its own time."""
    t = _time(length_s)
    tone = np.zeros_like(t)
    for times, strength, rings_s in partials:
        if note_hz * times < RATE_HZ * 0.45:
            tone += strength * np.exp(-t / rings_s) * np.sin(2 * np.pi * note_hz * times * t)
    return tone


def _hiss(length_s: float, low_hz: float, high_hz: float, seed: int) -> Array:
    """Noise between two pitches."""
    samples = np.random.default_rng(seed).standard_normal(round(length_s * RATE_HZ))
    spectrum = np.fft.rfft(samples)
    pitch = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    spectrum *= np.exp(
        -((np.log(np.maximum(pitch, 1) / np.sqrt(low_hz * high_hz)) / np.log(high_hz / low_hz) * 2) ** 2)
    )
    noise: Array = np.fft.irfft(spectrum, len(samples))
    loudest = float(np.abs(noise).max())
    return np.asarray(noise / max(loudest, 1e-9))


def _together(*parts: tuple[float, Array]) -> Array:
    """Sounds laid over each other, each from its own second on."""
    length = max(round(start_s * RATE_HZ) + len(sound) for start_s, sound in parts)
    whole = np.zeros(length)
    for start_s, sound in parts:
        first = round(start_s * RATE_HZ)
        whole[first : first + len(sound)] += sound
    return whole


def _marimba(step: int, length_s: float = 1.1) -> Array:
    return _struck(PENTATONIC_HZ[step % len(PENTATONIC_HZ)], MARIMBA, length_s)


def _wood(note_hz: float = 640.0) -> Array:
    return _struck(note_hz, ((1.0, 1.0, 0.035), (2.7, 0.5, 0.02), (0.52, 0.5, 0.05)), 0.25)


def coin_note_hz(diameter_mm: float) -> float:
    """How high a coin rings: as a disc does, higher the smaller it is."""
    return QUARTER_HZ * QUARTER_MM / min(max(diameter_mm, 8.0), 60.0)


def _coin(diameter_mm: float, length_s: float = 0.9) -> Array:
    return _struck(coin_note_hz(diameter_mm), COIN, length_s)


def _coin_land(diameter_mm: float) -> Array:
    return _together(
        (0.0, _wood(420.0) * 0.8), (0.012, _coin(diameter_mm) * 0.7), (0.085, _coin(diameter_mm, 0.5) * 0.25)
    )


def _coin_roll(diameter_mm: float) -> Array:
    ticks = [(0.075 * n + 0.004 * n * n, _coin(diameter_mm, 0.12) * (0.32 - 0.03 * n)) for n in range(7)]
    return _together((0.0, _hiss(0.7, 300, 1_400, 3) * 0.10), *ticks)


def _breath(_: float) -> Array:
    t = _time(3.2)
    swell = np.sin(np.pi * t / t[-1]) ** 2
    return np.asarray(_hiss(3.2, 220, 900, 7) * swell * 0.55)


def _of_notes(*steps: int, apart_s: float = 0.13) -> Callable[[float], Array]:
    return lambda _: _together(*((apart_s * n, _marimba(step) * 0.2) for n, step in enumerate(steps)))


SOUNDS: dict[str, Callable[[float], Array]] = {
    "coin_pinch": lambda mm: _together((0.0, _wood(520.0) * 0.6), (0.01, _coin(mm, 0.15) * 0.25)),
    "coin_lift": lambda _: _together((0.0, _marimba(2) * 0.7), (0.09, _marimba(4) * 0.7)),
    "coin_land": _coin_land,
    "coin_roll": _coin_roll,
    "coin_slide": lambda _: _hiss(0.25, 900, 3_000, 5) * 0.3,
    "bead_pinch": lambda _: _wood(620.0) * 0.4,
    "bead_lift": lambda _: _together((0.0, _marimba(1) * 0.7), (0.09, _marimba(3) * 0.7)),
    "bead_land": lambda _: _together((0.0, _struck(1_480.0, GLASS, 0.5)), (0.11, _struck(1_180.0, GLASS, 0.3) * 0.6)),
    "bead_roll": lambda _: _together((0.0, _wood(430.0) * 0.4), (0.14, _wood(390.0) * 0.3), (0.26, _wood(360.0) * 0.2)),
    "bead": lambda _: _together((0.0, _struck(1_250.0, GLASS, 0.4)), (0.05, _wood(700.0) * 0.4)),
    "wood": lambda _: _wood(),
    "button": lambda _: _wood(480.0) * 0.7,
    "rest": _breath,
    "right": _of_notes(3, 5),
    "easier": _of_notes(4, 3),
    "void": _of_notes(1),
    "set_done": _of_notes(0, 2, 3, 5),
    "session_done": _of_notes(0, 2, 3, 5, 7, apart_s=0.17),
    **{f"guide_{n}": _of_notes(n) for n in range(len(PENTATONIC_HZ))},
}
"""Every sound by its name; each is worked out for a coin's diameter in millimetres, where that matters."""


@lru_cache(maxsize=128)
def samples(name: str, diameter_mm: float = QUARTER_MM) -> Array:
    """The sound of this name: -1..1, RATE_HZ a second, never louder than PEAK, softly begun and ended."""
    sound: Array = SOUNDS[name](diameter_mm)
    attack, release = round(ATTACK_S * RATE_HZ), round(RELEASE_S * RATE_HZ)
    sound = sound * (PEAK / max(float(np.abs(sound).max()), PEAK))
    sound[:attack] *= np.sin(np.linspace(0, np.pi / 2, attack)) ** 2
    sound[-release:] *= np.linspace(1, 0, release)
    return sound


def heard_mm(name: str, diameter_mm: float | None) -> float:
    """The size by which a sound rings: of those that are told apart, the one nearest to the coin's."""
    if diameter_mm is None or name not in RINGING:
        return QUARTER_MM
    return min(RINGING_MM, key=lambda size_mm: abs(size_mm - diameter_mm))


def _work_out_all() -> None:
    for name in SOUNDS:
        for diameter_mm in RINGING_MM if name in RINGING else (QUARTER_MM,):
            samples(name, diameter_mm)


def can_sound() -> bool:
    """Whether there may be something to play on. On Linux, asking where there is nothing fills the terminal with the
    sound library's complaints, so the places where devices and sound servers stand are looked at first."""
    if platform.system() != "Linux" or "SDL_AUDIODRIVER" in os.environ or "PULSE_SERVER" in os.environ:
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    return any(place.exists() for place in (Path("/dev/snd"), runtime / "pulse", runtime / "pipewire-0"))


class SoundBoard:
    """Plays sounds by name; does nothing, quietly, where there is nothing to play them on."""

    def __init__(self, volume: float = 1.0) -> None:
        self.volume = min(max(volume, 0.0), 1.0)
        self._level = 1.0
        self._made: dict[tuple[str, float], pygame.mixer.Sound] = {}
        try:
            if pygame.mixer.get_init() is None and can_sound():
                pygame.mixer.init(RATE_HZ, -16, 2, 512)
        except pygame.error:
            self.sounding = False
        else:
            self.sounding = pygame.mixer.get_init() is not None
        if self.sounding:
            # A long sound takes longer to work out than a frame lasts: no first coin shall wait for it.
            Thread(target=_work_out_all, name="sounds").start()

    def play(self, name: str, strength: float = 1.0, diameter_mm: float | None = None) -> bool:
        """Play a sound now, instead of the one before; false where it could not (unknown name, no device).
        `diameter_mm`: of the coin that rings."""
        if not self.sounding or name not in SOUNDS or self.volume <= 0:
            return False
        key = name, heard_mm(name, diameter_mm)
        if key not in self._made:
            self._made[key] = self._sound(samples(*key))
        channel = pygame.mixer.Channel(0)
        if channel.get_busy():
            channel.fadeout(60)
            channel = pygame.mixer.Channel(1) if not pygame.mixer.Channel(1).get_busy() else channel
        channel.set_volume(min(max(strength, 0.0), 1.0) * self.volume * self._level)
        channel.play(self._made[key])
        return True

    def duck(self, speaking: bool) -> None:
        """Softer while someone speaks, what rings already as well; to be told at every frame."""
        level = DUCKED if speaking else 1.0
        if self.sounding and level != self._level:
            for channel in map(pygame.mixer.Channel, (0, 1)):
                channel.set_volume(channel.get_volume() * level / self._level)
        self._level = level

    @staticmethod
    def _sound(wave: Array) -> pygame.mixer.Sound:
        rate_hz, _, channels = pygame.mixer.get_init() or (RATE_HZ, -16, 2)
        if rate_hz != RATE_HZ:
            moments = np.arange(round(len(wave) * rate_hz / RATE_HZ)) * (RATE_HZ / rate_hz)
            wave = np.interp(moments, np.arange(len(wave)), wave)
        ints = np.round(wave * 32_767).astype(np.int16)
        return pygame.sndarray.make_sound(np.repeat(ints[:, None], channels, axis=1) if channels > 1 else ints)
