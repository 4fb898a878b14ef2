"""Known movements, seen by the real tracker, become exactly the presses that were made: no more, no fewer."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest

from engine.hand import LONG_FINGERS, Finger, Sample, Side
from engine.motion.measures import measure
from engine.motion.motion import SETTLE_S
from engine.play.inputs import Tracking
from tests.clips import ALL, WIDTH_PX, Presses, blinded, edges_of, hands_of, presses_of, told, true_hands
from tests.engine.tracking.helpers import need_model

pytestmark = pytest.mark.long

SeenIn = Callable[[str], Sequence[Sample]]
RIGHT, LEFT = Side.RIGHT, Side.LEFT
MADE: dict[str, Presses] = {
    "dim_room": Counter({(RIGHT, "fist"): 4}),
    "fist": Counter({(RIGHT, "fist"): 5}),
    "lost": Counter({(RIGHT, "fist"): 4}),
    "opposition": Counter({(RIGHT, f"pinch.{finger}"): 1 for finger in LONG_FINGERS}),
    "pick_and_place": Counter({(RIGHT, "pinch.index"): 4}),
    "pinch_index": Counter({(RIGHT, "pinch.index"): 5}),
    # A stiff hand that closes a third of the way presses nothing until it is measured by its own range.
    "small_range": Counter(),
    "spread": Counter(),
    "taps": Counter(),
    "two_hands": Counter({(RIGHT, "fist"): 4, (LEFT, "fist"): 4}),
}
LOST_S = (3.0, 5.0)
BLIND_FRAMES = 9


@pytest.fixture(autouse=True)
def _with_a_model() -> None:
    need_model()


@pytest.mark.parametrize("name", ALL)
def test_every_hand_is_seen_in_its_place_and_on_its_own_side(name: str, seen_in: SeenIn, clips: Path) -> None:
    there = seen = 0
    errors_px = []
    for sample, hands in zip(seen_in(name), true_hands(clips, name), strict=True):
        for hand in hands:
            frame = sample.hand(hand.side)
            there += 1
            if frame is not None:
                assert frame.picture_xy is not None
                seen += 1
                errors_px.append(WIDTH_PX * np.linalg.norm(frame.picture_xy - hand.picture_xy, axis=1).mean())
    assert seen >= 0.99 * there
    assert len(hands_of(seen_in(name))) == seen, "a hand was seen on a side that was not there"
    assert np.mean(errors_px) < 10.0


@pytest.mark.parametrize("name", ALL)
def test_the_presses_made_are_the_presses_told(name: str, seen_in: SeenIn) -> None:
    assert presses_of(seen_in(name)) == MADE[name]


@pytest.mark.parametrize("name", ALL)
def test_every_press_has_its_release_and_they_come_by_turns(name: str, seen_in: SeenIn) -> None:
    edges = edges_of(seen_in(name))
    for side, control in MADE[name]:
        turns = [edge.is_press for edge in edges if (edge.side, edge.control) == (side, control)]
        assert turns == [True, False] * MADE[name][side, control]


def test_opposition_goes_from_the_index_to_the_little_finger(seen_in: SeenIn) -> None:
    pressed = [edge.control for edge in edges_of(seen_in("opposition")) if edge.is_press]
    assert pressed == [f"pinch.{finger}" for finger in LONG_FINGERS]


def test_in_every_second_the_finger_that_taps_bends_furthest(seen_in: SeenIn) -> None:
    by_second: dict[int, list[list[float]]] = {}
    for t_s, hands in told(seen_in("taps")):
        if t_s < 8.0:
            by_second.setdefault(int(t_s), []).append([hands[RIGHT].value(f"flexion.{f}") for f in LONG_FINGERS])
    for second, rows in by_second.items():
        furthest = dict(zip(LONG_FINGERS, np.max(rows, axis=0).tolist(), strict=True))
        tapping = LONG_FINGERS[second % 4]
        others = max(bend for finger, bend in furthest.items() if finger is not tapping)
        assert furthest[tapping] > others + 0.1, (second, furthest)


def test_nothing_is_tracked_while_the_hand_is_out_of_view_and_its_return_presses_nothing(seen_in: SeenIn) -> None:
    seen = seen_in("lost")
    away = [(t_s, hands[RIGHT]) for t_s, hands in told(seen) if LOST_S[0] + 0.3 < t_s < LOST_S[1]]
    assert len(away) > 60
    assert all(hand.tracking is Tracking.LOST for _, hand in away)
    # It comes back closed and opens 0.4 s later: that is a release, and one that was seen.
    edges = [edge for edge in edges_of(seen) if LOST_S[0] - 0.1 < edge.t_s < LOST_S[1] + 1.0]
    assert [(edge.control, edge.is_press) for edge in edges] == [("fist", False)]
    assert edges[0].t_s > LOST_S[1] + 0.3


@pytest.mark.parametrize("finger", LONG_FINGERS)
def test_the_bend_of_the_middle_joint_follows_the_true_one(finger: Finger, seen_in: SeenIn, clips: Path) -> None:
    pip = 4 * (LONG_FINGERS.index(finger) + 1) + 1
    measured, true = [], []
    for sample, hands in zip(seen_in("fist"), true_hands(clips, "fist"), strict=True):
        if sample.right is not None:
            measured.append(measure(sample.right).angle_rad[pip])
            true.append(hands[0].flexion_deg[finger][1])
    assert np.corrcoef(measured, true)[0, 1] >= 0.9


@pytest.mark.parametrize("empty", [False, True], ids=["frames dropped", "hand not found"])
@pytest.mark.parametrize("name", ALL)
def test_one_picture_in_ten_may_go_missing(name: str, empty: bool, seen_in: SeenIn) -> None:
    seen = seen_in(name)
    for seed in range(10):
        draw = Random(f"{name}:{seed}")
        missing = {n for n in range(len(seen)) if draw.random() < 0.1}
        assert presses_of(blinded(seen, missing, empty=empty)) == MADE[name], f"seed {seed}"


@pytest.mark.parametrize("empty", [False, True], ids=["frames dropped", "hand not found"])
@pytest.mark.parametrize("name", ALL)
def test_a_third_of_a_second_may_go_missing_anywhere(name: str, empty: bool, seen_in: SeenIn) -> None:
    seen = seen_in(name)
    first = Random(name).randrange(7)
    for start in range(first, len(seen) - BLIND_FRAMES, 7):
        block = set(range(start, start + BLIND_FRAMES))
        presses = presses_of(blinded(seen, block, empty=empty))
        if _goes_before_it_settles(seen, start):
            assert presses <= MADE[name], f"frames {start} to {max(block)}"
        else:
            assert presses == MADE[name], f"frames {start} to {max(block)}"


def _goes_before_it_settles(seen: Sequence[Sample], start: int) -> bool:
    """Whether the hand leaves the view just after the block: then one long absence swallows what was done in it."""
    settling = seen[start + BLIND_FRAMES : start + BLIND_FRAMES + round(30 * SETTLE_S) + 2]
    return seen[start].right is not None and any(sample.right is None for sample in settling)
