"""Live readings as they arrive: waiting for the next one, and how many come in a second."""

from collections import deque
from collections.abc import Callable

from engine.clock import now_s, wait_s
from engine.hand import Sample

KEPT = 50


class Arrivals:
    """When the latest readings came."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque(maxlen=KEPT)

    def came(self, t_s: float) -> None:
        """One more."""
        self._times_s.append(t_s)

    @property
    def rate_hz(self) -> float | None:
        """Readings a second; None while fewer than two came."""
        if len(self._times_s) < 2 or self._times_s[-1] <= self._times_s[0]:
            return None
        return (len(self._times_s) - 1) / (self._times_s[-1] - self._times_s[0])


def first_of(
    look: Callable[[float], list[Sample]], timeout_s: float, pause_s: Callable[[float], float]
) -> list[Sample]:
    """What `look` finds, as soon as it finds something; nothing after `timeout_s`. `look` is told the time, `pause_s`
    how much is left of it and says when to look again."""
    until_s = now_s() + timeout_s
    while True:
        samples = look(now_s())
        left_s = until_s - now_s()
        if samples or left_s <= 0.0:
            return samples
        wait_s(min(pause_s(left_s), left_s))
