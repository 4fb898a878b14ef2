"""A small game to test levels with: it is asked for a few values of every kind a level may hold."""

from typing import Annotated, Literal

from pydantic import Field

from engine.hand import Finger
from engine.inputs import GameInput
from engine.play.game import Event, Game
from engine.play.level import LevelBase, Ramp, Strict, Text, geometric, linear
from engine.view.scene import Scene


class Step(Strict):
    """One thing to do."""

    finger: Finger = Field(description="The finger that moves.")
    hold_s: Annotated[Ramp, linear(0, 15, harder="larger")] = Field(description="How long to stay, seconds.")
    note: Text = Field(default="-", max_length=40, description="A word for the therapist.")


class Tray(Strict):
    """Where the things lie."""

    size_mm: Annotated[Ramp, geometric(8, 60, harder="smaller")] = Field(description="Diameter of a thing, mm.")
    fall_s: Annotated[Ramp, geometric(0.5, 10)] = Field(default=Ramp(5, 2), description="How long it falls, seconds.")


class ToyLevel(LevelBase):
    """A level of the toy."""

    game: Literal["toy"] = Field(description="The toy.")
    tray: Tray = Field(description="The tray.")
    order: Literal["in_turn", "shuffled"] = Field(default="in_turn", description="In which order.")
    lifted: bool = Field(default=False, description="Whether the things float.")
    steps: tuple[Step, ...] = Field(default=(), max_length=12, description="What to do.")


def start(level: ToyLevel, seed: int) -> int:
    return level.trials + seed


def step(state: int, inputs: GameInput, tick_s: float) -> tuple[int, tuple[Event, ...]]:
    return state - (inputs.affected.seen and tick_s > 0), ()


TOY = Game("toy", ToyLevel, start, step, lambda _: None, lambda _: Scene(()), lambda state: state <= 0)
OTHER = Game("bead_toy", ToyLevel, start, step, lambda _: None, lambda _: Scene(()), lambda state: state <= 0)
TOYS = (TOY, OTHER)

GOOD = """\
# For whom: anyone who tests.
game: toy
title: A toy
for_whom: People who test.
why: It practises every kind of value.
instruction: Do what is asked.
stage: 1
hand: unaffected
repetitions: 5
difficulty: {start: 2, min: 0, max: 8}
tray:
  size_mm: {easy: 40, hard: 18}
  fall_s: 3
steps:
  - {finger: index, hold_s: 2}
  - finger: thumb
    hold_s: {easy: 1, hard: 5}
    note: "slow: and gentle"
"""
