"""Keeps a camera process running for the game process: hears it, judges it, replaces it, and may give up kindly.

One thread does all the waiting; `take` and `status` never wait longer than they are told to. A spare process with its
libraries loaded stands by, so that the picture is back in well under the second that importing them takes.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from engine import clock
from engine.sources.source import SourceState, SourceStatus
from engine.tracking.bundle import Size
from engine.tracking.child import END_GRACE_S, Child
from engine.tracking.fetch import Progress
from engine.tracking.inbox import Detection, Inbox
from engine.tracking.messages import Beat, Ended, Found, Lost, Refused, Report, Stage, Start
from engine.tracking.model import HandModelError, hand_model
from engine.tracking.sharedpicture import SharedImage, SharedPicture
from engine.tracking.watch import CRASHES_ALLOWED, Health, Pulse, health, too_many
from engine.tracking.worker import EXIT_STUCK, PREVIEW_WIDTH_PX

LISTEN_S = 0.02
HELD_UP_S = 0.25
CLOSE_LIMIT_S = 3.0
STUCK_PAUSE_S = (0.0, 1.0, 2.0, 4.0)

OPENING = "The camera is starting."
PAUSED = "The camera paused for a moment."
AGAIN = "The camera is starting again."
HANGS = "The camera stopped answering. It is being started again."
GAVE_UP = "The camera stopped three times within a minute. Please choose another way to play, or start again."
OVER = "The video is over."
CLOSED = "The camera is closed."


class _ClosingError(Exception):
    """The person left while the model was still being fetched."""


class Supervisor:
    """Tracks the hands in `pictures` ("camera:0", "video:FILE", "shared:NAME") in a process of its own.

    `every_one`: no picture may be left out (a video read fast); the process then waits for us.
    `find_model` is how the hand model is come by; it may take minutes the first time and runs beside everything else.
    `find_lite` finds the lite one, where it may be changed to when this machine cannot keep up.
    """

    def __init__(
        self,
        pictures: str,
        hands: Literal[1, 2] = 1,
        size: Size = "full",
        every_one: bool = False,
        preview: bool = False,
        find_model: Callable[[Size, Progress], Path] = lambda size, progress: hand_model(size, progress=progress),
        find_lite: Callable[[], Path | None] = lambda: None,
    ) -> None:
        self._start = Start(pictures=pictures, model_path="", size=size, hands=hands)
        self._find_model, self._find_lite = find_model, find_lite
        self._every_one = every_one
        self._inbox = Inbox(every_one, OPENING)
        self._closing = self._inbox.closing
        self._start_changes = threading.Lock()
        self._crashes_s: tuple[float, ...] = ()
        self._stuck = 0
        self._child: Child | None = None
        self._spare: Child | None = None
        self._preview = SharedPicture.create(3 * PREVIEW_WIDTH_PX**2) if preview else None
        if self._preview is not None:
            self._start = replace(self._start, preview=self._preview.name)
        self._thread = threading.Thread(target=self._run, name="camera supervisor", daemon=True)
        self._thread.start()

    @property
    def child_pid(self) -> int | None:
        """The camera process now, for tests."""
        child = self._child
        return None if child is None else child.pid

    @property
    def spare_is_ready(self) -> bool:
        """True once a second process stands by that could carry on at once."""
        spare = self._spare
        return spare is not None and spare.is_ready()

    def take(self, timeout_s: float) -> list[Detection]:
        """All detections that arrived, oldest first; waits up to `timeout_s` for one."""
        return self._inbox.take(timeout_s)

    def status(self) -> SourceStatus:
        return self._inbox.status()

    def look_for(self, hands: Literal[1, 2]) -> None:
        """Change how many hands are looked for, from the next picture on."""
        with self._start_changes:
            child, self._start = self._child, replace(self._start, hands=hands)
        if child is not None:
            child.look_for(hands)

    def preview(self, after: int = 0) -> SharedImage | None:
        """The newest small picture of what the camera sees (unmirrored), if it was asked for and is newer."""
        return None if self._preview is None else self._preview.newest(after)

    def close(self) -> None:
        """End the processes and the thread. May be called twice."""
        self._inbox.close()
        if self._thread is not threading.current_thread():
            self._thread.join(CLOSE_LIMIT_S)
        self._inbox.tell(SourceState.ENDED, CLOSED)
        if self._preview is not None:
            self._preview.close()
            self._preview = None

    def _run(self) -> None:
        try:
            self._child = Child()
            path = self._find_model(self._start.size, self._tell_progress)
            lite = self._find_lite()
            with self._start_changes:
                self._start = replace(self._start, model_path=str(path), lite_path=None if lite is None else str(lite))
            self._inbox.tell(SourceState.OPENING, OPENING)
            self._child.start(self._start)
            self._look_after()
        except HandModelError as problem:
            self._inbox.tell(SourceState.GONE, str(problem))
        except OSError as problem:
            self._inbox.tell(SourceState.GONE, f"The camera process could not be started: {problem}")
        except _ClosingError:
            pass
        finally:
            if self._child is not None:
                self._child.end(END_GRACE_S)
            if self._spare is not None:
                self._spare.end()
            self._child = self._spare = None

    def _tell_progress(self, fraction: float, words: str) -> None:
        if self._closing.is_set():
            raise _ClosingError
        self._inbox.tell(SourceState.OPENING, f"{words} {fraction:.0%}" if 0 < fraction < 1 else words)

    def _look_after(self) -> None:
        pulse = Pulse(clock.now_s())
        while not self._inbox.is_over():
            assert self._child is not None
            began_s = clock.now_s()
            room = self._inbox.has_room
            report, lives = self._child.listen(LISTEN_S, take=room)
            now_s = clock.now_s()
            if not room or now_s - began_s > HELD_UP_S:
                # We did not listen, or were held up ourselves (a laptop asleep): that silence was ours.
                pulse = replace(pulse, heard_s=now_s)
            if report is not None:
                pulse = self._heard(report, pulse, now_s)
            if self._inbox.is_over():
                return
            if not lives:
                pulse = self._succeed_dead()
                continue
            state = health(pulse, now_s, self._every_one)
            if state is Health.HUNG:
                pulse = self._succeed(HANGS, crashed=True)
            elif state is Health.STALLED and self._inbox.state is SourceState.RUNNING:
                self._inbox.tell(SourceState.LOST, PAUSED)

    def _heard(self, report: Report, pulse: Pulse, now_s: float) -> Pulse:
        match report:
            case Beat():
                return Pulse(now_s, report.stage, report.in_stage_s)
            case Found():
                self._arrived(Detection(report, now_s))
                return Pulse(now_s, Stage.CHANGING if report.changing else Stage.WAITING)
            case Lost():
                self._inbox.tell(SourceState.LOST, report.reason)
            case Ended():
                self._inbox.tell(SourceState.ENDED, OVER)
            case Refused():
                self._inbox.tell(SourceState.GONE, report.reason)
        return replace(pulse, heard_s=now_s)

    def _arrived(self, detection: Detection) -> None:
        with self._start_changes:
            self._start = replace(self._start, first_frame=detection.found.frame + 1)
        self._stuck = 0
        self._inbox.put(detection)
        if self._spare is None and not self._closing.is_set():
            self._spare = Child()

    def _succeed_dead(self) -> Pulse:
        """The process has ended by itself: was it the camera's driver, or a crash?"""
        assert self._child is not None
        if self._child.exit_code() != EXIT_STUCK:
            return self._succeed(AGAIN, crashed=True)
        self._inbox.tell(SourceState.LOST, HANGS)
        self._closing.wait(STUCK_PAUSE_S[min(self._stuck, len(STUCK_PAUSE_S) - 1)])
        self._stuck += 1
        return self._succeed(HANGS, crashed=False)

    def _succeed(self, reason: str, crashed: bool) -> Pulse:
        """Bury the process and let the spare one carry on, unless this was once too often."""
        assert self._child is not None
        now_s = clock.now_s()
        self._inbox.tell(SourceState.LOST, reason)
        self._child.end()
        self._child = None
        if crashed:
            self._crashes_s = (*self._crashes_s[-CRASHES_ALLOWED:], now_s)
        if crashed and too_many(self._crashes_s, now_s):
            self._inbox.tell(SourceState.GONE, GAVE_UP)
            return Pulse(now_s)
        self._child, self._spare = self._spare or Child(), None
        self._child.start(self._start)
        return Pulse(clock.now_s())
