"""The camera process: holds the camera and MediaPipe, and tells the game process what it found. Started by spawn.

It never lives on after something has gone amiss inside MediaPipe or a camera's driver: it ends, and the supervisor
starts another. Importing this module imports neither MediaPipe nor OpenCV; running it does.
"""

import contextlib
import faulthandler
import os
import signal
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import platformdirs

from engine import clock
from engine.courtesy import let_the_window_go_first
from engine.tracking.lean import leave_out_what_is_not_used
from engine.tracking.messages import Beat, Look, Lost, Order, Ready, Report, Stage, Start

BEAT_S = 0.1
PREVIEW_WIDTH_PX = 320
LOG_LIMIT_BYTES = 1_000_000
LAST_WORDS_S = 1.0
EXIT_CRASHED, EXIT_STUCK = 70, 75
"""How the process ends where MediaPipe raised, and where only the camera's driver hangs (which is no crash)."""

NOWHERE = "http://127.0.0.1:9"
"""MediaPipe is pinned to a release that sends nothing. Should another one be installed, its mail goes here."""


class Orders:
    """What this process has been told since it began: to `stop`, and how many `hands` to look for (None: as begun)."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.hands: Literal[1, 2] | None = None


class Outbox:
    """What leaves this process: reports from the work, and a heartbeat from a thread beside it."""

    def __init__(self, reports: "Connection[Report, object]") -> None:
        self._reports = reports
        self._lock = threading.Lock()
        self._stage = (Stage.LOADING, clock.now_s())
        self._lost: str | None = None
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()

    def enter(self, stage: Stage) -> None:
        """From now on the work is in this stage."""
        self._stage = (stage, clock.now_s())

    def send(self, report: Report) -> None:
        self._lost = None
        self._send(report)

    def lost(self, reason: str | None) -> None:
        """Say that there is no usable picture, once for each reason; None says nothing."""
        if reason is not None and reason != self._lost:
            self._lost = reason
            self._send(Lost(reason))

    def _send(self, report: Report) -> None:
        with self._lock:
            self._reports.send(report)

    def _beat(self) -> None:
        while True:
            stage, since_s = self._stage
            try:
                self._send(Beat(stage, clock.now_s() - since_s))
            except OSError:
                os._exit(0)  # nobody listens any more
            clock.wait_s(BEAT_S)


def log_path() -> Path:
    """Where the libraries' chatter goes: technical lines, never anything about a person."""
    return Path(platformdirs.user_log_path("opposable")) / "tracking.log"


def run(orders: "Connection[object, Order]", reports: "Connection[Report, object]") -> None:
    """The whole life of the camera process. Imports first, so that a spare one stands ready, then waits for orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _redirect_output()
    os.environ.update(dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy"), NOWHERE))
    # Without this some Windows cameras take a minute to open; it is read when OpenCV is imported.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    let_the_window_go_first()
    leave_out_what_is_not_used()
    from engine.tracking.work import work

    try:
        reports.send(Ready())
        start = orders.recv()
    except (EOFError, OSError):
        os._exit(0)
    if not isinstance(start, Start):
        os._exit(0)
    told = Orders()
    threading.Thread(target=_listen, args=(orders, told), name="orders", daemon=True).start()
    code = EXIT_CRASHED
    try:
        code = work(start, Outbox(reports), told)
    except (BrokenPipeError, ConnectionError):
        code = 0
    except Exception:
        traceback.print_exc()
    sys.stderr.flush()
    # No tidying by the interpreter: MediaPipe's own fails there, and a driver that hangs would keep us for ever.
    os._exit(code)


def _listen(orders: "Connection[object, Order]", told: Orders) -> None:
    """Take orders; stop when told to, or when the game process is gone; and do not let anything keep us."""
    with contextlib.suppress(EOFError, OSError):
        while isinstance(order := orders.recv(), Look):
            told.hands = order.hands
    told.stop.set()
    clock.wait_s(LAST_WORDS_S)
    os._exit(0)


def _redirect_output() -> None:
    """Send this process's output and errors, the libraries' own included, to a file only this person can read."""
    target = _open_log()
    os.dup2(target, 1)
    os.dup2(target, 2)
    faulthandler.enable(2)


def _open_log() -> int:
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if os.fstat(log).st_size > LOG_LIMIT_BYTES:
            os.truncate(log, 0)
        return log
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
