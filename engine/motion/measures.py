"""What is measured on one hand before it is scaled to a person: bends, distances, directions."""

from dataclasses import dataclass
from math import dist, sqrt

import numpy as np

from engine.hand import LONG_FINGERS, TIPS, Array, Finger, HandFrame
from engine.motion.kinematics import joint_angles
from engine.motion.vectors import Vector, dot, sub

_PALM = (0, 5, 9, 17)
# Hand size is the mean of wrist to index, middle and little knuckle and of the knuckle line.
_SPANS = ((0, 5), (0, 9), (0, 17), (5, 17))
# Touch is judged in the picture, where a tracker is sharp. Space only says when it cannot be a touch: depth is
# blurred, and touching pads come back as far as this apart, in hand sizes.
_DEPTH_BLUR = 0.40
_STEEP_RAD = 1.05


@dataclass(frozen=True, eq=False)
class Measures:
    """One hand, measured.

    `angle_rad`: 20 joint angles, order of `HandAngles.as_array`.
    `bend_rad`: thumb MCP + IP, other fingers MCP + PIP + DIP, by finger.
    `aperture`: thumb tip to fingertip over hand size, by long finger; 0.1-0.2 touching, above 0.5 apart.
    `spread_rad`: abduction of the index less that of the little finger; None while the fingers are too bent to tell.
    `thumb_across`: thumb tip along the knuckle line, 0 at the index knuckle, 1 at the little one's.
    `palm_xy`: palm centre in picture widths, or None. `hand_size`: in picture widths, or metres where no picture.
    """

    angle_rad: tuple[float, ...]
    bend_rad: dict[Finger, float]
    aperture: dict[Finger, float]
    spread_rad: float | None
    thumb_across: float
    palm_xy: tuple[float, float] | None
    hand_size: float


def measure(frame: HandFrame) -> Measures:
    """Everything the controls need, from one frame."""
    points: list[Vector] = [(x, y, z) for x, y, z in frame.points_m.tolist()]
    angle_rad = joint_angles(points, frame.side)
    thumb_mcp, thumb_ip = angle_rad[2:4]
    bend_rad = {Finger.THUMB: thumb_mcp + thumb_ip}
    for n, finger in enumerate(LONG_FINGERS, start=1):
        bend_rad[finger] = sum(angle_rad[4 * n : 4 * n + 3])
    spread_rad = None
    if max(angle_rad[4], angle_rad[16]) < _STEEP_RAD:
        spread_rad = angle_rad[7] - angle_rad[19]

    size_m = max(sum(dist(points[a], points[b]) for a, b in _SPANS) / len(_SPANS), 1e-6)
    knuckles = sub(points[17], points[5])
    thumb_across = dot(sub(points[4], points[5]), knuckles) / max(dot(knuckles, knuckles), 1e-9)
    if frame.picture_xy is None:
        aperture = {finger: dist(points[4], points[TIPS[finger]]) / size_m for finger in LONG_FINGERS}
        return Measures(angle_rad, bend_rad, aperture, spread_rad, thumb_across, None, size_m)

    hand_size = max(size_m * _picture_scale(frame.points_m, frame.picture_xy), 1e-6)
    picture: list[list[float]] = frame.picture_xy.tolist()
    palm_xy = sum(picture[n][0] for n in _PALM) / len(_PALM), sum(picture[n][1] for n in _PALM) / len(_PALM)
    aperture = {
        finger: max(
            dist(picture[4], picture[TIPS[finger]]) / hand_size,
            dist(points[4], points[TIPS[finger]]) / size_m - _DEPTH_BLUR,
        )
        for finger in LONG_FINGERS
    }
    return Measures(angle_rad, bend_rad, aperture, spread_rad, thumb_across, palm_xy, hand_size)


def _picture_scale(points_m: Array, picture_xy: Array) -> float:
    """Picture widths per metre at the hand: the size of the cloud of landmarks in the picture over its size in space
    seen from the same side. Unlike the palm's own size in the picture, it holds when the hand turns."""
    in_space, seen = points_m[:, :2], picture_xy
    in_space = in_space - in_space.sum(axis=0) / len(in_space)
    seen = seen - seen.sum(axis=0) / len(seen)
    return sqrt(float(np.vdot(seen, seen)) / max(float(np.vdot(in_space, in_space)), 1e-9))
