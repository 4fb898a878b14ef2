"""The hand one sees: a mesh made by tools/make_hand_mesh.py, bent to a pose and put in the room.

The mesh is a right hand in hand-local axes (wrist at the origin, x to the thumb's side, y down, z away from one who
looks at the palm; metres). A left hand is its mirror image. Skin follows the bones by linear blend skinning
(Magnenat-Thalmann et al., "Joint-dependent local deformations", Graphics Interface 1988), with one more bone half-way
through every joint so that a bent finger keeps its girth.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.hand import FINGERS, Array, Finger, Side
from engine.handmodel import HandAngles, bone_frames
from engine.paths import assets_folder

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

FOREARM = 16
NEARER_M = np.array([0.0, 0.005, 0.020], dtype=np.float32)
MIRROR = np.array([-1.0, 1.0, 1.0])


def finger_bone(finger: Finger, n: int) -> int:
    """The number of a finger's n-th bone (0, 1, 2) in `engine.handmodel.BONES`."""
    return 1 + 3 * FINGERS.index(finger) + n


# Every joint as (parent bone, child bone): the wrist, then each finger from the palm outwards.
JOINTS = (
    (FOREARM, 0),
    *((0 if n == 0 else finger_bone(f, n - 1), finger_bone(f, n)) for f in FINGERS for n in range(3)),
)
_NEXT, _AFTER = [1, 2, 0], [2, 0, 1]
_PARENTS, _CHILDREN = (np.array(ends) for ends in zip(*JOINTS, strict=True))


@dataclass(frozen=True, eq=False)
class HandMesh:
    """The mesh in its rest pose, and what each of its n points carries.

    `points_m`, `normals` (n, 3); `faces` (m, 3), anticlockwise seen from outside in hand-local axes;
    `weights` (n, 33): bones, forearm, then one half-way bone per joint; rows sum to 1.
    `part` (m,): 0 skin, 1 detail (nail or crease), 2 wrist band.
    0..1 each (n,): `open_sky` how much light reaches the point; `palmar` inner skin; `blush`; `pad` the touching pads
    of thumb and index finger; `nail`, `nail_edge`, `crease`.
    `sphere_m` (15, 4): centre and radius of a ball inside each phalanx; `others` (n, 15): 0 where the ball
    is the point's own finger, which casts no shade on it.
    `rest_rotations` (16, 3, 3), `rest_origins_m` (16, 3): the bones in the rest pose.
    """

    points_m: Floats
    normals: Floats
    faces: Indices
    weights: Floats
    part: Indices
    open_sky: Floats
    palmar: Floats
    blush: Floats
    pad: Floats
    nail: Floats
    nail_edge: Floats
    crease: Floats
    sphere_m: Floats
    others: Floats
    rest_rotations: Floats
    rest_origins_m: Floats


@lru_cache(maxsize=1)
def load_hand_mesh() -> HandMesh:
    """The mesh as shipped; read once."""
    with np.load(assets_folder() / "hand_mesh.npz") as stored:
        whole = {"faces", "part"}
        arrays = {f.name: stored[f.name].astype(np.int32 if f.name in whole else np.float32) for f in fields(HandMesh)}
    for planes in ("points_m", "normals", "weights", "others"):
        arrays[planes] = np.asfortranarray(arrays[planes])
    arrays["weights"] /= arrays["weights"].sum(axis=1, keepdims=True)
    return HandMesh(**arrays)


@lru_cache(maxsize=4)
def worn_faces(side: Side, *, band: bool) -> tuple[Indices, Floats]:
    """The faces (3, m) of a hand to draw, with or without the wrist band, clockwise seen from outside; and how much
    nearer than it is (m,) each is drawn, so that what lies on the skin is not lost in it."""
    mesh = load_hand_mesh()
    shown = mesh.part < (3 if band else 2)
    faces = mesh.faces[shown] if side is Side.LEFT else mesh.faces[shown][:, ::-1]
    return np.ascontiguousarray(faces.T), NEARER_M[mesh.part[shown]]


def bone_moves(mesh: HandMesh, angles: HandAngles, forearm: Array | None = None) -> Array:
    """(33, 3, 4): how each bone (and half-way bone) of a right hand moves from rest to the pose.

    `forearm` (3, 3) turns and stretches the forearm about the wrist; None leaves it straight.
    """
    rotations, origins = bone_frames(angles, Side.RIGHT)
    turn = np.empty((FOREARM + 1, 3, 3))
    turn[:FOREARM] = rotations @ mesh.rest_rotations.transpose(0, 2, 1)
    turn[FOREARM] = np.eye(3) if forearm is None else forearm
    pivot, place = np.zeros((FOREARM + 1, 3)), np.zeros((FOREARM + 1, 3))
    pivot[:FOREARM], place[:FOREARM] = mesh.rest_origins_m, origins
    half = _half_way(turn[_PARENTS], turn[_CHILDREN])
    turns = np.concatenate([turn, half])
    pivots = np.concatenate([pivot, pivot[_CHILDREN]])
    places = np.concatenate([place, place[_CHILDREN]])
    moved = places - (turns @ pivots[:, :, None])[:, :, 0]
    return np.concatenate([turns, moved[:, :, None]], axis=2)


def _half_way(a: Array, b: Array) -> Array:
    """The rotations between two sets of rotations (n, 3, 3): their mean, made orthonormal again."""
    mean = (a + b).transpose(2, 1, 0)
    x, y = mean[0], mean[1] / np.sqrt((mean[1] ** 2).sum(axis=0))
    x = x - (x * y).sum(axis=0) * y
    x /= np.sqrt((x * x).sum(axis=0))
    z = x[_NEXT] * y[_AFTER] - x[_AFTER] * y[_NEXT]
    return np.stack([x, y, z]).transpose(2, 1, 0)


def skin(mesh: HandMesh, moves: Array) -> tuple[Floats, Floats]:
    """Points (n, 3) and unit normals (n, 3) of the mesh after the bones' moves (33, 3, 4).

    Both are views of planes (3, n): working on `points.T` is fast.
    """
    blended = moves.reshape(-1, 12).T.astype(np.float32) @ mesh.weights.T
    rows = blended.reshape(3, 4, -1)
    x, y, z = mesh.points_m.T
    points = rows[:, 0] * x + rows[:, 1] * y + rows[:, 2] * z + rows[:, 3]
    x, y, z = mesh.normals.T
    normals = rows[:, 0] * x + rows[:, 1] * y + rows[:, 2] * z
    normals /= np.sqrt((normals * normals).sum(axis=0))
    return points.T, normals.T


def into(moves: Array, rotation: Array, at_m: Array, side: Side) -> Array:
    """The moves (33, 3, 4) followed by mirroring (left hand), a rotation (3, 3) and a shift to `at_m`."""
    turn = rotation if side is Side.RIGHT else rotation * MIRROR
    out = turn @ moves
    out[:, :, 3] += at_m
    return out


def fold_shade(mesh: HandMesh, moves: Array, points: Floats, normals: Floats) -> Floats:
    """(n,) 0..1: how much light is left where other fingers stand over the skin.

    Each phalanx counts as a ball; a ball of radius r at distance d above the skin hides cos(angle) r^2 / d^2 of the
    sky (the form factor of a sphere).
    """
    bones = moves[1:FOREARM]
    centres = ((bones[:, :, :3] @ mesh.sphere_m[:, :3, None])[:, :, 0] + bones[:, :, 3]).astype(np.float32)
    flat_points, flat_normals = points.T, normals.T
    squared = centres @ flat_points
    squared *= -2
    squared += (flat_points * flat_points).sum(axis=0)
    squared += (centres * centres).sum(axis=1)[:, None]
    above = centres @ flat_normals
    above -= (flat_points * flat_normals).sum(axis=0)
    radius2 = (mesh.sphere_m[:, 3] ** 2)[:, None]
    np.maximum(squared, 0.6 * radius2, out=squared)
    hidden = np.maximum(above, 0) * mesh.others.T * radius2 / (squared * np.sqrt(squared))
    left: Floats = 1 / (1 + np.float32(1.7) * hidden.sum(axis=0))
    return left
