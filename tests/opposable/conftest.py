"""A window that nobody sees, for the tests of one file, and a game in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from engine.hand import Side
from engine.play.levelfile import load_level, resolve_level
from engine.sources import open_source
from games import all_games
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import Window
from opposable.sitting import Sitting


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    opened = Window("test")
    yield opened
    opened.close()


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
