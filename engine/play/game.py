"""A game is a value: pure functions over frozen dataclasses. No clock, no device, no global randomness."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.inputs import BOTH, ControlName, GameInput, Role
from engine.play.level import LevelBase
from engine.view.scene import Scene


@dataclass(frozen=True)
class Target:
    """One control and the band it should come into: `low`..`high`, 0..1 of the person's own range."""

    control: ControlName
    low: float
    high: float = 1.0


@dataclass(frozen=True)
class Place:
    """Where the palm should be in the reach area (0..1, x to the person's right, y away), within `radius`."""

    xy: tuple[float, float]
    radius: float


@dataclass(frozen=True)
class Cue:
    """What the hand is asked to do now.

    One answer serves the simulated patient, the ghost hand, the hint, the movement error and the mirror avatar.
    `targets` must hold together; `place` is None where the palm need not move; `hold_s` is how long to stay there;
    `by_s` is how many seconds are left, or None where nobody is counting. `both`: the other hand is asked the same,
    mirrored.
    """

    role: Role
    targets: tuple[Target, ...]
    place: Place | None = None
    hold_s: float = 0.0
    by_s: float | None = None
    both: bool = False

    @property
    def roles(self) -> tuple[Role, ...]:
        """The hands that are asked."""
        return BOTH if self.both else (self.role,)


@dataclass(frozen=True)
class TrialStarted:
    """Trial `n` begins; no number comes twice."""

    n: int


@dataclass(frozen=True)
class TrialEnded:
    """One coin, one bead, one pose. `success` is None for a void trial: the camera lost the hand, nobody failed.

    Where a game measures them: `lag_ms`, how far apart two hands were that move together (median of the trial);
    `in_band`, share of the time in which a hand that follows was where it was asked to be."""

    n: int
    success: bool | None
    cause: str | None
    duration_s: float
    difficulty: float
    assisted: bool = False
    lag_ms: float | None = None
    in_band: float | None = None


@dataclass(frozen=True)
class Sounded:
    """Something in the world made a sound the player should hear (name of a sound in engine.view.sound);
    `diameter_mm`: of the coin that made it."""

    name: str
    strength: float = 1.0
    diameter_mm: float | None = None


@dataclass(frozen=True)
class Said:
    """A sentence for the player, by its key in assets/strings; shown and spoken by the application."""

    key: str


Event = TrialStarted | TrialEnded | Sounded | Said
LevelT = TypeVar("LevelT", bound=LevelBase)
StateT = TypeVar("StateT")


def never(_: object) -> bool:
    """Of a game in which nobody rests."""
    return False


@dataclass(frozen=True)
class Game(Generic[LevelT, StateT]):
    """A whole game. `step` is called once per tick with the tick's length in seconds; the n-th trial is drawn
    from `Random(f"{seed}:{n}")` and from nothing else; `draw` shows the state and changes nothing. Who waits for a hand
    asks for it: after seconds without a `cue` a simulated hand is laid down. While `resting`, no hand is needed, and
    `go_on` of the input ends the rest."""

    name: str
    level: type[LevelT]
    start: Callable[[LevelT, int], StateT]
    step: Callable[[StateT, GameInput, float], tuple[StateT, tuple[Event, ...]]]
    cue: Callable[[StateT], Cue | None]
    draw: Callable[[StateT], Scene]
    done: Callable[[StateT], bool]
    resting: Callable[[StateT], bool] = never
