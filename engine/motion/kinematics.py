"""The 21 points to joint angles, by the palm's own frame.

Signs as in clinical goniometry: flexion positive, hyperextension negative, straight 0, abduction positive towards
the thumb. The long fingers' angles are signed by the palm frame, so the side must be right: with the wrong side
every flexion changes its sign.
"""

from collections.abc import Sequence
from math import asin, atan2

from engine.hand import Side
from engine.motion.vectors import Vector, across, cross, dot, sub, unit

_KNUCKLES = (5, 9, 13, 17)


def joint_angles(points: Sequence[Vector], side: Side) -> tuple[float, ...]:
    """20 joint angles, radians, in the order of `HandAngles.as_array`, of 21 landmarks in any rigid axes.

    Long fingers, with u the metacarpal ray, n the palmar normal across u, r the radial direction across u:
    MCP flexion = atan2(v.n, v.u) and abduction = atan2(v.r, v.u) of the proximal phalanx v;
    PIP and DIP = atan2((w x z).a, w.z) for the bones w and z before and behind the joint, a = u x n across w.
    Thumb: palmar abduction = asin(t.n), radial abduction = angle within the palm from the index ray, MCP and IP
    unsigned.
    """
    palmar = palm_normal(points, side)
    radial = sub(points[5], points[17])
    angles = _thumb(points, palmar, radial)
    for knuckle in _KNUCKLES:
        angles += _finger(points, knuckle, palmar, radial)
    return tuple(angles)


def palm_normal(points: Sequence[Vector], side: Side) -> Vector:
    """Unit vector out of the palm, on either side."""
    distal, radial = sub(points[9], points[0]), sub(points[5], points[17])
    return unit(cross(radial, distal) if side is Side.RIGHT else cross(distal, radial))


def _finger(points: Sequence[Vector], knuckle: int, palmar: Vector, radial: Vector) -> list[float]:
    """MCP, PIP, DIP flexion and abduction of the finger whose knuckle is that landmark."""
    ray = unit(sub(points[knuckle], points[0]))
    first = unit(sub(points[knuckle + 1], points[knuckle]))
    forward = dot(first, ray)
    angles = [atan2(dot(first, across(palmar, ray)), forward)]
    hinge = cross(ray, palmar)
    before = first
    for joint in (knuckle + 1, knuckle + 2):
        behind = unit(sub(points[joint + 1], points[joint]))
        angles.append(atan2(dot(cross(before, behind), across(hinge, before)), dot(before, behind)))
        before = behind
    return [*angles, atan2(dot(first, across(radial, ray)), forward)]


def _thumb(points: Sequence[Vector], palmar: Vector, radial: Vector) -> list[float]:
    """Palmar abduction, radial abduction, MCP and IP flexion."""
    first, second, third = (unit(sub(points[n + 1], points[n])) for n in (1, 2, 3))
    index_ray = across(sub(points[5], points[0]), palmar)
    sideways = cross(palmar, index_ray)
    if dot(sideways, radial) < 0:
        sideways = (-sideways[0], -sideways[1], -sideways[2])
    out = min(1.0, max(-1.0, dot(first, palmar)))
    return [
        asin(out),
        atan2(dot(first, sideways), dot(first, index_ray)),
        _bend(first, second),
        _bend(second, third),
    ]


def _bend(before: Vector, behind: Vector) -> float:
    turn = cross(before, behind)
    return atan2(dot(turn, turn) ** 0.5, dot(before, behind))
