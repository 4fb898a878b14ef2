"""Many hands measured at once: `measures.measure_seen` of hands that are known ahead, within rounding the same.

A hand from a camera or a glove comes alone and is measured number by number. A simulated patient's next pictures are
certain for as long as it takes to react; as arrays, a dozen of them cost little more than one does.
"""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from engine.hand import Array, Side
from engine.motion.measures import DEPTH_BLUR, LONG_TIPS, STEEP_RAD, THUMB_TIP, Measures, palm_centre
from engine.motion.vectors import TINY, cross, dot, unit

# The ways between two landmarks of which everything is measured: of each long finger its metacarpal ray from the wrist
# and its three phalanges; the thumb's three bones; the knuckle line; from the thumb's tip to the four fingertips and to
# the index knuckle.
_KNUCKLES = (5, 9, 13, 17)
_FROM_TO = (
    *((a, b) for k in _KNUCKLES for a, b in ((0, k), (k, k + 1), (k + 1, k + 2), (k + 2, k + 3))),
    *((1, 2), (2, 3), (3, 4)),
    (17, 5),
    *((THUMB_TIP, tip) for tip in LONG_TIPS),
    (THUMB_TIP, 5),
)
_RAYS, _PROXIMAL = slice(0, 16, 4), slice(1, 16, 4)
_MIDDLE_RAY, _THUMB, _KNUCKLE_LINE, _TIPS_APART, _THUMB_TO_INDEX = 4, 16, 19, slice(20, 24), 24
_PALM = np.array([0, _MIDDLE_RAY, 12, _KNUCKLE_LINE])
_FINGERTIPS = np.array(LONG_TIPS)
# All of them from the landmarks in one product: the end less the beginning.
_WAYS = np.array([[(n == end) - (n == begin) for n in range(21)] for begin, end in _FROM_TO], dtype=float)
# The bone before each joint and the one behind it: MCP of the four fingers, their PIP, their DIP; thumb MCP and IP.
_BEFORE = np.array([*range(0, 16, 4), *range(1, 16, 4), *range(2, 16, 4), _THUMB, _THUMB + 1])
_BEHIND = _BEFORE + 1
# u x palmar, as a choice of u's own numbers.
_HINGE, _HINGE_SIGNS = np.array([1, 0, 2]), np.array([1.0, -1.0, 0.0])[:, None, None]


class _Ways(NamedTuple):
    """The ways between landmarks of n hands. `ways`, (3, 25, n): x, y, z; `axes`, (3, 3, n): the palm's radial, distal
    and palmar axes; `along_palm`, (3, 25, n): the ways along these; `squared`, `lengths`: (25, n)."""

    ways: Array
    axes: Array
    along_palm: Array
    squared: Array
    lengths: Array


def measure_together(seen: Array, sides: Sequence[Side]) -> tuple[list[Measures], Array]:
    """The measures of n hands, (n, 21, 5) or (n, 21, 3), each of its side; and of their measures, as an array, the
    bends of all fingers and the apertures of the long ones, (n, 9)."""
    coordinates = np.ascontiguousarray(seen.T)
    ways = _ways_of(coordinates[:3], sides)
    angle_rad = _angles_of(ways)
    # The last angle of a long finger is its abduction, the first two of the thumb are.
    bend_rad = angle_rad[:, 0] + angle_rad[:, 1] + angle_rad[:, 2]
    bend_rad[0] = angle_rad[0, 2] + angle_rad[0, 3]
    told = (angle_rad[1, 0] < STEEP_RAD) & (angle_rad[4, 0] < STEEP_RAD)
    spread_rad = angle_rad[1, 3] - angle_rad[4, 3]

    hand_size = np.maximum(np.add.reduce(ways.lengths.take(_PALM, 0)) / len(_PALM), 1e-6)
    across = ways.along_palm[0, _THUMB_TO_INDEX] / np.maximum(ways.lengths[_KNUCKLE_LINE], 1e-6)
    aperture = ways.lengths[_TIPS_APART] / hand_size
    palm_xy: Iterable[tuple[float, float] | None] = repeat(None, len(seen))
    wrist_xy: Iterable[tuple[float, float] | None] = repeat(None, len(seen))
    if len(coordinates) == 5:
        picture, scatter = coordinates[3:], _scatter(coordinates)
        scale = np.sqrt((scatter[3] + scatter[4]) / np.maximum(scatter[0] + scatter[1], 1e-9))
        hand_size = np.maximum(hand_size * scale, 1e-6)
        apart = picture.take(_FINGERTIPS, 1) - picture[:, THUMB_TIP, None]
        aperture = np.maximum(np.sqrt(dot(apart, apart)) / hand_size, aperture - DEPTH_BLUR)
        palm_xy, wrist_xy = _by_hand(palm_centre(picture.T).T), _by_hand(picture[:, 0])
    (radial, _, palmar), ray = ways.axes, ways.ways[:, _MIDDLE_RAY]
    columns: tuple[Iterable[Any], ...] = (
        _by_hand(angle_rad.reshape(20, -1)),
        _by_hand(bend_rad),
        _by_hand(aperture),
        (spread if can_tell else None for spread, can_tell in zip(spread_rad.tolist(), told.tolist(), strict=True)),
        across.tolist(),
        palm_xy,
        hand_size.tolist(),
        zip(*(_by_hand(axis) for axis in (radial, ray / ways.lengths[_MIDDLE_RAY], palmar)), strict=True),
        wrist_xy,
    )
    return [Measures(*row) for row in zip(*columns, strict=True)], np.concatenate((bend_rad, aperture)).T


def _by_hand(numbers: Array) -> Iterable[tuple[Any, ...]]:
    """Each hand's own of (k, n) numbers."""
    return zip(*numbers.tolist(), strict=True)


def _ways_of(points: Array, sides: Sequence[Side]) -> _Ways:
    """Of landmarks (3, 21, n)."""
    ways = _WAYS @ points
    squared = dot(ways, ways)
    lengths = np.sqrt(np.maximum(squared, TINY))
    ray, radial = ways[:, _MIDDLE_RAY], ways[:, _KNUCKLE_LINE] / lengths[_KNUCKLE_LINE]
    # A left hand is the mirror image of a right one: what is square to its palm's axes stands the other way.
    handed = np.array([1.0 if side is Side.RIGHT else -1.0 for side in sides])
    palmar = unit(cross(radial, ray)) * handed
    axes = np.array((radial, cross(palmar, radial) * handed, palmar))
    return _Ways(ways, axes, np.add.reduce(ways * axes[:, :, None], axis=1), squared, lengths)


def _angles_of(ways: _Ways) -> Array:
    """Joint angles (5, 4, n), by the formulas of `kinematics`. The palm's axes being x and z, palmar and radial made
    square to a ray need no more than their own lengths."""
    bones = ways.along_palm
    count = bones.shape[2]
    before, behind = bones.take(_BEFORE, 1), bones.take(_BEHIND, 1)
    along, turns = dot(before, behind), cross(before[:, 4:], behind[:, 4:])
    aside, ahead = np.empty((5, 4, count)), np.empty((5, 4, count))

    u, v, squared_u = bones[:, _RAYS], bones[:, _PROXIMAL], ways.squared[_RAYS]
    along_u = along[:4]
    # Palmar, then radial: z, then x.
    u_zx = u[::-2]
    square_to_u = v[::-2] * squared_u - u_zx * along_u
    aside[1:, ::3] = (square_to_u / np.sqrt(np.maximum(squared_u - u_zx * u_zx, TINY))).transpose(1, 0, 2)
    ahead[1:, ::3] = along_u[:, None]
    hinge = u.take(_HINGE, 0) * _HINGE_SIGNS
    hinge -= v * (dot(hinge, v) / np.maximum(ways.squared[_PROXIMAL], TINY))
    aside[1:, 1:3] = dot(turns[:, :8].reshape(3, 2, 4, count), hinge[:, None]).transpose(1, 0, 2)
    ahead[1:, 1:3] = (along[4:12].reshape(2, 4, count) * np.sqrt(dot(hinge, hinge))).transpose(1, 0, 2)

    (x, y, z), (index_x, index_y, _) = bones[:, _THUMB], bones[:, 0]
    aside[0, 0], ahead[0, 0] = z, np.hypot(x, y)
    aside[0, 1], ahead[0, 1] = x * index_y - y * index_x, x * index_x + y * index_y
    aside[0, 2:], ahead[0, 2:] = np.sqrt(dot(turns[:, 8:], turns[:, 8:])), along[12:]
    angle_rad: Array = np.arctan2(aside, ahead)
    return angle_rad


def _scatter(coordinates: Array) -> Array:
    """Sum of squared distances of the landmarks from their mean along each coordinate, (k, n) of (k, 21, n)."""
    off = coordinates - np.add.reduce(coordinates, axis=1, keepdims=True) / coordinates.shape[1]
    scatter: Array = np.add.reduce(off * off, axis=1)
    return scatter
