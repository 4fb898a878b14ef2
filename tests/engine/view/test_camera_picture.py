"""The synthetic camera: pictures one can trust, with the truth about where the hand is."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine.hand import Landmark, Side
from engine.view.camera_picture import CameraHand, camera_picture, true_landmarks_px
from tests.engine.view.poses import FIST, OPEN

HAND = CameraHand(Side.RIGHT, OPEN)


def test_a_picture_is_what_a_webcam_gives() -> None:
    picture = camera_picture((HAND,))
    assert picture.shape == (480, 640, 3)
    assert picture.dtype == np.uint8
    assert camera_picture((HAND,), (320, 240)).shape == (240, 320, 3)


def test_the_same_hand_gives_the_same_bytes_and_the_next_moment_other_noise() -> None:
    assert (camera_picture((HAND,), number=3) == camera_picture((HAND,), number=3)).all()
    assert (camera_picture((HAND,), number=3) != camera_picture((HAND,), number=4)).any()


@pytest.mark.parametrize("side", Side)
def test_landmarks_lie_on_the_hand(side: Side) -> None:
    hand = replace(HAND, side=side)
    changed = np.abs(camera_picture((hand,)).astype(int) - camera_picture(()).astype(int)).sum(axis=2) > 25
    for x, y in true_landmarks_px(hand):
        assert changed[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4].mean() > 0.4


def test_a_right_palm_has_its_thumb_at_the_right_of_the_picture() -> None:
    right, left = true_landmarks_px(HAND), true_landmarks_px(replace(HAND, side=Side.LEFT))
    assert right[Landmark.THUMB_TIP, 0] > right[Landmark.LITTLE_TIP, 0]
    np.testing.assert_allclose(left * (-1, 1) + (640, 0), right, atol=1e-9)


def test_place_size_and_turn_are_as_asked() -> None:
    points = true_landmarks_px(replace(HAND, palm_xy_px=(200.0, 300.0), palm_px=100.0))
    assert np.linalg.norm(points[Landmark.MIDDLE_MCP] - points[Landmark.WRIST]) == pytest.approx(100.0, rel=0.01)
    np.testing.assert_allclose(points[[0, 5, 9, 13, 17]].mean(axis=0), (200, 300), atol=12)
    rolled = true_landmarks_px(replace(HAND, roll_rad=0.3))
    assert rolled[Landmark.MIDDLE_TIP, 0] > true_landmarks_px(HAND)[Landmark.MIDDLE_TIP, 0] + 20
    leaning = true_landmarks_px(replace(HAND, angles=FIST, tilt_rad=0.5))
    assert np.ptp(leaning[:, 1]) < np.ptp(true_landmarks_px(HAND)[:, 1])


def test_a_hand_that_leaves_the_picture_is_no_error() -> None:
    gone = replace(HAND, palm_xy_px=(-2000.0, 200.0))
    assert (camera_picture((gone,)) == camera_picture(())).all()
    camera_picture((replace(HAND, palm_xy_px=(10.0, 470.0), palm_px=400.0),))


def test_no_camera_library_is_loaded_for_it() -> None:
    code = (
        "import sys; from engine.view.camera_picture import camera_picture; camera_picture(());"
        "sys.exit(int(any(name.split('.')[0] in ('cv2', 'mediapipe') for name in sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=50)
