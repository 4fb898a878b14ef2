"""Where the pictures of things are made: at once, or, while a window must not wait, in the background.

A coin box or a coaster takes longer to paint than a frame lasts. In play a rough picture of it, made in a ninth of the
time or less, stands in for the few frames until the fine one is done; for a thing on the move, its own picture of a
moment ago.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar

from engine.courtesy import let_the_windows_thread_go_first
from engine.view.sprite import ROUGH

Made = TypeVar("Made")
KEPT = 256


class Easel(Protocol):
    """Makes pictures by functions that take, after all else, how many lines of sight there are to a pixel."""

    def picture(
        self, make: Callable[..., Made], *what: Hashable, rough: float | None = ROUGH, like: Hashable | None = None
    ) -> Made:
        """The picture of this. Until it is made, the newest one that was asked for as `like` the same stands in, or one
        of `rough` lines of sight to a pixel; where nothing rough will do (None), it is waited for."""
        ...


class AtOnce:
    """Every picture fine, however long it takes: the same scene gives the same picture."""

    def picture(
        self,
        make: Callable[..., Made],
        *what: Hashable,
        rough: float | None = ROUGH,  # noqa: ARG002
        like: Hashable | None = None,  # noqa: ARG002
    ) -> Made:
        return make(*what)


AT_ONCE = AtOnce()


class InBackground:
    """A stand-in now, the fine picture as soon as another thread has made it."""

    def __init__(self) -> None:
        self._painter = ThreadPoolExecutor(1, "easel", initializer=let_the_windows_thread_go_first)
        self._fine: dict[Hashable, Future[Any]] = {}
        self._newest: dict[Hashable, Any] = {}
        self._waiting: dict[Hashable, Hashable] = {}

    def picture(
        self, make: Callable[..., Made], *what: Hashable, rough: float | None = ROUGH, like: Hashable | None = None
    ) -> Made:
        key = (make, what)
        begun = self._fine.get(key) or self._begin(key, like)
        fine: Made
        if begun.done():
            fine = begun.result()
            if like is not None:
                self._newest[like] = fine
            return fine
        if like is not None and like in self._newest:
            before: Made = self._newest[like]
            return before
        fine = begun.result() if rough is None else make(*what, rough)
        return fine

    def _begin(self, key: tuple[Callable[..., Made], tuple[Hashable, ...]], like: Hashable | None) -> "Future[Made]":
        if len(self._fine) >= KEPT:
            self._fine.pop(next(iter(self._fine)))
        make, what = key
        begun = self._fine[key] = self._painter.submit(make, *what)
        if like is not None:
            # A thing on the move has left the place that is still waiting to be painted.
            left = self._waiting.get(like)
            if left in self._fine and self._fine[left].cancel():
                del self._fine[left]
            self._waiting[like] = key
            begun.add_done_callback(partial(self._made, like))
        return begun

    def _made(self, like: Hashable, done: "Future[Any]") -> None:
        if not done.cancelled():
            self._newest[like] = done.result()

    def close(self) -> None:
        """Make no more."""
        self._painter.shutdown(wait=False, cancel_futures=True)
