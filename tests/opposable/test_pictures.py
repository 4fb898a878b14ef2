"""Pictures are begun at an even pace, and where that can be just after a hand has come."""

from random import Random

import numpy as np
import pytest

from engine.inputs import TICK_S
from opposable.screens.pictures import SOONEST_S, Places

PAINTING_S = 0.009


def begun(rate_hz: float, for_s: float) -> tuple[list[float], list[bool]]:
    """When pictures are begun, and of each hand whether one was just being painted."""
    places, random, now_s = Places(0.0), Random(4), 0.0
    begun_s, late = list[float](), list[bool]()
    hands_s = [n / rate_hz + 0.021 + random.gauss(0.0, 0.0005) for n in range(int(for_s * rate_hz))]
    while now_s < for_s:
        places.begun(now_s)
        begun_s.append(now_s)
        now_s += PAINTING_S
        while hands_s and hands_s[0] <= now_s + places.wait_s(now_s):
            late.append(hands_s[0] <= now_s)
            now_s = max(now_s, hands_s.pop(0))
            places.hand_came(now_s, painting=late[-1])
        now_s += places.wait_s(now_s)
    return begun_s, late


@pytest.mark.parametrize("rate_hz", [0.0, 15.0, 24.0, 25.0, 30.0, 60.0, 61.0, 100.0, 500.0])
def test_the_pace_is_even_to_some_milliseconds_at_any_rate_of_hands(rate_hz: float) -> None:
    begun_s, _ = begun(rate_hz, 60.0)
    gaps_s = np.diff(begun_s)
    assert np.mean(gaps_s) == pytest.approx(TICK_S, rel=0.05)
    few_s, many_s = np.percentile(gaps_s, [1, 99])
    assert TICK_S - SOONEST_S - 0.002 < few_s <= many_s < TICK_S + SOONEST_S + 0.002


@pytest.mark.parametrize("rate_hz", [29.97, 30.0, 59.94, 60.0])
def test_the_places_move_until_a_camera_s_hands_come_just_before_a_picture_is_begun(rate_hz: float) -> None:
    _, late = begun(rate_hz, 60.0)
    assert late[0]
    assert np.mean(late[int(20 * rate_hz) :]) < 0.25


def test_a_picture_long_in_coming_is_not_made_up_for() -> None:
    places = Places(0.0)
    places.begun(5.0)
    assert places.wait_s(5.0) == pytest.approx(0.0)
    places.begun(5.0)
    assert places.wait_s(5.0) == pytest.approx(TICK_S)
