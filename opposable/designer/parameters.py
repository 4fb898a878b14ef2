"""A level's parameters as a therapist reads them: what each is, and its value with its unit."""

from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.play.level import LevelBase
from engine.play.ramp import Ramp
from engine.strings import strings

# Endings of names, as they are read out; a name without one is a share, a count or a word.
UNITS = {"_mm": " mm", "_ms": " ms", "_s": " s", "_deg": "°", "_rad": " rad", "_hz": " Hz", "_min": " min"}
# Of a pen, what is said of beads otherwise.
PEN = {
    "bead_mm": "Thickness of the pen",
    "scatter_mm": "It lies off its spot by up to",
    "time_limit_s": "Time for one pen",
}
TOLD_APART = (
    "title", "for_whom", "why", "instruction", "extends", "game", "stage", "sets", "repetitions", "rest_s",
    "difficulty",
)  # fmt: skip


def values_of(level: LevelBase) -> list[tuple[str, Any]]:
    """Every parameter of a level but its texts and its dose, blocks opened, in the model's order; those that do nothing
    in this level and those that were left out are not among them."""
    idle = level.idle()
    found = [(name, value) for name, value in _values(level) if name not in TOLD_APART and name not in idle]
    return [(name, value) for name, value in found if value is not None or _in_words(name, None) is not None]


def adapting(level: LevelBase) -> list[tuple[str, Ramp]]:
    """The parameters that follow the difficulty and do something in this level, in the model's order."""
    return [(name, value) for name, value in values_of(level) if isinstance(value, Ramp) and not value.pinned]


def shown_at(level: LevelBase) -> tuple[tuple[float, str], ...]:
    """Where a level is shown, each difficulty with a word: its own easiest, middle and hardest; one if pinned."""
    least, most = level.difficulty.min, level.difficulty.max
    if least == most:
        return ((level.difficulty.start, "always"),)
    return ((least, "easiest"), ((least + most) / 2, "middle"), (most, "hardest"))


def label(name: str, level: LevelBase) -> str:
    """A parameter by what it is: "Size of a bead"."""
    if getattr(level, "thing", "") == "pen" and name in PEN:
        return PEN[name]
    ending = next((ending for ending in UNITS if name.endswith(ending)), "")
    words = name.removesuffix(ending).replace("_", " ").replace(".", ", ")
    return _field(type(level), name).title or words.capitalize()


def in_words(name: str, value: Any, level: LevelBase) -> str:
    """A parameter's value with its unit, a share in per cent, a choice in words."""
    value = value.easy if isinstance(value, Ramp) else value
    if isinstance(value, tuple | list):
        return ", ".join(in_words(name, item, level) for item in value) or "none"
    if isinstance(value, BaseModel):
        return ", ".join(f"{key.replace('_', ' ')} {_number(inner, key)}" for key, inner in _values(value))
    said = _in_words(name, value)
    if said is not None:
        return said
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return _as_written(value).replace("_", " ")
    value = level.as_played(name, value)
    return f"{value:.0%}" if "share" in (_field(type(level), name).description or "") else _number(value, name)


def _in_words(name: str, value: object) -> str | None:
    """The words for a choice, where there are any."""
    key = f"said.{name}.{_as_written(value).lower()}"
    return strings().say(key) if key in strings() else None


def _as_written(value: object) -> str:
    value = value.value if isinstance(value, Enum) else value
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(value: Any, name: str) -> str:
    if isinstance(value, Ramp):
        value = value.easy
    if not isinstance(value, int | float):
        return _as_written(value)
    unit = next((said for ending, said in UNITS.items() if name.endswith(ending)), "")
    return f"{value:.0f}{unit}" if value >= 10 else f"{value:.2g}{unit}"


def _values(block: BaseModel, before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in type(block).model_fields:
        value = getattr(block, name)
        opened = isinstance(value, BaseModel) and name not in TOLD_APART
        found += _values(value, f"{before}{name}.") if opened else [(before + name, value)]
    return found


def _field(model: type[BaseModel], name: str) -> FieldInfo:
    first, _, rest = name.partition(".")
    field = model.model_fields[first]
    inner = field.annotation
    if rest and isinstance(inner, type) and issubclass(inner, BaseModel):
        return _field(inner, rest)
    return field
