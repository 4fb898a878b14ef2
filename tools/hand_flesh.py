"""What every point of the hand mesh carries: which bones move it, how much light reaches it, and where skin differs."""

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Array, Finger
from engine.view.handmesh import FOREARM, JOINTS, finger_bone
from tools.hand_shape import FRAMES, POINTS_MM, SHAPES, bone_frame, cone, finger_mm, hand_mm, joints_mm

BONES = FOREARM + 1


def smooth_step(low: float | Array, high: float | Array, value: Array) -> Array:
    t = np.clip((value - low) / (np.asarray(high) - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def weights(points: Array) -> Array:
    """(n, 33): how far each bone, and each joint's half-way bone, moves each point. Rows sum to 1.

    Across a joint the pull goes parent, half-way, child as (1-t)^2, 2t(1-t), t^2: the half-way bone keeps a bent
    joint round, where two bones alone would pinch it.
    """
    total = np.zeros((len(points), BONES + len(JOINTS)))
    share = _finger_share(points)
    for number, finger in enumerate(FINGERS):
        total += share[:, number : number + 1] * _chain(points, finger)
    return _wrist(points, total / total.sum(axis=1, keepdims=True))


def _finger_share(points: Array) -> Array:
    """(n, 5): whose finger a point is on; in the webs, half of each."""
    gaps = np.stack([_gap(points, finger) for finger in FINGERS], axis=1)
    long = np.exp(-np.clip(gaps[:, 1:] - gaps[:, 1:].min(axis=1, keepdims=True), 0.0, 60.0) / 2.2)
    long /= long.sum(axis=1, keepdims=True)
    thumb = smooth_step(-9.0, 13.0, np.minimum(gaps[:, 1:].min(axis=1), _palm_gap(points)) - gaps[:, 0])
    return np.concatenate([thumb[:, None], long * (1 - thumb[:, None])], axis=1)


def _gap(points: Array, finger: Finger) -> Array:
    """Distance to a finger's skin, its joints taken as plain cones."""
    joints, radii = joints_mm(finger), SHAPES[finger].radii_mm
    spans = [cone(points, joints[n], joints[n + 1], radii[2 * n], radii[min(2 * n + 2, 5)]) for n in range(3)]
    gap: Array = np.min(spans, axis=0)
    return gap


def _palm_gap(points: Array) -> Array:
    knuckles = POINTS_MM[[5, 9, 13, 17]]
    gap: Array = np.min([cone(points, knuckle * 0.12, knuckle, 13.0, 11.0) for knuckle in knuckles], axis=0)
    return gap


def _chain(points: Array, finger: Finger) -> Array:
    """(n, 33): the pull of the palm and one finger's three bones along the finger."""
    out = np.zeros((len(points), BONES + len(JOINTS)))
    joints = joints_mm(finger)
    rest = np.ones(len(points))
    bones = [0, *(finger_bone(finger, n) for n in range(3))]
    for n in range(3):
        frame = bone_frame(finger, n)
        before = frame[:, 1] if n == 0 else bone_frame(finger, n - 1)[:, 1]
        axis = (frame[:, 1] + before) / np.linalg.norm(frame[:, 1] + before)
        along = (points - joints[n]) @ axis
        low, high = _reach(points, finger, n)
        t = smooth_step(low, high, along)
        out[:, bones[n]] += rest * (1 - t) ** 2
        out[:, BONES + JOINTS.index((bones[n], bones[n + 1]))] += rest * 2 * t * (1 - t)
        rest = rest * t**2
    out[:, bones[3]] += rest
    return out


def _reach(points: Array, finger: Finger, joint: int) -> tuple[Array, Array]:
    """How far before and behind a joint (mm) the skin follows both bones."""
    radius = SHAPES[finger].radii_mm[2 * joint]
    ones = np.ones(len(points))
    if finger is Finger.THUMB and joint == 0:
        return -16.0 * ones, 14.0 * ones
    if joint == 0:
        palmar = smooth_step(-8.0, 8.0, -(points - joints_mm(finger)[0]) @ FRAMES[0][:, 2])
        return (-0.9 + 0.6 * palmar) * radius, (0.9 + 1.0 * palmar) * radius
    return -0.85 * radius * ones, 0.85 * radius * ones


def _wrist(points: Array, hand: Array) -> Array:
    t = smooth_step(-16.0, 20.0, points[:, 1])[:, None]
    out = hand * (1 - t) ** 2
    out[:, FOREARM] += t[:, 0] ** 2
    out[:, BONES + JOINTS.index((FOREARM, 0))] += 2 * t[:, 0] * (1 - t[:, 0])
    return out


def open_sky(points: Array, normals: Array) -> Array:
    """(n,) 0..1: how open a point is, from the solid's own distance along its normal (1 on a round, less in a fold)."""
    blocked = np.zeros(len(points))
    for step, weight in ((2.0, 0.30), (5.0, 0.32), (10.0, 0.24), (18.0, 0.14)):
        free = hand_mm(points + normals * step)
        blocked += weight * np.clip((step - free) / step, 0.0, 1.0)
    return np.clip(1.0 - 1.15 * blocked, 0.25, 1.0)


def palm_side(points: Array, normals: Array, bone_weights: Array) -> Array:
    """(n,) 0..1: 1 on the palm's and fingers' inner skin, 0 on the back."""
    dorsal = np.concatenate([FRAMES[:, :, 2], [FRAMES[0][:, 2]]])
    own = bone_weights[:, :BONES] + 1e-6
    facing = (own @ dorsal) / own.sum(axis=1, keepdims=True)
    side = smooth_step(-0.30, 0.45, -(normals * facing).sum(axis=1))
    return side * (1 - 0.6 * smooth_step(0.0, 60.0, points[:, 1]))


def blush(points: Array, palmar: Array) -> Array:
    """(n,) 0..1: where blood shows: fingertips, knuckles from above, heel and mounts of the palm."""
    tips = _near(points, POINTS_MM[[4, 8, 12, 16, 20]], 11.0)
    above = np.array([0.0, 0.0, 8.0])
    knuckles = _near(points, np.concatenate([POINTS_MM[[5, 9, 13, 17]], POINTS_MM[[6, 10, 14, 18]]]) + above, 9.0)
    mounts = _near(
        points, np.array([[-28.0, -40.0, -16.0], [26.0, -42.0, -26.0], *(POINTS_MM[[5, 9, 13, 17]] - above)]), 13.0
    )
    return np.clip(0.9 * tips + 0.7 * knuckles * (1 - palmar) + 0.6 * mounts * palmar, 0.0, 1.0)


def _near(points: Array, places: Array, reach_mm: float) -> Array:
    closest = np.linalg.norm(points[:, None] - places, axis=2).min(axis=1)
    near: Array = np.exp(-((closest / reach_mm) ** 2))
    return near


def pads(points: Array) -> Array:
    """(n,) 0..1: the touching pads of thumb and index finger."""
    out = np.zeros(len(points))
    for finger in (Finger.THUMB, Finger.INDEX):
        frame, tip = bone_frame(finger, 2), joints_mm(finger)[3]
        centre = tip - frame[:, 1] * 5.0 - frame[:, 2] * 5.0
        out = np.maximum(out, np.exp(-((np.linalg.norm(points - centre, axis=1) / 9.0) ** 2)))
    return np.where(out > 0.05, out, 0.0)


def wanted_mm(points: Array) -> Array:
    """(n,): how long a triangle's edge should be: short at the fingertips, long on the forearm."""
    knuckle = joints_mm(Finger.THUMB)[1]
    finger = np.min([finger_mm(points, finger) for finger in LONG_FINGERS], axis=0)
    thumb = cone(points, knuckle, joints_mm(Finger.THUMB)[3], 11.0, 8.0)
    on_finger = np.minimum(finger, thumb)
    tips = np.linalg.norm(points[:, None] - POINTS_MM[[4, 8, 12, 16, 20]], axis=2).min(axis=1)
    hand = np.minimum(5.6 + 0.12 * np.maximum(on_finger - 2.0, 0.0), 8.0)
    hand = np.minimum(hand, 4.0 + 0.12 * np.maximum(tips - 6.0, 0.0))
    wanted: Array = np.where(points[:, 1] > 10.0, 8.2, hand)
    return wanted
