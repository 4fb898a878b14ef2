"""The 21 points to joint angles, seen from the palm.

Signs as in clinical goniometry: flexion positive, hyperextension negative, straight 0, abduction positive towards
the thumb. The long fingers' angles are signed by the palm, so the side must be right: with the wrong side every
flexion changes its sign.
"""

from collections.abc import Sequence
from math import atan2, hypot, sqrt
from typing import NamedTuple

import numpy as np

from engine.hand import Array, Side
from engine.motion.vector import Point, cross, dot, unit, way
from engine.motion.vectors import TINY, Vector

Angles = tuple[float, float, float, float]
_KNUCKLES = (5, 9, 13, 17)


class Palm(NamedTuple):
    """The palm's own axes, unit vectors: along the knuckles towards the thumb, along the hand, out of the palm."""

    radial: Vector
    distal: Vector
    palmar: Vector


def palm_of(points: Sequence[Point], side: Side) -> Palm:
    """The axes of a palm, of 21 landmarks in any rigid axes: a left hand looks along them like a right one."""
    radial, ray = unit(way(points[17], points[5])), way(points[0], points[9])
    if side is Side.RIGHT:
        palmar = unit(cross(radial, ray))
        return Palm(radial, cross(palmar, radial), palmar)
    palmar = unit(cross(ray, radial))
    return Palm(radial, cross(radial, palmar), palmar)


def joint_angles(points: Array, side: Side) -> tuple[float, ...]:
    """20 joint angles, radians, in the order of `HandAngles.as_array`, of 21 landmarks in any rigid axes."""
    plain = np.asarray(points).tolist()
    return angles_in_palm(plain, palm_of(plain, side))


def angles_in_palm(points: Sequence[Point], palm: Palm) -> tuple[float, ...]:
    """The same, where the palm's axes are known."""
    angles = list(_thumb(points, palm))
    for n in _KNUCKLES:
        angles += _finger(points[0], points[n], points[n + 1], points[n + 2], points[n + 3], palm)
    return tuple(angles)


def _finger(wrist: Point, knuckle: Point, pip: Point, dip: Point, tip: Point, palm: Palm) -> Angles:
    """MCP, PIP, DIP flexion and abduction of a long finger.

    With u the ray from the wrist to the knuckle, v, w, z the phalanges, n palmar and r radial made square to u:
    MCP flexion = atan2(v.n, v.u), abduction = atan2(v.r, v.u); with h the hinge u x palmar made square to v:
    PIP = atan2((v x w).h, v.w), DIP = atan2((w x z).h, w.z). An angle does not ask how long vectors are: of those that
    stand on one side only, the length is measured. Four fingers of every picture come through here, so the products
    are written out.
    """
    (rx, ry, rz), _, (nx, ny, nz) = palm
    (ux, uy, uz), (vx, vy, vz) = way(wrist, knuckle), way(knuckle, pip)
    (wx, wy, wz), (zx, zy, zz) = way(pip, dip), way(dip, tip)
    along, squared = ux * vx + uy * vy + uz * vz, ux * ux + uy * uy + uz * uz
    out, aside = ux * nx + uy * ny + uz * nz, ux * rx + uy * ry + uz * rz
    flexion = ((vx * nx + vy * ny + vz * nz) * squared - out * along) / sqrt(max(squared - out * out, TINY))
    abduction = ((vx * rx + vy * ry + vz * rz) * squared - aside * along) / sqrt(max(squared - aside * aside, TINY))
    hx, hy, hz = uy * nz - uz * ny, uz * nx - ux * nz, ux * ny - uy * nx
    lean = (hx * vx + hy * vy + hz * vz) / max(vx * vx + vy * vy + vz * vz, TINY)
    hx, hy, hz = hx - lean * vx, hy - lean * vy, hz - lean * vz
    length = sqrt(hx * hx + hy * hy + hz * hz)
    pip_turn = (vy * wz - vz * wy) * hx + (vz * wx - vx * wz) * hy + (vx * wy - vy * wx) * hz
    dip_turn = (wy * zz - wz * zy) * hx + (wz * zx - wx * zz) * hy + (wx * zy - wy * zx) * hz
    return (
        atan2(flexion, along),
        atan2(pip_turn, (vx * wx + vy * wy + vz * wz) * length),
        atan2(dip_turn, (wx * zx + wy * zy + wz * zz) * length),
        atan2(abduction, along),
    )


def _thumb(points: Sequence[Point], palm: Palm) -> Angles:
    """Palmar abduction (out of the palm), radial abduction (within it, from the index ray), MCP and IP flexion
    (unsigned)."""
    metacarpal, proximal, distal = way(points[1], points[2]), way(points[2], points[3]), way(points[3], points[4])
    index = way(points[0], points[5])
    x, y, z = dot(metacarpal, palm.radial), dot(metacarpal, palm.distal), dot(metacarpal, palm.palmar)
    index_x, index_y = dot(index, palm.radial), dot(index, palm.distal)
    return (
        atan2(z, hypot(x, y)),
        atan2(x * index_y - y * index_x, x * index_x + y * index_y),
        _between(metacarpal, proximal),
        _between(proximal, distal),
    )


def _between(a: Vector, b: Vector) -> float:
    """The angle between two vectors."""
    across = cross(a, b)
    return atan2(sqrt(dot(across, across)), dot(a, b))
