"""What is measured on one hand before it is scaled to a person: bends, distances, directions."""

from collections.abc import Sequence
from math import dist, hypot, sqrt
from typing import NamedTuple

import numpy as np

from engine.hand import LONG_FINGERS, TIPS, Array, Finger, HandFrame, Side
from engine.motion.kinematics import angles_in_palm, points_in_palm

# Touch is judged in the picture, where a tracker is sharp. Space only says when it cannot be a touch: depth is
# blurred, and touching pads come back as far as this apart, in hand sizes.
_DEPTH_BLUR = 0.40
_STEEP_RAD = 1.05
_THUMB = Finger.THUMB
_TIPS = tuple((finger, int(TIPS[finger])) for finger in LONG_FINGERS)
_FIRST_ANGLE = tuple((finger, 4 * n) for n, finger in enumerate(LONG_FINGERS, start=1))


class Measures(NamedTuple):
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
    return measure_seen(all_seen(frame), frame.side)


def all_seen(frame: HandFrame) -> Array:
    """What is seen of a hand in one array: (21, 5), metres and then picture widths; (21, 3) where no picture is."""
    return frame.points_m if frame.picture_xy is None else np.concatenate((frame.points_m, frame.picture_xy), axis=1)


def measure_seen(seen: Array, side: Side) -> Measures:
    """The measures of what `all_seen` gives, as it is or smoothed."""
    points = points_in_palm(seen[:, :3], side)
    angle_rad = angles_in_palm(points)
    bend_rad = {_THUMB: angle_rad[2] + angle_rad[3]}
    for finger, n in _FIRST_ANGLE:
        bend_rad[finger] = angle_rad[n] + angle_rad[n + 1] + angle_rad[n + 2]
    steep = angle_rad[4] >= _STEEP_RAD or angle_rad[16] >= _STEEP_RAD
    spread_rad = None if steep else angle_rad[7] - angle_rad[19]

    size_m = _hand_size(points)
    # The palm's radial axis runs along the knuckles, from the little one to the index.
    index_x = points[5][0]
    thumb_across = (index_x - points[4][0]) / max(index_x - points[17][0], 1e-6)
    aperture = _apertures(points, size_m)
    if seen.shape[1] == 3:
        return Measures(angle_rad, bend_rad, aperture, spread_rad, thumb_across, None, size_m)

    x_m, y_m, _, x, y = seen.T.tolist()
    # Picture widths per metre at the hand: the size of the cloud of landmarks in the picture over its size in space
    # seen from the same side. Unlike the palm's own size in the picture, it holds when the hand turns.
    scale = sqrt(_scatter(x, y) / max(_scatter(x_m, y_m), 1e-9))
    hand_size = max(size_m * scale, 1e-6)
    for finger, tip in _TIPS:
        touch = hypot(x[4] - x[tip], y[4] - y[tip]) / hand_size
        aperture[finger] = max(touch, aperture[finger] - _DEPTH_BLUR)
    palm_xy = (x[0] + x[5] + x[9] + x[17]) / 4, (y[0] + y[5] + y[9] + y[17]) / 4
    return Measures(angle_rad, bend_rad, aperture, spread_rad, thumb_across, palm_xy, hand_size)


def _hand_size(points: Sequence[Sequence[float]]) -> float:
    """The mean of wrist to index, middle and little knuckle and of the knuckle line."""
    wrist, index, little = points[0], points[5], points[17]
    return max((dist(wrist, index) + dist(wrist, points[9]) + dist(wrist, little) + dist(index, little)) / 4, 1e-6)


def _apertures(points: Sequence[Sequence[float]], hand_size: float) -> dict[Finger, float]:
    thumb = points[4]
    return {finger: dist(thumb, points[tip]) / hand_size for finger, tip in _TIPS}


def _scatter(x: list[float], y: list[float]) -> float:
    """Sum of squared distances of points from their mean."""
    x_sum, y_sum = sum(x), sum(y)
    return max(hypot(*x, *y) ** 2 - (x_sum * x_sum + y_sum * y_sum) / len(x), 0.0)
