"""What every level may say: ramps, limits, doses, and a description for each field."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.inputs import Role
from engine.play.level import LevelBase, Ramp
from engine.play.levelfile import LevelFile, find_levels
from games import BUILT_IN
from tests.engine.play.toy import ToyLevel

LEVELS: list[type[LevelBase]] = [ToyLevel, *(game.level for game in BUILT_IN)]
SAID: dict[str, Any] = {
    "game": "toy",
    "title": "A toy",
    "for_whom": "x",
    "why": "y",
    "instruction": "z",
    "stage": 1,
    "tray": {"size_mm": 20},
}

ends = st.floats(0.5, 500)


@given(ends, ends, st.sampled_from(["geometric", "linear"]), st.floats(-5, 15), st.floats(-5, 15))
def test_a_ramp_runs_steadily_from_easy_to_hard(easy: float, hard: float, curve: Any, low: float, high: float) -> None:
    ramp = Ramp(easy, hard, curve)
    assert (ramp.at(0), ramp.at(10)) == (easy, hard)
    first, second = ramp.at(min(low, high)), ramp.at(max(low, high))
    rounding = 1e-9 * max(easy, hard)
    assert (second - first) * (hard - easy) >= -rounding * abs(hard - easy)
    assert min(easy, hard) - rounding <= first <= max(easy, hard) + rounding


def test_sizes_go_in_equal_ratios_and_counts_in_equal_steps() -> None:
    assert Ramp(40, 10, "geometric").at(5) == pytest.approx(20)
    assert Ramp(40, 10, "linear").at(5) == pytest.approx(25)
    level = ToyLevel.of(SAID | {"tray": {"size_mm": {"easy": 40, "hard": 10}, "fall_s": 3}})
    assert level.tray.size_mm.at(5) == pytest.approx(20)
    assert (level.tray.fall_s.pinned, level.tray.fall_s.at(9)) == (True, 3)


def test_text_in_a_file_names_hands_and_fingers_and_lists_are_tuples() -> None:
    level = ToyLevel.of(SAID | {"hand": "unaffected", "steps": [{"finger": "ring", "hold_s": 1}]})
    assert level.hand is Role.UNAFFECTED
    assert level.steps[0].finger == "ring"
    assert ToyLevel.of(level.model_dump(mode="json")) == level
    assert hash(level) == hash(ToyLevel.of(level.model_dump(mode="json")))


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "1"},
        {"stage": True},
        {"repetitions": 10.0},
        {"rest_s": "60"},
        {"title": 5},
        {"title": "x" * 61},
        {"title": "a\u202eb"},
        {"title": "\x07"},
        {"instruction": "x" * 121},
        {"lifted": 1},
        {"hand": "left"},
        {"tray": {"size_mm": True}},
        {"tray": {"size_mm": {"easy": 10, "hard": 20}}},
        {"difficulty": {"start": 5, "max": 4}},
        {"difficulty": {"target_success": 0.99}},
    ],
)
def test_nothing_is_converted_by_guess(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ToyLevel.of(SAID | change)


def test_a_long_text_is_one_tidy_line() -> None:
    assert ToyLevel.of(SAID | {"why": " one\n  two \n"}).why == "one two"


def fields_of(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(path, the field as it is described, each form it may take) of a model's schema."""
    definitions = schema.get("$defs", {})

    def forms(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in part:
            yield from forms(definitions[part["$ref"].rsplit("/", 1)[-1]])
        elif "anyOf" in part or "oneOf" in part:
            for choice in [*part.get("anyOf", ()), *part.get("oneOf", ())]:
                yield from forms(choice)
        else:
            yield part

    def walk(part: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        for name, inner in part.get("properties", {}).items():
            for form in forms(inner):
                yield f"{path}.{name}", inner, form
                yield from walk(form, f"{path}.{name}")
                for item in forms(form["items"]) if isinstance(form.get("items"), dict) else ():
                    yield f"{path}.{name}[]", inner, item
                    yield from walk(item, f"{path}.{name}[]")

    yield from walk(schema, path)


# The template is kept as small as a game can be; its first line says what its one field means.
SAYS_IT_ABOVE = {"TemplateLevel.closing"}


@pytest.mark.parametrize("model", LEVELS, ids=lambda model: model.__name__)
def test_L2_every_value_is_bounded_and_every_field_described(model: type[LevelBase]) -> None:
    for path, field, form in fields_of(model.model_json_schema()):
        described = field.get("description") or "const" in form or path.endswith("[]")
        assert described or f"{model.__name__}{path}" in SAYS_IT_ABOVE, f"{path} has no description"
        if "enum" in form or "const" in form:
            continue
        kind = form.get("type")
        if kind in ("number", "integer"):
            assert isfinite(form["minimum"]), path
            assert isfinite(form["maximum"]), path
        elif kind == "string":
            assert form["maxLength"] <= 300, path
        elif kind == "array":
            assert form["maxItems"] <= 100, path
        elif kind == "object":
            assert form["additionalProperties"] is False, path
        else:
            assert kind in ("boolean", "null"), path


COUNTS = {"stage", "sets", "repetitions", "coins", "beads", "tries", "sorts", "in_a_row", "cycles", "strays"}
LEVELS_OF_DIFFICULTY = {".difficulty.start", ".difficulty.min", ".difficulty.max"}
UNITS = ("_s", "_ms", "_mm", "_rad", "_deg", "_hz", "_bpm")


@pytest.mark.parametrize("model", LEVELS, ids=lambda model: model.__name__)
def test_every_number_says_its_unit(model: type[LevelBase]) -> None:
    for path, _, form in fields_of(model.model_json_schema()):
        if form.get("type") not in ("number", "integer") or path in LEVELS_OF_DIFFICULTY:
            continue
        name = path.removesuffix(".easy").removesuffix(".hard").rsplit(".", 1)[-1].removesuffix("[]")
        is_share = form["minimum"] >= 0 and form["maximum"] <= 1
        assert is_share or name in COUNTS or name.endswith(UNITS), f"{path}: put the unit into the name, as in hold_s"


numbers = st.integers(0, 70) | st.floats(0, 400) | st.sampled_from([float("nan"), float("inf"), 10**30])


@given(sets=numbers, repetitions=numbers, rest_s=numbers, size=numbers, start=numbers, steps=st.integers(0, 30))
def test_L2_no_accepted_level_is_an_overdose(
    sets: float, repetitions: float, rest_s: float, size: float, start: float, steps: int
) -> None:
    asked = SAID | {
        "sets": sets,
        "repetitions": repetitions,
        "rest_s": rest_s,
        "tray": {"size_mm": size},
        "difficulty": {"start": start},
        "steps": [{"finger": "ring", "hold_s": 1}] * steps,
    }
    try:
        level = ToyLevel.of(asked)
    except ValidationError:
        return
    assert level.longest_s() <= 60 * 60
    assert level.trials <= 500
    assert level.sets == 1 or level.rest_s >= 2
    assert all(isfinite(value) for value in (level.rest_s, level.tray.size_mm.at(5), level.difficulty.start))


@pytest.mark.parametrize("file", find_levels(BUILT_IN).levels, ids=lambda file: file.name)
def test_L2_the_hour_holds_for_every_level_that_is_shipped(file: LevelFile) -> None:
    assert file.level.longest_s() <= 3600
    most = file.level.model_dump(mode="json") | {"sets": 6, "repetitions": 60}
    assert allowed(type(file.level), most) in (None, True)


def allowed(model: type[LevelBase], said: dict[str, Any]) -> bool | None:
    """Whether an accepted level keeps to the hour; None for one that is refused for that very reason."""
    try:
        return model.of(said).longest_s() <= 3600
    except ValidationError as error:
        return None if "the most is 60 min" in str(error) else False
