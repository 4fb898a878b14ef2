"""A number that follows the difficulty: `{easy: 40, hard: 18}` in a level file, or a plain number that stays as it is.

Times and sizes go from easy to hard in equal ratios, because the difficulty of a movement follows the logarithm of
distance over size (Fitts 1954); angles and holds go in equal steps, counts in whole ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Curve = Literal["geometric", "linear", "whole"]
Harder = Literal["smaller", "larger"]


@dataclass(frozen=True)
class Ramp:
    """A value at difficulty 0 (`easy`) and at difficulty 10 (`hard`). `offset`: levels added to the difficulty of this
    one, for the person it is played with."""

    easy: float
    hard: float
    curve: Curve = "linear"
    offset: float = 0.0

    @property
    def pinned(self) -> bool:
        return self.easy == self.hard

    def below(self, other: "Ramp") -> tuple[float, float] | None:
        """This value and the other's at the first end of both, easy or hard, at which this one is the smaller."""
        ends = ((self.easy, other.easy), (self.hard, other.hard))
        return next((pair for pair in ends if pair[0] < pair[1]), None)

    def at(self, difficulty: float) -> float:
        """The value at a difficulty, 0..10; beyond either end it stays at that end."""
        share = min(max((difficulty + self.offset) / 10, 0.0), 1.0)
        if share in (0.0, 1.0) or self.pinned:
            return self.hard if share == 1.0 else self.easy
        if self.curve == "geometric":
            return exp(log(self.easy) * (1 - share) + log(self.hard) * share)
        value = self.easy * (1 - share) + self.hard * share
        return round(value) if self.curve == "whole" else value


@dataclass(frozen=True)
class Bounds:
    """What a ramp in a level file may be; made by `geometric(...)`, `linear(...)` and `whole(...)`."""

    least: float
    most: float
    curve: Curve
    harder: Harder | None

    def __get_pydantic_core_schema__(self, source: type[Ramp], handler: GetCoreSchemaHandler) -> CoreSchema:
        number = (
            core_schema.int_schema(ge=int(self.least), le=int(self.most), strict=True)
            if self.curve == "whole"
            else core_schema.float_schema(ge=self.least, le=self.most, allow_inf_nan=False, strict=True)
        )
        ends = core_schema.typed_dict_schema(
            {end: core_schema.typed_dict_field(number, required=True) for end in ("easy", "hard")},
            extra_behavior="forbid",
        )
        return core_schema.no_info_before_validator_function(
            _as_ends,
            core_schema.no_info_after_validator_function(self._ramp, ends),
            serialization=core_schema.plain_serializer_function_ser_schema(_plain),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        kind = "integer" if self.curve == "whole" else "number"
        number = {"type": kind, "minimum": self.least, "maximum": self.most}
        ends = {
            "easy": {**number, "description": "The value at difficulty 0."},
            "hard": {**number, "description": "The value at difficulty 10."},
        }
        ramp = {"type": "object", "properties": ends, "required": ["easy", "hard"], "additionalProperties": False}
        return {"anyOf": [number, ramp]}

    def _ramp(self, ends: Mapping[str, float]) -> Ramp:
        easy, hard = ends["easy"], ends["hard"]
        if (self.harder == "smaller" and hard > easy) or (self.harder == "larger" and hard < easy):
            raise PydanticCustomError(
                "ramp_direction",
                "easy is {easy} and hard is {hard}, but here {harder} is harder; hard must be the {harder} one",
                {"easy": f"{easy:g}", "hard": f"{hard:g}", "harder": self.harder},
            )
        return Ramp(easy, hard, self.curve)


def geometric(least: float, most: float, *, harder: Harder | None = None) -> Bounds:
    """Bounds for a time or a size. Use: `size_mm: Annotated[Ramp, geometric(8, 60, harder="smaller")]`."""
    assert 0 < least <= most
    return Bounds(least, most, "geometric", harder)


def linear(least: float, most: float, *, harder: Harder | None = None) -> Bounds:
    """Bounds for an angle, a hold or a share of the person's range."""
    assert least <= most
    return Bounds(least, most, "linear", harder)


def whole(least: int, most: int, *, harder: Harder | None = None) -> Bounds:
    """Bounds for a count: whole at both ends, and in between."""
    assert least <= most
    return Bounds(least, most, "whole", harder)


def _as_ends(value: object) -> object:
    if isinstance(value, Ramp):
        return {"easy": value.easy, "hard": value.hard}
    if isinstance(value, Mapping):
        return value
    return {"easy": value, "hard": value}


def _plain(ramp: Ramp) -> float | dict[str, float]:
    return ramp.easy if ramp.pinned else {"easy": ramp.easy, "hard": ramp.hard}
