"""What every level file may say, whatever its game: the model each game's own level extends.

A level is plain, bounded data. Every number has a least and a most, every text a longest; the description of each
field is what a level designer reads in the editor and on the reference page.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from engine.inputs import GameInput, Role
from engine.play.levelrules import Broken, Seen, broken_in, rule
from engine.play.ramp import Ramp, geometric, linear, whole
from engine.play.text import Text

__all__ = ["Difficulty", "LevelBase", "Ramp", "Strict", "Text", "geometric", "linear", "whole"]

MAX_LEVEL_MIN = 60


class Strict(BaseModel):
    """A block of a level file: nothing unknown, nothing converted by guess, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, validate_default=True, allow_inf_nan=False)

    @classmethod
    def of(cls, values: Mapping[str, object], seen: Seen | None = None) -> Self:
        """Read what a file said, where text stands for the names of hands and fingers, and lists for tuples. `seen` is
        told every key that is right, even where others are not and pydantic's ValidationError is raised."""
        return cls.model_validate_json(json.dumps(values), context=seen)

    @field_validator("*", mode="after")
    @classmethod
    def _right(cls, value: Any, info: ValidationInfo) -> Any:
        if info.context is not None and info.field_name is not None:
            info.context.setdefault(cls, {})[info.field_name] = value
        return value


class Difficulty(Strict):
    """How hard the level begins, how far it may go, and how often it should succeed."""

    start: float = Field(
        default=2.5,
        ge=0,
        le=10,
        description="Where a first session begins, 0 (easiest) to 10, once the hand is warm (its first trials are up "
        "to half a level easier); about 2.5 for stage 1, 5 for 2, 7.5 for 3.",
    )
    min: float = Field(
        default=0.0, ge=0, le=10, description="Never easier than this. Equal to `max`, the difficulty is pinned."
    )
    max: float = Field(default=10.0, ge=0, le=10, description="Never harder than this.")
    target_success: float = Field(
        default=0.775, ge=0.5, le=0.95, description="The share of trials that should succeed; 0.775 is 31 in 40."
    )


class LevelBase(Strict):
    """The part that all games share. A game adds its own fields and names itself: `game: Literal["coin_drop"]`.

    `eased_after`: the parameters that a cause of a miss eases, the first of them naming them all; causes may share
    them, and no parameter has two names.
    """

    eased_after: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    game: str = Field(max_length=40, description="The game that this level belongs to.")
    extends: str | None = Field(
        default=None,
        max_length=81,
        description="Another level to build on, by its name (coin_drop/01_one_coin): write only what "
        "differs. Of a block or an `{easy: ..., hard: ...}` the keys left out are taken from that level too.",
    )
    title: Text = Field(max_length=60, description="The name on the button: a few words.")
    for_whom: Text = Field(max_length=300, description="Who this level is meant for.")
    why: Text = Field(max_length=300, description="What it practises, and what that is good for in a day.")
    instruction: Text = Field(max_length=120, description="Spoken and shown before the first trial: one sentence.")
    stage: int = Field(
        ge=1,
        le=3,
        description="1: moves with help of the other hand. 2: fair movement, must grasp. 3: coordination and strength.",
    )
    hand: Role = Field(title="Hand that plays", default=Role.AFFECTED, description="Which of the person's hands plays.")
    reach: Literal["free", "carried"] = Field(
        title="How the hand gets about",
        default="carried",
        description="free: the palm moves the hand. carried: the game carries it, the fingers do the work.",
    )
    sets: int = Field(default=2, ge=1, le=6, description="How many sets, with a rest between them.")
    repetitions: int = Field(default=10, ge=1, le=60, description="Repetitions in one set.")
    rest_s: float = Field(default=60.0, ge=5, le=300, description="Rest between two sets, seconds; may be cut short.")
    difficulty: Difficulty = Field(default_factory=Difficulty, description="Where the difficulty starts and stays.")

    @property
    def trials(self) -> int:
        return self.sets * self.repetitions

    @property
    def roles(self) -> tuple[Role, ...]:
        """The hands that the camera must see. A game for two hands says `BOTH` where it needs them: seeing two takes
        more than twice the time of one."""
        return (self.hand,)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the task that may be eased one by one, by their first parameter: those that follow the
        difficulty. None where a therapist pinned it, or where there is but one."""
        if self.difficulty.min == self.difficulty.max:
            return ()
        found = tuple(dict.fromkeys(names[0] for names in self.eased_after.values() if any(map(self._adapts, names))))
        return found if len(found) > 1 else ()

    def part_of(self, cause: str | None) -> str | None:
        """The part of the task behind a miss; None where no parameter answers to it."""
        names = self.eased_after.get(cause or "", ())
        return names[0] if names else None

    def for_trial(self, given: GameInput) -> Self:
        """The level as this person meets it in the trial that begins now: each part with its offset. A helped trial is
        as easy as the level gets."""
        if given.assisted or not given.offsets:
            return self
        offsets = dict(given.offsets)
        moved = {
            name: replace(getattr(self, name), offset=offsets[names[0]])
            for names in self.eased_after.values()
            for name in names
            if names[0] in offsets and self._adapts(name)
        }
        return self.model_copy(update=moved)

    def _adapts(self, name: str) -> bool:
        ramp = getattr(self, name)
        return isinstance(ramp, Ramp) and not ramp.pinned

    def idle(self) -> dict[str, str]:
        """The keys that do nothing in this level, each with why not."""
        return {}

    def consider(self) -> dict[str, str]:
        """What the author of this level may want to think over, by its key."""
        return {}

    def as_played(self, name: str, value: float) -> float:
        """The value of a parameter that is really used."""
        return min(value, self.most_used().get(name, value))

    def most_used(self) -> dict[str, float]:
        """The most that is used of a parameter in this level, where the table has no room for more."""
        return {}

    def as_shown(self) -> Self:
        """The level as it is demonstrated before play: what is long and shows nothing is left out."""
        return self

    def longest_trial_s(self) -> float:
        """The longest one repetition may take, seconds. A game that lets people take their time says more here."""
        return 60.0

    def longest_s(self) -> float:
        """The longest this level may take from first to last trial, rests included, seconds."""
        return self.trials * self.longest_trial_s() + (self.sets - 1) * self.rest_s

    @rule
    def _starts_high_enough(self) -> Broken | None:
        return self._out_of_order() if self.difficulty.start < self.difficulty.min else None

    @rule
    def _starts_low_enough(self) -> Broken | None:
        return self._out_of_order() if self.difficulty.start > self.difficulty.max else None

    def _out_of_order(self) -> Broken:
        said = [f"{name} is {value:g}" for name, value in self.difficulty if name in ("start", "min", "max")]
        told = f"{', '.join(said[:-1])} and {said[-1]}; choose them so that min <= start <= max"
        return Broken(("difficulty", "start"), told)

    @rule
    def _within_an_hour(self) -> Broken | None:
        if self.longest_s() <= MAX_LEVEL_MIN * 60:
            return None
        told = f"{self.sets} sets of {self.repetitions} could take {round(self.longest_s() / 60)} min"
        words = (
            f"{told}; the most is {MAX_LEVEL_MIN} min: ask for fewer repetitions or sets, or give less time for each"
        )
        return Broken(("repetitions",), words)

    @model_validator(mode="after")
    def _keeps_its_rules(self) -> Self:
        if broken := broken_in(self):
            raise broken
        return self
