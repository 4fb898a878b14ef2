"""What is promised of tracking, by its number: T3 (short form), T4, T6, and that drawing ahead changes nothing."""

from pathlib import Path

import pytest

from bench.soak import GOAL_MB, soak
from engine.hand import Side
from engine.motion.foreseen import JITTER_RAD, PICTURE_S, foreseen
from engine.motion.motion import Motion
from engine.play.delays import Delays, OnTheWay
from tests.engine.tracking.helpers import need_model


@pytest.mark.long
def test_T3_a_looped_clip_neither_grows_memory_nor_turns_time_back(clips: Path) -> None:
    need_model()
    result = soak(clips / "fist.mp4", 18.0, warm_up_s=6.0, model="full")
    assert result.samples > 60
    assert result.backwards == 0
    assert set(result.growth_mb) == {"game process", "camera process"}
    assert max(result.growth_mb.values()) < GOAL_MB


def test_T6_delays_are_told_within_a_quarter_of_a_millisecond() -> None:
    delays = Delays()
    on_the_way = OnTheWay(delays)
    for n in range(1, 101):
        captured_s = float(n)
        on_the_way.arrived(captured_s, captured_s + 0.020)
        on_the_way.ticked(captured_s + 0.028)
        on_the_way.painting()
        on_the_way.shown(captured_s + 0.028 + n / 10_000)
        on_the_way.shown(captured_s + 5.0)
    told = delays.summary()
    assert told["received_to_tick"] == {
        "n": 100,
        "p50_ms": pytest.approx(8, abs=0.25),
        "p95_ms": pytest.approx(8, abs=0.25),
    }
    assert told["tick_to_shown"]["p95_ms"] == pytest.approx(9.5, abs=0.3)
    assert told["capture_to_shown"]["p50_ms"] == pytest.approx(33, abs=0.3)
    assert told["capture_to_shown"]["n"] == 100, "each picture is shown once, however long it stays"


def test_T6_a_hand_that_comes_while_a_picture_is_painted_is_shown_with_the_next() -> None:
    on_the_way = OnTheWay(delays := Delays())
    on_the_way.painting()
    on_the_way.arrived(1.0, 1.020)
    on_the_way.ticked(1.021)
    on_the_way.shown(1.025)
    assert "capture_to_shown" not in delays.summary()
    on_the_way.painting()
    on_the_way.shown(1.040)
    assert delays.summary()["capture_to_shown"]["p50_ms"] == pytest.approx(40, abs=0.3)


def test_T6_a_step_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Delays().add("somewhere", 0.1)


def test_a_moving_hand_is_drawn_one_picture_ahead_and_a_trembling_one_as_it_is() -> None:
    still, moved = (0.5,) * 20, (0.7,) * 20
    ahead = foreseen(0.0, still, PICTURE_S, moved)
    assert all(0.85 < angle <= 0.9 for angle in ahead)
    tremble = foreseen(0.0, still, PICTURE_S, (0.5 + JITTER_RAD / 4,) * 20)
    assert all(abs(angle - 0.5) < JITTER_RAD / 3 for angle in tremble)
    assert foreseen(0.0, still, 0.5, moved) == moved, "pictures far apart foretell nothing"
    assert foreseen(1.0, still, 1.0, moved) == moved


def test_nothing_that_counts_knows_of_what_is_drawn_ahead() -> None:
    motion = Motion()
    assert not any("foreseen" in name for name in dir(motion))
    engine = Path(__file__).resolve().parents[1] / "engine"
    using = [
        path.name
        for path in engine.rglob("*.py")
        if "motion.foreseen" in path.read_text().replace("(engine.motion.motion)", "")
    ]
    assert using == [], "only the screen that draws may look ahead"
    assert motion.tick(0.0)[Side.RIGHT].pressed == ()
