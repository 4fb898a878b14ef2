"""Joint angles against worked examples of clinical goniometry, and against the hand model in every pose and place.

The examples are the palm-frame method of hand kinematics from 21 landmarks worked by hand: a palm that faces the
camera, each finger turned by known angles about its own flexion axis.
"""

from math import asin, cos, degrees, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.hand import LONG_FINGERS, Array, Finger, Side
from engine.handmodel import HandAngles, ThumbAngles, hand_points, hands_points
from engine.motion.kinematics import joint_angles, palm_of
from tests.engine.motion.hands import hand_angles, places, rotations, sides

KNUCKLES = {
    Finger.INDEX: (0.25, -0.95, 0.0),
    Finger.MIDDLE: (0.0, -1.0, 0.0),
    Finger.RING: (-0.2, -0.95, 0.0),
    Finger.LITTLE: (-0.4, -0.88, 0.0),
}
PHALANGES = {
    Finger.INDEX: (0.45, 0.28, 0.20),
    Finger.MIDDLE: (0.50, 0.32, 0.20),
    Finger.RING: (0.46, 0.30, 0.20),
    Finger.LITTLE: (0.36, 0.20, 0.18),
}
FLEXION_DEG = {
    Finger.INDEX: (30, 40, 20),
    Finger.MIDDLE: (60, 90, 45),
    Finger.RING: (-15, 10, -5),
    Finger.LITTLE: (80, 100, 70),
}
ABDUCTION_DEG = {Finger.INDEX: 15, Finger.MIDDLE: 0, Finger.RING: -8, Finger.LITTLE: -20}
HUNDREDTH_DEG = 0.01
TO_VIEWER = np.array([0.0, 0.0, -1.0])


def turned(vector: Array, axis: Array, angle_rad: float) -> Array:
    """The vector turned about a unit axis (Rodrigues' formula)."""
    across: Array = cos(angle_rad) * vector + sin(angle_rad) * np.cross(axis, vector)
    return across + (1 - cos(angle_rad)) * float(np.dot(axis, vector)) * axis


def worked_hand(
    flexion_deg: dict[Finger, tuple[int, int, int]] | None = None, abduction_deg: dict[Finger, int] | None = None
) -> Array:
    """A right hand with its palm to the camera, fingers up, bent and spread as told; lengths in palm lengths."""
    points = np.zeros((21, 3))
    points[1:5] = (0.18, -0.2, -0.05), (0.4, -0.42, -0.1), (0.55, -0.62, -0.15), (0.65, -0.8, -0.15)
    for n, finger in enumerate(LONG_FINGERS, start=1):
        knuckle = np.array(KNUCKLES[finger])
        ray = knuckle / np.linalg.norm(knuckle)
        hinge = np.cross(ray, TO_VIEWER)
        # Towards the thumb is a turn about the axis out of the back of a right hand.
        direction = turned(ray, -TO_VIEWER, radians((abduction_deg or {}).get(finger, 0)))
        at, points[1 + 4 * n] = knuckle, knuckle
        for joint, bend_deg in enumerate((flexion_deg or {}).get(finger, (0, 0, 0))):
            direction = turned(direction, hinge, radians(bend_deg))
            at = at + PHALANGES[finger][joint] * direction
            points[2 + 4 * n + joint] = at
    return points


def measured_deg(points: Array, side: Side) -> dict[Finger, tuple[float, ...]]:
    """MCP, PIP, DIP flexion and abduction of the long fingers, degrees."""
    angles = np.degrees(joint_angles(points, side)).reshape(5, 4)
    return {finger: tuple(angles[n].tolist()) for n, finger in enumerate(LONG_FINGERS, start=1)}


MIRROR = np.array([-1.0, 1.0, 1.0])
HANDS = pytest.mark.parametrize(("side", "mirror"), [(Side.RIGHT, np.ones(3)), (Side.LEFT, MIRROR)])


@HANDS
def test_known_flexions_come_back_to_a_hundredth_of_a_degree(side: Side, mirror: Array) -> None:
    measured = measured_deg(worked_hand(FLEXION_DEG) * mirror, side)
    for finger, bends in FLEXION_DEG.items():
        assert measured[finger][:3] == pytest.approx(bends, abs=HUNDREDTH_DEG)


@HANDS
def test_known_abductions_of_flat_fingers_come_back(side: Side, mirror: Array) -> None:
    measured = measured_deg(worked_hand(abduction_deg=ABDUCTION_DEG) * mirror, side)
    for finger, abduction in ABDUCTION_DEG.items():
        assert measured[finger] == pytest.approx((0, 0, 0, abduction), abs=HUNDREDTH_DEG)


def test_the_wrong_side_turns_every_flexion_round_and_leaves_abduction_alone() -> None:
    wrong = measured_deg(worked_hand(FLEXION_DEG), Side.LEFT)
    assert wrong[Finger.INDEX][:3] == pytest.approx((-30, -40, -20), abs=HUNDREDTH_DEG)
    for finger, bends in FLEXION_DEG.items():
        assert wrong[finger][:3] == pytest.approx([-bend for bend in bends], abs=HUNDREDTH_DEG)
    spread = measured_deg(worked_hand(abduction_deg=ABDUCTION_DEG), Side.LEFT)
    assert [spread[finger][3] for finger in LONG_FINGERS] == pytest.approx([15, 0, -8, -20], abs=HUNDREDTH_DEG)


def test_the_thumb_against_a_worked_example() -> None:
    points = worked_hand()
    palmar, radial, mcp, ip = np.degrees(joint_angles(points, Side.RIGHT)[:4])
    first, second, third = np.diff(points[1:5], axis=0)
    assert palmar == pytest.approx(degrees(asin(0.05 / np.linalg.norm(first))), abs=HUNDREDTH_DEG)
    # Within the palm: the thumb's metacarpal lies at 45 degrees to the vertical, the index ray at atan(0.25 / 0.95).
    assert radial == pytest.approx(45 - 14.7436, abs=HUNDREDTH_DEG)
    for bend, before, behind in ((mcp, first, second), (ip, second, third)):
        by_cosine = np.dot(before, behind) / np.linalg.norm(before) / np.linalg.norm(behind)
        assert cos(radians(bend)) == pytest.approx(by_cosine)


def told(angle_rad: Array) -> NDArray[np.bool_]:
    """Which of the 20 angles can be told: a finger bent at a right angle in its knuckle cannot stand sideways, so
    there is no abduction to measure."""
    can = np.ones(20, dtype=bool)
    can[7::4] = np.abs(angle_rad[4::4]) < radians(85)
    return can


@given(hand_angles, sides, rotations(), places)
def test_the_hand_model_measures_back_as_posed_wherever_the_hand_is(
    angles: HandAngles, side: Side, rotation: Array, place: Array
) -> None:
    points = hand_points(angles, side) @ rotation.T + place
    asked, measured = angles.as_array(), np.array(joint_angles(points, side))
    assert np.degrees(measured - asked)[told(asked)] == pytest.approx(0, abs=1e-6)


@given(hand_angles, rotations(), places)
def test_a_hand_and_its_mirror_image_give_the_same_numbers(angles: HandAngles, rotation: Array, place: Array) -> None:
    right = hand_points(angles, Side.RIGHT) @ rotation.T + place
    one, other = np.array([joint_angles(right, Side.RIGHT), joint_angles(right * MIRROR, Side.LEFT)])
    assert (one - other)[told(angles.as_array())] == pytest.approx(0, abs=1e-9)


@given(hand_angles, st.floats(0.1, 10))
def test_angles_know_no_size(angles: HandAngles, scale: float) -> None:
    points = hand_points(angles, Side.RIGHT)
    one, other = np.array([joint_angles(points * scale, Side.RIGHT), joint_angles(points, Side.RIGHT)])
    assert (one - other)[told(angles.as_array())] == pytest.approx(0, abs=1e-9)


@given(st.floats(0, 1.3), st.floats(0, 1.5), rotations())
def test_the_thumbs_two_bends_are_never_negative(mcp_rad: float, ip_rad: float, rotation: Array) -> None:
    points = hand_points(HandAngles(thumb=ThumbAngles(0.4, 0.5, mcp_rad, ip_rad)), Side.LEFT) @ rotation.T
    assert joint_angles(points, Side.LEFT)[2:4] == pytest.approx((mcp_rad, ip_rad))
    assert min(joint_angles(points, Side.RIGHT)[2:4]) >= 0


@given(hand_angles, sides, rotations())
def test_the_palms_axes_are_square_and_the_palm_looks_out_of_the_hand(
    angles: HandAngles, side: Side, rotation: Array
) -> None:
    points = hand_points(angles, side)
    axes = np.array(palm_of(points.tolist(), side))
    assert np.allclose(axes @ axes.T, np.eye(3))
    assert axes[2] == pytest.approx((0, 0, -1))
    turned_axes = np.array(palm_of((points @ rotation.T).tolist(), side))
    assert np.allclose(turned_axes, axes @ rotation.T)


@given(hand_angles)
def test_along_its_palms_axes_a_left_hand_looks_like_a_right_one(angles: HandAngles) -> None:
    right, left = (
        hand_points(angles, side) @ np.array(palm_of(hand_points(angles, side).tolist(), side)).T for side in Side
    )
    assert np.allclose(right, left)


@given(st.lists(st.tuples(hand_angles, sides), min_size=2, max_size=5))
def test_many_hands_posed_at_once_are_each_of_them_alone(hands: list[tuple[HandAngles, Side]]) -> None:
    together = hands_points(np.array([angles.as_array() for angles, _ in hands]), [side for _, side in hands])
    for (angles, side), alone in zip(hands, together, strict=True):
        assert np.allclose(hand_points(angles, side), alone, rtol=0, atol=1e-12)


@given(st.integers(0, 20), st.integers(0, 20))
def test_landmarks_that_fall_together_give_numbers_all_the_same(one: int, other: int) -> None:
    points = hand_points(HandAngles(), Side.RIGHT)
    points[one] = points[other]
    assert np.isfinite(joint_angles(points, Side.RIGHT)).all()
    assert np.isfinite(joint_angles(np.zeros((21, 3)), Side.RIGHT)).all()
