"""What every source of hand movement promises, whatever it is: camera, glove, recording, keyboard, simulated hand."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from engine.hand import Sample
from engine.problem import NotUnderstoodError

if TYPE_CHECKING:
    from engine.play.game import Cue


class SourceError(NotUnderstoodError, ValueError):
    """This source cannot be meant; the message says what was found and what is allowed."""


class SourceState(StrEnum):
    """Where a source is in its life.

    OPENING: starting, or starting again after a crash; nothing to read yet.
    RUNNING: samples come.
    LOST: nothing usable comes at the moment (unplugged, covered, frozen); it keeps looking and may return.
    GONE: it has given up; offer the person another source.
    ENDED: a recording or a video has reached its end, or the source was closed.
    """

    OPENING = "opening"
    RUNNING = "running"
    LOST = "lost"
    GONE = "gone"
    ENDED = "ended"


@dataclass(frozen=True)
class Latency:
    """How old a sample is when it arrives, milliseconds, median of the latest ones.

    `capture_to_detect_ms`: from the picture taken to the hand found in it (or the sensor read and understood).
    `detect_to_read_ms`: from there to this process.
    """

    capture_to_detect_ms: float
    detect_to_read_ms: float

    @property
    def total_ms(self) -> float:
        """From the picture to this process."""
        return self.capture_to_detect_ms + self.detect_to_read_ms


@dataclass(frozen=True)
class SourceStatus:
    """How a source is doing: a state, the reason in words a person can act on, and figures where it knows them. `ask`:
    what the person is asked to do just now, in one short sentence (a glove that learns its hand)."""

    state: SourceState
    reason: str = ""
    rate_hz: float | None = None
    latency: Latency | None = None
    ask: str = ""
    model: str | None = None
    """The hand model that looked at the latest picture, full or lite, where there is one."""


class Source(Protocol):
    """One way for hand movement to come in. All sources are equal; a game cannot tell them apart.

    `paced`: True where samples come in real time, False where they come as fast as they are asked for.
    """

    @property
    def name(self) -> str: ...

    @property
    def paced(self) -> bool: ...

    def read(self, timeout_s: float) -> list[Sample]:
        """All samples that arrived, oldest first; waits up to `timeout_s` for one; empty if none came."""
        ...

    def status(self) -> SourceStatus:
        """How it is doing now; never waits."""
        ...

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """What the game asks for now, at `hand_time_s` of the player's clock. Only simulated hands look at it."""
        ...

    def close(self) -> None:
        """Let go of the device and of every process and file behind it. May be called twice."""
        ...


def has_place(source: Source) -> bool:
    """Whether this source knows where the palm is. A glove does not: then the game carries the hand."""
    return bool(getattr(source, "has_place", True))
