"""When is the camera process well, when does it only pause, when does it hang? Rules; the supervisor acts on them."""

from dataclasses import dataclass
from enum import StrEnum

from engine.tracking.messages import Stage


class Health(StrEnum):
    """How the camera process is: well, pausing (the person is told), or hanging (it is replaced)."""

    WELL = "well"
    STALLED = "stalled"
    HUNG = "hung"


@dataclass(frozen=True)
class Patience:
    """How long something may take before it is called stalled (the person is told) and hung (the process is ended)."""

    stalled_s: float
    hung_s: float


SILENCE = {
    # Importing and reading the network hold Python's lock for long stretches, on a cold disk for many seconds.
    Stage.LOADING: Patience(30.0, 60.0),
    Stage.OPENING: Patience(2.0, 5.0),
    Stage.WAITING: Patience(0.4, 1.5),
    Stage.DETECTING: Patience(0.4, 1.5),
    Stage.CHANGING: Patience(0.4, 1.5),
}
"""How long the heartbeat may be out, by what the process was doing when it was last heard. Silence is told at once. The
end waits longer, for on a busy machine a process that starts anew is slower still. Making another model ready lets go
of Python's lock, so the heart beats on through a change of models as well."""

DETECTION = {Stage.DETECTING: Patience(0.4, 1.5), Stage.CHANGING: Patience(0.4, 3.0)}
"""How long one picture may take; usual are 5 to 40 milliseconds, up to half a second while a model is made ready."""

UNHURRIED = 10.0
"""So many times longer may everything take where nobody waits for it: a video that is read as fast as it can be."""

CRASHES_ALLOWED, CRASHES_WITHIN_S = 3, 60.0


@dataclass(frozen=True)
class Pulse:
    """The last that was heard: when, in which stage, and for how long it had been in that stage."""

    heard_s: float
    stage: Stage = Stage.LOADING
    in_stage_s: float = 0.0


def health(pulse: Pulse, now_s: float, unhurried: bool = False) -> Health:
    """How the process is, judged by its last sign of life."""
    silent_s, pace = now_s - pulse.heard_s, 1 / UNHURRIED if unhurried else 1.0
    verdicts = [_judged(SILENCE[pulse.stage], pace * silent_s)]
    if pulse.stage in DETECTION:
        verdicts.append(_judged(DETECTION[pulse.stage], pace * (pulse.in_stage_s + silent_s)))
    if Health.HUNG in verdicts:
        return Health.HUNG
    return Health.STALLED if Health.STALLED in verdicts else Health.WELL


def _judged(patience: Patience, taken_s: float) -> Health:
    if taken_s > patience.hung_s:
        return Health.HUNG
    return Health.STALLED if taken_s > patience.stalled_s else Health.WELL


def too_many(crashes_s: tuple[float, ...], now_s: float) -> bool:
    """True at the third crash within a minute: then it is kinder to offer another way to play."""
    return sum(now_s - crash_s < CRASHES_WITHIN_S for crash_s in crashes_s) >= CRASHES_ALLOWED
