"""What is measured on one hand before it is scaled to a person: bends, distances, directions."""

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from engine.hand import LONG_FINGERS, TIPS, Array, Finger, HandFrame
from engine.motion.kinematics import joint_angles

_PALM = np.array([0, 5, 9, 17])
_SPANS = np.array([(0, 5), (0, 9), (0, 17), (5, 17)])
# Where a finger pad and the thumb overlap in the picture only, their distance in space tells: touching pads come
# back as far as this apart in hand sizes, because a tracker blurs depth.
_DEPTH_BLUR = 0.40
_STEEP_RAD = 1.05


@dataclass(frozen=True, eq=False)
class Measures:
    """One hand, measured.

    `angle_rad`: (20,) joint angles, order of `HandAngles.as_array`.
    `bend_rad`: thumb MCP + IP, other fingers MCP + PIP + DIP, by finger.
    `aperture`: thumb tip to fingertip over hand size, by long finger; 0.1-0.2 touching, above 0.5 apart.
    `spread_rad`: abduction of the index less that of the little finger; None while the fingers are too bent to tell.
    `thumb_across`: thumb tip along the knuckle line, 0 at the index knuckle, 1 at the little one's.
    `palm_xy`: palm centre in picture widths, or None. `hand_size`: in picture widths, or metres where no picture.
    """

    angle_rad: Array
    bend_rad: dict[Finger, float]
    aperture: dict[Finger, float]
    spread_rad: float | None
    thumb_across: float
    palm_xy: tuple[float, float] | None
    hand_size: float


def measure(frame: HandFrame) -> Measures:
    """Everything the controls need, from one frame."""
    points = frame.points_m
    angle_rad = joint_angles(points, frame.side)
    thumb, *fingers = angle_rad.reshape(5, 4).tolist()
    bend_rad = {Finger.THUMB: thumb[2] + thumb[3]}
    bend_rad |= {finger: row[0] + row[1] + row[2] for finger, row in zip(LONG_FINGERS, fingers, strict=True)}
    spread_rad = None
    if max(fingers[0][0], fingers[3][0]) < _STEEP_RAD:
        spread_rad = fingers[0][3] - fingers[3][3]

    size_m = _hand_size(points)
    picture, hand_size, palm_xy = frame.picture_xy, size_m, None
    if picture is not None:
        hand_size = size_m * _picture_scale(points, picture)
        x, y = picture[_PALM].mean(axis=0).tolist()
        palm_xy = (x, y)
    knuckles = (points[17] - points[5]).tolist()
    thumb_from_index = (points[4] - points[5]).tolist()
    along = sum(a * b for a, b in zip(thumb_from_index, knuckles, strict=True))
    return Measures(
        angle_rad,
        bend_rad,
        _apertures(points, size_m, picture, hand_size),
        spread_rad,
        along / max(sum(a * a for a in knuckles), 1e-9),
        palm_xy,
        hand_size,
    )


def _hand_size(points: Array) -> float:
    """Mean of wrist to index, middle and little knuckle and of the knuckle line."""
    spans = points[_SPANS[:, 0]] - points[_SPANS[:, 1]]
    return max(float(np.sqrt((spans * spans).sum(axis=1)).mean()), 1e-6)


def _picture_scale(points: Array, picture: Array) -> float:
    """Picture widths per metre at the hand: the size of the cloud of landmarks in the picture over its size in space
    seen from the same side. Unlike the palm's own size in the picture, it holds when the hand turns."""
    flat = points[:, :2]
    in_space, seen = flat - flat.mean(axis=0), picture - picture.mean(axis=0)
    return sqrt(float((seen * seen).sum()) / max(float((in_space * in_space).sum()), 1e-9))


def _apertures(points: Array, size_m: float, picture: Array | None, hand_size: float) -> dict[Finger, float]:
    """Touch is judged in the picture, where a tracker is sharp; space only says when it cannot be a touch."""
    apart: dict[Finger, float] = {}
    thumb = points[4].tolist()
    for finger in LONG_FINGERS:
        tip = TIPS[finger]
        x, y, z = points[tip].tolist()
        in_space = sqrt((x - thumb[0]) ** 2 + (y - thumb[1]) ** 2 + (z - thumb[2]) ** 2) / size_m
        if picture is None:
            apart[finger] = in_space
            continue
        (a, b), (c, d) = picture[4].tolist(), picture[tip].tolist()
        seen = hypot(a - c, b - d) / max(hand_size, 1e-6)
        apart[finger] = max(seen, in_space - _DEPTH_BLUR)
    return apart
