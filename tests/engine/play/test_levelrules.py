"""One look at a level file tells everything that must be changed: mistakes within a key and between keys alike."""

from pathlib import Path

import pytest

from engine.play.level import LevelBase
from engine.play.levelfile import AnyGame, LevelErrors, find_levels, read_level
from engine.play.levelrules import Broken, as_far_as_right, broken_in, ends_in_time, rule
from engine.play.ramp import Ramp
from games import BUILT_IN

PATH = Path("levels/mine.yaml")
ALL_AMISS = {
    "coin_drop": """\
game: coin_drop
title: All amiss
for_whom: Anybody.
why: To see what is told.
instruction: Look.
stage: 7
sets: 6
repetitions: 60
difficulty: {start: 1, min: 3, max: 50}
coins: {easy: 4, hard: 2}
coin_diameter_mm: {easy: 40, hard: 34}
target_width_mm: {easy: 120, hard: 30}
keep_tolerance: {easy: 3, hard: 0.2}
hold_s: {easy: 0, hard: 4}
kep_tolerance_ring: 0.3
time_limit_s: {easy: 20, hard: 3}
target: slit
""",
    "bead_picking": """\
game: bead_picking
title: All amiss
for_whom: Anybody.
why: To see what is told.
instruction: Look.
stage: 2
sets: 6
repetitions: 60
difficulty: {start: 9, max: 4}
bead_mm: {easy: 50, hard: 30}
place_mm: {easy: 130, hard: 25}
opening: {easy: 0.8, hard: 0.3}
sorts: 2
thing: pen
place: bowl
sort_by: weight
place_hold_s: 5
time_limit_s: {easy: 30, hard: 3}
tries: 2.5
""",
    "mirror_avatar": """\
game: mirror_avatar
title: All amiss
for_whom: Anybody.
why: To see what is told.
instruction: Look.
stage: 2
hand: unaffected
sets: 6
repetitions: 60
drive: echo
task: follow
movements: [fist, fist_bump]
lag_ms: 500
cycle_s: {easy: 4, hard: 12}
time_limit_s: 9
cycles: 6
settle_s: -1
""",
}
TOLD = {
    "coin_drop": [
        "6:8: stage: found 7; it may be 1 to 3",
        "8:14: repetitions: 6 sets of 60 could take 155 min; the most is 60 min",
        "9:21: difficulty.start: start is 1 and min is 3; choose them so that min <= start <= max",
        "9:37: difficulty.max: found 50; it may be 0 to 10",
        "10:8: coins: easy is 4 and hard is 2, but here larger is harder; hard must be the larger one",
        "12:18: target_width_mm: a coin of 34 mm needs more than",
        "13:24: keep_tolerance.easy: found 3; it may be 0.05 to 1",
        "15:1: kep_tolerance_ring: unknown key; did you mean 'keep_tolerance_ring'?",
        "16:15: time_limit_s: at its hardest a coin takes 5.7 s to hold, carry and let go, and 3 s are given;"
        " give more",
        "17:9: target: found 'slit'; did you mean 'slot'?",
    ],
    "bead_picking": [
        "8:14: repetitions: 6 sets of 60 could take 215 min; the most is 60 min",
        "9:21: difficulty.start: start is 9, min is 0 and max is 4; choose them so that min <= start <= max",
        "11:11: place_mm: a bead of 30 mm needs more than a bowl of 25 mm; make the bowls wider, or bead_mm smaller",
        "12:10: opening: easy is 0.8 and hard is 0.3, but here larger is harder; hard must be the larger one",
        "13:8: sorts: found 2 sorts, and pens are all alike; write sorts: 1, or thing: bead",
        "16:10: sort_by: found 'weight'; it can be 'colour' or 'shape'",
        "18:15: time_limit_s: at its hardest a bead takes 15.7 s to hold, carry and let go, and 3 s are given;"
        " give more",
        "19:8: tries: found 2.5; write a whole number from 1 to 4",
    ],
    "mirror_avatar": [
        "7:7: hand: with drive: echo the affected hand is scored; write hand: affected",
        "11:7: task: an echo answers a pose; write task: pose, or drive: mirror, together or real",
        "12:19: movements.1: found 'fist_bump'; did you mean",
        "13:9: lag_ms: a lag needs two hands at once; write drive: together",
        "14:10: cycle_s: easy is 4 and hard is 12, but here smaller is harder; hard must be the smaller one",
        "17:11: settle_s: found -1; it may be 0 to 90",
    ],
}


def told(text: str) -> list[str]:
    with pytest.raises(LevelErrors) as raised:
        read_level(text.encode(), PATH, BUILT_IN)
    return [str(error).removeprefix(f"{PATH}:") for error in raised.value.errors]


@pytest.mark.parametrize("game", ALL_AMISS)
def test_one_round_tells_every_mistake_of_both_kinds(game: str) -> None:
    said = told(ALL_AMISS[game])
    assert [next((line for line in said if line.startswith(expected)), None) for expected in TOLD[game]] == said


def test_a_rule_waits_for_the_keys_it_reads_and_for_no_others() -> None:
    """With the time limit itself amiss nothing is said of what fits into it."""
    said = told(ALL_AMISS["bead_picking"].replace("{easy: 30, hard: 3}", "{easy: 30, hard: soon}"))
    assert not [line for line in said if "at its hardest" in line]
    assert not [line for line in said if "could take" in line]
    assert [line for line in said if "pens are all alike" in line]


@pytest.mark.parametrize("place", ["string", "pattern"])
def test_a_pen_is_let_go_on_the_table(place: str) -> None:
    text = f"extends: bead_picking/06_pen_across\ngame: bead_picking\nplace: {place}\n"
    assert told(text) == [f"3:8: place: a pen has no place on a {place}; write place: round, or thing: bead"]


def test_a_mistyped_key_is_not_taken_for_its_default() -> None:
    text = ALL_AMISS["coin_drop"].replace("time_limit_s", "time_limt_s")
    assert not [line for line in told(text) if "could take" in line]


def test_every_rule_of_every_game_is_asked_of_a_whole_level() -> None:
    for file in find_levels(BUILT_IN).levels:
        assert broken_in(file.level) is None, file.name


@pytest.mark.parametrize("game", [game for game in BUILT_IN if game.name in ALL_AMISS], ids=lambda game: game.name)
def test_nothing_right_yet_is_no_accident(game: AnyGame) -> None:
    assert broken_in(as_far_as_right(game.level, {})) is None


class _OneRule(LevelBase):
    @rule
    def _reads_what_no_level_has(self) -> Broken | None:
        return self.no_such_key  # type: ignore[attr-defined, no-any-return]


def test_a_rule_that_reads_what_no_level_has_is_told_to_its_author() -> None:
    with pytest.raises(AttributeError, match="no_such_key"):
        broken_in(as_far_as_right(_OneRule, {}))


def test_a_time_that_is_just_enough_is_enough() -> None:
    """Sums of tenths are rounded: 2 + 1.2 + .6 is a little more than 3.8."""
    assert ends_in_time(Ramp(20.0, 3.8, "geometric"), 2 + 1.2 + 0.6, "a coin") is None
    assert ends_in_time(Ramp(20.0, 3.7, "geometric"), 2 + 1.2 + 0.6, "a coin") is not None
