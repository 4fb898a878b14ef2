"""Sides, fingers and landmarks: the order everything else relies on."""

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, TIPS, Finger, HandFrame, Landmark, Sample, Side


def test_fingers_are_named_and_ordered_from_the_thumb_to_the_little_finger() -> None:
    assert [str(finger) for finger in FINGERS] == ["thumb", "index", "middle", "ring", "little"]
    assert FINGERS[1:] == LONG_FINGERS


def test_every_finger_has_four_landmarks_in_a_row_and_its_tip_is_the_last() -> None:
    names = [landmark.name for landmark in Landmark]
    assert names[0] == "WRIST"
    for n, finger in enumerate(FINGERS):
        own = names[1 + 4 * n : 5 + 4 * n]
        assert all(name.startswith(finger.upper()) for name in own)
        assert names[TIPS[finger]] == own[-1] == f"{finger.upper()}_TIP"


def test_the_other_side_is_the_other_one() -> None:
    assert Side.LEFT.other is Side.RIGHT
    assert Side.RIGHT.other is Side.LEFT


def test_a_sample_gives_each_hand_by_its_side_and_none_where_it_was_not_seen() -> None:
    frame = HandFrame(0.0, Side.LEFT, np.zeros((21, 3)), None, 1.0)
    sample = Sample(0.0, left=frame)
    assert sample.hand(Side.LEFT) is frame
    assert sample.hand(Side.RIGHT) is None
    assert TIPS[Finger.LITTLE] == 20
