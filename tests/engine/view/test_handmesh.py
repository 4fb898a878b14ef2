"""The hand mesh: closed, small, weighed; it follows the joints, keeps its flesh, and a left hand is its mirror."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hand import TIPS, Finger, Landmark, Side
from engine.handmodel import HandAngles, hand_points
from engine.paths import assets_folder
from engine.view.handmesh import (
    FOREARM,
    JOINTS,
    Floats,
    Indices,
    bone_moves,
    fold_shade,
    into,
    load_hand_mesh,
    skin,
    worn_faces,
)
from tests.engine.view.poses import FIST, OPEN, TOUCHING, between

MESH = load_hand_mesh()
SKIN = MESH.faces[MESH.part == 0]
poses = st.builds(
    lambda target, share: between(OPEN, target, share), st.sampled_from([FIST, TOUCHING]), st.floats(0.0, 1.0)
)


def volume_ml(points: Floats, faces: Indices) -> float:
    a, b, c = (points[faces[:, n]].astype(float) for n in range(3))
    return abs(float(np.einsum("ij,ij->", a, np.cross(b, c)))) / 6 * 1e6


def test_the_file_is_small_and_about_three_thousand_triangles() -> None:
    assert (assets_folder() / "hand_mesh.npz").stat().st_size < 200_000
    assert 2200 <= len(SKIN) <= 2800
    assert len(MESH.faces) < 3600


def test_the_skin_is_closed_and_turned_outwards() -> None:
    edges = Counter((int(f[n]), int(f[(n + 1) % 3])) for f in SKIN for n in range(3))
    assert set(edges.values()) == {1}
    assert all((b, a) in edges for a, b in edges)
    a, b, c = (MESH.points_m[SKIN[:, n]] for n in range(3))
    facing = (np.cross(b - a, c - a) * MESH.normals[SKIN].mean(axis=1)).sum(axis=1)
    assert (facing > 0).all()


def test_every_point_is_moved_by_bones_that_add_up_to_one() -> None:
    assert MESH.weights.shape == (len(MESH.points_m), FOREARM + 1 + len(JOINTS))
    assert (MESH.weights >= 0).all()
    np.testing.assert_allclose(MESH.weights.sum(axis=1), 1.0, atol=1e-5)


def test_what_the_points_carry_is_between_0_and_1() -> None:
    for values in (MESH.open_sky, MESH.palmar, MESH.blush, MESH.pad, MESH.nail, MESH.nail_edge, MESH.crease):
        assert values.shape == (len(MESH.points_m),)
        assert values.min() >= 0.0
        assert values.max() <= 1.0
        assert values.max() > 0.3


@settings(max_examples=25)
@given(poses)
def test_every_landmark_lies_within_the_flesh_and_every_tip_at_its_end(pose: HandAngles) -> None:
    points, _ = skin(MESH, bone_moves(MESH, pose))
    landmarks = hand_points(pose, Side.RIGHT)
    away = np.linalg.norm(points[:, None] - landmarks, axis=2).min(axis=0)
    assert away.max() < 0.020
    for finger in Finger:
        assert away[TIPS[finger]] < 0.010


@settings(max_examples=25)
@given(poses)
def test_a_bent_hand_keeps_its_flesh(pose: HandAngles) -> None:
    rest = volume_ml(MESH.points_m, SKIN)
    bent = volume_ml(skin(MESH, bone_moves(MESH, pose))[0], SKIN)
    assert 0.93 < bent / rest < 1.07


@settings(max_examples=25)
@given(poses)
def test_normals_stay_unit_and_outward(pose: HandAngles) -> None:
    points, normals = skin(MESH, bone_moves(MESH, pose))
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1.0, atol=1e-4)
    a, b, c = (points[SKIN[:, n]] for n in range(3))
    facing = (np.cross(b - a, c - a) * normals[SKIN].mean(axis=1)).sum(axis=1)
    assert (facing > 0).mean() > 0.93


def test_a_finger_moves_no_other_finger() -> None:
    bent = HandAngles.from_array(OPEN.as_array() + np.eye(20)[5] * 1.2)
    moved = np.linalg.norm(skin(MESH, bone_moves(MESH, bent))[0] - skin(MESH, bone_moves(MESH, OPEN))[0], axis=1)
    landmarks = hand_points(OPEN, Side.RIGHT)
    at = skin(MESH, bone_moves(MESH, OPEN))[0]
    near = np.linalg.norm(at[:, None] - landmarks, axis=2) < 0.02
    assert moved[near[:, Landmark.INDEX_TIP]].min() > 0.01
    for still in (Landmark.THUMB_TIP, Landmark.MIDDLE_TIP, Landmark.RING_TIP, Landmark.LITTLE_TIP, Landmark.WRIST):
        assert moved[near[:, still]].max() < 1e-6


def test_a_left_hand_is_the_mirror_of_a_right_one() -> None:
    moves = bone_moves(MESH, TOUCHING)
    right, right_normals = skin(MESH, into(moves, np.eye(3), np.zeros(3), Side.RIGHT))
    left, left_normals = skin(MESH, into(moves, np.eye(3), np.zeros(3), Side.LEFT))
    np.testing.assert_allclose(left * (-1, 1, 1), right, atol=1e-6)
    np.testing.assert_allclose(left_normals * (-1, 1, 1), right_normals, atol=1e-5)
    assert (worn_faces(Side.LEFT, band=False)[0][::-1] == worn_faces(Side.RIGHT, band=False)[0]).all()


def test_the_band_is_worn_only_when_asked_for() -> None:
    bare, _ = worn_faces(Side.RIGHT, band=False)
    worn, _ = worn_faces(Side.RIGHT, band=True)
    assert worn.shape[1] - bare.shape[1] == (MESH.part == 2).sum() > 100


def test_a_fist_shades_its_own_palm() -> None:
    def palm_light(pose: HandAngles) -> float:
        moves = bone_moves(MESH, pose)
        points, normals = skin(MESH, moves)
        palm = (np.linalg.norm(MESH.points_m - (-0.008, -0.065, -0.015), axis=1) < 0.025) & (MESH.palmar > 0.8)
        return float(fold_shade(MESH, moves, points, normals)[palm].mean())

    assert palm_light(OPEN) > 0.9
    assert palm_light(FIST) < 0.8
