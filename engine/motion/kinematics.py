"""The 21 points to joint angles, seen from the palm.

Signs as in clinical goniometry: flexion positive, hyperextension negative, straight 0, abduction positive towards
the thumb. The long fingers' angles are signed by the palm, so the side must be right: with the wrong side every
flexion changes its sign.
"""

from collections.abc import Sequence
from math import atan2, sqrt

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import Vector, across, cross, dot, sub, triple, unit

_KNUCKLES = (5, 9, 13, 17)


def joint_angles(points: Sequence[Vector] | Array, side: Side) -> tuple[float, ...]:
    """20 joint angles, radians, in the order of `HandAngles.as_array`, of 21 landmarks in any rigid axes."""
    return angles_in_palm(points_in_palm(points, side))


def palm_axes(points: Sequence[Vector], side: Side) -> tuple[Vector, Vector, Vector]:
    """Unit vectors along the knuckles towards the thumb (radial), along the hand (distal), out of the palm (palmar)."""
    distal, radial = sub(points[9], points[0]), unit(sub(points[5], points[17]))
    palmar = unit(cross(radial, distal) if side is Side.RIGHT else cross(distal, radial))
    return radial, across(distal, radial), palmar


def palm_normal(points: Sequence[Vector], side: Side) -> Vector:
    """Unit vector out of the palm, on either side."""
    return palm_axes(points, side)[2]


def points_in_palm(points: Sequence[Vector] | Array, side: Side) -> list[Vector]:
    """The landmarks along the palm's own axes (radial, distal, palmar): here a left hand looks like a right one."""
    array = np.asarray(points, dtype=float)
    seen: list[Vector] = (array @ np.array(palm_axes(array.tolist(), side)).T).tolist()
    return seen


def angles_in_palm(points: Sequence[Vector]) -> tuple[float, ...]:
    """`joint_angles` of landmarks along the palm's axes."""
    angles = _thumb(points)
    for knuckle in _KNUCKLES:
        angles += _finger(points, knuckle)
    return tuple(angles)


def _finger(points: Sequence[Vector], knuckle: int) -> list[float]:
    """MCP, PIP, DIP flexion and abduction of the finger whose knuckle is that landmark.

    With u the ray from the wrist to the knuckle, v, w, z the phalanges, n palmar and r radial made square to u:
    MCP flexion = atan2(v.n, v.u), abduction = atan2(v.r, v.u); with h the hinge u x palmar made square to v:
    PIP = atan2((v x w).h, v.w), DIP = atan2((w x z).h, w.z).
    """
    at = points[knuckle]
    ux, uy, uz = unit(sub(at, points[0]))
    first = vx, vy, vz = unit(sub(points[knuckle + 1], at))
    second = sub(points[knuckle + 2], points[knuckle + 1])
    third = sub(points[knuckle + 3], points[knuckle + 2])
    forward = ux * vx + uy * vy + uz * vz
    palmward = (vz - uz * forward) / (sqrt(ux * ux + uy * uy) or 1.0)
    radialward = (vx - ux * forward) / (sqrt(uy * uy + uz * uz) or 1.0)
    along = uy * vx - ux * vy
    hinge = hx, hy, hz = uy - along * vx, -ux - along * vy, -along * vz
    hinge_length = sqrt(hx * hx + hy * hy + hz * hz)
    return [
        atan2(palmward, forward),
        atan2(triple(first, second, hinge), hinge_length * dot(first, second)),
        atan2(triple(second, third, hinge), hinge_length * dot(second, third)),
        atan2(radialward, forward),
    ]


def _thumb(points: Sequence[Vector]) -> list[float]:
    """Palmar abduction (out of the palm), radial abduction (within it, from the index ray), MCP and IP flexion
    (unsigned)."""
    first, second, third = (sub(points[n + 1], points[n]) for n in (1, 2, 3))
    x, y, z = first
    index_x, index_y, _ = sub(points[5], points[0])
    return [
        atan2(z, sqrt(x * x + y * y)),
        atan2(x * index_y - y * index_x, x * index_x + y * index_y),
        _bend(first, second),
        _bend(second, third),
    ]


def _bend(before: Vector, behind: Vector) -> float:
    x, y, z = cross(before, behind)
    return atan2(sqrt(x * x + y * y + z * z), dot(before, behind))
