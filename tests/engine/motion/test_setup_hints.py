"""What would help the camera: one hint at a time, each in its case, none that flickers."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import HandFrame, Side
from engine.handmodel import HandAngles, hand_points
from engine.motion.setup_hints import PRESSING, VANISH_S, Hint, Hints, View, noticed, turned_deg
from engine.strings import strings

RATE_HZ = 30.0


def hand(
    x: float = 0.5, y: float = 0.4, palm: float = 0.16, turned: float = 45.0, side: Side = Side.RIGHT
) -> HandFrame:
    """A hand with its palm's middle at a place of the picture, turned about its long axis by degrees."""
    about = np.radians(turned)
    turn = np.array([[np.cos(about), 0, np.sin(about)], [0, 1, 0], [-np.sin(about), 0, np.cos(about)]])
    points = hand_points(HandAngles(), side) @ turn.T
    scale = palm / np.linalg.norm(points[9] - points[0])
    picture = points[:, :2] * scale
    picture += np.array([x, y]) - picture[[0, 5, 9, 13, 17]].mean(axis=0)
    return HandFrame(0.0, side, points, picture, 1.0)


GOOD = View(0.0, hands=(hand(),))


def after(views: Iterable[View], hints: Hints | None = None) -> list[Hint | None]:
    """The hint shown after each picture."""
    hints, shown = hints or Hints(), []
    begin_s = hints.t_s or 0.0
    for n, view in enumerate(views, start=1):
        hints = noticed(hints, replace(view, t_s=begin_s + n / RATE_HZ))
        shown.append(hints.shown)
    return shown


CASES = {
    Hint.TOO_DARK: replace(GOOD, light_mean=30.0),
    Hint.TOO_BRIGHT: replace(GOOD, washed_out=0.5),
    Hint.SECOND_PERSON: replace(GOOD, strangers=1),
    Hint.OUT_RIGHT: replace(GOOD, hands=(hand(x=0.02),)),
    Hint.OUT_LEFT: replace(GOOD, hands=(hand(x=0.98),)),
    Hint.OUT_TOP: replace(GOOD, hands=(hand(y=0.08),)),
    Hint.OUT_BOTTOM: replace(GOOD, hands=(hand(y=0.74, palm=0.3),)),
    Hint.TOO_NEAR: replace(GOOD, hands=(hand(x=0.5, y=0.5, palm=0.42),), height=2.0),
    Hint.TOO_FAR: replace(GOOD, hands=(hand(palm=0.05),)),
    Hint.NO_HAND: replace(GOOD, hands=()),
    Hint.TURN: replace(GOOD, hands=(hand(turned=2.0),)),
}


def test_a_hand_well_placed_needs_no_hint() -> None:
    assert set(after([GOOD] * 200)) == {None}


def test_every_hint_has_a_case_here_and_a_sentence() -> None:
    assert set(CASES) == set(Hint)
    for hint in Hint:
        assert f"hint.{hint}" in strings()


@pytest.mark.parametrize("hint", CASES)
def test_each_case_has_its_hint_within_its_time_and_loses_it_again(hint: Hint) -> None:
    shown = after([CASES[hint]] * 120 + [GOOD] * 60)
    assert shown[2] is None, "not at once"
    assert set(shown[100:120]) == {hint}
    assert shown[-1] is None
    assert hint in shown[120 : 120 + int(VANISH_S * RATE_HZ) - 3], "time to read it to its end"


@pytest.mark.parametrize(
    ("x", "y", "hint"), [(0.1, 0.4, Hint.OUT_RIGHT), (0.5, 0.1, Hint.OUT_TOP), (0.5, 0.4, Hint.NO_HAND)]
)
def test_a_hand_that_is_gone_is_called_back_from_where_it_went(x: float, y: float, hint: Hint) -> None:
    gone = [replace(GOOD, hands=(hand(x=x, y=y, palm=0.05),))] * 3 + [replace(GOOD, hands=())] * 60
    assert after(gone)[-1] is hint


@given(st.lists(st.tuples(st.sampled_from(sorted(CASES)), st.integers(1, 5)), max_size=60))
def test_no_hint_comes_and_goes_faster_than_it_can_be_read(cases: list[tuple[Hint, int]]) -> None:
    shown = after([CASES[hint] for hint, count in cases for _ in range(count)])
    runs: list[tuple[Hint | None, int]] = []
    for one in shown:
        runs = [*runs[:-1], (one, runs[-1][1] + 1)] if runs and runs[-1][0] is one else [*runs, (one, 1)]
    pairs = pairwise(runs)
    # A hint may give way to a more pressing one at once; it may not merely blink.
    assert all(count >= 0.3 * RATE_HZ for (one, count), (then, _) in pairs if one is not None and then is None)


def test_light_that_wavers_about_the_limit_makes_one_hint_and_not_many() -> None:
    wavering = [replace(GOOD, light_mean=44.0 if n % 2 else 58.0) for n in range(300)]
    dark = after([CASES[Hint.TOO_DARK]] * 60 + wavering)
    assert set(dark[60:]) == {Hint.TOO_DARK}


def test_two_hands_in_view_are_both_looked_at() -> None:
    pair = replace(GOOD, hands=(hand(x=0.3), hand(x=0.98, side=Side.LEFT)))
    assert after([pair] * 60)[-1] is Hint.OUT_LEFT


@given(st.floats(0, 90), st.sampled_from(list(Side)))
def test_the_turn_of_a_hand_is_measured_in_degrees(turned: float, side: Side) -> None:
    flat = turned_deg(hand(turned=0.0, side=side))
    assert flat < 12
    assert turned_deg(hand(turned=turned, side=side)) == pytest.approx(turned, abs=12)


def test_in_play_only_what_presses_is_said() -> None:
    assert Hint.TURN not in PRESSING
    assert Hint.TOO_DARK in PRESSING
