"""A game in its window, moved on by hand, with real keys and clicks."""

from collections.abc import Callable

import pygame

from engine.clock import now_s
from opposable.screens.live import Live

SPACE, ESCAPE, RETURN = pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_RETURN


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
