"""What a level does, in words and small tables: for the person who writes it."""

import itertools
from collections.abc import Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel

from engine.play.level import LevelBase
from engine.play.ramp import Ramp
from engine.strings import strings
from opposable.designer.simulation import Outcome

BARS = "▁▂▃▄▅▆▇█"
DIFFICULTIES = (0.0, 5.0, 10.0)
WIDEST_LINE = 30
# Endings of names, as they are read out; a name without one is a share, a count or a word.
UNITS = {"_mm": " mm", "_s": " s", "_deg": "°", "_rad": " rad", "_hz": " Hz", "_min": " min"}
TEXTS = ("title", "for_whom", "why", "instruction", "extends")


def explain(level: LevelBase) -> list[str]:
    """Every parameter with its value at difficulty 0, 5 and 10, and what it means."""
    lines = [
        f"{level.title} ({level.game}, stage {level.stage})",
        f"For: {level.for_whom}",
        f"Why: {level.why}",
        f"The person is told: {level.instruction}",
        "",
        _dose(level),
        "",
        f"{'':28}{'easiest (0)':>14}{'middle (5)':>14}{'hardest (10)':>14}",
    ]
    changing, fixed, ramps, idle = [], [], dict(adapting(level)), level.idle()
    for name, value in _values(level):
        if name in idle:
            continue
        meaning = _meaning(type(level), name)
        if name in ramps:
            shown = "".join(f"{in_words(name, ramps[name].at(d), level)[1]:>14}" for d in DIFFICULTIES)
            changing += [f"{name:28}{shown}", f"    {meaning}"]
        else:
            single = value.easy if isinstance(value, Ramp) else value
            is_number = isinstance(single, int | float) and not isinstance(single, bool)
            said = in_words(name, single, level)[1] if is_number else _plain(value, name)
            fixed += [f"{name:28}{said:>14}", f"    {meaning}"]
    return [*lines, *(changing or ["    Nothing in it changes with the difficulty."]), "", "Always the same:", *fixed]


def adapting(level: LevelBase) -> list[tuple[str, Ramp]]:
    """The parameters that follow the difficulty and do something in this level, in the model's order."""
    idle = level.idle()
    found = [(name, value) for name, value in _values(level) if isinstance(value, Ramp) and not value.pinned]
    return [(name, value) for name, value in found if name not in idle]


def in_words(name: str, value: float, level: LevelBase) -> tuple[str, str]:
    """A parameter as people read it, and the value that is used with its unit; a share in per cent."""
    value = level.as_played(name, value)
    if "share" in _meaning(type(level), name):
        return name.replace("_", " ").replace(".", ", "), f"{value:.0%}"
    if name == "bead_mm" and getattr(level, "thing", "") == "pen":
        return "pen", _number(value, name)
    ending = next((ending for ending in UNITS if name.endswith(ending)), "")
    return name.removesuffix(ending).replace("_", " ").replace(".", ", "), _number(value, name)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """What the simulated patients made of it, one profile a line; the little bars are the difficulty over time."""
    lines = [f"{'':9}{'success':>8}{'per day':>9}{'minutes':>9}{'reached':>9}   difficulty, trial by trial"]
    for outcome in outcomes:
        rate = "  -" if outcome.success_rate is None else f"{outcome.success_rate:.0%}"
        lines.append(
            f"{outcome.profile:9}{rate:>8}{outcome.repetitions:>9.0f}{outcome.minutes:>9.1f}"
            f"{outcome.difficulty:>9.1f}   {sparkline([trial.difficulty for trial in outcome.trials])}"
        )
        if outcome.causes:
            said = ", ".join(f"{cause_in_words(cause)} ({count})" for cause, count in outcome.causes.items())
            lines.append(f"{'':9}{'':8} {said}")
        if outcome.finished < len(outcome.session_s):
            lines.append(f"{'':9}{'':8} {len(outcome.session_s) - outcome.finished} sessions did not come to their end")
    return lines


def sparkline(values: Sequence[float], low: float = 0.0, high: float = 10.0, width: int = WIDEST_LINE) -> str:
    """Values as a row of little bars between `low` and `high`; long ones are averaged to `width`."""
    if not values:
        return ""
    columns = min(width, len(values))
    edges = [round(n * len(values) / columns) for n in range(columns + 1)]
    means = [sum(values[a:b]) / (b - a) for a, b in itertools.pairwise(edges)]
    top = len(BARS) - 1
    return "".join(BARS[round(min(max((mean - low) / (high - low), 0.0), 1.0) * top)] for mean in means)


def _dose(level: LevelBase) -> str:
    rest = f", {level.rest_s:g} s of rest between them" if level.sets > 1 else ""
    difficulty = level.difficulty
    ends = f"starts at difficulty {difficulty.start:g}, stays within {difficulty.min:g} and {difficulty.max:g}"
    held = f"is always played at difficulty {difficulty.start:g}"
    follows = held if difficulty.min == difficulty.max else f"{ends}, aims at {difficulty.target_success:.0%}"
    sets = "1 set" if level.sets == 1 else f"{level.sets} sets"
    return f"{sets} of {level.repetitions} repetitions{rest}. It {follows}."


def _values(level: BaseModel, before: str = "") -> list[tuple[str, Any]]:
    """Every field but the texts, blocks opened, in the model's order."""
    found: list[tuple[str, Any]] = []
    for name in type(level).model_fields:
        value = getattr(level, name)
        if before == "" and (name in TEXTS or name in ("game", "stage", "sets", "repetitions", "rest_s", "difficulty")):
            continue
        if isinstance(value, BaseModel):
            found += _values(value, f"{before}{name}.")
        else:
            found.append((before + name, value))
    return found


def _meaning(model: type[BaseModel], name: str) -> str:
    first, _, rest = name.partition(".")
    field = model.model_fields[first]
    inner = field.annotation
    if rest and isinstance(inner, type) and issubclass(inner, BaseModel):
        return _meaning(inner, rest)
    return field.description or ""


def _plain(value: object, name: str) -> str:
    if isinstance(value, Ramp):
        return _number(value.easy, name)
    if value is None:
        return "left out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, name)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple | list):
        return ", ".join(_plain(item, name) for item in value) or "none"
    if isinstance(value, BaseModel):
        return ", ".join(f"{key} {_plain(inner, key)}" for key, inner in _values(value))
    return str(value)


def _number(value: float, name: str) -> str:
    unit = next((said for ending, said in UNITS.items() if name.endswith(ending)), "")
    return f"{value:.3g}{unit}"


def cause_in_words(cause: str) -> str:
    """A cause of a miss, as the results page says it."""
    key = f"cause.{cause}"
    return strings().say(key) if key in strings() else cause.replace("_", " ")
