"""Whose hand is which, while the tracker's labels flip, hands cross, leave and return, and strangers reach in."""

import random
from math import pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import Side
from engine.motion.identity import Identity, Seen, identify
from tests.engine.motion.hands import sides

LEFT, RIGHT = Side.LEFT, Side.RIGHT
RATE_HZ = 30.0
labels = st.sampled_from([LEFT, RIGHT])


class Watch:
    """A camera that sees hands and asks who is who, picture by picture."""

    def __init__(self, hands: int = 1, only: Side | None = None) -> None:
        self.identity = Identity(hands=hands, only=only)
        self.t_s = 0.0

    def see(
        self, *hands: tuple[float, Side], pause_s: float = 0.0, y: tuple[float, ...] = (0.4, 0.4, 0.4)
    ) -> dict[Side, float]:
        """Hands as (place across the picture, label); where across the picture each side was found."""
        self.t_s += 1 / RATE_HZ + pause_s
        seen = [Seen((x, y[n]), label, 0.95) for n, (x, label) in enumerate(hands)]
        self.identity, found = identify(self.identity, seen, self.t_s)
        return {side: hands[n][0] for side, n in found.items()}


def settled_one(side: Side = RIGHT, only: Side | None = None) -> Watch:
    watch = Watch(1, only)
    for _ in range(10):
        watch.see((0.5, side))
    return watch


def settled_two() -> Watch:
    """Right hand at 0.3 of the picture, left hand at 0.7."""
    watch = Watch(2)
    for _ in range(10):
        assert set(watch.see((0.3, RIGHT), (0.7, LEFT)))
    return watch


@given(sides, st.lists(labels, max_size=200))
def test_a_settled_hand_keeps_its_side_whatever_the_labels_say(side: Side, flips: list[Side]) -> None:
    watch = settled_one(side)
    for label in flips:
        assert watch.see((0.5, label)) == {side: 0.5}


@given(sides, st.lists(st.tuples(labels, st.floats(0, 3)), max_size=50))
def test_the_side_the_person_has_told_stands_from_the_first_picture_and_after_any_pause(
    side: Side, pictures: list[tuple[Side, float]]
) -> None:
    watch = Watch(1, only=side)
    for label, pause_s in pictures:
        assert watch.see((0.5, label), pause_s=pause_s) == {side: 0.5}


@given(sides, st.integers(0, 10_000))
def test_labels_wrong_now_and_then_settle_on_the_right_side(side: Side, seed: int) -> None:
    watch, draw = Watch(1), random.Random(seed)
    for _ in range(60):
        watch.see((0.5, side.other if draw.random() < 0.1 else side))
    assert watch.see((0.5, side.other)) == {side: 0.5}


@given(st.integers(0, 10_000))
def test_half_of_all_labels_flipped_from_the_first_picture_on_change_neither_of_two_hands(seed: int) -> None:
    watch, draw = Watch(2), random.Random(seed)
    for _ in range(120):
        pair = [(0.3, draw.choice((LEFT, RIGHT))), (0.7, draw.choice((LEFT, RIGHT)))]
        draw.shuffle(pair)
        assert watch.see(*pair) == {RIGHT: 0.3, LEFT: 0.7}


def test_two_hands_that_cross_keep_their_sides() -> None:
    watch = settled_two()
    for n in range(31):
        right, left = 0.3 + 0.4 * n / 30, 0.7 - 0.4 * n / 30
        found = watch.see((left, RIGHT), (right, LEFT), y=(0.4 - 0.06 * sin(pi * n / 30), 0.4))
        assert found == {RIGHT: right, LEFT: left}


def test_arms_that_were_crossed_from_the_beginning_are_told_by_labels_that_stand() -> None:
    watch = Watch(2)
    for _ in range(round(1.2 * RATE_HZ)):
        found = watch.see((0.3, LEFT), (0.7, RIGHT))
    assert found == {LEFT: 0.3, RIGHT: 0.7}


@pytest.mark.parametrize("label", [LEFT, RIGHT])
def test_two_hands_with_the_same_label_are_a_left_and_a_right_one(label: Side) -> None:
    watch = Watch(2)
    for _ in range(10):
        found = watch.see((0.3, label), (0.7, label))
    assert found == {RIGHT: 0.3, LEFT: 0.7}, "uncrossed arms: the right hand is further left in the picture"


@given(st.integers(0, 10_000), labels)
def test_a_second_hand_does_not_take_the_side_of_a_settled_one(seed: int, label: Side) -> None:
    watch, draw = Watch(2), random.Random(seed)
    for _ in range(10):
        watch.see((0.3, RIGHT))
    for _ in range(100):
        watch.see((0.3, draw.choice((LEFT, RIGHT))))
    assert watch.see((0.3, RIGHT), (0.7, label)) == {RIGHT: 0.3, LEFT: 0.7}


@pytest.mark.parametrize("pause_s", [0.1, 0.9, 1.5, 30.0])
def test_one_of_two_hands_away_and_back_is_the_same_hand(pause_s: float) -> None:
    watch = settled_two()
    assert watch.see((0.3, RIGHT), pause_s=pause_s) == {RIGHT: 0.3}
    assert watch.see((0.3, LEFT)) == {RIGHT: 0.3}
    for _ in range(5):
        assert watch.see((0.3, RIGHT), (0.75, LEFT)) == {RIGHT: 0.3, LEFT: 0.75}


def test_a_hand_alone_that_comes_back_is_itself_unless_no_label_of_a_second_says_so() -> None:
    watch = settled_one(RIGHT)
    assert watch.see((0.5, LEFT), pause_s=5.0) == {RIGHT: 0.5}
    for _ in range(20):
        assert watch.see((0.5, LEFT)) == {RIGHT: 0.5}
    for _ in range(20):
        found = watch.see((0.5, LEFT))
    assert found == {LEFT: 0.5}, "the other hand has been put there"
    for _ in range(100):
        assert watch.see((0.5, RIGHT)) == {LEFT: 0.5}, "and has not gone away since"


@given(st.integers(0, 10_000), st.lists(st.floats(1.1, 60), max_size=5))
def test_a_side_that_was_told_once_never_changes_by_flipped_labels_nor_over_absences(
    seed: int, pauses_s: list[float]
) -> None:
    watch, draw, told = Watch(1), random.Random(seed), set[Side]()
    for pause_s in (0.0, *pauses_s):
        for n in range(60):
            told |= set(watch.see((0.5, draw.choice((LEFT, RIGHT))), pause_s=0.0 if n else pause_s))
    assert len(told) <= 1


def test_before_its_labels_settle_a_hand_has_no_side_and_they_settle_in_a_quarter_second() -> None:
    watch = Watch(1)
    for _ in range(10):
        assert watch.see((0.5, RIGHT)) == watch.see((0.5, LEFT)) == {}
    told = [watch.see((0.5, RIGHT)) for _ in range(round(RATE_HZ / 4))]
    assert told[-1] == {RIGHT: 0.5}


def test_a_strangers_hand_far_from_the_persons_is_not_taken_for_it() -> None:
    watch = settled_one(RIGHT, only=RIGHT)
    for _ in range(30):
        assert watch.see((0.95, RIGHT), (0.5, LEFT)) == {RIGHT: 0.5}, "both are seen"
    assert watch.see((0.95, RIGHT)) == {}, "only the stranger's is seen, across the picture"
    assert watch.see((0.52, RIGHT)) == {RIGHT: 0.52}


def test_a_third_hand_is_nobody() -> None:
    watch = settled_two()
    for _ in range(30):
        assert watch.see((0.5, LEFT), (0.7, LEFT), (0.3, RIGHT)) == {RIGHT: 0.3, LEFT: 0.7}


def test_a_quick_reach_is_still_the_same_hand() -> None:
    watch = settled_one(RIGHT, only=RIGHT)
    for n in range(10):
        assert watch.see((0.5 + 0.04 * n, RIGHT)), "1.2 picture widths a second"
    assert watch.see((0.5, RIGHT), pause_s=0.2), "back where it began, unseen on the way"


@given(st.integers(1, 2), st.lists(st.lists(st.tuples(st.floats(0, 1), labels), max_size=4), max_size=30))
def test_no_hand_is_two_sides_and_no_more_hands_are_found_than_asked_for(
    hands: int, pictures: list[list[tuple[float, Side]]]
) -> None:
    identity = Identity(hands=hands)
    for n, picture in enumerate(pictures):
        seen = [Seen((x, 0.5), label, 0.9) for x, label in picture]
        identity, found = identify(identity, seen, n / RATE_HZ)
        assert len(found) == len(set(found.values())) <= min(hands, len(seen))
        assert all(0 <= number < len(seen) for number in found.values())


def test_S5_the_other_hand_is_told_apart_from_a_label_that_flickers() -> None:
    def sides_of(labels: list[Side]) -> list[Side]:
        identity = Identity(only=Side.LEFT)
        told: list[Side] = []
        for n, label in enumerate(labels):
            identity, by_side = identify(identity, [Seen((0.5, 0.4), label, 0.9)], n / 30)
            told += by_side
        return told

    other = sides_of([Side.RIGHT] * 60)
    assert other[0] is Side.LEFT
    assert set(other[32:]) == {Side.RIGHT}
    dice = random.Random(3)
    flickering = [dice.choice([Side.LEFT, Side.RIGHT]) for _ in range(3000)]
    assert set(sides_of(flickering)) == {Side.LEFT}


def test_a_ghost_of_a_hand_is_never_the_other_hand() -> None:
    watch = Watch(2)
    for _ in range(60):
        assert set(watch.see((0.5, RIGHT), (0.53, LEFT))) == {RIGHT}, "two detections of one hand"


def test_a_ghost_does_not_take_the_place_of_a_hand_that_is_away() -> None:
    watch = settled_two()
    watch.see((0.3, RIGHT), pause_s=0.3)
    for _ in range(60):
        assert watch.see((0.3, RIGHT), (0.33, LEFT)) == {RIGHT: 0.3}
    for _ in range(3):
        found = watch.see((0.3, RIGHT), (0.7, LEFT))
    assert found == {RIGHT: 0.3, LEFT: 0.7}, "the hand itself comes back at once"


def test_two_hands_that_were_both_there_may_touch() -> None:
    watch = settled_two()
    for n in range(30):
        left = 0.7 - 0.35 * n / 30
        assert watch.see((0.3, RIGHT), (left, LEFT)) == {RIGHT: 0.3, LEFT: left}


def test_a_stranger_who_was_in_view_is_not_taken_for_the_hand_when_that_one_goes() -> None:
    watch = settled_one(RIGHT, only=RIGHT)
    for _ in range(10):
        assert watch.see((0.5, RIGHT), (0.9, RIGHT)) == {RIGHT: 0.5}
    assert len(watch.identity.strangers) == 1
    for _ in range(75):
        assert watch.see((0.9, RIGHT)) == {}, "the person's hand is away for two and a half seconds"
    assert watch.see((0.5, RIGHT), (0.9, RIGHT)) == {RIGHT: 0.5}
    for _ in range(120):
        found = watch.see((0.9, RIGHT))
    assert found == {RIGHT: 0.9}, "nobody is shut out for ever: it may be the person, sitting elsewhere"


def test_a_helpers_hand_in_the_place_of_one_of_two_is_told_by_its_labels() -> None:
    watch = settled_two()
    watch.see((0.3, RIGHT), pause_s=1.5)
    for _ in range(20):
        found = watch.see((0.3, RIGHT), (0.7, RIGHT))
    assert found == {RIGHT: 0.3}, "a second right hand is nobody's left one"
    draw = random.Random(5)
    for _ in range(60):
        found = watch.see((0.3, RIGHT), (0.7, draw.choice((LEFT, LEFT, RIGHT))))
    assert found == {RIGHT: 0.3, LEFT: 0.7}, "the person's own again"
