"""The 21 points to joint angles, seen from the palm.

Signs as in clinical goniometry: flexion positive, hyperextension negative, straight 0, abduction positive towards
the thumb. The long fingers' angles are signed by the palm, so the side must be right: with the wrong side every
flexion changes its sign.
"""

from collections.abc import Sequence
from math import atan2, sqrt

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import Vector, across, cross, dot, sub, unit

_RIGHT = Side.RIGHT


def joint_angles(points: Sequence[Vector] | Array, side: Side) -> tuple[float, ...]:
    """20 joint angles, radians, in the order of `HandAngles.as_array`, of 21 landmarks in any rigid axes."""
    return angles_in_palm(points_in_palm(points, side))


def palm_axes(points: Sequence[Vector], side: Side) -> tuple[Vector, Vector, Vector]:
    """Unit vectors along the knuckles towards the thumb (radial), along the hand (distal), out of the palm (palmar)."""
    distal, radial = sub(points[9], points[0]), unit(sub(points[5], points[17]))
    palmar = unit(cross(radial, distal) if side is _RIGHT else cross(distal, radial))
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
    wrist = points[0]
    return (
        *_thumb(points),
        *_finger(wrist, *points[5:9]),
        *_finger(wrist, *points[9:13]),
        *_finger(wrist, *points[13:17]),
        *_finger(wrist, *points[17:21]),
    )


def _finger(wrist: Vector, knuckle: Vector, middle: Vector, end: Vector, tip: Vector) -> tuple[float, ...]:
    """MCP, PIP, DIP flexion and abduction of one finger, from its knuckle, its two further joints and its tip.

    With u the ray from the wrist to the knuckle, v, w, z the phalanges, n palmar and r radial made square to u:
    MCP flexion = atan2(v.n, v.u), abduction = atan2(v.r, v.u); with h the hinge u x palmar made square to v:
    PIP = atan2((v x w).h, v.w), DIP = atan2((w x z).h, w.z). Written out number by number, as it runs for every
    finger of every picture; an angle does not ask how long the vectors are, so none but h is measured.
    """
    ax, ay, az = wrist
    bx, by, bz = knuckle
    cx, cy, cz = middle
    dx, dy, dz = end
    ex, ey, ez = tip
    ux, uy, uz = bx - ax, by - ay, bz - az
    vx, vy, vz = cx - bx, cy - by, cz - bz
    wx, wy, wz = dx - cx, dy - cy, dz - cz
    zx, zy, zz = ex - dx, ey - dy, ez - dz
    forward = ux * vx + uy * vy + uz * vz
    u_squared = ux * ux + uy * uy + uz * uz
    palmward = (vz * u_squared - uz * forward) / (sqrt(ux * ux + uy * uy) or 1.0)
    radialward = (vx * u_squared - ux * forward) / (sqrt(uy * uy + uz * uz) or 1.0)
    along = (uy * vx - ux * vy) / (vx * vx + vy * vy + vz * vz or 1.0)
    hx, hy, hz = uy - along * vx, -ux - along * vy, -along * vz
    h = sqrt(hx * hx + hy * hy + hz * hz)
    middle_bend = (vy * wz - vz * wy) * hx + (vz * wx - vx * wz) * hy + (vx * wy - vy * wx) * hz
    end_bend = (wy * zz - wz * zy) * hx + (wz * zx - wx * zz) * hy + (wx * zy - wy * zx) * hz
    return (
        atan2(palmward, forward),
        atan2(middle_bend, h * (vx * wx + vy * wy + vz * wz)),
        atan2(end_bend, h * (wx * zx + wy * zy + wz * zz)),
        atan2(radialward, forward),
    )


def _thumb(points: Sequence[Vector]) -> tuple[float, ...]:
    """Palmar abduction (out of the palm), radial abduction (within it, from the index ray), MCP and IP flexion
    (unsigned)."""
    first, second, third = sub(points[2], points[1]), sub(points[3], points[2]), sub(points[4], points[3])
    x, y, z = first
    index_x, index_y, _ = sub(points[5], points[0])
    return (
        atan2(z, sqrt(x * x + y * y)),
        atan2(x * index_y - y * index_x, x * index_x + y * index_y),
        _bend(first, second),
        _bend(second, third),
    )


def _bend(before: Vector, behind: Vector) -> float:
    x, y, z = cross(before, behind)
    return atan2(sqrt(x * x + y * y + z * z), dot(before, behind))
