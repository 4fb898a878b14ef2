"""The rules by which a camera process counts as well, stalled or hung, and when there were too many crashes."""

from hypothesis import given
from hypothesis import strategies as st

from engine.tracking.messages import Stage
from engine.tracking.watch import Health, Pulse, health, too_many


def test_T2_silence_is_noticed_within_half_a_second_and_ended_after_one_and_a_half() -> None:
    for stage in (Stage.WAITING, Stage.DETECTING, Stage.CHANGING):
        pulse = Pulse(heard_s=10.0, stage=stage)
        assert health(pulse, 10.2) is Health.WELL
        assert health(pulse, 10.45) is Health.STALLED
        assert health(pulse, 11.4) is Health.STALLED
        assert health(pulse, 11.6) is Health.HUNG


def test_T2_a_detection_that_never_ends_is_found_although_the_heart_beats() -> None:
    assert health(Pulse(10.0, Stage.DETECTING, in_stage_s=0.45), 10.01) is Health.STALLED
    assert health(Pulse(10.0, Stage.DETECTING, in_stage_s=1.55), 10.01) is Health.HUNG
    assert health(Pulse(10.0, Stage.WAITING, in_stage_s=100.0), 10.01) is Health.WELL


def test_T2_a_picture_may_take_longer_while_another_model_is_made_ready() -> None:
    assert health(Pulse(10.0, Stage.CHANGING, in_stage_s=2.5), 10.1) is Health.STALLED
    assert health(Pulse(10.0, Stage.CHANGING, in_stage_s=3.0), 10.1) is Health.HUNG


def test_a_video_that_nobody_waits_for_is_not_hurried_and_not_waited_for_for_ever() -> None:
    assert health(Pulse(10.0, Stage.DETECTING), 13.0, unhurried=True) is Health.WELL
    assert health(Pulse(10.0, Stage.DETECTING), 24.0, unhurried=True) is Health.STALLED
    assert health(Pulse(10.0, Stage.DETECTING), 26.0, unhurried=True) is Health.HUNG


def test_loading_and_opening_may_take_their_time() -> None:
    assert health(Pulse(10.0, Stage.LOADING), 25.0) is Health.WELL
    assert health(Pulse(10.0, Stage.OPENING, in_stage_s=45.0), 10.1) is Health.WELL
    assert health(Pulse(10.0, Stage.LOADING), 75.0) is Health.HUNG


@given(st.sampled_from(Stage), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_health_only_gets_worse_as_time_passes(stage: Stage, in_stage_s: float, early_s: float, later_s: float) -> None:
    order = list(Health)
    pulse = Pulse(0.0, stage, in_stage_s)
    first, second = sorted((early_s, later_s))
    assert order.index(health(pulse, first)) <= order.index(health(pulse, second))


@given(st.lists(st.floats(0, 1000), max_size=8))
def test_T2_three_crashes_in_a_minute_are_too_many_and_two_are_not(crashes_s: list[float]) -> None:
    crashes = tuple(sorted(crashes_s))
    now_s = crashes[-1] if crashes else 0.0
    within = [crash for crash in crashes if now_s - crash < 60.0]
    assert too_many(crashes, now_s) == (len(within) >= 3)
