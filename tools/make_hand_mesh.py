"""Makes assets/hand_mesh.npz: `python -m tools.make_hand_mesh` (about half a minute; needs scikit-image).

Marching cubes over the solid of tools/hand_shape.py, coarsened to an even mesh, then everything the view needs:
weights, light, skin, nails, creases and the wrist band. The same input gives the same file.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from skimage.measure import marching_cubes

from engine.hand import FINGERS, Array, Side
from engine.handmodel import bone_frames
from tools.hand_details import Patch, finger_creases, nail, palm_creases, wrist_band
from tools.hand_flesh import blush, open_sky, pads, palm_side, wanted_mm, weights
from tools.hand_shape import REST, SHAPES, bone_frame, hand_mm, joints_mm, onto_surface, outward
from tools.remesh import Indices, coarsen, flip, relax

VOXEL_MM = 3.0
FACES = 2500
LOW_MM, HIGH_MM = np.array([-100.0, -215.0, -85.0]), np.array([115.0, 112.0, 50.0])
TARGET = Path(__file__).resolve().parent.parent / "assets" / "hand_mesh.npz"

# The forearm is meshed short and drawn out afterwards: long triangles are enough where it is straight.
STRAIGHT_FROM_MM, SHORTER = 34.0, 0.22


def squeezed(points: Array) -> Array:
    y = points[:, 1]
    return np.column_stack([points[:, 0], np.where(y > STRAIGHT_FROM_MM, _scaled(y, SHORTER), y), points[:, 2]])


def drawn_out(points: Array) -> Array:
    y = points[:, 1]
    return np.column_stack([points[:, 0], np.where(y > STRAIGHT_FROM_MM, _scaled(y, 1 / SHORTER), y), points[:, 2]])


def _scaled(y: Array, factor: float) -> Array:
    return STRAIGHT_FROM_MM + (y - STRAIGHT_FROM_MM) * factor


def short_hand_mm(points: Array) -> Array:
    """The solid with its forearm squeezed."""
    return hand_mm(drawn_out(points))


def skin_mesh() -> tuple[Array, Indices]:
    """Points (n, 3) in millimetres and faces (m, 3) of the bare hand."""
    axes = [np.arange(low, high, VOXEL_MM) for low, high in zip(LOW_MM, HIGH_MM, strict=True)]
    layers = []
    for x in axes[0]:
        layer = np.stack(np.meshgrid([x], axes[1], axes[2], indexing="ij"), axis=-1).reshape(-1, 3)
        layers.append(short_hand_mm(layer).reshape(len(axes[1]), len(axes[2])))
    points, faces, _, _ = marching_cubes(np.stack(layers), 0.0, spacing=(VOXEL_MM,) * 3)  # type: ignore[no-untyped-call]
    points, faces = coarsen(points + LOW_MM, faces, wanted_mm, FACES)
    points = onto_surface(points, 4, short_hand_mm)
    for _ in range(3):
        faces = flip(points, faces, outward(points, short_hand_mm))
        points = relax(points, faces, wanted_mm, lambda moved: onto_surface(moved, 2, short_hand_mm), 4)
    points = drawn_out(points)
    return points, facing_out(points, faces)


def smooth_normals(points: Array, faces: Indices) -> Array:
    """Unit normals (n, 3) of the mesh itself, evened out between neighbours: calmer than the solid's own."""
    a, b, c = (points[faces[:, n]] for n in range(3))
    normals = np.zeros_like(points)
    for n in range(3):
        np.add.at(normals, faces[:, n], np.cross(b - a, c - a))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    normals = evened(normals, faces, 0.5)
    unit_normals: Array = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    return unit_normals


def evened(values: Array, faces: Indices, share: float) -> Array:
    """Values (n, ...) mixed with the mean of their neighbours'."""
    sums, count = np.zeros_like(values), np.zeros(len(values))
    for near, far in ((0, 1), (1, 2), (2, 0)):
        np.add.at(sums, faces[:, near], values[faces[:, far]])
        np.add.at(count, faces[:, near], 1.0)
    mean = sums / count.reshape(-1, *[1] * (values.ndim - 1))
    mixed: Array = values + share * (mean - values)
    return mixed


def facing_out(points: Array, faces: Indices) -> Indices:
    """All faces wound the same way, the outside on the left-hand side of hand-local axes' first turn."""
    a, b, c = (points[faces[:, n]] for n in range(3))
    volume = np.einsum("ij,ij->", a, np.cross(b, c))
    return faces if volume > 0 else faces[:, ::-1]


def balls() -> tuple[Array, Indices]:
    """Centre and radius (15, 4) in metres of a ball inside each phalanx, and its bone's finger (15,)."""
    rows = []
    for finger in FINGERS:
        joints, radii = joints_mm(finger), SHAPES[finger].radii_mm
        for n in range(3):
            frame = bone_frame(finger, n)
            rows.append([*((joints[n] + joints[n + 1]) / 2 - frame[:, 2]), radii[2 * n + 1] * 1.15])
    return np.array(rows) / 1000, np.repeat(np.arange(5), 3)


def build() -> dict[str, NDArray[Any]]:
    """Every array of `engine.view.handmesh.HandMesh`."""
    points, faces = skin_mesh()
    skin_points, skin_faces = points, faces
    patches: list[tuple[Patch, str]] = [(nail(finger), "nail") for finger in FINGERS]
    patches += [(patch, "crease") for finger in FINGERS for patch in finger_creases(finger)]
    patches += [(patch, "crease") for patch in palm_creases()]
    patches += [(wrist_band(), "band")]

    parts = [np.zeros(len(faces))]
    marks = {name: [np.zeros(len(points))] for name in ("nail", "nail_edge", "crease")}
    count, all_points, all_faces = len(points), [points], [faces]
    for patch, kind in patches:
        all_points.append(patch.points_mm)
        all_faces.append(patch.faces + count)
        count += len(patch.points_mm)
        parts.append(np.full(len(patch.faces), 2 if kind == "band" else 1))
        none = np.zeros(len(patch.points_mm))
        marks["nail"].append(none + (kind == "nail"))
        marks["nail_edge"].append(patch.mark if kind == "nail" else none)
        marks["crease"].append(patch.mark if kind == "crease" else none)
    points, faces = np.concatenate(all_points), np.concatenate(all_faces)
    normals, pull = outward(points), weights(points)
    sky = open_sky(points, normals)
    bare = len(skin_points)
    sky[:bare] = evened(evened(sky[:bare], skin_faces, 0.5), skin_faces, 0.5)
    normals[:bare] = smooth_normals(skin_points, skin_faces)
    palmar = palm_side(points, normals, pull)
    sphere_m, whose = balls()
    rotations, origins = bone_frames(REST, Side.RIGHT)
    bones = pull[:, :16]
    by_finger = np.stack([bones[:, 1 + 3 * n : 4 + 3 * n].sum(axis=1) for n in range(5)], axis=1)
    return {
        "points_m": (points / 1000).astype(np.float32),
        "normals": normals.astype(np.float32),
        "faces": faces.astype(np.int16),
        "weights": np.round(pull * 255).astype(np.uint8),
        "part": np.concatenate(parts).astype(np.uint8),
        "open_sky": sky.astype(np.float32),
        "palmar": palmar.astype(np.float32),
        "blush": blush(points, palmar).astype(np.float32),
        "pad": pads(points).astype(np.float32),
        **{name: np.concatenate(mark).astype(np.float32) for name, mark in marks.items()},
        "sphere_m": sphere_m.astype(np.float32),
        "others": 1 - np.clip(by_finger * 2.5, 0, 1)[:, whose].astype(np.float16),
        "rest_rotations": rotations.astype(np.float32),
        "rest_origins_m": origins.astype(np.float32),
    }


def main() -> None:
    arrays = build()
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, **arrays)  # type: ignore[arg-type]
    size_kb = TARGET.stat().st_size / 1024
    print(f"{TARGET.name}: {len(arrays['points_m'])} points, {len(arrays['faces'])} triangles, {size_kb:.0f} KB")


if __name__ == "__main__":
    main()
