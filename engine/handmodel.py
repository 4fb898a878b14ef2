"""Joint angles to the 21 points of an adult hand (forward kinematics): the inverse of engine.motion.kinematics.

Hand-local axes: the wrist is the origin; a right hand shows its palm to the viewer, fingers up: x right (towards
the thumb), y down (fingers at -y), z away (the back of the hand). A left hand is the mirror image, x negated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, sin, sqrt, tan
from typing import NamedTuple

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import Vector, across, cross, unit


class FingerAngles(NamedTuple):
    """One long finger, radians. Flexion positive, straight 0; abduction positive towards the thumb side."""

    mcp_rad: float = 0.0
    pip_rad: float = 0.0
    dip_rad: float = 0.0
    abduction_rad: float = 0.0


class ThumbAngles(NamedTuple):
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

    @property
    def fingers(self) -> tuple[FingerAngles, FingerAngles, FingerAngles, FingerAngles]:
        """The long fingers, index to little."""
        return self.index, self.middle, self.ring, self.little

    def as_array(self) -> Array:
        """(20,) radians: thumb (palmar, radial, mcp, ip), then each finger (mcp, pip, dip, abduction)."""
        return np.array([*self.thumb, *self.index, *self.middle, *self.ring, *self.little])

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
_PALMAR = np.array(PALMAR)
_RAYS = unit(np.transpose(KNUCKLES_M)).T
_RADIAL = unit(np.subtract(KNUCKLES_M[0], KNUCKLES_M[3]))
_MIRROR = np.array([-1.0, 1.0, 1.0])
# Every finger moves in its own axes, as rows: radial (towards the thumb), distal (along its metacarpal), palmar.
# The thumb's are those of the index ray.
_AXES = np.array(
    [
        (cross(_RAYS[0], _PALMAR), _RAYS[0], _PALMAR),
        *((across(_RADIAL, ray), ray, _PALMAR) for ray in _RAYS),
    ]
)
_ROOTS_M = np.array([THUMB_BASE_M, *KNUCKLES_M])[:, None]
_LENGTHS_M = np.array([THUMB_BONES_M, *PHALANGES_M])
# The thumb bends across the palm and, as a real one does, a little out of it (its own axes).
_CURL = _AXES[0] @ (0.25 * _PALMAR - _RADIAL)

# The same for one finger at a time, as plain numbers: axes, root and bones.
_AXES_OF: list[list[float]] = _AXES.reshape(5, 9).tolist()
_ROOT_OF: list[list[float]] = _ROOTS_M[:, 0].tolist()
_LENGTHS_OF: list[list[float]] = _LENGTHS_M.tolist()
_CURL_TO: list[float] = _CURL.tolist()

BONES = ("palm", *(f"{finger}.{n}" for finger in ("thumb", "index", "middle", "ring", "little") for n in (1, 2, 3)))
_BONE_STARTS = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19]
_PALM_BONE = np.array([cross(np.array(_DISTAL), _PALMAR), _DISTAL, PALMAR])


def hand_points(angles: HandAngles, side: Side) -> Array:
    """The 21 landmarks, (21, 3) metres, hand-local axes: `hands_points` of one hand. A single one, sixty times a
    second, is cheaper worked out number by number than through arrays of five."""
    joints = [0.0, 0.0, 0.0, *thumb_joints(angles.thumb)]
    for n, finger in enumerate(angles.fingers):
        joints += finger_joints(n, finger)
    points = np.array(joints).reshape(21, 3)
    if side is Side.LEFT:
        points *= _MIRROR
    return points


# Whoever looks where a fingertip is asks for the whole hand next: the joints of the latest fingers are kept.
@lru_cache(maxsize=32)
def finger_joints(n: int, finger: FingerAngles) -> tuple[float, ...]:
    """The four joints of a long finger, index 0 to little 3, as `thumb_joints` gives the thumb's."""
    mcp, pip, dip, abduction = finger
    c, s = cos(mcp), sin(mcp)
    sideways = max(c, 0.0) * tan(abduction)
    shrink = 1.0 / sqrt(1.0 + sideways * sideways)
    return _joints(n + 1, (shrink * sideways, shrink * c, shrink * s), (0.0, -s, c), pip, pip + dip)


@lru_cache(maxsize=32)
def thumb_joints(thumb: ThumbAngles) -> tuple[float, ...]:
    """The thumb's four joints, its tip last, x, y, z after x, y, z, of a right hand as `hand_points` has it."""
    palmar, radial, mcp, ip = thumb
    out = cos(palmar)
    distal = out * sin(radial), out * cos(radial), sin(palmar)
    r, d, p = _CURL_TO
    along = r * distal[0] + d * distal[1] + p * distal[2]
    r, d, p = r - along * distal[0], d - along * distal[1], p - along * distal[2]
    length = sqrt(r * r + d * d + p * p) or 1.0
    return _joints(0, distal, (r / length, d / length, p / length), mcp, mcp + ip)


def _joints(finger: int, distal: Vector, palmar: Vector, second: float, third: float) -> tuple[float, ...]:
    """The four joints of a finger, x, y, z after x, y, z: its first bone points to `distal`, the other two are turned
    towards `palmar` by so much. Five fingers of every hand come through here, so the bones are written out."""
    rx, ry, rz, dx, dy, dz, px, py, pz = _AXES_OF[finger]
    r, d, p = distal
    to_x, to_y, to_z = r * rx + d * dx + p * px, r * ry + d * dy + p * py, r * rz + d * dz + p * pz
    r, d, p = palmar
    up_x, up_y, up_z = r * rx + d * dx + p * px, r * ry + d * dy + p * py, r * rz + d * dz + p * pz
    (x0, y0, z0), (length, middle, last) = _ROOT_OF[finger], _LENGTHS_OF[finger]
    x1, y1, z1 = x0 + length * to_x, y0 + length * to_y, z0 + length * to_z
    ahead, above = middle * cos(second), middle * sin(second)
    x2, y2, z2 = x1 + ahead * to_x + above * up_x, y1 + ahead * to_y + above * up_y, z1 + ahead * to_z + above * up_z
    ahead, above = last * cos(third), last * sin(third)
    x3, y3, z3 = x2 + ahead * to_x + above * up_x, y2 + ahead * to_y + above * up_y, z2 + ahead * to_z + above * up_z
    return x0, y0, z0, x1, y1, z1, x2, y2, z2, x3, y3, z3


def hands_points(angle_rad: Array, sides: Sequence[Side]) -> Array:
    """The landmarks of any number of hands at once, (n, 21, 3) metres, from (n, 20) angles as in `as_array`, each hand
    of its side."""
    pointing, bend_rad = _chains(angle_rad.reshape(-1, 5, 4))
    # Each joint lies this far along the direction of the first bone, and this far out to where the finger bends.
    steps = np.zeros((len(bend_rad), 5, 4, 2))
    steps[..., 1:, 0] = _LENGTHS_M * np.cos(bend_rad)
    steps[..., 1:, 1] = _LENGTHS_M * np.sin(bend_rad)
    points = np.zeros((len(bend_rad), 21, 3))
    joints = np.cumsum(steps, axis=2) @ (pointing @ _AXES) + _ROOTS_M
    points[:, 1:] = joints.reshape(-1, 20, 3)
    points[[side is Side.LEFT for side in sides]] *= _MIRROR
    return points


def bone_frames(angles: HandAngles, side: Side) -> tuple[Array, Array]:
    """Rotations (16, 3, 3) and origins (16, 3), metres, of the bones named in BONES, hand-local axes.

    A rotation's columns are the bone's own hinge (radial side), distal and palmar directions; the origin is its
    near joint. A left hand's frames are the mirror image of a right hand's.
    """
    pointing, bend_rad = _chains(angles.as_array().reshape(1, 5, 4))
    distal, palmar = pointing[0, :, 0, None], pointing[0, :, 1, None]
    c, s = np.cos(bend_rad[0])[..., None], np.sin(bend_rad[0])[..., None]
    bones = np.empty((5, 3, 3, 3))
    bones[:, :, 0] = cross(distal.T, palmar.T).T
    bones[:, :, 1] = c * distal + s * palmar
    bones[:, :, 2] = c * palmar - s * distal
    rotations = np.concatenate([_PALM_BONE[None], (bones @ _AXES[:, None]).reshape(15, 3, 3)]).transpose(0, 2, 1)
    if side is Side.LEFT:
        rotations = rotations * _MIRROR[:, None] * _MIRROR
    return rotations, hand_points(angles, side)[_BONE_STARTS]


def _chains(angle_rad: Array) -> tuple[Array, Array]:
    """Of (n, 5, 4) angles, each finger in its own axes: where its first bone points and, square to that, where it
    bends to, (n, 5, 2, 3); and how far its three bones are turned from the first one's direction, (n, 5, 3).

    A bent finger cannot stand sideways: abduction fades with the cosine of the MCP bend. PIP and DIP are hinges, so
    the finger stays in one plane.
    """
    pointing, bend_rad = np.zeros((len(angle_rad), 5, 2, 3)), np.zeros((len(angle_rad), 5, 3))
    thumb, fingers = angle_rad[:, 0], angle_rad[:, 1:]
    c, s = np.cos(fingers[..., 0]), np.sin(fingers[..., 0])
    sideways = np.maximum(c, 0.0) * np.tan(fingers[..., 3])
    shrink = 1.0 / np.sqrt(1.0 + sideways * sideways)
    distal = pointing[:, 1:, 0]
    distal[..., 0], distal[..., 1], distal[..., 2] = shrink * sideways, shrink * c, shrink * s
    pointing[:, 1:, 1, 1], pointing[:, 1:, 1, 2] = -s, c
    bend_rad[:, 1:, 1:] = fingers[..., 1:3]
    out = np.cos(thumb[:, 0])
    distal = pointing[:, 0, 0]
    distal[:, 0], distal[:, 1], distal[:, 2] = out * np.sin(thumb[:, 1]), out * np.cos(thumb[:, 1]), np.sin(thumb[:, 0])
    pointing[:, 0, 1] = across(_CURL[:, None], distal.T).T
    bend_rad[:, 0, 1:] = thumb[:, 2:]
    return pointing, np.cumsum(bend_rad, axis=2)
