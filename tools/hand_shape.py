"""The hand as a solid: a signed distance (millimetres, negative inside) built from round cones on the bones.

Right hand in its rest pose, hand-local axes: wrist at the origin, x to the thumb's side, y down (fingers at -y),
z away from the viewer, who sees the palm. Cones and ellipsoids are joined by the polynomial smooth minimum of
I. Quilez ("smooth minimum", 2013); the flesh (thenar, hypothenar, pads, webs) is laid over the bones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.hand import FINGERS, Array, Finger, Side
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles, bone_frames, hand_points

REST = HandAngles(
    ThumbAngles(0.62, 0.66, 0.16, 0.18),
    FingerAngles(0.16, 0.26, 0.16, 0.10),
    FingerAngles(0.14, 0.28, 0.18, 0.0),
    FingerAngles(0.16, 0.28, 0.18, -0.10),
    FingerAngles(0.18, 0.26, 0.18, -0.22),
)
FOREARM_MM = 240.0
Solid = Callable[[Array], Array]
POINTS_MM = hand_points(REST, Side.RIGHT) * 1000


def _rest_frames() -> Array:
    """(16, 3, 3): columns radial, distal and dorsal of each bone at rest."""
    frames = bone_frames(REST, Side.RIGHT)[0].copy()
    frames[:, :, 2] *= np.sign(frames[0, 2, 2])
    return frames


FRAMES = _rest_frames()


@dataclass(frozen=True)
class FingerShape:
    """Half widths along a finger, millimetres: at its first joint, mid phalanx, joint, mid, joint, and tip."""

    radii_mm: tuple[float, float, float, float, float, float]
    depth: float
    nail_mm: tuple[float, float]


SHAPES = {
    Finger.THUMB: FingerShape((13.0, 12.0, 11.0, 10.1, 10.3, 7.7), 0.90, (12.4, 13.2)),
    Finger.INDEX: FingerShape((10.7, 9.8, 9.1, 8.4, 7.9, 6.2), 0.93, (10.2, 11.0)),
    Finger.MIDDLE: FingerShape((10.9, 10.0, 9.3, 8.6, 8.1, 6.4), 0.93, (10.6, 11.6)),
    Finger.RING: FingerShape((10.3, 9.4, 8.7, 8.0, 7.6, 6.0), 0.93, (9.9, 10.8)),
    Finger.LITTLE: FingerShape((9.2, 8.2, 7.6, 7.0, 6.6, 5.2), 0.93, (8.4, 8.8)),
}


def smooth_min(a: Array, b: Array, blend_mm: float) -> Array:
    h = np.maximum(blend_mm - np.abs(a - b), 0.0) / blend_mm
    joined: Array = np.minimum(a, b) - h * h * blend_mm / 4
    return joined


def cone(points: Array, start: Array, end: Array, start_mm: float, end_mm: float) -> Array:
    """A round cone from `start` to `end`."""
    line = end - start
    t = np.clip((points - start) @ line / (line @ line), 0.0, 1.0)
    away: Array = np.linalg.norm(points - start - t[:, None] * line, axis=1)
    return away - (start_mm + t * (end_mm - start_mm))


def flat_cone(points: Array, frame: Array, start: Array, end: Array, mm: tuple[float, float], depth: float) -> Array:
    """A round cone whose section is `depth` times as deep (dorsal to palmar) as it is wide."""
    local, near, far = (points - start) @ frame, np.zeros(3), (end - start) @ frame
    scale = np.array([1.0, 1.0, 1 / depth])
    return cone(local * scale, near, far * scale, *mm) * depth


def ellipsoid(points: Array, centre: Array, radii_mm: Array, frame: Array | None = None) -> Array:
    local = points - centre if frame is None else (points - centre) @ frame
    outer = np.linalg.norm(local / radii_mm, axis=1)
    slope = np.linalg.norm(local / radii_mm**2, axis=1)
    distance: Array = outer * (outer - 1.0) / np.maximum(slope, 1e-9)
    return distance


def sheet(points: Array, corners: tuple[Array, Array, Array], thick_mm: float) -> Array:
    """A rounded triangle, for the web between thumb and index finger."""
    a, b, c = corners
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal)
    inside = np.ones(len(points), dtype=bool)
    edges = np.full(len(points), np.inf)
    for near, far in ((a, b), (b, c), (c, a)):
        inside &= (points - near) @ np.cross(normal, far - near) >= 0
        edges = np.minimum(edges, cone(points, near, far, 0.0, 0.0))
    return np.where(inside, np.abs((points - a) @ normal), edges) - thick_mm


def joints_mm(finger: Finger) -> Array:
    """(4, 3): the finger's three joints and its tip."""
    first = 1 + 4 * FINGERS.index(finger)
    return POINTS_MM[first : first + 4]


def bone_frame(finger: Finger, phalanx: int) -> Array:
    """(3, 3) columns radial, distal, dorsal of phalanx 0, 1 or 2 (of the thumb: metacarpal first)."""
    frame: Array = FRAMES[1 + 3 * FINGERS.index(finger) + phalanx]
    return frame


def finger_mm(points: Array, finger: Finger) -> Array:
    """One finger from its first joint to the tip, with joints a little wider than shafts, and soft pads."""
    shape, joints = SHAPES[finger], joints_mm(finger)
    r, solid = shape.radii_mm, np.full(len(points), 1e3)
    for bone in range(3):
        frame, start, end = bone_frame(finger, bone), joints[bone], joints[bone + 1]
        if bone == 2:
            end = end - frame[:, 1] * (r[5] * 0.62)
            waist = start + (end - start) * 0.5
            spans = [(start, waist, r[4], (r[4] + r[5]) * 0.53), (waist, end, (r[4] + r[5]) * 0.53, r[5])]
        else:
            waist = start + (end - start) * 0.5
            spans = [(start, waist, r[2 * bone], r[2 * bone + 1]), (waist, end, r[2 * bone + 1], r[2 * bone + 2])]
        for near, far, near_mm, far_mm in spans:
            solid = smooth_min(solid, flat_cone(points, frame, near, far, (near_mm, far_mm), shape.depth), 2.5)
        length = float(np.linalg.norm(end - start))
        girth, reach = (r[5] + 0.6, 0.46) if bone == 2 else (r[2 * bone + 1] * 0.86, 0.34)
        pad = start + (end - start) * (0.62 if bone == 2 else 0.5) - frame[:, 2] * (0.26 * girth)
        bulge = ellipsoid(points, pad, np.array([girth, length * reach + 2.0, girth * 0.92]), frame)
        solid = smooth_min(solid, bulge, 5.0)
    return solid


def thumb_base_mm(points: Array) -> Array:
    """The thenar: the muscle along the thumb's metacarpal, thick at the palm's heel."""
    base, knuckle = joints_mm(Finger.THUMB)[:2]
    frame, ray = bone_frame(Finger.THUMB, 0), knuckle - base
    belly = ellipsoid(points, base + ray * 0.46 + np.array([-6.0, 1.0, -1.0]), np.array([14.5, 30.0, 15.0]), frame)
    return smooth_min(cone(points, base + np.array([-2.0, 2.0, 1.0]), knuckle, 12.5, 12.2), belly, 8.0)


def palm_mm(points: Array) -> Array:
    """Metacarpals, hypothenar, the pads under the fingers, the knuckles above, and the hollow in the middle."""
    carpus = np.array([[11.0, -14.0, 0.0], [3.0, -15.0, 1.0], [-6.0, -14.0, 1.0], [-14.0, -12.0, 0.0]])
    knuckles = POINTS_MM[[5, 9, 13, 17]]
    solid = np.full(len(points), 1e3)
    for near, far, far_mm in zip(carpus, knuckles, (12.6, 12.8, 12.2, 11.2), strict=True):
        solid = smooth_min(solid, cone(points, near, far + np.array([0.0, 2.0, -1.0]), 14.5, far_mm), 9.0)
    solid = smooth_min(solid, ellipsoid(points, np.array([-27.0, -40.0, -7.0]), np.array([13.5, 33.0, 14.0])), 10.0)
    for place in knuckles:
        pad = place + np.array([0.0, -3.0, -7.5])
        solid = smooth_min(solid, ellipsoid(points, pad, np.array([9.5, 10.0, 7.5])), 8.0)
        head = place + np.array([0.0, 2.0, 6.2])
        solid = smooth_min(solid, ellipsoid(points, head, np.array([6.0, 8.5, 6.6])), 6.0)
    hollow = ellipsoid(points, np.array([-3.0, -54.0, -29.0]), np.array([24.0, 30.0, 15.0]))
    return -smooth_min(-solid, hollow, 16.0)


def webs_mm(points: Array) -> Array:
    """The skin between neighbouring fingers, and the fold from the thumb to the index finger."""
    solid = np.full(len(points), 1e3)
    for near, far in pairwise(FINGERS[1:]):
        a, b = joints_mm(near), joints_mm(far)
        low = np.array([0.0, 0.0, -3.0])
        start, end = a[0] + (a[1] - a[0]) * 0.24 + low, b[0] + (b[1] - b[0]) * 0.25 + low
        solid = np.minimum(solid, cone(points, start, end, 5.0, 5.0))
    thumb, index = joints_mm(Finger.THUMB), joints_mm(Finger.INDEX)
    fold = (thumb[0] + np.array([-2.0, -8.0, 0.0]), thumb[0] + (thumb[1] - thumb[0]) * 0.80, index[0] * 0.86)
    webs: Array = np.minimum(solid, sheet(points, fold, 7.6))
    return webs


def forearm_mm(points: Array) -> Array:
    """An oval wrist and forearm, fuller towards the elbow, with the ulna's head at the wrist."""
    y = np.maximum(points[:, 1], -36.0)
    along = [-36.0, -4.0, 12.0, 40.0, 90.0, 150.0, FOREARM_MM]
    wide = np.interp(y, along, [21.0, 25.6, 26.5, 28.5, 33.0, 37.0, 39.0])
    deep = np.interp(y, along, [6.0, 16.0, 19.0, 21.5, 27.0, 32.0, 34.0])
    x, z = points[:, 0] + 2.0, points[:, 2] - 1.0
    beyond = np.minimum(points[:, 1] + 36.0, 0.0)
    oval = (np.sqrt((x / wide) ** 2 + (z / deep) ** 2) - 1.0) * np.minimum(wide, deep) - beyond
    solid = np.maximum(oval, y - FOREARM_MM)
    return smooth_min(solid, ellipsoid(points, np.array([-22.0, 16.0, 9.0]), np.array([8.0, 10.0, 9.0])), 9.0)


def hand_mm(points: Array) -> Array:
    """The whole hand: signed distance (n,) in millimetres at points (n, 3)."""
    solid = smooth_min(palm_mm(points), thumb_base_mm(points), 12.0)
    solid = smooth_min(solid, webs_mm(points), 9.0)
    fingers = np.full(len(points), 1e3)
    for finger in FINGERS[1:]:
        fingers = np.minimum(fingers, finger_mm(points, finger))
    solid = smooth_min(solid, fingers, 7.0)
    solid = smooth_min(solid, finger_mm(points, Finger.THUMB), 7.0)
    return smooth_min(solid, forearm_mm(points), 16.0)


def _slope(points: Array, solid: Solid, step_mm: float = 0.25) -> Array:
    steps = np.eye(3) * step_mm
    return np.stack([solid(points + step) - solid(points - step) for step in steps], axis=1) / (2 * step_mm)


def outward(points: Array, solid: Solid = hand_mm) -> Array:
    """Unit normals (n, 3) of a solid near its surface."""
    slope = _slope(points, solid)
    normals: Array = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
    return normals


def onto_surface(points: Array, rounds: int = 4, solid: Solid = hand_mm) -> Array:
    """The same points moved along the normal onto the skin (Newton's steps, 3 mm at most)."""
    for _ in range(rounds):
        slope = _slope(points, solid)
        steepness = np.maximum(np.linalg.norm(slope, axis=1), 0.2)
        move_mm = np.clip(solid(points) / steepness, -3.0, 3.0)
        points = points - slope * (move_mm / steepness)[:, None]
    return points


def cast(starts: Array, direction: Array, reach_mm: float = 60.0) -> Array:
    """Where rays from `starts` (n, 3) along `direction` (n, 3) first meet the skin."""
    travelled = np.zeros(len(starts))
    for _ in range(60):
        travelled += np.clip(hand_mm(starts + travelled[:, None] * direction), -1.0, reach_mm) * 0.8
    hits: Array = starts + travelled[:, None] * direction
    return hits
