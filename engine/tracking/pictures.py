"""Where pictures come from, inside the camera process: `camera:N`, `video:FILE`, `shared:NAME`.

A live feed is read by a thread that never rests and keeps the newest picture only, so that a picture is never older
than it must be and a camera that blocks does not block the rest.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine import clock
from engine.tracking.feeds import (
    CameraFeed,
    Feed,
    PacedVideo,
    SharedFeed,
    VideoFile,
    no_picture_from,
)
from engine.tracking.sharedpicture import Image
from engine.tracking.spec import picture_spec

LOST_AFTER_S = 0.6
MISSES_BEFORE_LOST = 10
MISS_PAUSE_S = 0.02
REOPEN_FIRST_S, REOPEN_LAST_S = 0.25, 2.0
STUCK_AFTER_S = 2.0
OPEN_WORDS_AFTER_S, OPEN_LIMIT_S = 5.0, 60.0
OPENS_LONG = "The camera takes its time to open. Some need up to a minute."


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture (height, width, 3), red first. `t_s` is the moment it is of, `captured_s` when we got it."""

    frame: int
    t_s: float
    captured_s: float
    image: Image


class Pictures(Protocol):
    """Pictures to look at. `every_one`: none may be left out, and time is the video's own."""

    every_one: bool

    def next(self, timeout_s: float) -> Picture | None:
        """The next (or newest) picture; None if none came in time. Raises FeedEnd or RefusedError."""
        ...

    def lost(self) -> str | None:
        """Why no pictures come at the moment, in words; None while they come or are about to."""
        ...

    def stuck(self) -> bool:
        """True where the camera's driver has not answered for so long that only leaving the process helps."""
        ...

    def close(self) -> None: ...


class FastVideo:
    """Every frame of a video, each waiting until it is asked for."""

    every_one = True

    def __init__(self, path: Path, first_frame: int) -> None:
        self._video = VideoFile(path, first_frame)

    def next(self, timeout_s: float) -> Picture | None:  # noqa: ARG002 - a file never keeps us waiting
        captured_s = clock.now_s()
        image, frame = self._video.read()
        return Picture(frame, frame / self._video.rate_hz, captured_s, image)

    def lost(self) -> str | None:
        return None

    def stuck(self) -> bool:
        return False

    def close(self) -> None:
        self._video.close()


class LivePictures:
    """The newest picture of a live feed, which is opened again and again while it gives none."""

    every_one = False

    def __init__(self, open_feed: Callable[[], Feed | None], missing: str, first_frame: int = 0) -> None:
        self._open_feed = open_feed
        self._missing = missing
        self._frame = first_frame
        self._fresh = threading.Condition()
        self._newest: Picture | None = None
        self._end: Exception | None = None
        self._is_open = False
        self._began_s = self._answered_s = clock.now_s()
        self._last_good_s: float | None = None
        self._gave_none = False
        self._closing = threading.Event()
        threading.Thread(target=self._watch, name="pictures", daemon=True).start()

    def next(self, timeout_s: float) -> Picture | None:
        with self._fresh:
            self._fresh.wait_for(lambda: self._newest is not None or self._end is not None, timeout_s)
            picture, self._newest = self._newest, None
            if picture is None and self._end is not None:
                raise self._end
            return picture

    def lost(self) -> str | None:
        now_s = clock.now_s()
        if self._last_good_s is not None:
            return self._missing if now_s - self._last_good_s > LOST_AFTER_S else None
        if self._gave_none:
            return self._missing
        return OPENS_LONG if now_s - self._began_s > OPEN_WORDS_AFTER_S else None

    def stuck(self) -> bool:
        limit_s = STUCK_AFTER_S if self._is_open else OPEN_LIMIT_S
        return clock.now_s() - self._answered_s > limit_s

    def close(self) -> None:
        self._closing.set()

    def _watch(self) -> None:
        pause_s = REOPEN_FIRST_S
        try:
            while not self._closing.is_set():
                feed = self._open_feed()
                self._answered_s = clock.now_s()
                if feed is not None:
                    self._is_open = True
                    pause_s = REOPEN_FIRST_S if self._read_while_good(feed) else pause_s
                    self._is_open = False
                    feed.close()
                self._gave_none = True
                self._closing.wait(pause_s)
                self._answered_s = clock.now_s()
                pause_s = min(2 * pause_s, REOPEN_LAST_S)
        except Exception as end:  # handed to whoever asks for the next picture
            with self._fresh:
                self._end = end
                self._fresh.notify_all()

    def _read_while_good(self, feed: Feed) -> bool:
        """Keep the newest picture until the feed gives none for a while; True if it ever gave one."""
        misses, gave_one = 0, False
        opened_s = clock.now_s()
        while not self._closing.is_set():
            grabbed = feed.grab()
            now_s = self._answered_s = clock.now_s()
            if grabbed is not None:
                image, captured_s = grabbed
                misses, gave_one = 0, True
                with self._fresh:
                    self._newest = Picture(self._frame, captured_s, captured_s, image)
                    self._frame += 1
                    self._last_good_s = now_s
                    self._fresh.notify_all()
                continue
            misses += 1
            quiet_s = now_s - max(self._last_good_s or 0.0, opened_s)
            if misses >= MISSES_BEFORE_LOST and quiet_s > LOST_AFTER_S:
                return gave_one
            self._closing.wait(MISS_PAUSE_S)
        return gave_one


def open_pictures(written: str, first_frame: int = 0) -> Pictures:
    """Open what is written as `camera:N`, `video:FILE[?pace=fast]` or `shared:NAME`; raises RefusedError."""
    spec = picture_spec(written)
    missing = no_picture_from(spec.kind, spec.rest)
    if spec.kind == "camera":
        return LivePictures(lambda: _camera(int(spec.rest)), missing)
    if spec.kind == "shared":
        return LivePictures(lambda: _shared(spec.rest), missing)
    if spec.fast:
        return FastVideo(Path(spec.rest), first_frame)
    return LivePictures(lambda: PacedVideo(Path(spec.rest), first_frame), missing, first_frame)


def _camera(number: int) -> Feed | None:
    feed = CameraFeed(number)
    if feed.is_open:
        return feed
    feed.close()
    return None


def _shared(name: str) -> Feed | None:
    try:
        return SharedFeed(name)
    except (FileNotFoundError, ValueError):
        return None
