"""What is measured on one hand before it is scaled to a person: bends, distances, directions."""

from collections.abc import Sequence
from math import dist, sqrt
from typing import NamedTuple

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Array, Finger, HandFrame, Side
from engine.motion.kinematics import angles_in_palm, palm_of
from engine.motion.vector import Point, dot, unit, way
from engine.motion.vectors import Vector

# Touch is judged in the picture, where a tracker is sharp. Space only says when it cannot be a touch: depth is
# blurred, and touching pads come back as far as this apart, in hand sizes.
DEPTH_BLUR = 0.40
STEEP_RAD = 1.05
_PALM = np.array([0, 5, 9, 17])
THUMB_TIP, LONG_TIPS = 4, (8, 12, 16, 20)


class Measures(NamedTuple):
    """One hand, measured.

    `angle_rad`: 20 joint angles, order of `HandAngles.as_array`.
    `bends_rad`: thumb MCP + IP, other fingers MCP + PIP + DIP, in the order of FINGERS.
    `apertures`: thumb tip to fingertip over hand size, in the order of LONG_FINGERS; 0.1-0.2 touching, above 0.5 apart.
    `spread_rad`: abduction of the index less that of the little finger; None while the fingers are too bent to tell.
    `thumb_across`: thumb tip along the knuckle line, 0 at the index knuckle, 1 at the little one's.
    `palm_xy`: palm centre in picture widths, or None. `hand_size`: in picture widths, or metres where no picture.
    `palm`: the palm's radial direction, the ray to the middle knuckle, the palmar direction, camera axes.
    `wrist_xy`: the wrist in picture widths.
    """

    angle_rad: tuple[float, ...]
    bends_rad: tuple[float, ...]
    apertures: tuple[float, ...]
    spread_rad: float | None
    thumb_across: float
    palm_xy: tuple[float, float] | None
    hand_size: float
    palm: tuple[Vector, Vector, Vector]
    wrist_xy: tuple[float, float] | None

    @property
    def bend_by_finger_rad(self) -> dict[Finger, float]:
        return dict(zip(FINGERS, self.bends_rad, strict=True))

    @property
    def aperture_by_finger(self) -> dict[Finger, float]:
        return dict(zip(LONG_FINGERS, self.apertures, strict=True))


def measure(frame: HandFrame) -> Measures:
    """Everything the controls need, from one frame."""
    return measure_seen(all_seen(frame), frame.side)


def all_seen(frame: HandFrame) -> Array:
    """What is seen of a hand in one array: (21, 5), metres and then picture widths; (21, 3) without a picture."""
    points, picture = frame.points_m, frame.picture_xy
    return points if picture is None else np.concatenate((points, picture), axis=1)


def measure_seen(seen: Array, side: Side) -> Measures:
    """The measures of what `all_seen` gives, as it is or smoothed. Number by number: hands come one at a time, and
    through arrays a single one takes several times as long."""
    points: list[Point] = seen[:, :3].tolist()
    wrist, thumb, index, middle, little = points[0], points[4], points[5], points[9], points[17]
    palm = palm_of(points, side)
    angle_rad = angles_in_palm(points, palm)
    # The last of a long finger's four angles is its abduction, the first two of the thumb's are.
    bends = (angle_rad[2] + angle_rad[3], *(sum(angle_rad[n : n + 3]) for n in (4, 8, 12, 16)))
    can_tell = angle_rad[4] < STEEP_RAD and angle_rad[16] < STEEP_RAD
    line = dist(index, little)
    hand_size = max((dist(wrist, index) + dist(wrist, middle) + dist(wrist, little) + line) / 4, 1e-6)
    apertures = [dist(thumb, points[tip]) / hand_size for tip in LONG_TIPS]
    palm_xy = wrist_xy = None
    if seen.shape[1] == 5:
        picture: list[Point] = seen[:, 3:].tolist()
        # Picture widths per metre at the hand: the size of the cloud of landmarks in the picture over its size in space
        # seen from the same side. Unlike the palm's own size in the picture, it holds when the hand turns.
        hand_size = max(hand_size * sqrt(_scatter(picture) / max(_scatter(points), 1e-9)), 1e-6)
        thumb_xy = picture[4]
        apertures = [
            max(dist(thumb_xy, picture[tip]) / hand_size, in_space - DEPTH_BLUR)
            for tip, in_space in zip(LONG_TIPS, apertures, strict=True)
        ]
        palm_xy, wrist_xy = _middle([picture[n] for n in (0, 5, 9, 17)]), (picture[0][0], picture[0][1])
    return Measures(
        angle_rad,
        bends,
        tuple(apertures),
        angle_rad[7] - angle_rad[19] if can_tell else None,
        dot(way(thumb, index), palm.radial) / max(line, 1e-6),
        palm_xy,
        hand_size,
        (palm.radial, unit(way(wrist, middle)), palm.palmar),
        wrist_xy,
    )


def palm_centre(points: Array) -> Array:
    """The middle of wrist and index, middle and little knuckle, (..., k), of landmarks (..., 21, k)."""
    centre: Array = np.add.reduce(points.take(_PALM, -2) / len(_PALM), axis=-2)
    return centre


def _middle(points: Sequence[Point]) -> tuple[float, float]:
    """The mean of points, x and y."""
    count = len(points)
    return sum([point[0] for point in points]) / count, sum([point[1] for point in points]) / count


def _scatter(points: Sequence[Point]) -> float:
    """Sum of squared distances of the points from their mean, x and y."""
    xs, ys, *_ = zip(*points, strict=True)
    count = len(points)
    across, down = dist(xs, (sum(xs) / count,) * count), dist(ys, (sum(ys) / count,) * count)
    return across * across + down * down
