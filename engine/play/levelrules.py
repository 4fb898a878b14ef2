"""Rules between the keys of a level. Each is asked as soon as the keys it reads are right, whatever else is amiss, so
that one look at a file tells everything that must be changed in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from engine.play.ramp import Ramp

Seen = dict[type[BaseModel], dict[str, Any]]
"""The keys of each block that were found right, with their values."""
ModelT = TypeVar("ModelT", bound=BaseModel)
RuleT = TypeVar("RuleT", bound=Callable[[Any], "Broken | None"])


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold. `where`: the key it is told at; `words`: what was found, and what to write instead."""

    where: tuple[str, ...]
    words: str


def rule(asked: RuleT) -> RuleT:
    """A method of a level that says what is broken between its keys, or None. It reads what it needs and nothing else:
    while one of those keys is amiss it is not asked."""
    asked.is_rule = True  # type: ignore[attr-defined]
    return asked


ROUNDING_S = 1e-6
"""Sums of tenths may be off by less."""
QUICKEST_S = 0.6
"""A hand that can do everything sees what to do, closes and lets go in less."""


def ends_in_time(time_limit_s: Ramp | None, needs_s: float, what: str, doing: str = "") -> Broken | None:
    """Whether the time of a repetition is enough where it is hardest: `what` takes `needs_s` at least for `doing`."""
    if time_limit_s is None or time_limit_s.hard >= needs_s - ROUNDING_S:
        return None
    takes, given = f"{what} takes {needs_s:g} s{doing}", f"{time_limit_s.hard:g} s are given"
    return Broken(("time_limit_s",), f"at its hardest {takes}, and {given}; give more")


def broken_in(level: BaseModel) -> ValidationError | None:
    """Every rule of this level that does not hold, all in one."""
    found = [broken for asked in _rules(type(level)) if (broken := _answer(asked, level)) is not None]
    if not found:
        return None
    errors = [PydanticCustomError("rule", "{words}", {"words": one.words, "where": one.where}) for one in found]
    lines = [InitErrorDetails(type=error, loc=(), input={}) for error in errors]
    return ValidationError.from_exception_data(type(level).__name__, lines)


def as_far_as_right(model: type[ModelT], seen: Seen) -> ModelT:
    """A level, or a block of one, that has only those of its keys that were found right."""
    known = dict(seen.get(model, {}))
    for name, field in model.model_fields.items():
        block = field.annotation
        if name not in known and isinstance(block, type) and block in seen:
            known[name] = as_far_as_right(block, seen)
    made = model.model_construct()
    object.__setattr__(made, "__dict__", known)
    return made


def _rules(model: type[BaseModel]) -> Iterator[Callable[[Any], Broken | None]]:
    for part in reversed(model.__mro__):
        yield from (asked for asked in vars(part).values() if getattr(asked, "is_rule", False))


def _answer(asked: Callable[[Any], Broken | None], level: BaseModel) -> Broken | None:
    try:
        return asked(level)
    except AttributeError as unknown:
        block = unknown.obj
        if isinstance(block, BaseModel) and unknown.name in type(block).model_fields:
            return None
        raise
