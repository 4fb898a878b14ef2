"""The wrist's bend: exact while the forearm lies still, and otherwise not told."""

from math import radians

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hand import Array, HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.motion.motion import Motion
from engine.motion.poses import pose_for, wrist_for
from engine.motion.ranges import ABLE_ADULT
from engine.motion.wrist import REST_S, bent
from tests.engine.motion.hands import rotations, sides

RATE_HZ = 30


def shown(t_s: float, side: Side, flexion_deg: float, rotation: Array, shift: float = 0.0) -> Sample:
    """A hand with a bent wrist, as seen by a camera that stands anywhere; the wrist in the picture `shift` aside."""
    points = bent(hand_points(pose_for({}), side)[None], radians(flexion_deg))[0] @ rotation.T
    frame = HandFrame(t_s, side, points, points[:, :2] * 1.3 + (0.5 + shift, 0.4), 1.0)
    return Sample(t_s, left=frame) if side is Side.LEFT else Sample(t_s, right=frame)


def rested(side: Side, rotation: Array) -> Motion:
    motion = Motion()
    for n in range(round((REST_S + 0.2) * RATE_HZ)):
        motion.feed(shown(n / RATE_HZ, side, 0.0, rotation))
    return motion


def hold(
    motion: Motion, side: Side, flexion_deg: float, rotation: Array, shift: float = 0.0, for_s: float = 1.0
) -> None:
    start_s = motion.hands[side].seen_s or 0.0
    for n in range(1, round(for_s * RATE_HZ) + 1):
        motion.feed(shown(start_s + n / RATE_HZ, side, flexion_deg, rotation, shift))


@settings(max_examples=12)
@given(sides, rotations(), st.floats(-60, 70))
def test_the_bend_comes_back_from_any_side_and_is_the_same_for_either_hand(
    side: Side, rotation: Array, flexion_deg: float
) -> None:
    motion = rested(side, rotation)
    hold(motion, side, flexion_deg, rotation, for_s=2.0)
    wrist = motion.hands[side].wrist
    assert wrist.flexion_rad is not None
    assert wrist.deviation_rad is not None
    assert np.degrees(wrist.flexion_rad) == pytest.approx(flexion_deg, abs=1.0)
    assert np.degrees(wrist.deviation_rad) == pytest.approx(0.0, abs=1.0)
    assert motion.hands[side].values["wrist"] == pytest.approx(ABLE_ADULT.wrist.share(wrist.flexion_rad))


def test_it_is_unknown_before_the_hand_was_at_rest() -> None:
    motion, still = Motion(), np.eye(3)
    for n in range(round(0.9 * REST_S * RATE_HZ)):
        motion.feed(shown(n / RATE_HZ, Side.RIGHT, 0.0, still))
    hand = motion.hands[Side.RIGHT]
    assert hand.wrist.flexion_rad is None
    assert "wrist" not in hand.values


def test_a_forearm_that_moves_makes_it_unknown_and_the_last_value_stays() -> None:
    motion, still = rested(Side.RIGHT, np.eye(3)), np.eye(3)
    hold(motion, Side.RIGHT, 30.0, still)
    before = motion.hands[Side.RIGHT].values["wrist"]
    assert before == pytest.approx(0.5, abs=0.02)
    hold(motion, Side.RIGHT, 0.0, still, shift=0.1, for_s=0.5)
    hand = motion.hands[Side.RIGHT]
    assert hand.wrist.flexion_rad is None
    assert hand.values["wrist"] == pytest.approx(before, abs=0.02)
    given = motion.tick(hand.seen_s or 0.0)[Side.RIGHT]
    assert "wrist" in given.unknown


def test_a_forearm_that_came_to_rest_elsewhere_is_taken_in_anew_but_not_with_a_bent_wrist() -> None:
    motion, still = rested(Side.RIGHT, np.eye(3)), np.eye(3)
    hold(motion, Side.RIGHT, 45.0, still, shift=0.2, for_s=4.0)
    assert motion.hands[Side.RIGHT].wrist.flexion_rad is None
    hold(motion, Side.RIGHT, 0.0, still, shift=0.2, for_s=4.0)
    hold(motion, Side.RIGHT, 20.0, still, shift=0.2)
    told = motion.hands[Side.RIGHT].wrist.flexion_rad
    assert told is not None
    assert np.degrees(told) == pytest.approx(20.0, abs=1.5)


def test_without_a_picture_it_is_unknown() -> None:
    motion, points = Motion(), hand_points(pose_for({}), Side.RIGHT)
    for n in range(5 * RATE_HZ):
        motion.feed(Sample(n / RATE_HZ, right=HandFrame(n / RATE_HZ, Side.RIGHT, points, None, 1.0)))
    assert motion.hands[Side.RIGHT].wrist.flexion_rad is None


def test_a_pose_bends_the_wrist_as_far_as_it_is_asked() -> None:
    assert wrist_for({}) == 0.0
    assert ABLE_ADULT.wrist.share(wrist_for({"wrist": 0.6})) == pytest.approx(0.6)
