"""The own range: found in stiff, trembling and partly still hands; refused only where nothing moved."""

from math import radians, sin, tau

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import LONG_FINGERS, Finger, HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.motion.calibration import Step, _too_small, find_ranges
from engine.motion.closings import smallest_closing
from engine.motion.edges import TRIGGERS
from engine.motion.motion import Motion
from engine.motion.poses import pose_for
from engine.motion.ranges import ABLE_ADULT
from engine.play.guide import recorded
from tests.clips import presses_of

RATE_HZ, SECONDS = 30, 9


def closing(
    low: float, high: float, *, tremble: float = 0.0, still: tuple[Finger, ...] = (), first: float | None = None
) -> list[Sample]:
    """Three slow fists between these shares of an able range, the `first` to this one only; `tremble` at 6 Hz on top,
    `still` fingers stay."""
    samples = []
    for n in range(SECONDS * RATE_HZ):
        t_s = n / RATE_HZ
        full = high if first is None or t_s >= 3 else first
        share = low + (full - low) * (0.5 - 0.5 * np.cos(tau * t_s / 3)) + tremble * sin(tau * 6 * t_s)
        pose = {f"flexion.{finger}": low if finger in still else float(share) for finger in LONG_FINGERS}
        points = hand_points(pose_for(pose), Side.RIGHT)
        samples.append(Sample(t_s, right=HandFrame(t_s, Side.RIGHT, points, points[:, :2] + 0.5, 1.0)))
    return samples


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.2, 0.45), (0.6, 0.8), (0.3, 0.42)])
def test_any_range_large_or_small_open_or_not_gives_each_fist_once(low: float, high: float) -> None:
    samples = closing(low, high)
    found, pictures = recorded(samples, Side.RIGHT)
    assert pictures == len(samples)
    assert "fist" in found.own
    assert presses_of(samples, {Side.RIGHT: found.ranges}) == {(Side.RIGHT, "fist"): 3}


def test_what_is_smaller_than_a_trackers_error_is_no_range_and_is_said() -> None:
    found, _ = recorded(closing(0.30, 0.33), Side.RIGHT)
    assert found.own == ()
    assert "fist" in found.kept
    assert found.ranges.bend == ABLE_ADULT.bend


@given(st.floats(0.001, 60.0), st.floats(1e-4, 0.99))
def test_a_range_that_is_too_small_is_never_said_to_be_as_large_as_the_least(least: float, share: float) -> None:
    said = _too_small(share * least, least, " degrees")
    seen, _, rest = said.partition(" degrees were seen, and less than ")
    assert seen != rest.partition(" degrees")[0], said


def test_a_range_that_is_too_small_is_said_with_its_unit() -> None:
    found, _ = recorded(closing(0.30, 0.33), Side.RIGHT)
    told = {name: said for name, said in found.kept.items() if "were seen" in said}
    assert " hand sizes were seen" in told["pinch.little"]
    assert " degrees were seen" in told["spread"]
    assert " of the way across the palm were seen" in told["opposition"]


def test_a_finger_that_cannot_bend_does_not_keep_the_others_from_a_fist() -> None:
    samples = closing(0.1, 0.7, still=(Finger.LITTLE,))
    found, _ = recorded(samples, Side.RIGHT)
    assert found.ranges.fist == (Finger.INDEX, Finger.MIDDLE, Finger.RING)
    assert "degrees were seen" in found.kept["flexion.little"]
    assert presses_of(samples, {Side.RIGHT: found.ranges}) == {(Side.RIGHT, "fist"): 3}


def test_a_hand_that_trembles_presses_once_for_each_closing() -> None:
    samples = closing(0.2, 0.5, tremble=0.09)
    found, _ = recorded(samples, Side.RIGHT)
    assert found.ranges.triggers["fist"].release < 0.55
    assert presses_of(samples, {Side.RIGHT: found.ranges}) == {(Side.RIGHT, "fist"): 3}


def test_the_fist_that_only_just_closes_is_pressed_well_before_its_end_and_let_go_where_it_was() -> None:
    samples = closing(0.2, 0.45, first=0.418)
    found, _ = recorded(samples, Side.RIGHT)
    fist, able = found.ranges.triggers["fist"], TRIGGERS["fist"]
    motion = Motion({Side.RIGHT: found.ranges})
    closed = []
    for sample in samples[: 3 * RATE_HZ]:
        motion.feed(sample)
        closed.append(motion.tick(sample.t_s)[Side.RIGHT].value("fist"))
    assert fist.press <= 0.9 * max(closed) < able.press
    assert fist.release == able.release
    assert sum(share > fist.press for share in closed) > 0.5 * RATE_HZ, "a blink of the camera does not hide it"


def test_the_press_of_a_hand_that_closes_once_or_fully_stays() -> None:
    assert smallest_closing([[0.0, *[0.8] * 9, 0.0]], 0.6) == 1.0, "once is not repeated"
    assert smallest_closing([[0.8] * 9, [0.9] * 9], 0.6) == 0.8, "in two tries it is"
    assert smallest_closing([[*[0.9] * 9, 0.5, 0.5, *[0.8] * 9, 0.65, *[0.75] * 9]], 0.6) == 0.8, "not opened between"
    assert smallest_closing([[*[0.9] * 9, 0.5, *[0.9] * 9, 0.5, *[0.65] * 9]], 0.6) == 0.9, "that was no closing"
    full, _ = recorded(closing(0.0, 1.0), Side.RIGHT)
    assert full.ranges.triggers["fist"].press > 0.8


def test_nothing_seen_is_nothing_found() -> None:
    found = find_ranges({Step.OPEN: [], Step.FIST: []})
    assert found.own == ()
    assert found.ranges.bend == ABLE_ADULT.bend


def test_a_single_spike_moves_no_end() -> None:
    samples = closing(0.2, 0.5)
    wild = hand_points(pose_for({"fist": 1.0}), Side.RIGHT)
    at_s = samples[100].t_s
    samples[100] = Sample(at_s, right=HandFrame(at_s, Side.RIGHT, wild, wild[:, :2] + 0.5, 1.0))
    found, _ = recorded(samples, Side.RIGHT)
    calm, _ = recorded(closing(0.2, 0.5), Side.RIGHT)
    for finger in LONG_FINGERS:
        assert found.ranges.bend[finger].full == pytest.approx(calm.ranges.bend[finger].full, abs=radians(8))


def test_the_motion_uses_the_triggers_of_its_range() -> None:
    found, _ = recorded(closing(0.2, 0.5, tremble=0.09), Side.RIGHT)
    assert Motion({Side.RIGHT: found.ranges}).hands[Side.RIGHT].ranges.triggers is found.ranges.triggers
