"""Which pose an avatar shows: the player's own hand, the other one reflected, or a blend."""

from dataclasses import replace

import numpy as np
import pytest

from engine.hand import Side
from engine.handmodel import HandAngles, hand_points
from engine.motion.poses import pose_for
from engine.view.scene import Hand
from engine.view.shownpose import shown_pose

FIST, OPEN = pose_for({"fist": 1.0}), pose_for({"spread": 1.0})
POSES = {Side.RIGHT: OPEN, Side.LEFT: FIST}
AVATAR = Hand(Side.RIGHT, (0.1, 0.0, 0.0))


def test_its_own_angles_come_first_then_the_players_hand() -> None:
    assert shown_pose(replace(AVATAR, angles=FIST), {Side.RIGHT: OPEN}) is FIST
    assert shown_pose(AVATAR, POSES) is OPEN
    assert shown_pose(AVATAR, {}) == HandAngles()


def test_wholly_mirrored_it_is_the_other_hand_reflected_about_the_middle() -> None:
    shown = shown_pose(replace(AVATAR, mirrored=1.0), POSES)
    assert shown is FIST
    reflected = hand_points(FIST, Side.LEFT) * (-1.0, 1.0, 1.0)
    np.testing.assert_allclose(hand_points(shown, Side.RIGHT), reflected, atol=1e-12)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.7])
def test_the_dial_lies_between_the_two(share: float) -> None:
    shown = shown_pose(replace(AVATAR, mirrored=share), POSES).as_array()
    np.testing.assert_allclose(shown, OPEN.as_array() + share * (FIST.as_array() - OPEN.as_array()))


def test_a_hand_that_is_not_seen_leaves_the_other_alone() -> None:
    half = replace(AVATAR, mirrored=0.5)
    assert shown_pose(half, {Side.LEFT: FIST}) is FIST
    assert shown_pose(half, {Side.RIGHT: OPEN}) is OPEN
    assert shown_pose(replace(AVATAR, mirrored=1.0), {Side.RIGHT: OPEN}) == HandAngles()
