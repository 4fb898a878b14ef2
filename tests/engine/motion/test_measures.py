"""What is measured on a hand, and the controls a person's own range makes of it."""

from math import radians

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.hand import FINGERS, LONG_FINGERS, Array, Finger, HandFrame, Side
from engine.handmodel import HandAngles, hand_points
from engine.motion.measures import measure, palm_centre
from engine.motion.poses import pose_for
from engine.motion.ranges import ABLE_ADULT, Ranges, Span, control_values, picture_place, reach_xy
from tests.engine.motion.hands import hand_angles, places, rotations, sides

TURN_LIMIT_RAD = radians(60)
shares = st.floats(0, 1)


def frame_of(points: Array, side: Side = Side.RIGHT, picture_xy: Array | None = None) -> HandFrame:
    return HandFrame(0.0, side, points, picture_xy, 1.0)


@given(hand_angles, sides, rotations(), places)
def test_without_a_picture_measures_know_neither_place_nor_turn(
    angles: HandAngles, side: Side, rotation: Array, place: Array
) -> None:
    points = hand_points(angles, side)
    here, there = measure(frame_of(points, side)), measure(frame_of(points @ rotation.T + place, side))
    for name in ("apertures", "bends_rad"):
        assert getattr(here, name) == pytest.approx(getattr(there, name), abs=1e-9)
    assert here.thumb_across == pytest.approx(there.thumb_across)
    assert here.hand_size == pytest.approx(there.hand_size)
    assert (here.spread_rad is None) == (there.spread_rad is None)


@given(hand_angles, st.floats(0.5, 2), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_apertures_are_shares_of_the_hand_wherever_and_however_large_it_is_in_the_picture(
    angles: HandAngles, scale: float, x: float, y: float
) -> None:
    points = hand_points(angles, Side.RIGHT)
    near = measure(frame_of(points, picture_xy=points[:, :2] + 0.5))
    far = measure(frame_of(points, picture_xy=points[:, :2] * scale + (x, y)))
    assert far.apertures == pytest.approx(near.apertures, abs=1e-9)
    assert far.hand_size == pytest.approx(near.hand_size * scale)


@given(hand_angles, st.floats(-TURN_LIMIT_RAD, TURN_LIMIT_RAD))
def test_the_hands_size_in_the_picture_holds_when_the_hand_turns(angles: HandAngles, turn_rad: float) -> None:
    c, s = np.cos(turn_rad), np.sin(turn_rad)
    points = hand_points(angles, Side.RIGHT) @ np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]).T
    turned = measure(frame_of(points, picture_xy=points[:, :2] * 1.3 + 0.5))
    assert turned.hand_size == pytest.approx(1.3 * measure(frame_of(points)).hand_size)


@pytest.mark.parametrize("finger", LONG_FINGERS)
def test_pads_that_cover_each_other_in_the_picture_but_are_far_apart_in_depth_do_not_touch(finger: Finger) -> None:
    points = hand_points(pose_for({f"pinch.{finger}": 1.0}), Side.RIGHT)
    touching = measure(frame_of(points, picture_xy=points[:, :2] + 0.5))
    apart = points.copy()
    apart[4, 2] -= 0.08
    covered = measure(frame_of(apart, picture_xy=points[:, :2] + 0.5))
    assert touching.aperture_by_finger[finger] < 0.2 < 0.5 < covered.aperture_by_finger[finger]


def test_spread_is_not_told_of_a_fist_and_then_keeps_its_last_value() -> None:
    fist = measure(frame_of(hand_points(pose_for({"fist": 1.0}), Side.RIGHT)))
    assert fist.spread_rad is None
    assert control_values(fist, ABLE_ADULT, {"spread": 0.7})["spread"] == 0.7
    assert control_values(fist, ABLE_ADULT, {})["spread"] == 0.0


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-10, 10), shares)
def test_a_span_maps_its_ends_to_0_and_1_and_never_leaves_them(
    rest: float, full: float, value: float, share: float
) -> None:
    assume(abs(full - rest) > 1e-3)
    span = Span(rest, full)
    assert span.share(rest) == 0.0
    assert span.share(full) == 1.0
    assert 0.0 <= span.share(value) <= 1.0
    assert span.share(span.value(share)) == pytest.approx(share, abs=1e-9)


@given(hand_angles)
def test_controls_are_shares_and_the_fist_is_the_mean_of_the_fingers(angles: HandAngles) -> None:
    values = control_values(measure(frame_of(hand_points(angles, Side.RIGHT))), ABLE_ADULT, {})
    assert all(0.0 <= value <= 1.0 for value in values.values())
    assert values["fist"] == pytest.approx(np.mean([values[f"flexion.{finger}"] for finger in LONG_FINGERS]))


def test_a_small_range_of_ones_own_reaches_all_the_way() -> None:
    own = Ranges(bend=dict.fromkeys(FINGERS, Span(radians(60), radians(110))))
    for share, expected in ((0.0, 0.0), (0.3, 0.618), (1.0, 1.0)):
        closed = measure(frame_of(hand_points(pose_for({"fist": share}), Side.RIGHT)))
        assert control_values(closed, own, {})["fist"] == pytest.approx(expected, abs=0.01)


def test_reach_runs_from_the_persons_left_to_right_and_away() -> None:
    points = hand_points(HandAngles(), Side.RIGHT)
    here = measure(frame_of(points, picture_xy=points[:, :2] + 0.5))
    assert reach_xy(measure(frame_of(points)), ABLE_ADULT) is None
    for palm_xy, expected in (((0.85, 0.62), (0, 0)), ((0.15, 0.20), (1, 1)), ((0.5, 0.41), (0.5, 0.5))):
        assert reach_xy(here._replace(palm_xy=palm_xy), ABLE_ADULT) == pytest.approx(expected)
    assert reach_xy(here._replace(palm_xy=(2.0, -1.0)), ABLE_ADULT) == (0, 1)


@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=4), st.floats(0.05, 1), st.floats(-1, -0.05))
def test_a_place_in_reach_is_one_in_the_picture_and_back_again(
    places_xy: list[tuple[float, float]], far: float, near: float
) -> None:
    points, own = hand_points(HandAngles(), Side.RIGHT), Ranges(reach_x=Span(0.1, 0.1 + far), reach_y=Span(0.7, near))
    together = picture_place(np.array(places_xy), own)
    for place_xy, there in zip(places_xy, together, strict=True):
        picture_xy = points[:, :2] - palm_centre(points)[:2] + picture_place(place_xy, own)
        assert np.array_equal(picture_place(place_xy, own), there)
        assert reach_xy(measure(frame_of(points, picture_xy=picture_xy)), own) == pytest.approx(place_xy, abs=1e-9)


@given(hand_angles, sides)
def test_the_palms_centre_is_the_middle_of_the_wrist_and_three_knuckles(angles: HandAngles, side: Side) -> None:
    points = hand_points(angles, side)
    centre = (points[0] + points[5] + points[9] + points[17]) / 4
    assert palm_centre(points) == pytest.approx(centre, abs=1e-12)
    assert np.array_equal(palm_centre(np.array([points, points])), [palm_centre(points)] * 2)
