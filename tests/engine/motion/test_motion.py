"""From samples to game input: what a gap may and may not do, and that no edge is lost or given twice."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hand import Sample, Side
from engine.inputs import NO_HAND, TICK_S, HandInput, Tracking
from engine.motion.handmotion import COAST_S, PICTURES_TO_SETTLE, STALE_S
from engine.motion.motion import BLINK_S, Motion
from tests.engine.motion.hands import edges, frame_at, sample_at, settled, sides

OPEN: dict[str, float] = {}
PINCHED = {"pinch_index": 1.0}
CLOSED = {"fist": 1.0}
POSES = st.sampled_from([OPEN, PINCHED, CLOSED])
NOTHING: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
RATE_HZ = 30.0


def watch(
    motion: Motion, from_s: float, for_s: float, side: Side = Side.RIGHT, /, **controls: float
) -> list[HandInput]:
    """What the game is told tick by tick while this hand is seen 30 times a second."""
    told = []
    for n in range(1, round(for_s * RATE_HZ) + 1):
        t_s = from_s + n / RATE_HZ
        motion.feed(sample_at(t_s, side, **controls))
        told += [motion.tick(t_s)[side], motion.tick(t_s + TICK_S / 2)[side]]
    return told


def given_out(told: list[HandInput]) -> list[tuple[str, bool]]:
    """All edges in the order they were told: (control, is press); within one tick releases first."""
    out = []
    for now in told:
        out += [(name, False) for name in now.released] + [(name, True) for name in now.pressed]
    return out


def test_a_hand_never_seen_is_no_hand() -> None:
    motion = Motion()
    assert motion.tick(3.0) == {Side.LEFT: NO_HAND, Side.RIGHT: NO_HAND}
    assert motion.pose(Side.LEFT) is None


@pytest.mark.parametrize(
    ("age_s", "tracking"),
    [
        (0.0, Tracking.TRACKED),
        (STALE_S - 0.001, Tracking.TRACKED),
        (STALE_S + 0.001, Tracking.COASTING),
        (0.2, Tracking.COASTING),
        (0.201, Tracking.LOST),
        (60.0, Tracking.LOST),
    ],
)
def test_tracked_then_coasting_for_200_ms_then_lost(age_s: float, tracking: Tracking) -> None:
    assert settled(1.0).tick(1.0 + age_s)[Side.RIGHT].tracking is tracking


def test_a_picture_without_the_hand_is_told_at_once() -> None:
    motion = settled(1.0)
    motion.feed(Sample(1.03))
    assert motion.tick(1.03)[Side.RIGHT].tracking is Tracking.COASTING
    motion.feed(sample_at(1.06))
    assert motion.tick(1.06)[Side.RIGHT].tracking is Tracking.TRACKED
    motion.feed(Sample(1.05))
    assert motion.tick(1.06)[Side.RIGHT].tracking is Tracking.TRACKED, "a late picture is not the present"


@given(POSES, st.lists(st.floats(0.001, 0.3), min_size=1, max_size=20), st.booleans())
def test_a_gap_itself_changes_nothing_and_makes_no_edge(
    pose: dict[str, float], steps_s: list[float], empty_pictures: bool
) -> None:
    motion = settled(1.0, RATE_HZ, Side.RIGHT, **pose)
    seen = motion.tick(1.0)[Side.RIGHT]
    t_s = 1.0
    for step_s in steps_s:
        t_s += step_s
        if empty_pictures:
            motion.feed(Sample(t_s))
        now = motion.tick(t_s)[Side.RIGHT]
        assert edges(now) == NOTHING
        assert (now.values, now.palm_xy, now.held) == (seen.values, seen.palm_xy, seen.held)


@settings(max_examples=40)
@given(POSES, POSES, st.floats(BLINK_S + 0.001, 20.0), sides)
def test_a_hand_that_was_away_comes_back_without_an_edge_whatever_it_does(
    before: dict[str, float], after: dict[str, float], away_s: float, side: Side
) -> None:
    motion = settled(1.0, RATE_HZ, side, **before)
    told = watch(motion, 1.0 + away_s - 1 / RATE_HZ, 0.5, side, **after)
    assert given_out(told) == []
    assert told[-1].held == settled(1.0, RATE_HZ, side, **after).tick(1.0)[side].held


@given(POSES)
def test_the_first_sight_of_a_hand_makes_no_edge(pose: dict[str, float]) -> None:
    assert given_out(watch(Motion(), 0.0, 0.5, **pose)) == []


blinks = pytest.mark.parametrize("gap_s", [0.25, 0.3, 0.4, 0.5])
deeds = pytest.mark.parametrize(
    ("before", "after", "edge"),
    [(OPEN, PINCHED, ("pinch.index", True)), (PINCHED, OPEN, ("pinch.index", False)), (OPEN, CLOSED, ("fist", True))],
)


@blinks
@deeds
def test_what_a_hand_that_was_not_found_has_done_counts_once_it_is_steadily_seen(
    gap_s: float, before: dict[str, float], after: dict[str, float], edge: tuple[str, bool]
) -> None:
    motion = settled(1.0, RATE_HZ, Side.RIGHT, **before)
    motion.feed(Sample(1.0 + 1 / RATE_HZ))
    back_s = 1.0 + gap_s
    motion.feed(sample_at(back_s, **after))
    settles_s = (PICTURES_TO_SETTLE - 2) / RATE_HZ
    told = [motion.tick(back_s)[Side.RIGHT], *watch(motion, back_s, settles_s, **after)]
    assert given_out(told) == [], "not before it has settled"
    assert given_out(watch(motion, back_s + settles_s, 0.5, **after)) == [edge]


@blinks
@deeds
def test_what_a_hand_has_done_while_no_picture_came_counts_with_the_next_one(
    gap_s: float, before: dict[str, float], after: dict[str, float], edge: tuple[str, bool]
) -> None:
    """It may go right afterwards: one picture that shows it is enough, as at any other time."""
    motion = settled(1.0, RATE_HZ, Side.RIGHT, **before)
    back_s = 1.0 + gap_s
    motion.feed(sample_at(back_s, **after))
    assert given_out([motion.tick(back_s)[Side.RIGHT]]) == [edge]
    motion.feed(Sample(back_s + 1 / RATE_HZ))
    assert given_out(watch(motion, back_s + 2.0, 0.5, **after)) == []


@pytest.mark.parametrize("pose", [OPEN, PINCHED, CLOSED])
def test_a_blink_over_a_still_hand_is_nothing(pose: dict[str, float]) -> None:
    motion = settled(1.0, RATE_HZ, Side.RIGHT, **pose)
    assert given_out(watch(motion, 1.35, 0.5, **pose)) == []


def test_a_blink_soon_after_coming_back_makes_no_edge_either() -> None:
    motion = settled(1.0)
    motion.feed(sample_at(3.0))
    assert given_out(watch(motion, 3.3, 0.5, **PINCHED)) == []


def test_a_short_gap_is_bridged_and_a_movement_across_it_is_one_movement() -> None:
    motion = settled(1.0)
    assert given_out(watch(motion, 1.0 + COAST_S - 1 / RATE_HZ, 0.3, **PINCHED)) == [("pinch.index", True)]


@pytest.mark.long
@settings(max_examples=30)
@given(
    st.floats(5, 120),
    st.lists(st.sampled_from(["pinch.index", "pinch.ring", "fist"]), min_size=1, max_size=6),
    st.floats(0, 1),
    st.data(),
)
def test_every_press_and_release_is_given_out_once_and_in_order_at_any_camera_rate(
    rate_hz: float, asked: list[str], phase: float, data: st.DataObject
) -> None:
    # Each movement: 0.9 s open, 0.9 s there; the camera's time against the game's tick is drawn, and so are hiccups.
    motion, told, due = Motion(), [], []
    for n in range(int((1.8 * len(asked) + 1.0) * rate_hz)):
        t_s = n / rate_hz
        movement, within_s = divmod(t_s, 1.8)
        there = movement < len(asked) and within_s >= 0.9
        due.append(sample_at(t_s, **({asked[int(movement)].replace(".", "_"): 1.0} if there else {})))
    stalls = data.draw(st.sets(st.integers(0, int(due[-1].t_s * 60)), max_size=20))
    for tick in range(int(due[-1].t_s / TICK_S) + 3):
        now_s = (tick + phase) * TICK_S
        while due and due[0].t_s <= now_s and tick not in stalls:
            motion.feed(due.pop(0))
        told.append(motion.tick(now_s)[Side.RIGHT])
    expected = [edge for name in asked for edge in ((name, True), (name, False))]
    assert given_out(told) == expected


def test_a_press_and_a_release_between_two_ticks_are_both_given_out_once() -> None:
    motion = settled(1.0)
    for n in range(1, 31):
        motion.feed(sample_at(1.0 + n / 30, **PINCHED))
    for n in range(31, 61):
        motion.feed(sample_at(1.0 + n / 30))
    assert edges(motion.tick(3.0)[Side.RIGHT]) == (("pinch.index",), ("pinch.index",))
    assert edges(motion.tick(3.0)[Side.RIGHT]) == NOTHING


@given(st.lists(st.floats(0, 1), min_size=5, max_size=60))
def test_presses_and_releases_come_by_turns(shares: list[float]) -> None:
    motion, told = settled(1.0), []
    for n, share in enumerate(shares, start=1):
        motion.feed(sample_at(1.0 + n / 15, pinch_index=share))
        told.append(motion.tick(1.0 + n / 15)[Side.RIGHT])
    turns = [is_press for name, is_press in given_out(told) if name == "pinch.index"]
    assert turns == [n % 2 == 0 for n in range(len(turns))]


@given(st.floats(0, 2))
def test_a_sample_that_is_not_newer_changes_nothing(late_s: float) -> None:
    motion = settled(1.0)
    before = motion.hands
    motion.feed(sample_at(1.0 - late_s, **CLOSED))
    assert motion.hands == before


@pytest.mark.parametrize("nonsense", [np.nan, np.inf, -np.inf])
def test_a_frame_with_a_number_that_is_none_changes_nothing(nonsense: float) -> None:
    motion = settled(1.0)
    before = motion.hands[Side.RIGHT]
    frame = frame_at(1.1, **CLOSED)
    points, picture = frame.points_m.copy(), np.array(frame.picture_xy)
    points[7, 1] = picture[3, 0] = nonsense
    motion.feed(Sample(1.1, right=replace(frame, points_m=points)))
    motion.feed(Sample(1.1, right=replace(frame, picture_xy=picture)))
    assert motion.hands[Side.RIGHT] is before


@given(POSES, POSES)
def test_one_hand_does_not_move_the_other(left: dict[str, float], right: dict[str, float]) -> None:
    both = Motion()
    for n in range(30):
        t_s = n / RATE_HZ
        both.feed(Sample(t_s, frame_at(t_s, Side.LEFT, **left), frame_at(t_s, Side.RIGHT, **right)))
    now = both.tick(1.0)
    for side, pose in ((Side.LEFT, left), (Side.RIGHT, right)):
        assert now[side].values == settled(29 / 30, RATE_HZ, side, **pose).tick(1.0)[side].values


def test_a_hand_that_was_lost_is_seen_where_it_is_not_where_it_was() -> None:
    motion = settled(1.0)
    frame = frame_at(2.0, **CLOSED)
    assert frame.picture_xy is not None
    motion.feed(Sample(2.0, right=replace(frame, picture_xy=frame.picture_xy - (0.3, 0.0))))
    fresh = Motion()
    fresh.feed(Sample(2.0, right=replace(frame, picture_xy=frame.picture_xy - (0.3, 0.0))))
    assert motion.tick(2.0)[Side.RIGHT].palm_xy == fresh.tick(2.0)[Side.RIGHT].palm_xy
    assert motion.tick(2.0)[Side.RIGHT].value("fist") == 1.0


def test_a_glove_has_controls_but_no_place() -> None:
    motion = Motion()
    for n in range(30):
        motion.feed(Sample(n / 30, right=replace(frame_at(n / 30, **PINCHED), picture_xy=None)))
    now = motion.tick(1.0)[Side.RIGHT]
    assert now.palm_xy is None
    assert now.held == ("pinch.index",)


def test_the_pose_for_showing_is_the_hand_that_was_seen() -> None:
    pose = settled(1.0, RATE_HZ, Side.LEFT, **CLOSED).pose(Side.LEFT)
    assert pose is not None
    assert len(pose) == 20
    assert sum(pose[4:7]) == pytest.approx(np.radians(210))


def test_the_palm_is_told_from_left_to_right_and_away_as_the_person_sees_it() -> None:
    places = {}
    for name, shift in {"middle": (0.0, 0.0), "left in picture": (-0.2, 0.0), "higher": (0.0, -0.1)}.items():
        motion = Motion()
        frame = frame_at(0.0)
        assert frame.picture_xy is not None
        motion.feed(Sample(0.0, right=replace(frame, picture_xy=frame.picture_xy + shift)))
        palm = motion.tick(0.0)[Side.RIGHT].palm_xy
        assert palm is not None
        places[name] = palm
    assert places["left in picture"][0] > places["middle"][0]
    assert places["higher"][1] > places["middle"][1]
