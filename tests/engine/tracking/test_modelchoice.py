"""Full or lite: by what the machine keeps up with, and not to and fro."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.tracking.bundle import Size
from engine.tracking.modelchoice import MOST_CHANGES, PICTURE_MS, PICTURES_TO_LITE, ModelChoice, chosen

FULL_OVER_LITE = 1.75


def sizes(full_ms: list[float], start: Size = "full") -> list[Size]:
    """The model in use picture by picture, where the full one takes so long and the lite one takes its share."""
    choice, out = ModelChoice(start), list[Size]()
    for took_ms in full_ms:
        choice = chosen(choice, took_ms if choice.size == "full" else took_ms / FULL_OVER_LITE, choice.size)
        out.append(choice.size)
    return out


def test_a_machine_that_keeps_up_stays_with_the_full_model() -> None:
    assert set(sizes([20.0] * 2000)) == {"full"}


def test_a_machine_that_does_not_keep_up_has_the_lite_model_within_two_seconds() -> None:
    used = sizes([40.0] * 2000)
    assert used.index("lite") < 2 * 30
    assert set(used[PICTURES_TO_LITE:]) == {"lite"}


def test_single_slow_pictures_change_nothing() -> None:
    draw = Random(1)
    assert set(sizes([500.0 if draw.random() < 0.15 else 15.0 for _ in range(3000)])) == {"full"}


def test_when_the_machine_is_free_again_the_full_model_comes_back_after_some_time() -> None:
    used = sizes([40.0] * 100 + [12.0] * 1500)
    back = used.index("full", 100)
    assert back > 100 + 300, "not at once"
    assert set(used[back:]) == {"full"}


@given(st.floats(1.0, 200.0))
def test_under_an_even_load_the_two_never_take_turns(full_ms: float) -> None:
    used = sizes([full_ms] * 2500)
    assert sum(one != other for one, other in pairwise(used)) <= 1


@given(st.lists(st.floats(1.0, 3 * PICTURE_MS), max_size=200), st.integers(1, 40))
def test_whatever_the_load_it_changes_a_few_times_at_most(levels_ms: list[float], each: int) -> None:
    used = sizes([ms for ms in levels_ms for _ in range(each)])
    assert sum(one != other for one, other in pairwise(used)) <= MOST_CHANGES


def test_pictures_of_the_model_that_is_being_left_are_not_counted() -> None:
    choice = ModelChoice("lite", (), 1)
    assert chosen(choice, 500.0, "full") is choice
