"""What a game is told, once per tick: hands as controls in the person's own range. Never a device, never a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, get_args

from engine.hand import Side

TICK_HZ = 60
TICK_S = 1 / TICK_HZ

ControlName = Literal[
    "flexion.thumb",
    "flexion.index",
    "flexion.middle",
    "flexion.ring",
    "flexion.little",
    "pinch.index",
    "pinch.middle",
    "pinch.ring",
    "pinch.little",
    "fist",
    "spread",
    "opposition",
    "wrist",
]
CONTROLS: tuple[ControlName, ...] = get_args(ControlName)


class Role(StrEnum):
    """Which of the person's hands, by what the stroke left it."""

    AFFECTED = "affected"
    UNAFFECTED = "unaffected"


AFFECTED, UNAFFECTED = Role
BOTH: tuple[Role, ...] = (AFFECTED, UNAFFECTED)


class Tracking(StrEnum):
    """How well the hand is seen now. A gap is first coasted over (values held), then called lost."""

    TRACKED = "tracked"
    COASTING = "coasting"
    LOST = "lost"


TRACKED, COASTING, LOST = Tracking


@dataclass(frozen=True)
class HandInput:
    """One hand, this tick.

    `values`: control -> 0..1 of the person's own range (0 open, apart, neutral; 1 closed, touching, full).
    While coasting or lost these are the last ones seen.
    `palm_xy`: where the palm is in the reach area, 0..1 each, x to the person's right, y away from the person;
    None where the source has no place (a glove).
    `held`, `pressed`, `released`: controls beyond their threshold, and the edges since the last tick.
    A hand that leaves or returns makes no edge: `held` may then change without one. A gap of up to half a second is not
    leaving: what the hand has done meanwhile makes its edge in the next picture or, where it was looked for and not
    found, once it is steadily seen.
    `unknown`: controls that cannot be told now (the wrist of a forearm that moves): their value is the last known.
    """

    tracking: Tracking = LOST
    values: Mapping[str, float] = field(default_factory=dict)
    palm_xy: tuple[float, float] | None = None
    held: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def value(self, control: str) -> float:
        """The control now; 0 where it has never been seen."""
        return self.values.get(control, 0.0)

    @property
    def seen(self) -> bool:
        """Whether the hand is tracked or coasted over."""
        return self.tracking is not LOST


NO_HAND = HandInput()


@dataclass(frozen=True)
class GameInput:
    """Everything a game may know in one tick. What is not in here, a replay cannot repeat.

    `difficulty`: 0..10, chosen by the adaptation between trials.
    `assisted`: the next trial is a helped one (wide targets, no time limit); it does not count against anyone.
    `offsets`: levels added to the difficulty of single parameters, by name (engine.play.causes).
    `go_on`: the person cuts a rest short, in this one tick.
    """

    affected: HandInput = NO_HAND
    unaffected: HandInput = NO_HAND
    affected_side: Side = Side.RIGHT
    difficulty: float = 0.0
    assisted: bool = False
    offsets: tuple[tuple[str, float], ...] = ()
    go_on: bool = False

    def hand(self, role: Role) -> HandInput:
        """The hand in this role."""
        return self.affected if role is AFFECTED else self.unaffected

    def side(self, role: Role) -> Side:
        """Which side the hand in this role is."""
        return self.affected_side if role is AFFECTED else self.affected_side.other
