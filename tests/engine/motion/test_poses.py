"""Poses show what is asked: each control measures back as it was posed, and says nothing it should not."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import LONG_FINGERS, HandFrame, Side
from engine.handmodel import hand_points
from engine.inputs import CONTROLS
from engine.motion.edges import TRIGGERS
from engine.motion.measures import measure
from engine.motion.poses import pose_for
from engine.motion.ranges import ABLE_ADULT, control_values
from tests.engine.motion.hands import sides

POSED = [control for control in CONTROLS if control != "wrist"]
# A pinch is looked up in a table of 41 poses; everything else is exact but for rounding the spread.
TOLERANCE: dict[str, float] = {control: 0.025 if control.startswith("pinch") else 0.005 for control in POSED}
# The hand comes a good way nearer before these begin to measure: just above 0 they may still measure as 0.
FROM_AFAR = ("opposition", *(f"pinch.{finger}" for finger in LONG_FINGERS))
HARDLY = 0.11
shares = st.floats(0, 1)


def shown(controls: Mapping[str, float], side: Side = Side.RIGHT, *, picture: bool = True) -> Mapping[str, float]:
    """The controls that the posed hand measures as on an able adult's range."""
    points = hand_points(pose_for(controls), side)
    frame = HandFrame(0.0, side, points, points[:, :2] + 0.5 if picture else None, 1.0)
    return control_values(measure(frame), ABLE_ADULT, {})


@pytest.mark.parametrize("control", POSED)
@given(share=shares, side=sides, picture=st.booleans())
def test_every_control_measures_back_as_asked(control: str, share: float, side: Side, picture: bool) -> None:
    tolerance = 0.08 if control in FROM_AFAR and share < HARDLY else TOLERANCE[control]
    assert shown({control: share}, side, picture=picture)[control] == pytest.approx(share, abs=tolerance)


def test_the_relaxed_hand_asks_for_nothing() -> None:
    at_rest = shown({})
    assert all(at_rest[control] <= TOLERANCE[control] for control in POSED if control not in ("flexion.thumb",))
    assert at_rest["flexion.thumb"] < 0.1


@pytest.mark.parametrize("finger", LONG_FINGERS)
@given(share=st.floats(0.05, 1))
def test_bending_one_finger_leaves_the_others_open(finger: str, share: float) -> None:
    values = shown({f"flexion.{finger}": share})
    assert max(values[f"flexion.{other}"] for other in LONG_FINGERS if other != finger) < 0.01


@pytest.mark.parametrize("control", sorted(TRIGGERS))
def test_a_full_control_presses_itself_and_nothing_else(control: str) -> None:
    values = shown({control: 1.0})
    assert [name for name, trigger in TRIGGERS.items() if values[name] > trigger.press] == [control]


@given(st.lists(shares, min_size=4, max_size=4), shares)
def test_named_fingers_go_before_the_fist(flexions: list[float], fist: float) -> None:
    named = {f"flexion.{finger}": share for finger, share in zip(LONG_FINGERS, flexions, strict=True)}
    values = shown({**named, "fist": fist})
    assert {name: values[name] for name in named} == pytest.approx(named, abs=0.005)


@given(st.dictionaries(st.sampled_from(CONTROLS), shares), sides)
def test_any_mix_of_controls_is_a_pose(controls: dict[str, float], side: Side) -> None:
    assert np.isfinite(hand_points(pose_for(controls), side)).all()


def test_poses_move_without_a_jump() -> None:
    for control in POSED:
        poses = np.array([pose_for({control: share}).as_array() for share in np.linspace(0, 1, 201)])
        assert np.abs(np.diff(poses, axis=0)).max() < 0.06, control
