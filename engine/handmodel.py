"""Joint angles to the 21 points of an adult hand (forward kinematics): the inverse of engine.motion.kinematics.

Hand-local axes: the wrist is the origin; a right hand shows its palm to the viewer, fingers up: x right (towards
the thumb), y down (fingers at -y), z away (the back of the hand). A left hand is the mirror image, x negated.
"""

from dataclasses import dataclass, field
from math import cos, sin, sqrt, tan
from typing import NamedTuple

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import Vector, across, cross, mix, sub, unit


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
_RADIAL = unit(sub(KNUCKLES_M[0], KNUCKLES_M[3]))
_RAYS = tuple(unit(knuckle) for knuckle in KNUCKLES_M)
_MIRROR = np.array([-1.0, 1.0, 1.0])
# Every finger moves in its own axes, as rows: radial (towards the thumb), distal (along its metacarpal), palmar.
# The thumb's are those of the index ray.
_THUMB_AXES = (cross(_RAYS[0], PALMAR), _RAYS[0], PALMAR)
_RIGHT_AXES = np.array([_THUMB_AXES, *((across(_RADIAL, ray), ray, PALMAR) for ray in _RAYS)])
# Where each finger starts, and its radial and distal axes; both lie in the plane of the palm: x, y, z, rx, ry, dx, dy.
_RIGHT_ROOTS = tuple(
    (*start, *radial[:2], *distal[:2])
    for start, (radial, distal, _) in zip((THUMB_BASE_M, *KNUCKLES_M), _RIGHT_AXES.tolist(), strict=True)
)
_ROOTS = {
    Side.RIGHT: _RIGHT_ROOTS,
    Side.LEFT: tuple((-x, y, z, -rx, ry, -dx, dy) for x, y, z, rx, ry, dx, dy in _RIGHT_ROOTS),
}
# The thumb bends across the palm and, as a real one does, a little out of it (its own axes).
_CURL: Vector = tuple((_RIGHT_AXES[0] @ mix(-1.0, _RADIAL, 0.25, PALMAR)).tolist())

BONES = ("palm", *(f"{finger}.{n}" for finger in ("thumb", "index", "middle", "ring", "little") for n in (1, 2, 3)))
_BONE_STARTS = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19]
_PALM_BONE = np.array([cross(_DISTAL, PALMAR), _DISTAL, PALMAR])


class _Chain(NamedTuple):
    """Three bones of one finger, in its own axes: where the first one points, where the finger bends to from there
    (at right angles), the bones' lengths, and how far the second and the third are bent against the one before."""

    distal: Vector
    palmar: Vector
    length_m: Vector
    bend_rad: tuple[float, float]


def hand_points(angles: HandAngles, side: Side) -> Array:
    """The 21 landmarks, (21, 3) metres, hand-local axes."""
    joints = [0.0, 0.0, 0.0]
    for chain, root in zip(_chains(angles), _ROOTS[side], strict=True):
        joints += _joints_m(chain, root)
    return np.array(joints).reshape(21, 3)


def bone_frames(angles: HandAngles, side: Side) -> tuple[Array, Array]:
    """Rotations (16, 3, 3) and origins (16, 3), metres, of the bones named in BONES, hand-local axes.

    A rotation's columns are the bone's own hinge (radial side), distal and palmar directions; the origin is its
    near joint. A left hand's frames are the mirror image of a right hand's.
    """
    frames = np.array([_bone_axes(chain) for chain in _chains(angles)])
    bones = np.concatenate([_PALM_BONE[None], (frames @ _RIGHT_AXES[:, None]).reshape(15, 3, 3)])
    rotations = bones.transpose(0, 2, 1)
    if side is Side.LEFT:
        rotations = rotations * _MIRROR[:, None] * _MIRROR
    return rotations, hand_points(angles, side)[_BONE_STARTS]


def _chains(angles: HandAngles) -> tuple[_Chain, ...]:
    return _thumb(angles.thumb), *map(_finger, angles.fingers, PHALANGES_M)


def _finger(angles: FingerAngles, length_m: Vector) -> _Chain:
    """A long finger. A bent one cannot stand sideways: abduction fades with the cosine of the MCP bend. PIP and DIP
    are hinges, so the finger stays in one plane."""
    mcp_rad, pip_rad, dip_rad, abduction_rad = angles
    c, s = cos(mcp_rad), sin(mcp_rad)
    sideways = max(c, 0.0) * tan(abduction_rad)
    shrink = 1.0 / sqrt(1.0 + sideways * sideways)
    return _Chain((shrink * sideways, shrink * c, shrink * s), (0.0, -s, c), length_m, (pip_rad, dip_rad))


def _thumb(angles: ThumbAngles) -> _Chain:
    palmar_rad, radial_rad, mcp_rad, ip_rad = angles
    out = cos(palmar_rad)
    distal = out * sin(radial_rad), out * cos(radial_rad), sin(palmar_rad)
    return _Chain(distal, across(_CURL, distal), THUMB_BONES_M, (mcp_rad, ip_rad))


def _joints_m(chain: _Chain, root: tuple[float, ...]) -> list[float]:
    """The finger's four joints, x, y, z after each other, in the hand's axes."""
    (radial, distal, palmar), (curl_radial, curl_distal, curl_palmar), lengths_m, (second_rad, third_rad) = chain
    x, y, z, rx, ry, dx, dy = root
    first_m, second_m, third_m = lengths_m
    ax, ay, az = radial * rx + distal * dx, radial * ry + distal * dy, -palmar
    bx, by, bz = curl_radial * rx + curl_distal * dx, curl_radial * ry + curl_distal * dy, -curl_palmar
    third_rad += second_rad
    along_m, out_m = first_m + second_m * cos(second_rad), second_m * sin(second_rad)
    end_m, end_out_m = along_m + third_m * cos(third_rad), out_m + third_m * sin(third_rad)
    return [
        x, y, z,
        x + first_m * ax, y + first_m * ay, z + first_m * az,
        x + along_m * ax + out_m * bx, y + along_m * ay + out_m * by, z + along_m * az + out_m * bz,
        x + end_m * ax + end_out_m * bx, y + end_m * ay + end_out_m * by, z + end_m * az + end_out_m * bz,
    ]  # fmt: skip


def _bone_axes(chain: _Chain) -> list[tuple[Vector, Vector, Vector]]:
    """Hinge, distal and palmar direction of the three bones, in the finger's own axes."""
    hinge = cross(chain.distal, chain.palmar)
    axes = []
    for bend in (0.0, chain.bend_rad[0], sum(chain.bend_rad)):
        c, s = cos(bend), sin(bend)
        axes.append((hinge, mix(c, chain.distal, s, chain.palmar), mix(c, chain.palmar, -s, chain.distal)))
    return axes
