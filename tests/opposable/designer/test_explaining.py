"""What a level does is told in words and numbers that hold."""

from engine.play.levelfile import load_level, resolve_level
from games import all_games
from opposable.designer.advice import from_reading
from opposable.designer.explaining import explain, sparkline, table
from opposable.designer.simulation import Outcome, Trial

LEVEL = load_level(resolve_level("template/01"), all_games()).level


def test_every_parameter_is_told_at_three_difficulties() -> None:
    lines = explain(LEVEL)
    [closing] = [line for line in lines if line.startswith("closing")]
    assert closing.split() == ["closing", "0.4", "0.6", "0.8"]
    assert any("1 set of 5 repetitions" in line for line in lines)
    shipped = load_level(resolve_level("coin_drop/00"), all_games()).level
    told = "\n".join(explain(shipped))
    assert all(name in told for name in ("coins", "coin_diameter_mm", "hold_s", "time_limit_s", shipped.why))


def test_bars_rise_with_the_values_and_never_leave_their_row() -> None:
    assert sparkline([0, 5, 10]) == "▁▅█"
    assert sparkline([]) == ""
    assert len(sparkline([3.0] * 500)) == 30
    assert sparkline([-5, 50]) == "▁█"


def test_the_table_counts_what_counts() -> None:
    done, missed = Trial(True, None, 2.0, False), Trial(False, "dropped", 3.0, False)
    void, helped = Trial(None, "void", 3.0, False), Trial(False, "dropped", 1.0, True)
    outcome = Outcome("stage_1", (done, done, done, missed, void, helped), (60.0, 120.0), 2)
    assert outcome.success_rate == 0.75
    assert (outcome.repetitions, outcome.minutes, outcome.causes) == (3.0, 1.5, {"dropped": 1})
    lines = table((outcome,))
    assert "75%" in lines[1]
    assert "let go on the way (1)" in lines[2]
    nobody = Outcome("able", (), (10.0,), 0)
    assert "did not come to their end" in table((nobody,))[-1]


def test_long_texts_and_large_doses_are_to_be_considered() -> None:
    assert from_reading(LEVEL) == []
    much = LEVEL.model_copy(update={"instruction": "word " * 20, "stage": 1, "repetitions": 50, "sets": 3})
    assert [advice.field for advice in from_reading(much)] == ["instruction", "repetitions", "repetitions"]
