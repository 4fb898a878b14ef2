"""Words stay until they can be seen, and come and go at once where nothing is in their way."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from engine.view.scene import Scene
from engine.view.steady import STAYS_S, SteadyWords

TAKE, LET_GO = Scene((), sentence="take", picture="carry"), Scene((), sentence="let_go", picture="open")


def test_words_that_come_and_go_as_a_hand_passes_a_place_stay_as_they_were() -> None:
    words = SteadyWords()
    shown = [words.of(LET_GO if n % 8 in (5, 6) else TAKE, n / 60).sentence for n in range(int(STAYS_S * 60))]
    assert shown == ["take"] * len(shown)


def test_other_words_come_as_soon_as_the_last_ones_have_stayed() -> None:
    words = SteadyWords()
    words.of(TAKE, 0.0)
    assert words.of(LET_GO, STAYS_S - 0.01).picture == "carry"
    assert words.of(LET_GO, STAYS_S) is LET_GO
    assert words.of(TAKE, STAYS_S + 0.1).sentence == "let_go"


def test_under_a_page_there_are_none_at_once_and_after_it_they_are_back_at_once() -> None:
    words, bare = SteadyWords(), Scene(())
    words.of(TAKE, 0.0)
    assert words.of(bare, 0.1) is bare
    assert words.of(LET_GO, 0.2) is LET_GO


@given(some.lists(some.sampled_from((TAKE, LET_GO)), min_size=1, max_size=200))
def test_they_change_no_more_than_twice_a_second_whatever_happens(scenes: list[Scene]) -> None:
    words = SteadyWords()
    shown = [words.of(scene, n / 60).sentence for n, scene in enumerate(scenes)]
    changes = [n for n in range(1, len(shown)) if shown[n] != shown[n - 1]]
    assert all(later - sooner >= STAYS_S * 60 - 1 for sooner, later in pairwise(changes))
