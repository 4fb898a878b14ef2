"""How long the way from a picture to the screen takes, step by step, over a whole session and in constant room."""

from collections.abc import Mapping
from typing import Any

import numpy as np

STEPS = (
    "capture_to_tracker",
    "tracker_to_landmarks",
    "landmarks_to_received",
    "received_to_tick",
    "tick_to_shown",
    "capture_to_shown",
)
"""The steps in their order; the last is the whole way, measured on its own and not added up."""
MOST_MS, BINS_PER_MS = 1000, 4


class Delays:
    """Counts delays by quarters of a millisecond up to a second (longer ones count as a second)."""

    def __init__(self) -> None:
        self._counts: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}

    def add(self, step: str, delay_s: float) -> None:
        """One more delay of this step; a step that is none of STEPS is a mistake of the program."""
        if step not in STEPS:
            raise KeyError(step)
        counts = self._counts.get(step)
        if counts is None:
            counts = self._counts[step] = np.zeros(MOST_MS * BINS_PER_MS + 1, dtype=np.int64)
        counts[min(max(int(1000 * delay_s * BINS_PER_MS), 0), MOST_MS * BINS_PER_MS)] += 1

    def summary(self) -> dict[str, dict[str, float]]:
        """Step -> `n`, and milliseconds within which half (`p50_ms`) and 95 of 100 (`p95_ms`) were done."""
        return {step: _told(self._counts[step]) for step in STEPS if step in self._counts}

    def joined(self, other: "Delays") -> "Delays":
        """Both together."""
        both = Delays()
        for one in (self, other):
            for step, counts in one._counts.items():
                both._counts[step] = both._counts[step] + counts if step in both._counts else counts.copy()
        return both


def _told(counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> dict[str, float]:
    so_far = np.cumsum(counts)
    n = int(so_far[-1])
    p50, p95 = (float(np.searchsorted(so_far, share * n)) / BINS_PER_MS for share in (0.5, 0.95))
    return {"n": n, "p50_ms": p50, "p95_ms": p95}


def in_words(summary: Mapping[str, Mapping[str, Any]]) -> str:
    """One line for a person who looks into delays: each step's usual time."""
    return ", ".join(f"{step.replace('_', ' ')} {told['p50_ms']:.1f} ms" for step, told in summary.items())


class OnTheWay:
    """The newest sample on its way to the screen, in the process that plays."""

    def __init__(self, delays: Delays) -> None:
        self.delays = delays
        self._arrived: tuple[float, float] | None = None
        self._used: tuple[float, float] | None = None
        self._painted: tuple[float, float] | None = None
        self.last_tick = (float("-inf"), float("-inf"))
        """When the picture was taken that the game was told of last, and when it was told."""

    def arrived(self, captured_s: float, now_s: float) -> None:
        """A sample came; one that is still waiting for a tick is overtaken by it."""
        self._arrived = captured_s, now_s

    def ticked(self, now_s: float) -> None:
        """The game has been told of all that came."""
        if self._arrived is not None:
            captured_s, came_s = self._arrived
            self.delays.add("received_to_tick", now_s - came_s)
            self._arrived, self._used = None, (captured_s, now_s)
            self.last_tick = captured_s, now_s

    def painting(self) -> None:
        """What the game has made of it so far is being painted; what it is told from now on comes with the next
        picture."""
        self._painted, self._used = self._used, None

    def shown(self, now_s: float) -> None:
        """What was painted is on the screen."""
        if self._painted is not None:
            captured_s, used_s = self._painted
            self.delays.add("tick_to_shown", now_s - used_s)
            self.delays.add("capture_to_shown", now_s - captured_s)
            self._painted = None
