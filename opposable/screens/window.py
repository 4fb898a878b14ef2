"""The one window: opened once, scaled to the screen, its events turned into the few things a person can want."""

import warnings
from dataclasses import dataclass

import pygame

SIZE_PX = (1280, 720)


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
    """A resizable window whose picture is always 1280 x 720 to those who paint it. F11 fills the screen. `note` is
    laid over every picture until it is taken away."""

    def __init__(self, title: str) -> None:
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption(title)
        with warnings.catch_warnings():
            # Without a graphics card the picture is scaled by the processor; nobody needs to be told.
            warnings.filterwarnings("ignore", "no fast renderer available")
            self.surface = pygame.display.set_mode(SIZE_PX, pygame.RESIZABLE | pygame.SCALED)
        self.note: pygame.Surface | None = None
        # Being opened takes the focus to and fro; that is not the person looking away.
        pygame.event.clear()

    def wishes(self) -> Wishes:
        """Everything since the last call. Escape and the window's own cross leave; Space pauses."""
        leave = pause = away = confirm = moved = False
        down: list[str] = []
        up: list[str] = []
        clicks: list[tuple[int, int]] = []
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                leave = True
            elif event.type == pygame.KEYDOWN:
                leave |= event.key == pygame.K_ESCAPE
                pause |= event.key == pygame.K_SPACE
                confirm |= event.key in (pygame.K_RETURN, pygame.K_KP_ENTER)
                if event.key == pygame.K_F11:
                    pygame.display.toggle_fullscreen()
                down.append(pygame.key.name(event.key))
            elif event.type == pygame.KEYUP:
                up.append(pygame.key.name(event.key))
            elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
                clicks.append((int(event.pos[0]), int(event.pos[1])))
            elif event.type == pygame.MOUSEMOTION:
                moved = True
            elif event.type in (pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED):
                away = True
            elif event.type == pygame.WINDOWFOCUSGAINED:
                away = False
        x, y = pygame.mouse.get_pos()
        return Wishes(leave, pause, away, confirm, tuple(down), tuple(up), tuple(clicks), (x, y), moved)

    def show(self, picture: pygame.Surface) -> None:
        """Put a 1280 x 720 picture on the screen."""
        if picture is not self.surface:
            self.surface.blit(picture, (0, 0))
        if self.note is not None:
            self.surface.blit(self.note, ((SIZE_PX[0] - self.note.get_width()) // 2, 24))
        pygame.display.flip()

    def close(self) -> None:
        pygame.display.quit()
