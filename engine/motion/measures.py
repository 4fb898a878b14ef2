"""What is measured on one hand before it is scaled to a person: bends, distances, directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist, hypot, sqrt

from engine.hand import LONG_FINGERS, TIPS, Array, Finger, HandFrame
from engine.motion.kinematics import angles_in_palm, points_in_palm

# Hand size is the mean of wrist to index, middle and little knuckle and of the knuckle line.
_SPANS = ((0, 5), (0, 9), (0, 17), (5, 17))
# Touch is judged in the picture, where a tracker is sharp. Space only says when it cannot be a touch: depth is
# blurred, and touching pads come back as far as this apart, in hand sizes.
_DEPTH_BLUR = 0.40
_STEEP_RAD = 1.05
_TIPS = tuple((finger, int(TIPS[finger])) for finger in LONG_FINGERS)
_FIRST_ANGLE = tuple((finger, 4 * n) for n, finger in enumerate(LONG_FINGERS, start=1))


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
    points = points_in_palm(frame.points_m, frame.side)
    angle_rad = angles_in_palm(points)
    bend_rad = {Finger.THUMB: angle_rad[2] + angle_rad[3]}
    for finger, n in _FIRST_ANGLE:
        bend_rad[finger] = angle_rad[n] + angle_rad[n + 1] + angle_rad[n + 2]
    steep = angle_rad[4] >= _STEEP_RAD or angle_rad[16] >= _STEEP_RAD
    spread_rad = None if steep else angle_rad[7] - angle_rad[19]

    size_m = max(sum([dist(points[a], points[b]) for a, b in _SPANS]) / len(_SPANS), 1e-6)
    # The palm's radial axis runs along the knuckles, from the little one to the index.
    index_x = points[5][0]
    thumb_across = (index_x - points[4][0]) / max(index_x - points[17][0], 1e-6)
    aperture = _apertures(points, size_m)
    if frame.picture_xy is None:
        return Measures(angle_rad, bend_rad, aperture, spread_rad, thumb_across, None, size_m)

    hand_size = max(size_m * _picture_scale(frame.points_m, frame.picture_xy), 1e-6)
    picture: list[list[float]] = frame.picture_xy.tolist()
    seen = _apertures(picture, hand_size)
    touch = {finger: max(seen[finger], apart - _DEPTH_BLUR) for finger, apart in aperture.items()}
    return Measures(angle_rad, bend_rad, touch, spread_rad, thumb_across, _palm_xy(picture), hand_size)


def _apertures(points: Sequence[Sequence[float]], hand_size: float) -> dict[Finger, float]:
    thumb = points[4]
    return {finger: dist(thumb, points[tip]) / hand_size for finger, tip in _TIPS}


def _palm_xy(picture: Sequence[Sequence[float]]) -> tuple[float, float]:
    wrist, index, middle, little = picture[0], picture[5], picture[9], picture[17]
    return (wrist[0] + index[0] + middle[0] + little[0]) / 4, (wrist[1] + index[1] + middle[1] + little[1]) / 4


def _picture_scale(points_m: Array, picture_xy: Array) -> float:
    """Picture widths per metre at the hand: the size of the cloud of landmarks in the picture over its size in space
    seen from the same side. Unlike the palm's own size in the picture, it holds when the hand turns."""
    return sqrt(_scatter(picture_xy) / max(_scatter(points_m[:, :2]), 1e-9))


def _scatter(xy: Array) -> float:
    """Sum of squared distances of the points (n, 2) from their mean."""
    flat = xy.ravel().tolist()
    x, y = sum(flat[::2]), sum(flat[1::2])
    return max(hypot(*flat) ** 2 - (x * x + y * y) / len(xy), 0.0)
