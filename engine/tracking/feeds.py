"""Things that give pictures one after the other: a camera, a video at its own pace, pictures from another process.

A feed is opened, asked for pictures until it has none, and closed; it may block, so each is asked from a thread of its
own (engine.tracking.pictures). All pictures are red first, as the person would see themselves in a photograph: never
mirrored.
"""

import sys
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from engine import clock
from engine.tracking.sharedpicture import Image, SharedPicture

CAMERA_WIDTH, CAMERA_HEIGHT, CAMERA_HZ = 640, 480, 30
USUAL_HZ = 30.0
SHARED_WAIT_S, SHARED_LOOK_S = 0.05, 0.001


class FeedEnd(Exception):  # noqa: N818 - the end of a video is no error
    """There will be no more pictures."""


class RefusedError(RuntimeError):
    """This can never give pictures; the message says why."""


class Feed(Protocol):
    def grab(self) -> tuple[Image, float] | None:
        """The next picture and when it was taken (machine's clock); None where none could be had just now."""
        ...

    def close(self) -> None: ...


def red_first(image: Image) -> Image:
    """OpenCV's blue-first picture turned round; what is no colour picture is left for the picture check to name."""
    if image.ndim == 3 and image.shape[2] == 3 and image.size:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)
    return image


class CameraFeed:
    """A webcam by its number: small, fast pictures, and no queue inside the driver."""

    def __init__(self, number: int) -> None:
        self._capture = cv2.VideoCapture(number)
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, CAMERA_WIDTH)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, CAMERA_HEIGHT)
        self._capture.set(cv2.CAP_PROP_FPS, CAMERA_HZ)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    @property
    def is_open(self) -> bool:
        return bool(self._capture.isOpened())

    def grab(self) -> tuple[Image, float] | None:
        if not self._capture.grab():
            return None
        captured_s = clock.now_s()
        ok, image = self._capture.retrieve()
        return (red_first(np.asarray(image, dtype=np.uint8)), captured_s) if ok else None

    def close(self) -> None:
        self._capture.release()


class VideoFile:
    """A video, picture by picture. `rate_hz` is its own rate; a damaged picture is passed over."""

    def __init__(self, path: Path, first_frame: int = 0) -> None:
        self._capture = cv2.VideoCapture(str(path))
        if not self._capture.isOpened():
            raise RefusedError(f"{path.name} cannot be read as a video. An MP4 or AVI file is what is needed.")
        rate_hz = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.rate_hz = rate_hz if 1.0 <= rate_hz <= 1000.0 else USUAL_HZ
        self.next_frame = 0
        while self.next_frame < first_frame:
            self._capture.grab()
            self.next_frame += 1

    def read(self) -> tuple[Image, int]:
        """The next picture, red first, and its number; raises FeedEnd after the last."""
        # OpenCV may answer "no" once in the middle of a damaged file and go on afterwards.
        for _ in range(10):
            ok, image = self._capture.read()
            self.next_frame += 1
            if ok:
                return red_first(np.asarray(image, dtype=np.uint8)), self.next_frame - 1
        raise FeedEnd

    def close(self) -> None:
        self._capture.release()


class PacedVideo:
    """A video that plays at its own rate, as a camera would show it."""

    def __init__(self, path: Path, first_frame: int = 0) -> None:
        self._video = VideoFile(path, first_frame)
        self._first_frame = first_frame
        self._started_s = clock.now_s()

    def grab(self) -> tuple[Image, float] | None:
        shown = self._video.next_frame - self._first_frame
        clock.wait_s(self._started_s + shown / self._video.rate_hz - clock.now_s())
        captured_s = clock.now_s()
        return self._video.read()[0], captured_s

    def close(self) -> None:
        self._video.close()


class SharedFeed:
    """Pictures another process writes into shared memory of this name; raises FileNotFoundError while there is none."""

    def __init__(self, name: str) -> None:
        self._shared = SharedPicture.attach(name)
        self._seen = 0

    def grab(self) -> tuple[Image, float] | None:
        until_s = clock.now_s() + SHARED_WAIT_S
        while clock.now_s() < until_s:
            found = self._shared.newest(self._seen)
            if found is not None:
                self._seen = found.number
                return found.image, found.captured_s
            clock.wait_s(SHARED_LOOK_S)
        return None

    def close(self) -> None:
        self._shared.close()


def no_picture_from(kind: str, rest: str) -> str:
    """In words, what is missing and what to look at."""
    if kind == "camera":
        hint = " Also allow camera use in the system's privacy settings." if sys.platform == "darwin" else ""
        return f"No picture from camera {rest}. Is it plugged in, and is no other program using it?{hint}"
    if kind == "shared":
        return "No picture comes from the synthetic camera."
    return f"No picture comes from '{kind}:{rest}'."
