"""The hand model: bones keep their lengths, fingers bend where fingers bend, left is right mirrored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import LONG_FINGERS, TIPS, Array, Finger, Side
from engine.handmodel import (
    BONES,
    KNUCKLES_M,
    PHALANGES_M,
    THUMB_BONES_M,
    FingerAngles,
    HandAngles,
    ThumbAngles,
    bone_frames,
    hand_points,
    hands_points,
)
from tests.engine.motion.hands import hand_angles, sides

LENGTHS_M = np.array([THUMB_BONES_M, *PHALANGES_M])
JOINTS = np.arange(1, 21).reshape(5, 4)


@given(hand_angles, sides)
def test_bones_keep_their_lengths_and_the_palm_its_shape_in_every_pose(angles: HandAngles, side: Side) -> None:
    points = hand_points(angles, side)
    bones = np.diff(points[JOINTS], axis=1)
    assert points.shape == (21, 3)
    assert np.allclose(np.linalg.norm(bones, axis=2), LENGTHS_M)
    sign = 1 if side is Side.RIGHT else -1
    assert np.allclose(points[[0, 5, 9, 13, 17]] * (sign, 1, 1), [(0, 0, 0), *KNUCKLES_M])


@given(hand_angles)
def test_a_left_hand_is_a_right_hand_in_the_mirror(angles: HandAngles) -> None:
    assert np.array_equal(hand_points(angles, Side.LEFT), hand_points(angles, Side.RIGHT) * (-1, 1, 1))


@given(hand_angles, sides)
def test_a_finger_bends_within_one_plane(angles: HandAngles, side: Side) -> None:
    for bones in np.diff(hand_points(angles, side)[JOINTS[1:]], axis=1):
        assert abs(np.linalg.det(bones / np.linalg.norm(bones, axis=1, keepdims=True))) < 1e-9


@given(hand_angles)
def test_angles_survive_their_array(angles: HandAngles) -> None:
    assert HandAngles.from_array(angles.as_array()) == angles


def test_the_flat_hand_points_up_with_its_palm_to_the_viewer() -> None:
    points = hand_points(HandAngles(), Side.RIGHT)
    assert np.allclose(points[5:, 2], 0.0)
    assert (points[[8, 12, 16, 20], 1] < points[[5, 9, 13, 17], 1]).all()
    assert points[4, 0] > points[5, 0] > points[17, 0], "the thumb is to the right"
    assert points[4, 2] < 0, "the thumb stands out of the palm, towards the viewer"


@pytest.mark.parametrize("finger", LONG_FINGERS)
def test_bending_brings_the_tip_towards_the_viewer_and_abduction_towards_the_thumb(finger: Finger) -> None:
    def tip(angles: FingerAngles) -> Array:
        fingers = [angles if other is finger else FingerAngles() for other in LONG_FINGERS]
        points = hand_points(HandAngles(ThumbAngles(), *fingers), Side.RIGHT)
        return np.asarray(points[TIPS[finger]])

    flat = tip(FingerAngles())
    for bent in (FingerAngles(mcp_rad=0.5), FingerAngles(pip_rad=0.5), FingerAngles(dip_rad=0.5)):
        assert tip(bent)[2] < flat[2]
    assert tip(FingerAngles(mcp_rad=-0.3))[2] > flat[2]
    assert tip(FingerAngles(abduction_rad=0.2))[0] > flat[0]


@given(hand_angles, sides)
def test_bone_frames_sit_on_the_joints_and_point_along_the_bones(angles: HandAngles, side: Side) -> None:
    points = hand_points(angles, side)
    rotations, origins = bone_frames(angles, side)
    assert rotations.shape == (len(BONES), 3, 3)
    assert np.allclose(rotations @ rotations.transpose(0, 2, 1), np.eye(3))
    assert np.allclose(np.linalg.det(rotations), 1.0)
    bones = np.diff(points[JOINTS], axis=1).reshape(15, 3)
    assert np.allclose(rotations[1:, :, 1], bones / np.linalg.norm(bones, axis=1, keepdims=True))
    assert np.allclose(rotations[0], np.diag([1, -1, -1])), "the palm: fingers up, palm to the viewer"
    assert np.allclose(origins, points[[0, *JOINTS[:, :3].ravel()]])


@given(hand_angles, sides)
def test_the_bones_of_a_long_finger_share_their_hinge(angles: HandAngles, side: Side) -> None:
    hinges = bone_frames(angles, side)[0][4:, :, 0].reshape(4, 3, 3)
    assert np.allclose(hinges, hinges[:, :1])


@given(st.lists(st.lists(st.floats(-1.0, 2.0), min_size=20, max_size=20), min_size=1, max_size=4), sides)
def test_one_hand_alone_is_the_same_as_among_many(angle_rad: list[list[float]], side: Side) -> None:
    together = hands_points(np.array(angle_rad), [side] * len(angle_rad))
    alone = [hand_points(HandAngles.from_array(np.array(row)), side) for row in angle_rad]
    np.testing.assert_allclose(alone, together, rtol=0, atol=1e-15)
