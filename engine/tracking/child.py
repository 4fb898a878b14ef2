"""One camera process as its parent sees it: spawned, given orders, listened to, ended for certain."""

import contextlib
import multiprocessing
from multiprocessing.connection import Connection, wait
from typing import Literal

from engine import clock
from engine.tracking import worker
from engine.tracking.messages import Look, Order, Report, Start, Stop

END_GRACE_S = 0.7


class Child:
    """A spawned camera process, importing its libraries at once and then waiting for `start`."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        orders_out: Connection[object, Order]
        orders_in: Connection[Order, object]
        orders_out, orders_in = context.Pipe(duplex=False)
        reports_out, reports_in = context.Pipe(duplex=False)
        self._orders: Connection[Order, object] = orders_in
        self._reports: Connection[object, Report] = reports_out
        self._process = context.Process(target=worker.run, args=(orders_out, reports_in), name="camera", daemon=True)
        self._process.start()
        # Only the child may hold its ends, or its death would not be heard.
        orders_out.close()
        reports_in.close()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def is_ready(self) -> bool:
        """For one that was not told to start yet: are its libraries loaded?"""
        return self._process.is_alive() and self._reports.poll()

    def start(self, start: Start) -> None:
        """Give the order to begin; a child that is already dead is found out by `listen`."""
        with contextlib.suppress(OSError):
            self._orders.send(start)

    def look_for(self, hands: Literal[1, 2]) -> None:
        """Change how many hands it looks for."""
        with contextlib.suppress(OSError):
            self._orders.send(Look(hands))

    def listen(self, timeout_s: float, take: bool = True) -> tuple[Report | None, bool]:
        """The next report (waiting up to `timeout_s` for one) and whether more may come: the process lives, or has left
        some. With `take` False they stay where they are, and the child waits when there is no more room."""
        ready = wait([self._process.sentinel, self._reports] if take else [self._process.sentinel], timeout_s)
        if not take and ready:
            # It has ended, and there is nothing to wait for but room.
            clock.wait_s(timeout_s)
        try:
            if self._reports not in ready:
                return None, self._process.is_alive() or self._reports.poll()
            return self._reports.recv(), True
        except (EOFError, OSError):
            # On Windows, asking whether there is more already finds the end.
            return None, False

    def exit_code(self) -> int | None:
        self._process.join(END_GRACE_S)
        return self._process.exitcode

    def end(self, grace_s: float = 0.0) -> None:
        """End it and leave nothing behind: asked first if there is `grace_s`, then killed, then buried."""
        if grace_s > 0:
            with contextlib.suppress(OSError):
                self._orders.send(Stop())
            self._process.join(grace_s)
        self._process.kill()
        self._process.join()
        self._process.close()
        self._orders.close()
        self._reports.close()
