"""The tracker struck down again and again: `python -m bench.blows [--blows 100] [--restarts 200]`.

By turns it is killed, crashed and stopped, while a camera of noise shows thirty pictures a second: how long until that
is noticed, how long until hands could be found again, and whether a time stamp ever goes back. After two blows the
camera is closed and opened again, for a third within a minute is meant to end it. Then the camera is opened and closed,
again and again. Prints what was found, and what is left behind of processes, threads, open files and memory.
"""

import argparse
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import psutil

from engine import clock
from engine.sources.source import SourceState
from engine.tracking.sharedpicture import SharedPicture
from engine.tracking.supervisor import Supervisor

BLOWS = tuple(name for name in ("SIGKILL", "SIGSEGV", "SIGSTOP") if hasattr(signal, name))
BEFORE_IT_GIVES_UP = 2
NOTICED_S, BACK_S, LONGEST_S = 0.5, 3.0, 30.0


@dataclass(frozen=True)
class Left:
    """What this process holds: its child processes, those of them that are dead and not buried, threads, open files and
    memory."""

    children: int
    zombies: int
    threads: int
    files: int
    memory_mb: float


@dataclass
class Struck:
    """Seconds, blow by blow: until noticed, and until pictures were looked at again. `backwards`: stamps gone back;
    `gave_up`: how often three ends within a minute were reached all the same, one of them nobody's blow but that of a
    machine too busy to look at a picture within a second."""

    noticed_s: list[float] = field(default_factory=list)
    back_s: list[float] = field(default_factory=list)
    backwards: int = 0
    gave_up: int = 0


class GaveUpError(Exception):
    """The supervisor has offered another way to play."""


def left() -> Left:
    me = psutil.Process()
    children = me.children(recursive=True)
    zombies = sum(child.status() == psutil.STATUS_ZOMBIE for child in children)
    files = me.num_fds() if hasattr(me, "num_fds") else 0
    return Left(len(children), zombies, threading.active_count(), files, me.memory_info().rss / 1e6)


@contextmanager
def noise() -> Iterator[str]:
    """A camera in shared memory, as pictures are written for a source."""
    shared, stop, random = SharedPicture.create(), threading.Event(), np.random.default_rng(1)
    pictures = [random.integers(60, 120, (480, 640, 3), dtype=np.uint8) for _ in range(4)]

    def show() -> None:
        number = 0
        while not stop.wait(1 / 30):
            shared.write(pictures[number % len(pictures)], clock.now_s())
            number += 1

    thread = threading.Thread(target=show)
    thread.start()
    try:
        yield f"shared:{shared.name}"
    finally:
        stop.set()
        thread.join()
        shared.close()


def strike(camera: str, blows: int) -> Struck:
    """So many blows, all kinds by turns."""
    struck = Struck()
    while (done := len(struck.back_s)) < blows:
        supervisor = Supervisor(camera)
        try:
            for n in range(done, min(done + BEFORE_IT_GIVES_UP, blows)):
                _one_blow(supervisor, BLOWS[n % len(BLOWS)], struck)
        except GaveUpError:
            struck.gave_up += 1
        finally:
            supervisor.close()
    return struck


def _one_blow(supervisor: Supervisor, name: str, struck: Struck) -> None:
    _until(supervisor, SourceState.RUNNING)
    began_s = clock.now_s()
    while not supervisor.spare_is_ready and clock.now_s() - began_s < LONGEST_S:
        clock.wait_s(0.01)
    stamps = [one.found.captured_s for one in supervisor.take(1.0)]
    pid = supervisor.child_pid
    assert pid is not None
    os.kill(pid, getattr(signal, name))
    noticed_s = _until(supervisor, SourceState.LOST)
    stamps += [one.found.captured_s for one in supervisor.take(0.0)]
    back_s = noticed_s + _until(supervisor, SourceState.RUNNING)
    stamps += [one.found.captured_s for one in supervisor.take(1.0)]
    struck.noticed_s.append(noticed_s)
    struck.back_s.append(back_s)
    struck.backwards += int((np.diff(stamps) <= 0).sum())


def restart(camera: str, times: int) -> None:
    """Open the camera, wait for its first picture, close it; so many times."""
    for _ in range(times):
        supervisor = Supervisor(camera)
        try:
            _until(supervisor, SourceState.RUNNING)
        finally:
            supervisor.close()


def _until(supervisor: Supervisor, state: SourceState) -> float:
    """Seconds until this state."""
    began_s = clock.now_s()
    while supervisor.status().state is not state:
        if supervisor.status().state is SourceState.GONE:
            raise GaveUpError
        assert clock.now_s() - began_s < LONGEST_S, (state, supervisor.status())
        clock.wait_s(0.005)
    return clock.now_s() - began_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blows", type=int, default=100)
    parser.add_argument("--restarts", type=int, default=200)
    asked = parser.parse_args()
    with noise() as camera:
        restart(camera, 1)
        before = left()
        struck = strike(camera, asked.blows)
        for what, took_s, goal_s in (("noticed", struck.noticed_s, NOTICED_S), ("back", struck.back_s, BACK_S)):
            p50, p95 = np.percentile(took_s, [50, 95])
            late = sum(one > goal_s for one in took_s)
            print(
                f"{len(took_s)} blows, {what} after: half {p50:.2f} s, 95 of 100 {p95:.2f} s, at most "
                f"{max(took_s):.2f} s; {late} later than {goal_s} s",
                flush=True,
            )
        print(
            f"time stamps that went back: {struck.backwards}; given up by itself: {struck.gave_up}; "
            f"{before} before, {left()} after",
            flush=True,
        )
        warm = before
        for part in range(2):
            restart(camera, asked.restarts // 2)
            warm = left() if part == 0 else warm
        print(f"{asked.restarts} restarts; {warm} after half of them, {left()} after all")


if __name__ == "__main__":
    main()
