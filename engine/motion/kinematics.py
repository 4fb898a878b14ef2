"""The 21 points to joint angles, seen from the palm.

Signs as in clinical goniometry: flexion positive, hyperextension negative, straight 0, abduction positive towards
the thumb. The long fingers' angles are signed by the palm, so the side must be right: with the wrong side every
flexion changes its sign.
"""

from typing import NamedTuple

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import TINY, cross, dot, unit

# The ways between two landmarks of which everything is measured: of each long finger its metacarpal ray from the wrist
# and its three phalanges; the thumb's three bones; the knuckle line; from the thumb's tip to the four fingertips and to
# the index knuckle.
_KNUCKLES = (5, 9, 13, 17)
_FROM_TO = (
    *((a, b) for k in _KNUCKLES for a, b in ((0, k), (k, k + 1), (k + 1, k + 2), (k + 2, k + 3))),
    *((1, 2), (2, 3), (3, 4)),
    (17, 5),
    *((4, 8), (4, 12), (4, 16), (4, 20)),
    (4, 5),
)
_RAYS, _PROXIMAL = slice(0, 16, 4), slice(1, 16, 4)
MIDDLE_RAY, _THUMB, KNUCKLE_LINE, TIPS_APART, THUMB_TO_INDEX = 4, 16, 19, slice(20, 24), 24
PALM_WAYS = np.array([0, MIDDLE_RAY, 12, KNUCKLE_LINE])
# All of them from the landmarks in one product: the end less the beginning.
_WAYS = np.array([[(n == end) - (n == begin) for n in range(21)] for begin, end in _FROM_TO], dtype=float)
# The bone before each joint and the one behind it: MCP of the four fingers, their PIP, their DIP; thumb MCP and IP.
_BEFORE = np.array([*range(0, 16, 4), *range(1, 16, 4), *range(2, 16, 4), _THUMB, _THUMB + 1])
_BEHIND = _BEFORE + 1
# u x palmar, as a choice of u's own numbers.
_HINGE, _HINGE_SIGNS = np.array([1, 0, 2]), np.array([1.0, -1.0, 0.0])


class Ways(NamedTuple):
    """The ways between landmarks of n hands. `axes`, (n, 3, 3): unit vectors along the knuckles towards the thumb
    (radial), along the hand (distal), out of the palm (palmar), as rows; `along_palm`, (n, 25, 3): the ways along
    these, where a left hand looks like a right one; `squared`, `lengths`: (n, 25)."""

    axes: Array
    along_palm: Array
    squared: Array
    lengths: Array


def ways_of(points: Array, side: Side) -> Ways:
    """Everything that angles and distances are made of, from landmarks (n, 21, 3) in any rigid axes."""
    ways = _WAYS @ points
    squared = dot(ways, ways)
    axes = _axes(ways[:, MIDDLE_RAY], unit(ways[:, KNUCKLE_LINE]), side)
    return Ways(axes, ways @ axes.transpose(0, 2, 1), squared, np.sqrt(squared))


def _axes(ray: Array, radial: Array, side: Side) -> Array:
    palmar = unit(cross(radial, ray) if side is Side.RIGHT else cross(ray, radial))
    axes = np.empty((len(ray), 3, 3))
    axes[:, 0], axes[:, 2] = radial, palmar
    axes[:, 1] = cross(palmar, radial) if side is Side.RIGHT else cross(radial, palmar)
    return axes


def joint_angles(points: Array, side: Side) -> tuple[float, ...]:
    """20 joint angles, radians, in the order of `HandAngles.as_array`, of 21 landmarks in any rigid axes."""
    angle_rad: list[float] = angles_of(ways_of(np.asarray(points)[None], side))[0].tolist()
    return tuple(angle_rad)


def angles_of(ways: Ways) -> Array:
    """Joint angles (n, 20), radians, in the order of `HandAngles.as_array`.

    Long fingers: with u the ray from the wrist to the knuckle, v, w, z the phalanges, n palmar and r radial made square
    to u: MCP flexion = atan2(v.n, v.u), abduction = atan2(v.r, v.u); with h the hinge u x palmar made square to v:
    PIP = atan2((v x w).h, v.w), DIP = atan2((w x z).h, w.z). The palm's axes being x and z, n and r need no more than
    their own lengths; an angle does not ask how long the other vectors are, so of those only h is measured.
    Thumb: palmar abduction (out of the palm), radial abduction (within it, from the index ray), MCP and IP (unsigned).
    """
    bones, count = ways.along_palm, len(ways.squared)
    before, behind = bones.take(_BEFORE, 1), bones.take(_BEHIND, 1)
    along, turns = dot(before, behind), cross(before[:, 4:], behind[:, 4:])
    aside, ahead = np.empty((count, 5, 4)), np.empty((count, 5, 4))

    u, v, squared_u = bones[:, _RAYS], bones[:, _PROXIMAL], ways.squared[:, _RAYS, None]
    along_u = along[:, :4, None]
    # Palmar, then radial: z, then x.
    u_zx = u[:, :, ::-2]
    square_to_u = v[:, :, ::-2] * squared_u - u_zx * along_u
    aside[:, 1:, ::3] = square_to_u / np.sqrt(np.maximum(squared_u - u_zx * u_zx, TINY))
    ahead[:, 1:, ::3] = along_u
    hinge = u.take(_HINGE, 2) * _HINGE_SIGNS
    hinge -= v * (dot(hinge, v) / np.maximum(ways.squared[:, _PROXIMAL], TINY))[..., None]
    aside[:, 1:, 1:3] = dot(turns[:, :8].reshape(count, 2, 4, 3), hinge[:, None]).transpose(0, 2, 1)
    ahead[:, 1:, 1:3] = along[:, 4:12].reshape(count, 2, 4).transpose(0, 2, 1) * np.sqrt(dot(hinge, hinge))[..., None]

    (x, y, z), (index_x, index_y, _) = bones[:, _THUMB].T, bones[:, 0].T
    aside[:, 0, 0], ahead[:, 0, 0] = z, np.hypot(x, y)
    aside[:, 0, 1], ahead[:, 0, 1] = x * index_y - y * index_x, x * index_x + y * index_y
    aside[:, 0, 2:], ahead[:, 0, 2:] = np.sqrt(dot(turns[:, 8:], turns[:, 8:])), along[:, 12:]
    angle_rad: Array = np.arctan2(aside, ahead)
    return angle_rad.reshape(count, 20)
