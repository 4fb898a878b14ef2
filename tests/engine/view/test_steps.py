"""The slip with what is to be done in a row: it fits, ticks what is done, and rings what comes now."""

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from engine.view.painter import Painter
from engine.view.palette import OKABE_ITO
from engine.view.scene import Scene

ROW = ("fist", "touch_ring", "spread")


def picture(pictures: tuple[str, ...], done: float, size: tuple[int, int] = (1280, 720)) -> NDArray[np.uint8]:
    scene = Scene((), sentence="Close your hand.", picture="fist", steps=pictures, steps_done=done)
    return pygame.surfarray.array3d(Painter(size).paint(scene)).astype(np.int16)


def ring_at(pixels: NDArray[np.uint8]) -> float:
    """The middle of what has the ring's colour, pixels from the left."""
    from_ring = np.abs(pixels - np.array(OKABE_ITO["orange"])).sum(axis=2) < 12
    return float(np.nonzero(from_ring.any(axis=1))[0].mean())


def test_the_ring_goes_from_one_to_the_next() -> None:
    places = [ring_at(picture(ROW, done)) for done in (0.0, 0.5, 1.0, 2.0)]
    assert places == sorted(places)
    assert places[1] == pytest.approx((places[0] + places[2]) / 2, abs=2)
    assert places[2] == pytest.approx(640, abs=2)


def test_what_is_done_is_ticked_and_nothing_else() -> None:
    first, second, none = picture(ROW, 1.0), picture(ROW, 2.0), picture(ROW, 0.0)
    green = [
        ((pixels[..., 1] - pixels[..., 0] > 60) & (pixels[..., 2] < 120))[:, 480:600]
        for pixels in (none, first, second)
    ]
    ticks = [int(found.sum()) for found in green]
    assert ticks[0] < 5
    assert ticks[1] > 50
    assert ticks[2] == pytest.approx(2 * ticks[1], rel=0.2)


@pytest.mark.parametrize("size", [(1280, 720), (800, 600)])
def test_six_in_a_row_fit_the_picture(size: tuple[int, int]) -> None:
    with_row, without = picture(ROW * 2, 0.0, size), picture((), 0.0, size)
    columns = np.nonzero((with_row != without).any(axis=(1, 2)))[0]
    assert columns.min() > 8
    assert columns.max() < size[0] - 8
