"""The 21 points to joint angles, seen from the palm.

Signs as in clinical goniometry: flexion positive, hyperextension negative, straight 0, abduction positive towards
the thumb. The long fingers' angles are signed by the palm, so the side must be right: with the wrong side every
flexion changes its sign.
"""

import numpy as np

from engine.hand import Array, Side
from engine.motion.vectors import across, cross, dot, unit

# Of each long finger: where its metacarpal ray and its three phalanges begin, and where they end.
_ENDS = np.arange(5, 21).reshape(4, 4)
_STARTS = np.array([(0, *ends[:3]) for ends in _ENDS])
# u x palmar, as a choice of u's own numbers.
_HINGE, _HINGE_SIGNS = np.array([1, 0, 2]), np.array([1.0, -1.0, 0.0])
# MCP flexion and abduction are both seen along u; PIP and DIP along the phalanx before.
_AHEAD = np.array([0, 1, 2, 0])
# Squared lengths are never taken for less than this, so that landmarks which fall together give numbers all the same.
_TINY = 1e-200


def joint_angles(points: Array, side: Side) -> tuple[float, ...]:
    """20 joint angles, radians, in the order of `HandAngles.as_array`, of 21 landmarks in any rigid axes."""
    angle_rad: list[float] = angles_in_palm(points_in_palm(np.asarray(points)[None], side))[0].tolist()
    return tuple(angle_rad)


def palm_axes(points: Array, side: Side) -> Array:
    """Unit vectors along the knuckles towards the thumb (radial), along the hand (distal), out of the palm (palmar),
    as rows: (n, 3, 3) of (n, 21, 3) landmarks."""
    distal, radial = points[:, 9] - points[:, 0], unit(points[:, 5] - points[:, 17])
    palmar = unit(cross(radial, distal) if side is Side.RIGHT else cross(distal, radial))
    axes = np.empty((len(points), 3, 3))
    axes[:, 0], axes[:, 1], axes[:, 2] = radial, across(distal, radial), palmar
    return axes


def points_in_palm(points: Array, side: Side) -> Array:
    """Landmarks (n, 21, 3) along the palm's own axes (radial, distal, palmar): there a left hand looks like a right
    one."""
    return points @ palm_axes(points, side).transpose(0, 2, 1)


def angles_in_palm(points: Array) -> Array:
    """Joint angles (n, 20) of landmarks (n, 21, 3) along the palm's axes."""
    angle_rad = np.concatenate((_thumb(points)[:, None], _fingers(points)), axis=1)
    return angle_rad.reshape(-1, 20)


def _fingers(points: Array) -> Array:
    """MCP, PIP, DIP flexion and abduction of the long fingers, (n, 4, 4).

    With u the ray from the wrist to the knuckle, v, w, z the phalanges, n palmar and r radial made square to u:
    MCP flexion = atan2(v.n, v.u), abduction = atan2(v.r, v.u); with h the hinge u x palmar made square to v:
    PIP = atan2((v x w).h, v.w), DIP = atan2((w x z).h, w.z). The palm's axes being x and z, n and r need no more than
    their own lengths; an angle does not ask how long the other vectors are, so of those only h is measured.
    """
    bones = points.take(_ENDS, 1) - points.take(_STARTS, 1)
    before, behind = bones[:, :, :-1], bones[:, :, 1:]
    u, v = bones[:, :, 0], bones[:, :, 1]
    along, lengths = dot(before, behind), bones * bones
    squared = dot(bones, bones)
    square_to_u = v * squared[:, :, :1] - u * along[:, :, :1]
    hinge = u.take(_HINGE, -1) * _HINGE_SIGNS
    hinge -= v * (dot(hinge, v) / np.maximum(squared[:, :, 1], _TINY))[..., None]
    ahead, aside = along.take(_AHEAD, -1), np.empty((len(points), 4, 4))
    ahead[:, :, 1:3] *= np.sqrt(dot(hinge, hinge))[..., None]
    aside[:, :, 0] = square_to_u[..., 2] / np.sqrt(np.maximum(squared[:, :, 0] - lengths[:, :, 0, 2], _TINY))
    aside[:, :, 1:3] = dot(cross(before[:, :, 1:], behind[:, :, 1:]), hinge[:, :, None])
    aside[:, :, 3] = square_to_u[..., 0] / np.sqrt(np.maximum(squared[:, :, 0] - lengths[:, :, 0, 0], _TINY))
    angle_rad: Array = np.arctan2(aside, ahead)
    return angle_rad


def _thumb(points: Array) -> Array:
    """Palmar abduction (out of the palm), radial abduction (within it, from the index ray), MCP and IP flexion
    (unsigned), (n, 4)."""
    bones = points[:, 2:5] - points[:, 1:4]
    x, y, z = bones[:, 0].T
    index_x, index_y, _ = (points[:, 5] - points[:, 0]).T
    before, behind = bones[:, :-1], bones[:, 1:]
    turn = cross(before, behind)
    aside, ahead = np.empty((len(points), 4)), np.empty((len(points), 4))
    aside[:, 0], ahead[:, 0] = z, np.hypot(x, y)
    aside[:, 1], ahead[:, 1] = x * index_y - y * index_x, x * index_x + y * index_y
    aside[:, 2:], ahead[:, 2:] = np.sqrt(dot(turn, turn)), dot(before, behind)
    angle_rad: Array = np.arctan2(aside, ahead)
    return angle_rad
