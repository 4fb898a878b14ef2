"""The one window: opened once, scaled to the screen, its events turned into the few things a person can want."""

import os
import warnings
from dataclasses import dataclass

import pygame

from engine.hand import Side
from engine.problem import ProblemError
from engine.strings import strings
from engine.view.easel import AT_ONCE, Easel
from engine.view.painter import Painter
from engine.view.palette import PALETTES
from opposable.comfort import USUAL, Comfort, own_comfort
from opposable.display import UNSEEN

SIZE_PX = (1280, 720)
DRIVER_VARIABLE = "SDL_VIDEODRIVER"
NO_GRAPHICS_CARD = "no fast renderer available"


class NoWindowError(ProblemError):
    """No window can be seen here; the message says what was found, and what to do."""


@dataclass(frozen=True)
class Wishes:
    """What the person asked of the window since the last frame.

    `keys_down`, `keys_up`: names as the keyboard source knows them; `clicks`: places in the 1280 x 720 picture.
    `moved`: the pointer did. `away`: the window lost the person's attention (another window came in front, or it was
    made small).
    """

    leave: bool = False
    pause: bool = False
    away: bool = False
    confirm: bool = False
    keys_down: tuple[str, ...] = ()
    keys_up: tuple[str, ...] = ()
    clicks: tuple[tuple[int, int], ...] = ()
    pointer: tuple[int, int] | None = None
    moved: bool = False


class Window:
    """A resizable window whose picture is always 1280 x 720 to those who paint it: on `surface`, which stays the same,
    or on `frame`, which is asked for anew for every picture and may be the window itself. F11 fills the screen. `note`
    is laid over every picture until it is taken away; `closed`: its cross was used, and the person has done;
    `comfort` is how the person sees and hears best.
    Raises NoWindowError where nobody could see it."""

    def __init__(self, title: str, comfort: Comfort = USUAL) -> None:
        self.comfort = comfort
        _begin_display()
        pygame.font.init()
        pygame.display.set_caption(title)
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            self.surface = pygame.display.set_mode(SIZE_PX, pygame.RESIZABLE | pygame.SCALED)
        self._full_screen = False
        # A graphics card fits the picture to the window for nothing. The processor takes three milliseconds for it even
        # where there is nothing to fit: without a card the picture is fitted here, and only to a window that differs.
        self._fitted_here = any(NO_GRAPHICS_CARD in str(warning.message) for warning in heard)
        if self._fitted_here:
            pygame.display.set_mode(SIZE_PX, pygame.RESIZABLE)
            self.surface = pygame.Surface(SIZE_PX).convert()
        self.note: pygame.Surface | None = None
        self.closed = False
        # Being opened takes the focus to and fro; that is not the person looking away.
        pygame.event.clear()

    def painter(self, affected_side: Side, easel: Easel = AT_ONCE) -> Painter:
        """Paints for this window, in the person's own colours and size of letters."""
        return Painter(
            SIZE_PX,
            PALETTES[self.comfort.palette],
            words=dict(strings().sentences),
            text_scale=self.comfort.text,
            affected_side=affected_side,
            canvas=self.surface,
            easel=easel,
        )

    def wishes(self) -> Wishes:
        """Everything since the last call. Escape and the window's own cross leave; Space pauses."""
        leave = pause = away = confirm = moved = False
        down: list[str] = []
        up: list[str] = []
        clicks: list[tuple[int, int]] = []
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                leave = self.closed = True
            elif event.type == pygame.KEYDOWN:
                leave |= event.key == pygame.K_ESCAPE
                pause |= event.key == pygame.K_SPACE
                confirm |= event.key in (pygame.K_RETURN, pygame.K_KP_ENTER)
                if event.key == pygame.K_F11:
                    self._toggle_full_screen()
                down.append(pygame.key.name(event.key))
            elif event.type == pygame.KEYUP:
                up.append(pygame.key.name(event.key))
            elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
                clicks.append(self._in_picture(event.pos))
            elif event.type == pygame.MOUSEMOTION:
                moved = True
            elif event.type in (pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED):
                away = True
            elif event.type == pygame.WINDOWFOCUSGAINED:
                away = False
        pointer = self._in_picture(pygame.mouse.get_pos())
        return Wishes(leave, pause, away, confirm, tuple(down), tuple(up), tuple(clicks), pointer, moved)

    @property
    def frame(self) -> pygame.Surface:
        """Where the next picture is best painted: on the window itself while it is just as large as the picture."""
        screen = _screen()
        return screen if screen.get_size() == SIZE_PX else self.surface

    def show(self, picture: pygame.Surface) -> None:
        """Put a 1280 x 720 picture on the screen."""
        if self.note is not None:
            picture.blit(self.note, ((SIZE_PX[0] - self.note.get_width()) // 2, 24))
        screen = _screen()
        if picture is not screen:
            area = self._area()
            if area.size == SIZE_PX:
                screen.blit(picture, area)
            else:
                pygame.transform.smoothscale(picture, area.size, screen.subsurface(area))
        pygame.display.flip()

    def _area(self) -> pygame.Rect:
        """Where the picture lies in the window: as large as it goes, in the middle."""
        window = _screen().get_rect()
        return pygame.Rect((0, 0), SIZE_PX).fit(window) if window.size != SIZE_PX else window

    def _in_picture(self, place: tuple[int, int]) -> tuple[int, int]:
        """A place in the window as one in the 1280 x 720 picture."""
        if not self._fitted_here:
            return int(place[0]), int(place[1])
        area = self._area()
        return (
            (int(place[0]) - area.left) * SIZE_PX[0] // max(area.width, 1),
            (int(place[1]) - area.top) * SIZE_PX[1] // max(area.height, 1),
        )

    def _toggle_full_screen(self) -> None:
        self._full_screen = not self._full_screen
        if not self._fitted_here:
            pygame.display.toggle_fullscreen()
        elif self._full_screen:
            pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            pygame.display.set_mode(SIZE_PX, pygame.RESIZABLE)

    def close(self) -> None:
        pygame.display.quit()


def _begin_display() -> None:
    """Where no screen answers, SDL goes on without a word and paints for nobody: only who asks for that shall have
    it."""
    asked = os.environ.get(DRIVER_VARIABLE, "")
    try:
        pygame.display.init()
    except pygame.error as problem:
        raise _no_window(str(problem)) from None
    driver = pygame.display.get_driver()
    if driver in UNSEEN and driver not in asked.split(","):
        pygame.display.quit()
        raise _no_window("no screen answers")


def _no_window(why: str) -> NoWindowError:
    names = (DRIVER_VARIABLE, "DISPLAY", "WAYLAND_DISPLAY")
    found = ", ".join(f"{name}={os.environ[name]}" for name in names if os.environ.get(name))
    return NoWindowError(
        f"No window can be opened here ({why}{'; ' if found else ''}{found}). Begin on a computer with a screen, or "
        "play without a window: opposable play LEVEL --headless"
    )


def open_window(title: str) -> Window:
    """The window, with this person's own settings."""
    return Window(title, own_comfort())


def _screen() -> pygame.Surface:
    """The whole window as it is now, whatever size it has been given."""
    screen = pygame.display.get_surface()
    assert screen is not None, "the window is closed"
    return screen
