"""What a level does is told in words and numbers that hold."""

import re
from pathlib import Path
from typing import Any

import pytest

from engine.play.level import Difficulty, LevelBase, Ramp
from engine.play.levelfile import find_levels, load_level, read_level, resolve_level
from engine.strings import strings
from games import BUILT_IN, all_games
from games.coin_drop.level import CoinDropLevel
from opposable.designer.advice import from_playing, from_reading
from opposable.designer.explaining import explain, sparkline, table
from opposable.designer.parameters import adapting, in_words, label, values_of
from opposable.designer.simulation import Outcome, Trial

SAID = " ".join(key for key in strings().sentences if key.startswith("said."))
LEVEL = load_level(resolve_level("template/01"), all_games()).level


def test_every_parameter_is_told_at_three_difficulties() -> None:
    lines = explain(LEVEL)
    [closing] = [line for line in lines if line.startswith("Closing")]
    assert closing.split() == ["Closing", "40%", "60%", "80%", "closing"]
    assert any("1 set of 5 repetitions" in line for line in lines)
    shipped = load_level(resolve_level("coin_drop/00"), all_games()).level
    told = "\n".join(explain(shipped))
    assert all(name in told for name in ("coins", "coin_diameter_mm", "hold_s", "time_limit_s", shipped.why))


@pytest.mark.parametrize(
    ("difficulty", "head", "begins"),
    [
        (
            {"start": 5},
            ["easiest (0)", "middle (5)", "hardest (10)"],
            "at difficulty 4.5 (5 once the hand is warm)",
        ),
        ({"min": 1, "max": 6}, ["easiest (1)", "middle (3.5)", "hardest (6)"], "stays within 1 and 6"),
        (
            {"min": 1.25, "max": 9.25},
            ["easiest (1.25)", "middle (5.25)", "hardest (9.25)"],
            "stays within 1.25 and 9.25",
        ),
        ({"start": 6, "min": 6, "max": 6}, ["always (6)"], "always played at difficulty 6"),
    ],
)
def test_a_level_is_told_as_far_as_it_goes_and_where_it_begins(
    difficulty: dict[str, float], head: list[str], begins: str
) -> None:
    level = LEVEL.model_copy(update={"difficulty": Difficulty(**difficulty)})
    lines = explain(level)
    [line] = [line for line in lines if line.startswith("With the difficulty:")]
    assert re.split(r" {2,}", line)[1:] == head
    assert any(begins in line for line in lines)


def test_the_keys_stand_in_one_column() -> None:
    level = load_level(resolve_level("coin_drop/06"), all_games()).level
    names = {name for name, _ in values_of(level)}
    at = {line.rindex(line.split()[-1]) for line in explain(level) if line.split()[-1:] and line.split()[-1] in names}
    assert len(at) == 1


def test_no_parameter_of_a_shipped_level_is_told_by_its_key() -> None:
    for file in find_levels(all_games()).levels:
        for name, value in values_of(file.level):
            said = label(name, file.level), in_words(name, value, file.level)
            assert said[0][0].isupper(), (file.name, said)
            assert not [words for words in said if "_" in words], (file.name, said)
            assert len(said[0]) <= 44, (file.name, said)
            is_number = isinstance(value, int | float | Ramp) and not isinstance(value, bool)
            assert file.game.name == "template" or is_number or f"said.{name}." in SAID, (file.name, said)


def test_every_choice_of_every_game_is_put_into_words() -> None:
    for game in BUILT_IN[:-1]:
        for name, form in game.level.model_json_schema()["properties"].items():
            choices = form.get("enum", [])
            assert not [word for word in choices if f"said.{name}.{word}" not in strings()], (game.name, name)


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


def changed(name: str, **fields: Any) -> LevelBase:
    level = load_level(resolve_level(name), all_games()).level
    return level.model_copy(update=fields)


def test_what_does_nothing_in_a_level_is_left_out_and_advised_against() -> None:
    for level, idle in (
        (changed("coin_drop/09", coin_sizes="mixed", sort="size"), "coin_sizes"),
        (changed("coin_drop/09", target_side="own"), "target_side"),
        (changed("coin_drop/02", pause_s=Ramp(8, 3)), "pause_s"),
        (changed("coin_drop/04", carry_s=Ramp(2, 1)), "carry_s"),
        (changed("coin_drop/02", order="largest_first", coin_sizes="same"), "order"),
        (changed("coin_drop/01", keep_tolerance_index=Ramp(1, 0.5)), "keep_tolerance_index"),
        (changed("bead_picking/06", carry_s=Ramp(1, 2)), "carry_s"),
        (changed("bead_picking/08", squeeze_room=Ramp(0.6, 0.4)), "squeeze_room"),
        (changed("bead_picking/07", place="bowl", marked=Ramp(1, 0)), "marked"),
        (changed("bead_picking/07", pause_s=Ramp(6, 2)), "pause_s"),
        (changed("mirror_avatar/03", band=Ramp(0.4, 0.2)), "band"),
        (changed("mirror_avatar/10", hold_s=Ramp(0.4, 2)), "hold_s"),
        (changed("mirror_avatar/10", drive="together", lag_ms=Ramp(800, 100)), "lag_ms"),
    ):
        [advice] = [advice for advice in from_reading(level) if advice.field == idle]
        assert advice.words.startswith("this does nothing here, because ")
        assert not [line for line in explain(level) if line.endswith(f"   {idle}")]
        assert idle not in dict(adapting(level))


def test_the_width_that_is_used_is_told() -> None:
    level = changed("coin_drop/09", target_width_mm=Ramp(200, 80))
    [line] = [line for line in explain(level) if line.startswith("Width of its place")]
    assert line.split() == [*["Width", "of", "its", "place", "99", "mm", "99", "mm", "80", "mm", "target_width_mm"]]
    assert "at most 99 is used here; 200 is cut to that" in [advice.words for advice in from_reading(level)]


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("coin_drop/08", {"coin_diameter_mm": Ramp(30, 18)}, "up to 26 mm all sizes differ"),
        ("coin_drop/09", {"coin_diameter_mm": Ramp(36, 18)}, "up to 27 mm big and small differ well"),
    ],
)
def test_coins_that_would_be_cut_to_one_size_are_to_be_considered(name: str, fields: Any, said: str) -> None:
    [advice] = from_reading(changed(name, **fields))
    assert advice.field == "coin_diameter_mm"
    assert advice.words.endswith(said)


def test_help_does_not_hide_that_a_first_stage_hand_cannot_do_it() -> None:
    text = "extends: coin_drop/01_one_coin\nkeep_tolerance: 0.05\ncoins: 5\nthumb_reach: 0.9\ntime_limit_s: 3\n"
    file = read_level(text.encode(), Path("levels/mine.yaml"), all_games())
    [advice] = [advice for advice in from_playing(file) if advice.field == "stage"]
    assert "a stage-1 hand reached none" in advice.words


def test_a_place_moves_no_further_than_there_is_table() -> None:
    level = changed("coin_drop/04", scatter_mm=Ramp(0, 100))
    [line] = [line for line in explain(level) if line.startswith("Its place moves")]
    assert line.split()[-2:] == ["mm", "scatter_mm"]
    assert " 70 mm " in line
    assert "at most 70 is used here; 100 is cut to that" in [advice.words for advice in from_reading(level)]


def test_a_pen_is_told_as_a_pen() -> None:
    pen = changed("bead_picking/06")
    assert (label("bead_mm", pen), in_words("bead_mm", 16.0, pen)) == ("Thickness of the pen", "16 mm")
    assert not [line for line in explain(pen) if "bead" in line.rpartition("   ")[0].lower()]


def test_no_shipped_level_says_what_does_nothing() -> None:
    for file in find_levels(all_games()).levels:
        assert from_reading(file.level) == [], file.name


def test_doses_rests_settling_and_long_words_are_to_be_considered() -> None:
    much = changed("coin_drop/01", stage=1, sets=6, repetitions=20, rest_s=5.0, for_whom="word " * 60)
    assert [advice.field for advice in from_reading(much)] == ["for_whom", "repetitions", "rest_s"]
    assert from_reading(changed("coin_drop/01", stage=2, sets=6, repetitions=20, rest_s=30.0)) == []
    for name, fields in (("01", ["settle_s"]), ("05", [])):
        level = changed(f"mirror_avatar/{name}", settle_s=0.0)
        assert [advice.field for advice in from_reading(level)] == fields
    [advice] = from_reading(changed("mirror_avatar/05", opening=Ramp(0.5, 0.2)))
    assert advice.field == "opening"
    assert "goes to 0.54, so no more than 0.42 of it can remain, not 0.5" in advice.words


def test_what_a_ramp_leaves_out_is_taken_from_the_level_below() -> None:
    text = "extends: coin_drop/01_one_coin\ncoin_diameter_mm: {easy: 36}\n"
    level = read_level(text.encode(), Path("levels/mine.yaml"), all_games()).level
    below = changed("coin_drop/01")
    assert isinstance(level, CoinDropLevel)
    assert isinstance(below, CoinDropLevel)
    assert (level.coin_diameter_mm.easy, level.coin_diameter_mm.hard) == (36, below.coin_diameter_mm.hard)
    assert "taken from that level" in (LevelBase.model_fields["extends"].description or "")
