"""A model that is no longer used gives its memory back."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from bench.soak import GOAL_MB
from engine.tracking.bundle import Size
from engine.tracking.modelchoice import MOST_CHANGES
from tests.engine.tracking.helpers import need_both_models, noise

PICTURES = 30


def change_and_weigh(told: "Connection[list[float], object]", full: Path, lite: Path) -> None:
    """In a process of its own: looks at noise, changes the model as often as it ever does, and tells its size, MB."""
    from engine.tracking.eyes import Eyes

    eyes, n, sizes_mb = Eyes({"full": full, "lite": lite}, "full", 1), 0, list[float]()
    wanted: tuple[Size, Size] = ("full", "lite")
    for change in range(MOST_CHANGES + 1):
        eyes.change(wanted[change % 2])
        while eyes.changing or n < (change + 1) * PICTURES:
            eyes.hands_in(noise(n), n / 30)
            n += 1
        sizes_mb.append(psutil.Process().memory_info().rss / 2**20)
    told.send(sizes_mb)
    eyes.close()


@pytest.mark.long
def test_T3_changes_of_model_leave_the_camera_process_as_large_as_it_was() -> None:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    looking = context.Process(target=change_and_weigh, args=(sender, *need_both_models()))
    looking.start()
    sender.close()
    first_mb, *later_mb = receiver.recv()
    looking.join(10.0)
    looking.kill()
    looking.join()
    assert max(later_mb) < first_mb + GOAL_MB
