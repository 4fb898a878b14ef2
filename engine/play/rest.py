"""The rest between two sets: when one is due, how much of it is left, when it is over."""

from engine.inputs import GameInput
from engine.play.level import LevelBase


def rest_is_due(level: LevelBase, counted: int, rests: int) -> bool:
    """Whether a set has been filled since the last rest: `counted` repetitions are done, `rests` have been had."""
    return counted < level.trials and counted // level.repetitions > rests


def rest_left(level: LevelBase, rested_s: float) -> float:
    """Share of the rest that is still to come, 0..1, for the line that shows it."""
    return max(0.0, 1 - rested_s / level.rest_s)


def rest_is_over(level: LevelBase, rested_s: float, given: GameInput) -> bool:
    """Whether it has lasted as long as the level says, or the person would rather go on."""
    return given.go_on or rested_s >= level.rest_s
