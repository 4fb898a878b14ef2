"""MediaPipe's hand landmarker, kept thin: pictures in, raw hands out. Lives in the camera process only.

On any exception from here the process is to end: a graph that has met one unusable picture answers no later one, and
building it anew in the same process leaks.
"""

from collections.abc import Iterable
from typing import Any, Literal

import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import HandLandmarker, HandLandmarkerOptions, RunningMode

from engine.hand import Array
from engine.tracking.messages import RawHand
from engine.tracking.sharedpicture import Image

LOOKS_ANEW = 2
"""It is from where a hand was in the last look that MediaPipe tells its shape. So a hand just found, above all a fist,
may seem half open in the first two looks."""


class Landmarker:
    """Finds one or two hands in picture after picture. The first hand that it finds it looks at again, for nobody can
    tell such a picture from what the hand does: another tracker may have followed it until then. Close it yourself: its
    destructor comes too late at exit."""

    def __init__(self, bundle: bytes, hands: Literal[1, 2]) -> None:
        options = HandLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=bundle, delegate=BaseOptions.Delegate.CPU),
            running_mode=RunningMode.VIDEO,
            num_hands=hands,
        )
        self._landmarker = HandLandmarker.create_from_options(options)
        self._last_ms = 0
        self._begins = True

    def hands_in(self, image: Image, t_s: float) -> tuple[RawHand, ...]:
        """The hands in a picture (height, width, 3), red first; `t_s` should grow, and is made to where it does not."""
        found = self._look(image, t_s)
        if found and self._begins:
            self._begins = False
            for _ in range(LOOKS_ANEW):
                found = self._look(image, t_s)
        return found

    def begin_anew(self, image: Image, t_s: float) -> None:
        """What it followed last is out of date: an empty picture of this size makes it search."""
        self._look(np.full(image.shape, 90, dtype=np.uint8), t_s)
        self._begins = True

    def _look(self, image: Image, t_s: float) -> tuple[RawHand, ...]:
        self._last_ms = max(self._last_ms + 1, round(t_s * 1000))
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(image))
        found = self._landmarker.detect_for_video(picture, self._last_ms)
        sides = zip(found.handedness, found.hand_landmarks, found.hand_world_landmarks, strict=True)
        return tuple(
            RawHand(side[0].category_name, float(side[0].score), _points(image_points), _points(world_points))
            for side, image_points, world_points in sides
        )

    def close(self) -> None:
        self._landmarker.close()


def _points(landmarks: Iterable[Any]) -> Array:
    return np.array([(point.x, point.y, point.z) for point in landmarks], dtype=np.float64)
