"""What is measured on one hand before it is scaled to a person: bends, distances, directions."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Array, Finger, HandFrame, Side
from engine.motion.kinematics import KNUCKLE_LINE, PALM_WAYS, THUMB_TO_INDEX, TIPS_APART, angles_of, ways_of
from engine.motion.vectors import dot, unit

# Touch is judged in the picture, where a tracker is sharp. Space only says when it cannot be a touch: depth is
# blurred, and touching pads come back as far as this apart, in hand sizes.
_DEPTH_BLUR = 0.40
_STEEP_RAD = 1.05
_PALM = np.array([0, 5, 9, 17])


class Measures(NamedTuple):
    """One hand, measured.

    `angle_rad`: 20 joint angles, order of `HandAngles.as_array`.
    `bend_rad`: thumb MCP + IP, other fingers MCP + PIP + DIP, by finger.
    `aperture`: thumb tip to fingertip over hand size, by long finger; 0.1-0.2 touching, above 0.5 apart.
    `spread_rad`: abduction of the index less that of the little finger; None while the fingers are too bent to tell.
    `thumb_across`: thumb tip along the knuckle line, 0 at the index knuckle, 1 at the little one's.
    `palm_xy`: palm centre in picture widths, or None. `hand_size`: in picture widths, or metres where no picture.
    `palm`: the palm's radial direction, the ray to the middle knuckle, the palmar direction, camera axes.
    `wrist_xy`: the wrist in picture widths.
    """

    angle_rad: tuple[float, ...]
    bend_rad: dict[Finger, float]
    aperture: dict[Finger, float]
    spread_rad: float | None
    thumb_across: float
    palm_xy: tuple[float, float] | None
    hand_size: float
    palm: tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
    wrist_xy: tuple[float, float] | None


def measure(frame: HandFrame) -> Measures:
    """Everything the controls need, from one frame."""
    return measure_seen(all_seen((frame,)), frame.side)[0]


def all_seen(frames: Sequence[HandFrame]) -> Array:
    """What is seen of hands in one array: (n, 21, 5), metres and then picture widths; (n, 21, 3) without a picture."""
    points = np.array([frame.points_m for frame in frames])
    pictures = [frame.picture_xy for frame in frames if frame.picture_xy is not None]
    return np.concatenate((points, np.array(pictures)), axis=2) if pictures else points


def measure_seen(seen: Array, side: Side) -> list[Measures]:
    """The measures of n of what `all_seen` gives, (n, 21, 5) or (n, 21, 3), as it is or smoothed; all at once."""
    in_space = seen[:, :, :3]
    ways = ways_of(in_space, side)
    axes, angle_rad = ways.axes, angles_of(ways)
    axes[:, 1] = unit(in_space[:, 9] - in_space[:, 0])
    joints_rad = angle_rad.reshape(-1, 5, 4)
    # The last column of a long finger is its abduction, the first two of the thumb are.
    bend_rad = joints_rad[:, :, 0] + joints_rad[:, :, 1] + joints_rad[:, :, 2]
    bend_rad[:, 0] = joints_rad[:, 0, 2] + joints_rad[:, 0, 3]
    told = (joints_rad[:, 1, 0] < _STEEP_RAD) & (joints_rad[:, 4, 0] < _STEEP_RAD)
    spread_rad = joints_rad[:, 1, 3] - joints_rad[:, 4, 3]

    hand_size = np.maximum(np.add.reduce(ways.lengths.take(PALM_WAYS, 1), axis=1) / len(PALM_WAYS), 1e-6)
    # The palm's radial axis runs along the knuckles, from the little one to the index.
    across = ways.along_palm[:, THUMB_TO_INDEX, 0] / np.maximum(ways.lengths[:, KNUCKLE_LINE], 1e-6)
    aperture = ways.lengths[:, TIPS_APART] / hand_size[:, None]
    palm_xy: list[tuple[float, float] | None] = [None] * len(seen)
    wrist_xy: list[tuple[float, float] | None] = palm_xy
    if seen.shape[2] == 5:
        picture = seen[:, :, 3:]
        # Picture widths per metre at the hand: the size of the cloud of landmarks in the picture over its size in space
        # seen from the same side. Unlike the palm's own size in the picture, it holds when the hand turns.
        scale = np.sqrt(_scatter(picture) / np.maximum(_scatter(seen[:, :, :2]), 1e-9))
        hand_size = np.maximum(hand_size * scale, 1e-6)
        apart = picture[:, 8::4] - picture[:, 4:5]
        aperture = np.maximum(np.sqrt(dot(apart, apart)) / hand_size[:, None], aperture - _DEPTH_BLUR)
        palm_xy = [(x, y) for x, y in palm_centre(picture).tolist()]
        wrist_xy = [(x, y) for x, y in picture[:, 0].tolist()]
    return [
        Measures(
            tuple(angles),
            dict(zip(FINGERS, bends, strict=True)),
            dict(zip(LONG_FINGERS, apertures, strict=True)),
            spread if can_tell else None,
            thumb,
            palm,
            size,
            (tuple(radial), tuple(distal), tuple(palmar)),
            wrist,
        )
        for angles, bends, apertures, can_tell, spread, thumb, palm, size, (radial, distal, palmar), wrist in zip(
            angle_rad.tolist(),
            bend_rad.tolist(),
            aperture.tolist(),
            told.tolist(),
            spread_rad.tolist(),
            across.tolist(),
            palm_xy,
            hand_size.tolist(),
            axes.tolist(),
            wrist_xy,
            strict=True,
        )
    ]


def palm_centre(points: Array) -> Array:
    """The middle of wrist and index, middle and little knuckle, (..., k), of landmarks (..., 21, k)."""
    centre: Array = np.add.reduce(points.take(_PALM, -2) / len(_PALM), axis=-2)
    return centre


def _scatter(xy: Array) -> Array:
    """Sum of squared distances of the points from their mean, (n,)."""
    off = xy - np.add.reduce(xy, axis=1, keepdims=True) / xy.shape[1]
    scatter: Array = np.add.reduce(off * off, axis=(1, 2))
    return scatter
