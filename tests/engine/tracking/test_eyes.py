"""Another model is made ready beside the looking, and the heart beats on."""

import multiprocessing
import threading
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import pytest

from engine import clock
from engine.tracking.messages import Stage
from engine.tracking.watch import SILENCE
from tests.engine.tracking.helpers import need_both_models, noise
from tests.holdups import HoldUps

BEAT_S = 0.01


def look_and_change(
    told: "Connection[tuple[float, float, str], object]", full: Path, lite: Path, hands: Literal[1, 2]
) -> None:
    """In a process of its own: looks at noise, changes the model, and tells the longest silence of a heart that beats
    a hundred times a second, for how much of it the machine was to blame, and the model it ends with."""
    from engine.tracking.eyes import Eyes

    eyes = Eyes({"full": full, "lite": lite}, "full", hands)
    stop, beats = threading.Event(), list[float]()

    def beat() -> None:
        while not stop.wait(BEAT_S):
            beats.append(clock.now_s())

    for n in range(8):
        eyes.hands_in(noise(n), n / 30)
    held_up, heart, n = HoldUps(), threading.Thread(target=beat), 8
    heart.start()
    eyes.change("lite")
    while eyes.changing:
        eyes.hands_in(noise(n), n / 30)
        n += 1
    stop.set()
    heart.join()
    told.send((max(later - earlier for earlier, later in pairwise(beats)), held_up.so_far_s, eyes.size))
    eyes.close()


@pytest.mark.long
@pytest.mark.parametrize("hands", [1, 2])
def test_T2_the_heart_beats_on_while_another_model_is_made_ready(hands: Literal[1, 2]) -> None:
    full, lite = need_both_models()
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    looking = context.Process(target=look_and_change, args=(sender, full, lite, hands))
    looking.start()
    sender.close()
    silent_s, held_up_s, size = receiver.recv()
    looking.join(10.0)
    looking.kill()
    looking.join()
    assert size == "lite"
    assert silent_s < SILENCE[Stage.CHANGING].stalled_s / 2 + held_up_s
