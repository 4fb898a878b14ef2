"""Small things laid over the skin: nails, the creases of palm and fingers, and the band round the affected wrist.

Each is a thin patch of triangles just above the solid, so that its outline is its own and not the mesh's.
"""

from dataclasses import dataclass

import numpy as np

from engine.hand import Array, Finger
from tools.hand_shape import SHAPES, bone_frame, cast, joints_mm, onto_surface, outward
from tools.remesh import Indices


@dataclass(frozen=True, eq=False)
class Patch:
    """`points_mm` (n, 3), `faces` (m, 3), and `mark` (n,): 0..1 how strongly the patch shows at each point."""

    points_mm: Array
    faces: Indices
    mark: Array


def _grid_faces(rows: int, columns: int, around: bool = False) -> Indices:
    faces = []
    for r in range(rows - 1):
        for c in range(columns if around else columns - 1):
            a, b = r * columns + c, r * columns + (c + 1) % columns
            faces += [(a, b, a + columns), (b, b + columns, a + columns)]
    return np.array(faces)


def _facing_out(points: Array, faces: Indices) -> Indices:
    """Faces wound like the skin under them."""
    a, b, c = (points[faces[:, n]] for n in range(3))
    inward = (np.cross(b - a, c - a) * outward((a + b + c) / 3)).sum(axis=1) < 0
    turned = faces.copy()
    turned[inward] = faces[inward][:, ::-1]
    return turned


def nail(finger: Finger) -> Patch:
    """A nail: a rounded plate, arched across; its mark is 1 at the free edge and 0 on the bed."""
    shape, tip, frame = SHAPES[finger], joints_mm(finger)[3], bone_frame(finger, 2)
    wide, long = shape.nail_mm
    across, along = (axis.ravel() for axis in np.meshgrid(np.linspace(-1, 1, 4), np.linspace(-1, 1, 5)))
    x = across * np.sqrt(1 - 0.36 * along**2) * wide / 2
    end = shape.radii_mm[5] * 0.38 - 1.6
    y = end - long / 2 + along * np.sqrt(1 - 0.30 * across**2) * long / 2
    starts = tip + x[:, None] * frame[:, 0] + y[:, None] * frame[:, 1] + 24.0 * frame[:, 2]
    on_skin = cast(starts, np.broadcast_to(-frame[:, 2], starts.shape))
    lift = 0.25 + 0.55 * np.sqrt(np.clip((1 - across**2) * (1 - along**2), 0.0, 1.0))
    points = on_skin + outward(on_skin) * lift[:, None]
    faces = _grid_faces(5, 4)
    return Patch(points, _facing_out(on_skin, faces), np.where(along > 0.9, 1.0, 0.0))


def crease(line_mm: Array, width_mm: float) -> Patch:
    """A ribbon along a line on the skin, running out to nothing at both ends."""
    line = onto_surface(line_mm)
    normal = outward(line)
    side = np.cross(normal, np.gradient(line, axis=0))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    t = np.linspace(0, 1, len(line))
    half = (width_mm / 2) * np.sqrt(np.clip(4 * t * (1 - t), 0.02, 1.0))[:, None]
    points = np.concatenate([line - side * half, line + side * half])
    points = onto_surface(points, 2) + np.tile(normal, (2, 1)) * 0.3
    count = len(line)
    faces = np.array([f for n in range(count - 1) for f in ((n, n + 1, n + count), (n + 1, n + 1 + count, n + count))])
    return Patch(points, _facing_out(points, faces), np.tile(np.sin(np.pi * np.clip(t, 0.06, 0.94)), 2))


def palm_creases() -> list[Patch]:
    """Heart, head and life line, as most palms have them; given as x, y over the palm and cast onto it."""
    lines = (
        ([(-41, -62), (-28, -70), (-12, -74), (3, -80), (9, -88)], 1.9),
        ([(27, -70), (14, -64), (0, -57), (-14, -51), (-26, -43)], 1.8),
        ([(26, -72), (14, -66), (6, -53), (1, -38), (2, -22), (7, -12)], 2.0),
        ([(-18, 2), (-6, -2), (6, -2), (18, 1)], 1.5),
    )
    patches = []
    for corners, width_mm in lines:
        xy = _curve(np.array(corners, dtype=float))
        starts = np.column_stack([xy, np.full(len(xy), -70.0)])
        ahead = np.broadcast_to(np.array([0.0, 0.0, 1.0]), starts.shape)
        patches.append(crease(cast(starts, ahead), width_mm))
    return patches


def _curve(corners: Array, count: int = 9) -> Array:
    """A Catmull-Rom curve through the corners."""
    padded = np.concatenate([2 * corners[:1] - corners[1:2], corners, 2 * corners[-1:] - corners[-2:-1]])
    out = []
    for s in np.linspace(0, len(corners) - 1 - 1e-9, count):
        n, t = int(s), s % 1.0
        a, b, c, d = padded[n : n + 4]
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.array(out)


def finger_creases(finger: Finger) -> list[Patch]:
    """The folds inside each joint."""
    joints, shape = joints_mm(finger), SHAPES[finger]
    patches = []
    places = [(1, -0.5, 1.5), (2, 0.0, 1.4)]
    if finger is not Finger.THUMB:
        places.append((0, 21.0, 1.6))
    for joint, shift_mm, width_mm in places:
        patches.append(_across(joints[joint], bone_frame(finger, joint), shift_mm, shape.radii_mm[2 * joint], width_mm))
    return patches


def _across(joint: Array, frame: Array, shift_mm: float, half_mm: float, width_mm: float) -> Patch:
    u = np.linspace(-0.80, 0.80, 6)
    bow = shift_mm + (1.0 - u**2) * (0.8 if shift_mm >= 0 else -0.8)
    starts = joint + (u * half_mm)[:, None] * frame[:, 0] + bow[:, None] * frame[:, 1] - 22.0 * frame[:, 2]
    return crease(cast(starts, np.broadcast_to(frame[:, 2], starts.shape)), width_mm)


def wrist_band(y_mm: float = 25.0, wide_mm: float = 6.5, segments: int = 28) -> Patch:
    """A soft flat band round the wrist, just behind the ulna's head."""
    turn = np.arange(segments) * 2 * np.pi / segments
    out = np.stack([np.cos(turn), np.zeros(segments), np.sin(turn)], axis=1)
    rows = []
    for along, lift in ((-0.5, 0.1), (-0.32, 1.2), (0.32, 1.2), (0.5, 0.1)):
        centre = np.array([-2.0, y_mm + along * wide_mm, 1.0])
        skin = cast(centre + out * 60.0, -out)
        rows.append(skin + out * lift)
    points = np.concatenate(rows)
    return Patch(points, _facing_out(points, _grid_faces(4, segments, around=True)), np.ones(len(points)))
