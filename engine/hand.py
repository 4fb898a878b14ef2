"""What a hand is to this engine: sides, fingers, landmarks, and the one sample type every source yields."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Side(StrEnum):
    """The person's own left or right; never the picture's."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite hand."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Finger(StrEnum):
    """The five fingers, in the order every array and report keeps."""

    THUMB = "thumb"
    INDEX = "index"
    MIDDLE = "middle"
    RING = "ring"
    LITTLE = "little"


FINGERS = tuple(Finger)
LONG_FINGERS = FINGERS[1:]


class Landmark(IntEnum):
    """The 21 points of a hand, numbered as MediaPipe numbers them."""

    WRIST = 0
    THUMB_CMC = 1
    THUMB_MCP = 2
    THUMB_IP = 3
    THUMB_TIP = 4
    INDEX_MCP = 5
    INDEX_PIP = 6
    INDEX_DIP = 7
    INDEX_TIP = 8
    MIDDLE_MCP = 9
    MIDDLE_PIP = 10
    MIDDLE_DIP = 11
    MIDDLE_TIP = 12
    RING_MCP = 13
    RING_PIP = 14
    RING_DIP = 15
    RING_TIP = 16
    LITTLE_MCP = 17
    LITTLE_PIP = 18
    LITTLE_DIP = 19
    LITTLE_TIP = 20


TIPS: Mapping[Finger, Landmark] = {finger: Landmark(4 * (n + 1)) for n, finger in enumerate(FINGERS)}


@dataclass(frozen=True)
class Sensed:
    """What of a hand's pose was sensed, and what is only shown. `angles`: the angles of its joints; a glove that tells
    how far each finger is bent knows none. `missing`: fingers of which nothing came; they are shown going with the
    others."""

    angles: bool = True
    missing: tuple[Finger, ...] = ()


ALL_SENSED = Sensed()


@dataclass(frozen=True, eq=False)
class HandFrame:
    """One hand at one moment.

    `t_s`: when the picture was taken (or the sensor read), seconds on the source's clock.
    `points_m`: (21, 3), metres, camera axes (x right, y down, z away) of the unmirrored picture.
    `picture_xy`: (21, 2), in picture widths, or None where there is no picture (a glove).
    `confidence`: 0..1, how far this frame may be believed.
    `sensed`: what of it was measured.
    """

    t_s: float
    side: Side
    points_m: Array
    picture_xy: Array | None
    confidence: float
    sensed: Sensed = ALL_SENSED


@dataclass(frozen=True, eq=False)
class Sample:
    """What a source saw at one moment. A hand that was not seen is None."""

    t_s: float
    left: HandFrame | None = None
    right: HandFrame | None = None

    def hand(self, side: Side) -> HandFrame | None:
        """The hand of that side, None where it was not seen."""
        return self.left if side is Side.LEFT else self.right
