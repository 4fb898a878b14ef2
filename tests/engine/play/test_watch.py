"""A trial that the camera lost too much of is nobody's, and a time limit runs only while the hand is seen."""

from hypothesis import given
from hypothesis import strategies as st

from engine.inputs import TICK_S, HandInput, Tracking
from engine.play.watch import NOTHING_SEEN, Watch

HANDS = {tracking: HandInput(tracking) for tracking in Tracking}


def watched(ticks: list[Tracking]) -> Watch:
    watch = NOTHING_SEEN
    for tracking in ticks:
        watch = watch.after(HANDS[tracking], TICK_S)
    return watch


def test_a_trial_that_has_not_begun_is_not_void() -> None:
    assert not NOTHING_SEEN.void


@given(st.lists(st.sampled_from(Tracking), min_size=1, max_size=300))
def test_void_means_more_than_a_fifth_unseen(ticks: list[Tracking]) -> None:
    watch = watched(ticks)
    blind = sum(tracking is not Tracking.TRACKED for tracking in ticks)
    if blind * 5 != len(ticks):
        assert watch.void == (blind * 5 > len(ticks))
    assert abs(watch.duration_s - len(ticks) * TICK_S) < 1e-6


@given(st.lists(st.sampled_from(Tracking), max_size=300))
def test_only_seen_time_runs_against_a_limit(ticks: list[Tracking]) -> None:
    lost = sum(tracking is Tracking.LOST for tracking in ticks)
    assert abs(watched(ticks).seen_s - (len(ticks) - lost) * TICK_S) < 1e-6
