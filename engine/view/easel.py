"""Where the pictures of things are made: at once, or, while a window must not wait, in the background.

A coin box or a coaster takes longer to paint than a frame lasts. In play a rough picture of it, made in a ninth of the
time or less, stands in for the few frames until the fine one is done.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from engine.view.sprite import ROUGH

Made = TypeVar("Made")
KEPT = 256


class Easel(Protocol):
    """Makes pictures by functions that take, after all else, how many lines of sight there are to a pixel."""

    def picture(self, make: Callable[..., Made], *what: Hashable, rough: float = ROUGH) -> Made:
        """The picture of this; `rough` lines of sight to a pixel will do for one that stands in."""
        ...


class AtOnce:
    """Every picture fine, however long it takes: the same scene gives the same picture."""

    def picture(self, make: Callable[..., Made], *what: Hashable, rough: float = ROUGH) -> Made:  # noqa: ARG002
        return make(*what)


AT_ONCE = AtOnce()


class InBackground:
    """A rough picture now, the fine one as soon as another thread has made it."""

    def __init__(self) -> None:
        self._painter = ThreadPoolExecutor(1, thread_name_prefix="easel")
        self._fine: dict[Hashable, Future[Any]] = {}

    def picture(self, make: Callable[..., Made], *what: Hashable, rough: float = ROUGH) -> Made:
        key = (make, what)
        begun = self._fine.get(key)
        if begun is None:
            if len(self._fine) >= KEPT:
                self._fine.pop(next(iter(self._fine)))
            begun = self._fine[key] = self._painter.submit(make, *what)
        fine: Made = begun.result() if begun.done() else make(*what, rough)
        return fine

    def close(self) -> None:
        """Make no more."""
        self._painter.shutdown(wait=False, cancel_futures=True)
