"""What seeing costs is judged only where there was something to see."""

from bench.cpu import KnownHands, Used, verdict, working_out
from engine.clock import now_s
from engine.hand import HandFrame, Side
from engine.handmodel import hand_points
from engine.motion.poses import pose_for

KNOWN, MOTION = Used(0.50, 0.0, 30.0), 0.02
HANDS = [
    HandFrame(9.0, Side.RIGHT, points, points[:, :2] + 0.5, 1.0)
    for points in (hand_points(pose_for({"fist": n / 10}), Side.RIGHT) for n in range(10))
]


def test_what_seeing_costs_is_the_camera_process_what_the_window_takes_more_and_motion() -> None:
    assert verdict(KNOWN, Used(0.60, 0.45, 29.9), MOTION)[0]
    met, said = verdict(KNOWN, Used(0.70, 0.45, 29.9), MOTION)
    assert not met
    assert "0.67 of one core at 29.9 hands a second" in said


def test_a_tracker_that_saw_hardly_anything_has_met_nothing() -> None:
    met, said = verdict(KNOWN, Used(0.50, 0.05, 4.0), MOTION)
    assert not met
    assert said.startswith("not judged: 4.0 hands a second")


def test_the_hands_it_is_compared_with_move_as_they_did_and_come_as_a_camera_s_do() -> None:
    began_s = now_s()
    hands = KnownHands(HANDS)
    came = [sample for _ in range(4) for sample in hands.read(1.0)]
    assert [sample.right.points_m for sample in came if sample.right] == [hand.points_m for hand in HANDS[:4]]
    assert came[-1].t_s >= began_s + 3 / KnownHands.rate_hz


def test_what_working_out_takes_grows_with_the_hands_a_second() -> None:
    assert 0.0 < working_out(HANDS, 1.0) < working_out(HANDS * 5, 100.0)
