"""The window's picture is 1280 x 720 to all who paint it and all who click on it, whatever size the window has."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from opposable.screens.window import SIZE_PX, Window
from tests.opposable.commands import ROOT

WARM, BLACK = (250, 200, 20), (0, 0, 0)


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    opened = Window("test")
    yield opened
    opened.close()


def click(place: tuple[int, int]) -> None:
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=place))


def shown_at(place: tuple[int, int]) -> tuple[int, ...]:
    screen = pygame.display.get_surface()
    assert screen is not None
    return tuple(screen.get_at(place))[:3]


def near(found: tuple[int, ...], colour: tuple[int, ...]) -> bool:
    """Making a picture smaller or larger rounds its colours."""
    return all(abs(a - b) <= 4 for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize("size_px", [SIZE_PX, (1000, 800), (1600, 600), (640, 360)])
@pytest.mark.parametrize("onto", ["frame", "surface"])
def test_the_picture_is_fitted_into_any_window_and_clicks_find_their_place(
    window: Window, size_px: tuple[int, int], onto: str
) -> None:
    pygame.display.set_mode(size_px, pygame.RESIZABLE)
    assert (window.frame is window.surface) is (size_px != SIZE_PX)
    picture = window.frame if onto == "frame" else window.surface
    picture.fill(WARM)
    window.show(picture)
    width, height = size_px
    scale = min(width / SIZE_PX[0], height / SIZE_PX[1])
    left, top = (width - scale * SIZE_PX[0]) / 2, (height - scale * SIZE_PX[1]) / 2
    assert near(shown_at((width // 2, height // 2)), WARM)
    assert near(shown_at((0, 0)), WARM if left < 1 and top < 1 else BLACK)
    for x, y in ((640, 360), (100, 50), (1200, 700)):
        pygame.event.clear()
        click((round(left + x * scale), round(top + y * scale)))
        ((found_x, found_y),) = window.wishes().clicks
        assert abs(found_x - x) <= 2
        assert abs(found_y - y) <= 2


def test_the_whole_screen_and_back(window: Window) -> None:
    for _ in range(2):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F11, mod=0, unicode=""))
        window.wishes()
        window.show(window.surface)
    screen = pygame.display.get_surface()
    assert screen is not None
    assert screen.get_size() == SIZE_PX


@pytest.mark.skipif(sys.platform != "linux", reason="there, screens are found by the name of a place")
@pytest.mark.parametrize(
    "words",
    ["play coin_drop/01 --source keys:", "--source keys:", "levels watch coin_drop/01 --source sim:able"],
    ids=["play", "menu", "watch"],
)
@pytest.mark.parametrize("driver", ["", "x11"])
def test_where_no_screen_answers_that_is_said(words: str, driver: str, tmp_path: Path) -> None:
    elsewhere = ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR")
    env = {name: value for name, value in os.environ.items() if name not in elsewhere}
    env |= {"DISPLAY": ":97", "OPPOSABLE_HOME": str(tmp_path), "SDL_AUDIODRIVER": "dummy"}
    env |= {"SDL_VIDEODRIVER": driver} if driver else {}
    done = subprocess.run(
        [sys.executable, "-m", "opposable.cli", *words.split()],
        capture_output=True, text=True, env=env, cwd=ROOT, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "XDG_RUNTIME_DIR" not in line]
    assert len(said) == 1, done.stderr
    assert "DISPLAY=:97" in said[0]
    assert "--headless" in said[0]
    assert list(tmp_path.rglob("*.jsonl")) == []
