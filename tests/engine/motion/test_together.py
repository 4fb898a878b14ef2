"""Many hands measured at once are what each of them is alone."""

from collections.abc import Iterator, Mapping
from math import nan, radians, remainder, tau

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import Array, Side
from engine.handmodel import HandAngles, hand_points
from engine.motion.measures import Measures, measure_seen
from engine.motion.together import measure_together
from tests.engine.motion.hands import hand_angles, places, rotations, sides

# Two ways to the same angle differ in the last digits, more where a bone is seen end on.
NEAR, SQUARE_COS = 1e-7, 1e-3


def numbers(value: object) -> Iterator[float]:
    """Every number in a hand's measures, in order; NaN for what is not known."""
    if isinstance(value, Mapping | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from numbers(part)
    else:
        assert value is None or isinstance(value, float)
        yield nan if value is None else value


def same(one: Measures, other: Measures) -> bool:
    apart_rad = np.subtract(one.angle_rad, other.angle_rad).reshape(5, 4)
    # A finger that is bent square to its ray stands to no side.
    square = abs(np.cos(np.reshape(one.angle_rad, (5, 4))[1:, 0])) < SQUARE_COS
    apart_rad[1:, 3][square] = 0.0
    # Half a turn to one side is half a turn to the other: the last digit decides how it is told.
    angles_alike = all(abs(remainder(apart, tau)) < NEAR for apart in apart_rad.ravel())
    rest = [list(numbers(tuple(hand[1:]))) for hand in (one, other)]
    return angles_alike and rest[0] == pytest.approx(rest[1], abs=NEAR, nan_ok=True)


@given(st.lists(st.tuples(hand_angles, sides), min_size=2, max_size=5), rotations(), places, st.booleans())
def test_many_hands_at_once_are_each_of_them_alone(
    hands: list[tuple[HandAngles, Side]], rotation: Array, place: Array, has_picture: bool
) -> None:
    seen = np.array([hand_points(angles, side) for angles, side in hands]) @ rotation.T + place
    if has_picture:
        seen = np.concatenate((seen, seen[:, :, :2] * 1.3 + 0.5), axis=2)
    of = [side for _, side in hands]
    for alone, side, together in zip(seen, of, measure_together(seen, of)[0], strict=True):
        assert same(measure_seen(alone, side), together)


@given(st.integers(0, 2**32 - 1), st.lists(sides, min_size=3, max_size=3))
def test_so_are_clouds_of_points_that_no_hand_could_be(seed: int, of: list[Side]) -> None:
    seen = np.random.default_rng(seed).normal(0.0, 0.1, (3, 21, 5))
    for alone, side, together in zip(seen, of, measure_together(seen, of)[0], strict=True):
        assert same(measure_seen(alone, side), together)


def test_a_finger_that_is_too_bent_to_tell_its_spread_is_so_both_ways() -> None:
    steep = HandAngles.from_array(np.tile([radians(80), 0.5, 0.3, 0.1], 5))
    seen = np.array([hand_points(angles, Side.RIGHT) for angles in (HandAngles(), steep)])
    told = [measures.spread_rad is not None for measures in measure_together(seen, [Side.RIGHT] * 2)[0]]
    assert told == [measure_seen(hand, Side.RIGHT).spread_rad is not None for hand in seen] == [True, False]


def test_points_that_all_fall_together_give_numbers_all_the_same() -> None:
    nowhere = np.zeros((2, 21, 5))
    assert np.isfinite(list(numbers(tuple(measure_together(nowhere, [Side.LEFT] * 2)[0][0])))).all()
    assert np.isfinite(list(numbers(tuple(measure_seen(nowhere[0], Side.LEFT))))).all()
