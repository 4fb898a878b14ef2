"""The far end of a real wire: a thread that writes what a glove would, into a pty, a TCP or a UDP socket."""

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.clock import now_s, wait_s
from engine.hand import FINGERS, Finger
from engine.sources.dialects import Reading, write_alpha
from engine.sources.scripted import scripted

Line = Callable[[float], bytes]


def reading_at(t_s: float, most: float = 4095.0, dead: Finger | None = None) -> Reading:
    """The scripted hand in counts; a dead sensor always says 512. Live ones tremble by a count, as real ones do."""
    hand = scripted(t_s)
    noise = int(t_s * 1000) % 2
    values: dict[str, float] = {finger: min(round(hand.curl[finger] * (most - 1)) + noise, most) for finger in FINGERS}
    if dead is not None:
        values[dead] = 512.0
    return values


def alpha_at(t_s: float) -> bytes:
    return write_alpha(reading_at(t_s))


class PtyGlove:
    """A glove at a pty; `port` is a link that stays the same while the glove is unplugged and plugged in again."""

    def __init__(self, folder: Path, line: Line = alpha_at, rate_hz: float = 100.0) -> None:
        self.port = str(folder / "glove")
        self.line, self.rate_hz = line, rate_hz
        self.master = -1
        self.sent = 0
        self._lock = threading.Lock()
        self._began_s = now_s()
        self._stop = threading.Event()
        self.plug()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def plug(self) -> None:
        import tty

        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        with contextlib.suppress(FileNotFoundError):
            Path(self.port).unlink()
        Path(self.port).symlink_to(os.ttyname(slave))
        with self._lock:
            self.master, self.slave = master, slave

    def unplug(self) -> None:
        with self._lock:
            if self.master >= 0:
                os.close(self.slave)
                os.close(self.master)
            self.master = -1
        with contextlib.suppress(FileNotFoundError):
            Path(self.port).unlink()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(5.0)
        self.unplug()

    def write(self, data: bytes) -> int:
        with self._lock, contextlib.suppress(BlockingIOError, OSError):
            if self.master >= 0:
                return os.write(self.master, data)
        return 0

    def _write(self) -> None:
        next_s = now_s()
        while not self._stop.is_set():
            self.sent += self.write(self.line(now_s() - self._began_s)) > 0
            next_s = max(next_s + 1.0 / self.rate_hz, now_s() - 0.1)
            wait_s(next_s - now_s())


@contextlib.contextmanager
def glove_at(folder: Path, line: Line = alpha_at, rate_hz: float = 100.0) -> Iterator[PtyGlove]:
    if sys.platform == "win32":
        pytest.skip("Windows has no pty; the glove is tested there through socket://")
    glove = PtyGlove(folder, line, rate_hz)
    try:
        yield glove
    finally:
        glove.close()


@contextlib.contextmanager
def tcp_glove(line: Line = alpha_at, rate_hz: float = 100.0) -> Iterator[str]:
    """A glove that waits for a caller on the loopback; gives its `socket://` address."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    stop = threading.Event()

    def serve() -> None:
        began_s = now_s()
        while not stop.is_set():
            try:
                caller, _ = server.accept()
            except TimeoutError:
                continue
            with caller, contextlib.suppress(OSError):
                while not stop.is_set():
                    caller.sendall(line(now_s() - began_s))
                    wait_s(1.0 / rate_hz)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"socket://127.0.0.1:{server.getsockname()[1]}"
    finally:
        stop.set()
        thread.join(5.0)
        server.close()
