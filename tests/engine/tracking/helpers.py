"""Shared by the tracking tests: the clips, the hand model, a camera made of noise, and waiting for a state."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine import clock
from engine.sources.source import SourceState
from engine.tracking.model import HandModelError, hand_model
from engine.tracking.sharedpicture import Image, SharedPicture
from engine.tracking.supervisor import Supervisor

CLIPS = Path(__file__).resolve().parents[4] / "shared" / "clips"
PATIENCE_S = 50.0


def clip(name: str) -> Path:
    """One of the rendered clips; the test is skipped where they are not beside the checkout."""
    path = CLIPS / name
    if not path.exists():
        pytest.skip(f"the clip {name} is not beside this checkout (looked in {CLIPS})")
    return path


def need_model() -> Path:
    """The hand model of this computer; the test is skipped where there is none, for tests stay off the network."""
    try:
        return hand_model(fetch_it=False)
    except HandModelError:
        pytest.skip("no hand model on this computer yet; any camera command fetches it once")


def need_both_models() -> tuple[Path, Path]:
    """The full and the lite model of this computer; the test is skipped where either is missing."""
    full = need_model()
    try:
        return full, hand_model("lite", fetch_it=False)
    except HandModelError:
        pytest.skip("the quicker model is not on this computer; `opposable setup` makes it")


def wait_for(condition: Callable[[], bool], limit_s: float = PATIENCE_S) -> float:
    """Seconds until the condition holds; the test ends here if it does not in time."""
    began_s = clock.now_s()
    while not condition():
        assert clock.now_s() - began_s < limit_s, f"waited {limit_s} s in vain"
        clock.wait_s(0.005)
    return clock.now_s() - began_s


def wait_for_state(supervisor: Supervisor, state: SourceState, limit_s: float = PATIENCE_S) -> float:
    def reached() -> bool:
        status = supervisor.status()
        assert status.state in (state, SourceState.OPENING, SourceState.RUNNING, SourceState.LOST), status
        return status.state is state

    return wait_for(reached, limit_s)


class NoiseCamera:
    """A camera in shared memory that shows noise at 30 pictures a second, until it is told to show something else."""

    def __init__(self) -> None:
        self.shared = SharedPicture.create()
        self.show: Callable[[int], Image | None] = noise
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    @property
    def written(self) -> str:
        return f"shared:{self.shared.name}"

    def _run(self) -> None:
        number = 0
        while not self._stop.wait(1 / 30):
            image = self.show(number)
            if image is not None:
                self.shared.write(image, clock.now_s())
            number += 1

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self.shared.close()


def noise(number: int) -> Image:
    return np.random.default_rng(number).integers(60, 120, (480, 640, 3), dtype=np.uint8)
