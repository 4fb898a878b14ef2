"""Help in a dim room comes on, stays on, and goes off again without fluttering; and makes the picture brighter.

Run in a process of its own, because this one stays free of OpenCV.
"""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

import numpy as np

from engine.tracking.sharedpicture import Image


def in_another_process(function: Callable[["Connection[object, object]"], None]) -> object:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=function, args=(sender,))
    process.start()
    sender.close()
    try:
        return receiver.recv()
    finally:
        process.join()


def picture(brightness: float, seed: int = 1) -> Image:
    """A bright square on a darker ground, with a sensor's noise."""
    generator = np.random.default_rng(seed)
    image = np.full((120, 160, 3), brightness * 0.8)
    image[30:90, 40:120] = brightness * 1.4
    return np.clip(image + generator.normal(0, 4, image.shape), 0, 255).astype(np.uint8)


def switch(answer: "Connection[object, object]") -> None:
    from engine.tracking.dim import DimHelp
    from engine.tracking.picturecheck import light_of

    help_in_dim = DimHelp()
    on = []
    for level in (100, 60, 50, 38, 50, 60, 75, 60, 50, 38):
        image = picture(level)
        help_in_dim(image, light_of(image).mean)
        on.append(help_in_dim.on)
    answer.send(on)


def stretch(answer: "Connection[object, object]") -> None:
    from engine.tracking.dim import stretched

    dim = picture(30)
    bright = stretched(dim)
    ground, square = bright[5:25], bright[40:80, 60:100]
    contrast = float(square.mean() - ground.mean())
    answer.send((bright.dtype == np.uint8, bright.shape == dim.shape, contrast > 180 > dim.mean()))


def plain(answer: "Connection[object, object]") -> None:
    from engine.tracking.dim import stretched

    answer.send(bool(np.isfinite(stretched(np.full((80, 80, 3), 30, np.uint8))).all()))


def test_help_comes_on_below_one_brightness_and_goes_off_above_a_higher_one() -> None:
    on = in_another_process(switch)
    assert on == [False, False, False, True, True, True, False, False, False, True]


def test_a_dim_picture_is_spread_over_all_greys() -> None:
    assert in_another_process(stretch) == (True, True, True)


def test_a_picture_of_one_grey_survives() -> None:
    assert in_another_process(plain) is True
