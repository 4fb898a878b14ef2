"""What the camera process saw and how it is, handed from the thread that hears it to the one that plays."""

import contextlib
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from statistics import median

from engine.clock import now_s
from engine.sources.source import Latency, SourceState, SourceStatus
from engine.tracking.messages import Found

QUEUE_LIVE, QUEUE_EVERY_ONE = 64, 256
RECENT, RECKONED_EVERY = 90, 15
"""Rate and delays are those of so many latest pictures, and reckoned anew this often: a window asks in every frame."""


@dataclass(frozen=True, eq=False)
class Detection:
    """One picture's hands, and when this process heard of them."""

    found: Found
    received_s: float


class Inbox:
    """Detections that wait to be taken, and the status. `every_one`: none may be left out; otherwise the newest are
    kept. `closing` is set once nothing more is wanted."""

    def __init__(self, every_one: bool, reason: str) -> None:
        self.closing = threading.Event()
        self._every_one = every_one
        self._waiting: deque[Detection] = deque(maxlen=None if every_one else QUEUE_LIVE)
        self._recent: deque[Detection] = deque(maxlen=RECENT)
        self._lock = threading.Lock()
        # Whoever is asked to end while waiting at a `Condition` may leave it broken; at a queue of its own, never.
        self._news: SimpleQueue[None] = SimpleQueue()
        self._status = SourceStatus(SourceState.OPENING, reason)
        self._reckoned = SourceStatus(SourceState.RUNNING)
        self._pictures = 0

    @property
    def has_room(self) -> bool:
        """Whether more may be put in without anything being left out that must not be."""
        return not self._every_one or len(self._waiting) < QUEUE_EVERY_ONE

    @property
    def state(self) -> SourceState:
        return self._status.state

    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.closing.is_set() or self.state in (SourceState.GONE, SourceState.ENDED)

    def put(self, detection: Detection) -> None:
        """One more picture; where pictures come, all is well."""
        with self._lock:
            if self.closing.is_set():
                return
            self._waiting.append(detection)
            self._recent.append(detection)
            self._pictures += 1
            changed = self._reckoned.model != detection.found.size
            if changed or len(self._recent) < RECKONED_EVERY or self._pictures % RECKONED_EVERY == 0:
                self._reckoned = _reckoned(self._recent)
        self.tell(SourceState.RUNNING)

    def take(self, timeout_s: float) -> list[Detection]:
        """All that arrived, oldest first; waits up to `timeout_s` for one."""
        until_s = now_s() + timeout_s
        with contextlib.suppress(Empty):
            # News of what was taken before wakes nobody.
            while not self._news.empty():
                self._news.get_nowait()
            while not self._waiting and not self.is_over():
                self._news.get(timeout=max(until_s - now_s(), 0.0))
        with self._lock:
            taken = list(self._waiting)
            self._waiting.clear()
        return taken

    def tell(self, state: SourceState, reason: str = "") -> None:
        """How it is from now on."""
        with self._lock:
            if self._status.state is not state or self._status.reason != reason:
                self._status = SourceStatus(state, reason)
                if state is not SourceState.RUNNING:
                    self._recent.clear()
        self._wake()

    def _wake(self) -> None:
        """Let go whoever waits; one piece of news is enough for all that has changed."""
        if self._news.empty():
            self._news.put(None)

    def status(self) -> SourceStatus:
        """How it is, with rate and delays while it runs; the model stays known when it has ended."""
        with self._lock:
            status, reckoned = self._status, self._reckoned
        return reckoned if status.state is SourceState.RUNNING else replace(status, model=reckoned.model)

    def close(self) -> None:
        """Nobody takes any more: whoever waits is let go, and what still waits or comes is left."""
        with self._lock:
            self.closing.set()
            self._waiting.clear()
        self._wake()


def _reckoned(recent: Sequence[Detection]) -> SourceStatus:
    """How it is while pictures come: the model of the latest one, and, of two or more, rate and delays."""
    running = SourceStatus(SourceState.RUNNING, model=recent[-1].found.size)
    span_s = recent[-1].found.captured_s - recent[0].found.captured_s
    if len(recent) < 2:
        return running
    latency = Latency(
        1000 * median(one.found.detected_s - one.found.captured_s for one in recent),
        1000 * median(one.received_s - one.found.detected_s for one in recent),
    )
    return replace(running, rate_hz=(len(recent) - 1) / span_s if span_s > 0 else None, latency=latency)
