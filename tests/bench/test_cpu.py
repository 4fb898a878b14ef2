"""What seeing costs is judged only where there was something to see."""

from bench.cpu import StillHand, Used, verdict

STILL = Used(0.50, 0.0, 10.0)


def test_what_seeing_costs_is_the_camera_process_and_what_the_window_takes_more() -> None:
    assert verdict(STILL, Used(0.60, 0.45, 29.9))[0]
    met, said = verdict(STILL, Used(0.70, 0.45, 29.9))
    assert not met
    assert "0.65 of one core at 29.9 hands a second" in said


def test_a_tracker_that_saw_hardly_anything_has_met_nothing() -> None:
    met, said = verdict(STILL, Used(0.50, 0.05, 4.0))
    assert not met
    assert said.startswith("not judged: 4.0 hands a second")


def test_the_hand_it_is_compared_with_is_one() -> None:
    hand = StillHand()
    [first], [second] = hand.read(1.0), hand.read(1.0)
    assert second.t_s - first.t_s >= 0.09
    assert hand.read(0.0) == []
