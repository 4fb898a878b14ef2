"""Nothing flashes; and the counter that says so can tell."""

from dataclasses import replace

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from engine.view.flash import count_flashes
from engine.view.messages import Message
from engine.view.painter import Painter
from engine.view.palette import PALETTES, PaletteName
from engine.view.scene import Bead, Scene
from tests.engine.view.scenes import COINS, FULL, HAND, SLOT, SMALL, WORDS, ZONE

RATE = 60


def blinking(hz: float, light: tuple[int, int, int], dark: tuple[int, int, int]) -> list[NDArray[np.uint8]]:
    """Three seconds of a whole picture that goes light and dark."""
    return [
        np.full((48, 48, 3), light if int(n * hz * 2 / RATE) % 2 else dark, dtype=np.uint8) for n in range(3 * RATE)
    ]


@pytest.mark.parametrize(("hz", "allowed"), [(1, True), (2, True), (3, True), (4, False), (8, False), (15, False)])
def test_S1_the_counter_lets_three_pass_and_not_four(hz: float, allowed: bool) -> None:
    assert count_flashes(blinking(hz, (255, 255, 255), (0, 0, 0)), RATE).allowed is allowed
    assert count_flashes(blinking(hz, (255, 0, 0), (60, 60, 60)), RATE).allowed is allowed


def test_red_is_counted_by_itself() -> None:
    found = count_flashes(blinking(5, (200, 0, 0), (70, 70, 70)), RATE)
    assert found.general == 0
    assert found.red == 5


@pytest.mark.parametrize(("side", "counts"), [(60, True), (24, False)])
def test_a_flash_counts_where_it_fills_a_quarter_of_a_field(side: int, counts: bool) -> None:
    """Of 288 x 288 pixels, a field is 96 x 96: four by four cells."""
    pictures = [np.full((288, 288, 3), 120, dtype=np.uint8) for _ in range(2 * RATE)]
    for n, picture in enumerate(pictures):
        picture[100 : 100 + side, 30 : 30 + side] = 255 if int(n * 10 / RATE) % 2 else 0
    assert count_flashes(pictures, RATE).allowed is not counts


def test_faint_and_bright_changes_are_no_flashes() -> None:
    assert count_flashes(blinking(5, (128, 128, 128), (110, 110, 110)), RATE).general == 0
    assert count_flashes(blinking(5, (255, 255, 255), (240, 240, 240)), RATE).general == 0


def test_a_slow_fade_back_and_forth_counts_its_turns_once() -> None:
    levels = [int(127 + 127 * np.sin(2 * np.pi * n / RATE)) for n in range(3 * RATE)]
    assert count_flashes([np.full((24, 24, 3), level, dtype=np.uint8) for level in levels], RATE).general == 1


def busy_second(n: int) -> Scene:
    """One tick of a scene in which everything that can change does, as fast as a game may ask for."""
    share = n / RATE
    coin = replace(
        COINS[0], at_m=(0.2 * share - 0.1, 0.05 * abs(1 - 2 * share), 0.0), tilt_rad=6 * share, spin_rad=9 * share
    )
    bead: Bead = "done" if n > RATE // 2 else "now"
    return replace(
        FULL,
        shapes=(
            replace(ZONE, lit=share),
            replace(SLOT, lit=abs(1 - 2 * share)),
            replace(HAND, warm=share),
            coin,
            COINS[1],
        ),
        string=("done", bead, "todo", "todo"),
        sentence="slide" if n < RATE // 2 else "lift",
        time_left=1 - share,
    )


@pytest.mark.parametrize("palette", PALETTES)
def test_S1_play_stays_calm(palette: PaletteName) -> None:
    painter = Painter(SMALL, PALETTES[palette], words={**WORDS, "lift": "Pinch the coin and lift it."})
    pictures = (pygame.surfarray.array3d(painter.paint(busy_second(n))).swapaxes(0, 1) for n in range(RATE))
    assert count_flashes(pictures, RATE).calm


def test_a_rest_that_comes_and_goes_stays_calm() -> None:
    painter = Painter(SMALL, words=WORDS)
    shown = [min(1.0, n / 18) for n in range(RATE)] + [max(0.0, 1 - n / 18) for n in range(RATE // 2)]
    still = painter.paint(FULL).copy()
    pictures = []
    for n, share in enumerate(shown):
        message = Message("Rest", ("The next one waits for you.",), breath=0.5 + 0.5 * np.sin(n / 40))
        pictures.append(pygame.surfarray.array3d(painter.message(message, over=still, shown=share)).swapaxes(0, 1))
    assert count_flashes(pictures, RATE).calm
