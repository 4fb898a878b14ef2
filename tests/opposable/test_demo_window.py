"""The demo in its window: what it reports is what was played last, also after another way to play was chosen."""

from pathlib import Path

import pygame
import pytest

from engine.hand import Sample
from engine.sources.source import SourceState, SourceStatus
from opposable.commands.demo import LEVEL, _in_window
from opposable.commands.levels import find_level

SIMULATED = (pygame.K_DOWN, pygame.K_DOWN, pygame.K_RETURN)


class GivenUp:
    """A camera that has given up, before somebody who then chooses the simulated hand."""

    name, paced = "camera:9", True

    def __init__(self) -> None:
        self.pictures = 0
        self.open = True

    def read(self, timeout_s: float) -> list[Sample]:
        self.pictures += 1
        if self.pictures == 20:
            for key in SIMULATED:
                pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
        return []

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.GONE, "The camera stopped three times within a minute.")

    def follow(self, cue: object, hand_time_s: float) -> None: ...

    def close(self) -> None:
        self.open = False


def test_what_is_reported_is_what_was_played_last(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    camera = GivenUp()
    sitting, status = _in_window(find_level(LEVEL), camera, 4.0)
    assert not camera.open
    assert sitting.source_name == "sim:able"
    assert status.state is not SourceState.GONE
    sitting.close()
    assert sitting.session.ticks > 0
    assert sitting.tape_path.read_text().splitlines()[-1].startswith('{"end":')
    assert [path.name for path in own_folder.rglob("*.tape.jsonl")] == [sitting.tape_path.name]
