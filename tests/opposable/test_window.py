"""The window's picture is 1280 x 720 to all who paint it and all who click on it, whatever size the window has."""

from collections.abc import Iterator

import pygame
import pytest

from opposable.screens.window import SIZE_PX, Window

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
