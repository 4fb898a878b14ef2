"""Numbers in a level file that cannot be: halves of what is counted, and what is no number at all."""

import re

import pytest

from engine.paths import levels_folder
from engine.play.levelfile import LevelErrors, load_level, read_level
from engine.play.levelnames import resolve_level
from games import BUILT_IN

COUNTS = [
    ("coin_drop/01_one_coin", "coins", 1, 5),
    ("bead_picking/02_wide_open", "tries", 1, 4),
    ("mirror_avatar/12_in_a_row", "in_a_row", 1, 6),
    ("coin_drop/01_one_coin", "sets", 1, 6),
    ("mirror_avatar/12_in_a_row", "cycles", 1, 6),
    ("mirror_avatar/12_in_a_row", "strays", 0, 20),
]


def amiss(name: str, key: str, value: str) -> str:
    """What is said of this level with this value in its last line, and of nothing else in it."""
    text = (levels_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
    raw = "\n".join([*lines, f"{key}: {value}", ""]).encode()
    with pytest.raises(LevelErrors) as found:
        read_level(raw, resolve_level(name), BUILT_IN)
    [error] = found.value.errors
    assert error.line == len(lines) + 1
    assert error.col > len(key)
    return error.message


@pytest.mark.parametrize(("name", "key", "least", "most"), COUNTS)
@pytest.mark.parametrize("value", ["2.5", "2.0"])
def test_what_is_counted_is_whole(name: str, key: str, least: int, most: int, value: str) -> None:
    assert amiss(name, key, value) == f"found {value}; write a whole number from {least} to {most}, without a unit"


@pytest.mark.parametrize("key", ["coins", "tries", "in_a_row"])
@pytest.mark.parametrize("end", ["easy", "hard"])
def test_what_is_counted_is_whole_at_both_ends(key: str, end: str) -> None:
    name = next(name for name, counted, _, _ in COUNTS if counted == key)
    ends = {"easy": "2", "hard": "2", end: "2.5"}
    said = amiss(name, key, f"{{easy: {ends['easy']}, hard: {ends['hard']}}}")
    assert said.startswith("found 2.5; write a whole number from 1 to ")


def test_a_count_is_whole_in_between() -> None:
    level = load_level(resolve_level("coin_drop/02_small_change"), BUILT_IN).level
    assert {level.coins.at(tenth / 10) for tenth in range(101)} == {2, 3}  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [".nan", ".inf", "-.inf", "1e400"])
@pytest.mark.parametrize("key", ["coins", "coin_diameter_mm", "rest_s", "stage", "hand"])
def test_what_is_no_number_is_not_said_after_it(key: str, value: str) -> None:
    said = amiss("coin_drop/01_one_coin", key, value)
    assert re.match(r"found what is no number; (write|it can be)", said)
    assert "nan" not in said
    assert "inf" not in said
