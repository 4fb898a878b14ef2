"""Joint angles to the 21 points of an adult hand (forward kinematics): the inverse of engine.motion.kinematics.

Hand-local axes: the wrist is the origin; a right hand shows its palm to the viewer, fingers up: x right (towards
the thumb), y down (fingers at -y), z away (the back of the hand). A left hand is the mirror image, x negated.
"""

from dataclasses import dataclass, field
from math import cos, sin, tan

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import Vector, across, cross, mix, sub, unit


@dataclass(frozen=True)
class FingerAngles:
    """One long finger, radians. Flexion positive, straight 0; abduction positive towards the thumb side."""

    mcp_rad: float = 0.0
    pip_rad: float = 0.0
    dip_rad: float = 0.0
    abduction_rad: float = 0.0


@dataclass(frozen=True)
class ThumbAngles:
    """The thumb, radians: how far it stands out of the palm, how far from the index metacarpal, and its two bends."""

    palmar_abduction_rad: float = 0.35
    radial_abduction_rad: float = 0.60
    mcp_rad: float = 0.10
    ip_rad: float = 0.10


@dataclass(frozen=True)
class HandAngles:
    """A whole hand's joint angles; the default is open and flat, fingers together."""

    thumb: ThumbAngles = field(default_factory=ThumbAngles)
    index: FingerAngles = field(default_factory=FingerAngles)
    middle: FingerAngles = field(default_factory=FingerAngles)
    ring: FingerAngles = field(default_factory=FingerAngles)
    little: FingerAngles = field(default_factory=FingerAngles)

    def as_array(self) -> Array:
        """(20,) radians: thumb (palmar, radial, mcp, ip), then each finger (mcp, pip, dip, abduction)."""
        thumb = self.thumb
        values = [thumb.palmar_abduction_rad, thumb.radial_abduction_rad, thumb.mcp_rad, thumb.ip_rad]
        for finger in (self.index, self.middle, self.ring, self.little):
            values += [finger.mcp_rad, finger.pip_rad, finger.dip_rad, finger.abduction_rad]
        return np.array(values)

    @staticmethod
    def from_array(angle_rad: Array) -> "HandAngles":
        """The inverse of `as_array`."""
        rows = [tuple(map(float, row)) for row in np.asarray(angle_rad, dtype=float).reshape(5, 4)]
        return HandAngles(ThumbAngles(*rows[0]), *(FingerAngles(*row) for row in rows[1:]))


# Bone lengths and joint places of an average adult hand, metres (right hand, hand-local axes).
KNUCKLES_M: tuple[Vector, ...] = (
    (0.024, -0.090, 0.0),
    (0.0, -0.094, 0.0),
    (-0.020, -0.088, 0.0),
    (-0.037, -0.079, 0.0),
)
PHALANGES_M: tuple[Vector, ...] = (
    (0.043, 0.026, 0.020),
    (0.047, 0.030, 0.021),
    (0.043, 0.028, 0.021),
    (0.034, 0.020, 0.019),
)
THUMB_BASE_M: Vector = (0.026, -0.020, -0.006)
THUMB_BONES_M: Vector = (0.042, 0.033, 0.028)

PALMAR: Vector = (0.0, 0.0, -1.0)
_DISTAL: Vector = (0.0, -1.0, 0.0)
_RADIAL = unit(sub(KNUCKLES_M[0], KNUCKLES_M[3]))
_RAYS = tuple(unit(knuckle) for knuckle in KNUCKLES_M)
_SIDEWAYS = tuple(across(_RADIAL, ray) for ray in _RAYS)
_HINGES = tuple(cross(ray, PALMAR) for ray in _RAYS)
_THUMB_SIDEWAYS = cross(_RAYS[0], PALMAR)
# The thumb bends across the palm and, as a real one does, a little out of it.
_THUMB_CURL = mix(-1.0, _RADIAL, 0.25, PALMAR)

BONES = ("palm", *(f"{finger}.{n}" for finger in ("thumb", "index", "middle", "ring", "little") for n in (1, 2, 3)))
_MIRROR = np.array([-1.0, 1.0, 1.0])
_BONE_STARTS = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19]


def hand_points(angles: HandAngles, side: Side) -> Array:
    """The 21 landmarks, (21, 3) metres, hand-local axes."""
    points = np.array(_right_hand(angles)[0])
    return points if side is Side.RIGHT else points * _MIRROR


def bone_frames(angles: HandAngles, side: Side) -> tuple[Array, Array]:
    """Rotations (16, 3, 3) and origins (16, 3), metres, of the bones named in BONES, hand-local axes.

    A rotation's columns are the bone's own hinge (radial side), distal and palmar directions; the origin is its
    near joint. A left hand's frames are the mirror image of a right hand's.
    """
    points, along, hinges = _right_hand(angles)
    near = np.array(points)[_BONE_STARTS]
    palmar = [cross(hinge, distal) for hinge, distal in zip(hinges, along, strict=True)]
    rotations = np.stack([np.array(hinges), np.array(along), np.array(palmar)], axis=-1)
    if side is Side.RIGHT:
        return rotations, near
    return rotations * _MIRROR[:, None] * _MIRROR, near * _MIRROR


def _right_hand(angles: HandAngles) -> tuple[list[Vector], list[Vector], list[Vector]]:
    """A right hand's 21 landmarks and, for each of the 16 bones, its direction and its flexion hinge."""
    thumb_points, thumb_along, thumb_hinges = _thumb(angles.thumb)
    points: list[Vector] = [(0.0, 0.0, 0.0), *thumb_points]
    along, hinges = [_DISTAL, *thumb_along], [cross(_DISTAL, PALMAR), *thumb_hinges]
    for n, finger in enumerate((angles.index, angles.middle, angles.ring, angles.little)):
        finger_points, finger_along, finger_hinges = _finger(n, finger)
        points += finger_points
        along += finger_along
        hinges += finger_hinges
    return points, along, hinges


def _finger(n: int, angles: FingerAngles) -> tuple[list[Vector], list[Vector], list[Vector]]:
    """Four landmarks, three directions, three hinges of the n-th long finger. A bent finger cannot stand sideways:
    abduction fades with the cosine of the MCP bend."""
    bend = cos(angles.mcp_rad)
    direction = mix(bend, _RAYS[n], sin(angles.mcp_rad), PALMAR)
    direction = unit(mix(1.0, direction, max(bend, 0.0) * tan(angles.abduction_rad), _SIDEWAYS[n]))
    at = KNUCKLES_M[n]
    points, along, hinges = [at], [], []
    for length_m, angle in zip(PHALANGES_M[n], (0.0, angles.pip_rad, angles.dip_rad), strict=True):
        hinge = across(_HINGES[n], direction)
        direction = mix(cos(angle), direction, sin(angle), cross(hinge, direction))
        at = mix(1.0, at, length_m, direction)
        points.append(at)
        along.append(direction)
        hinges.append(hinge)
    return points, along, hinges


def _thumb(angles: ThumbAngles) -> tuple[list[Vector], list[Vector], list[Vector]]:
    """Four landmarks, three directions, three hinges of the thumb."""
    in_palm = mix(cos(angles.radial_abduction_rad), _RAYS[0], sin(angles.radial_abduction_rad), _THUMB_SIDEWAYS)
    direction = mix(cos(angles.palmar_abduction_rad), in_palm, sin(angles.palmar_abduction_rad), PALMAR)
    curl = across(_THUMB_CURL, direction)
    at = THUMB_BASE_M
    points, along, hinges = [at], [], []
    for length_m, angle in zip(THUMB_BONES_M, (0.0, angles.mcp_rad, angles.ip_rad), strict=True):
        c, s = cos(angle), sin(angle)
        direction, curl = mix(c, direction, s, curl), mix(c, curl, -s, direction)
        at = mix(1.0, at, length_m, direction)
        points.append(at)
        along.append(direction)
        hinges.append(cross(direction, curl))
    return points, along, hinges
