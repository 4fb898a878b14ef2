"""What mirror-avatar asks the hands to do now, exactly enough that hands which answer it succeed."""

from functools import lru_cache

from engine.inputs import ControlName
from engine.play.game import Cue, Target
from games.mirror_avatar.movements import MOVEMENTS, MovementName
from games.mirror_avatar.state import READY, SETTLE, WORK, State
from games.mirror_avatar.trial import SETTLE_CYCLE_S, Part, line_at

SURELY = 0.03
LOOKS_AHEAD_S = 0.4
STEPS = 50


def cue(state: State) -> Cue | None:
    """None between two repetitions and in the rest."""
    phase, trial = state.phase, state.trial
    if phase is WORK:
        part = state.part
        by_s = None if trial.time_limit_s is None else max(0.0, trial.time_limit_s - state.work_s)
        if state.level.task == "follow":
            return Cue(part.role, _line(state), None, 0.0, by_s, part.both)
        hold_s = 0.0 if part.opens else max(0.0, trial.hold_s - state.held_s)
        return Cue(part.role, _pose(part.movement, part.opens, *asked(state)), None, hold_s, by_s, part.both)
    if phase is READY:
        return _open(state, state.trial.parts[0])
    if phase is SETTLE:
        return _settle(state)
    return None


def asked(state: State) -> tuple[float, float, float]:
    """How far the pose goes, how far the hand opens, how far the others stay behind."""
    trial = state.trial
    return trial.target, trial.open_to, trial.behind


def _open(state: State, part: Part) -> Cue:
    return Cue(part.role, _pose(part.movement, True, *asked(state)), both=state.level.drive in ("echo", "together"))


def _settle(state: State) -> Cue:
    """Close and open, slowly, in turn."""
    closing = state.phase_s % SETTLE_CYCLE_S < SETTLE_CYCLE_S / 2
    both = state.level.drive in ("echo", "together")
    return Cue(state.level.hand, _band("fist", 0.5, 0.9) if closing else _band("fist", 0.0, 0.3), both=both)


def _line(state: State) -> tuple[Target, ...]:
    """Where the line is going, as far as the band allows to be ahead of it."""
    trial = state.trial
    now, soon = (line_at(trial, state.progress_s + ahead_s) for ahead_s in (0.0, LOOKS_AHEAD_S))
    aim = min(max(soon, now - trial.band / 2), now + trial.band / 2)
    # Asked in small steps, so that the same is asked for a while.
    aim = round(aim * STEPS) / STEPS
    return _band(state.movement.control, max(0.0, aim - trial.band / 3), max(0.04, min(1.0, aim + trial.band / 3)))


# The same is asked for seconds on end: it is put together once.
@lru_cache(maxsize=256)
def _band(control: ControlName, low: float, high: float) -> tuple[Target, ...]:
    return (Target(control, low, high),)


@lru_cache(maxsize=256)
def _pose(name: MovementName, opens: bool, target: float, open_to: float, behind: float) -> tuple[Target, ...]:
    movement = MOVEMENTS[name]
    if opens:
        return (Target(movement.control, 0.0, max(0.04, open_to - SURELY)),)
    asked_of = Target(movement.control, min(target + SURELY, 0.97), 1.0)
    if name == "spread":
        return asked_of, Target("fist", 0.0, 0.1)
    if behind <= 0.0:
        return (asked_of,)
    most = max(0.04, target - behind - SURELY)
    return (asked_of, *(Target(other, 0.0, most) for other in movement.others))
