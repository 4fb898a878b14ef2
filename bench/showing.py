"""What stands around a game that is measured: a clip shown over and over, as a camera would, by a process of its own,
and a window without one where there is no screen."""

import multiprocessing
import os
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path

from engine import clock
from engine.tracking.sharedpicture import Image, SharedPicture

MOST_BYTES = 600_000_000
"""Of a longer clip its beginning is shown: twenty seconds of 640 x 480."""


def a_clip(written: str) -> Path:
    """A clip as it is written after a command.

    Raises:
        ArgumentTypeError: there is no such file.
    """
    if not Path(written).is_file():
        raise ArgumentTypeError(f"there is no file '{written}' here; give the path of a video")
    return Path(written)


def on_any_machine() -> None:
    """No sound; and where there is no screen, a window that nobody sees."""
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")


@contextmanager
def showing(clip: Path, rate_hz: float = 30.0) -> Iterator[str]:
    """The name of the shared memory (`shared:NAME` is the source) in which the clip is shown, for as long as wanted."""
    shared = SharedPicture.create()
    arguments = (str(clip), shared.name, rate_hz)
    player = multiprocessing.get_context("spawn").Process(target=show_for_ever, args=arguments, daemon=True)
    player.start()
    try:
        while shared.newest() is None:
            if not player.is_alive():
                raise SystemExit(f"no picture can be read from {clip}")
            clock.wait_s(0.05)
        yield shared.name
    finally:
        player.kill()
        player.join()
        shared.close()


def show_for_ever(clip: str, memory: str, rate_hz: float) -> None:
    """The clip's pictures, again and again, until the process is ended. They are read before: a camera takes no
    processor from the game that it is for."""
    from engine.tracking.feeds import FeedEnd, VideoFile

    video, images = VideoFile(Path(clip)), list[Image]()
    with suppress(FeedEnd):
        while sum(image.nbytes for image in images) < MOST_BYTES:
            images.append(video.read()[0])
    video.close()
    shared, next_s = SharedPicture.attach(memory), clock.now_s()
    for image in cycle(images):
        next_s = max(next_s + 1 / rate_hz, clock.now_s())
        clock.wait_s(next_s - clock.now_s())
        shared.write(image, clock.now_s())
