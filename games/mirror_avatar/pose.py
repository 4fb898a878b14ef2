"""A pose and the way back: reach it, hold it, open again; by one hand or by both.

Fingers that came along and poses let go early may be tried again a few times. Nothing else is a miss but a time limit
the level itself set, and two hands further apart than it allows.
"""

from dataclasses import replace
from statistics import median

from engine.changed import changed
from engine.inputs import AFFECTED, GameInput, HandInput
from engine.play.game import Event, Said, Sounded
from games.mirror_avatar.state import Pair, State
from games.mirror_avatar.watching import ended, least_seen, values_of

ROOM = 0.06
"""A pose that was reached may loosen this far."""
REALLY_S = 0.25
HINT_S = 10.0
ALONG_S = 3.0
"""A pose with others along counts as one try when it is let go, or after this long."""
NOBODY: Pair = (-1.0, -1.0)

Step = tuple[State, tuple[Event, ...]]


def pose(state: State, given: GameInput, dt_s: float) -> Step:
    part = state.part
    hands = [given.hand(role) for role in part.roles]
    watched = least_seen(hands, state.movement.control)
    watch = state.watch.after(watched, dt_s)
    if not watched.seen:
        return changed(state, watch=watch, blind=True, arrived_s=NOBODY, along_s=0.0), ()
    values = values_of(state, given)
    state = changed(
        state, watch=watch, values=values, part_s=state.part_s + dt_s, work_s=state.work_s + dt_s * part.scored,
        palm_xy=hands[0].palm_xy,
    )  # fmt: skip
    limit_s = state.trial.time_limit_s
    if limit_s is not None and state.work_s > limit_s:
        return ended(state, _too_late(state))
    return _open(state, values) if part.opens else _move(state, hands, values, dt_s)


def _asked(state: State, values: Pair) -> list[float]:
    """The values of the hands that are asked now."""
    part = state.part
    return list(values) if part.both else [values[0] if part.role is AFFECTED else values[1]]


def _open(state: State, values: Pair) -> Step:
    if max(_asked(state, values)) > state.trial.open_to:
        return state, _hint(state, "mirror_avatar.hint_open")
    return _next_part(state)


def _move(state: State, hands: list[HandInput], values: Pair, dt_s: float) -> Step:
    trial, asked = state.trial, _asked(state, values)
    least = min(asked)
    holding = state.held_s > 0.0
    there = least >= trial.target - (ROOM if holding else 0.0)
    along = trial.behind > 0.0 and _others_came(state, hands)
    arrived_s = _arrived(state, values)
    if there and not along:
        held_s = state.held_s + dt_s
        state = changed(state, held_s=held_s, arrived_s=arrived_s, blind=False, along_s=0.0)
        return _next_part(_with_lag(state)) if held_s >= trial.hold_s else (state, ())
    let_go = holding and not state.blind and state.held_s > REALLY_S
    along_s = state.along_s + dt_s * (there and along)
    tried = along_s > 0.0 and (least < trial.target / 2 or along_s > ALONG_S)
    state = changed(
        state, held_s=0.0, arrived_s=arrived_s, blind=False, along_s=0.0 if tried else along_s,
        slips=state.slips + (let_go or tried),
    )  # fmt: skip
    if (let_go or tried) and state.slips >= state.level.tries and not trial.assisted:
        return ended(state, "others_moved" if tried else "not_held")
    if tried:
        return state, (Said("mirror_avatar.alone"),)
    return state, _hint(state, f"mirror_avatar.do.{state.part.movement}")


def _others_came(state: State, hands: list[HandInput]) -> bool:
    """Whether other fingers bent nearly as far as the one that is asked."""
    movement, behind = state.movement, state.trial.behind
    return any(hand.value(other) > hand.value(movement.control) - behind for hand in hands for other in movement.others)


def _arrived(state: State, values: Pair) -> Pair:
    """When each hand came to the pose; one that has left it has not come."""
    first, second = (
        (came if came >= 0.0 else state.part_s) if value >= state.trial.target - ROOM else -1.0
        for came, value in zip(state.arrived_s, values, strict=True)
    )
    return first, second


def _with_lag(state: State) -> State:
    affected_s, unaffected_s = state.arrived_s
    if not state.part.both or min(affected_s, unaffected_s) < 0.0:
        return state
    return changed(state, lags_s=(*state.lags_s, abs(affected_s - unaffected_s)))


def _next_part(state: State) -> Step:
    """On to the way back, or to the next movement; after the last one the trial is over."""
    at = state.at + 1
    if at >= len(state.trial.parts):
        limit_s = state.trial.lag_s
        apart = limit_s is not None and bool(state.lags_s) and median(state.lags_s) > limit_s
        return ended(state, "apart" if apart else None)
    reached = not state.part.opens
    state = replace(state, at=at, part_s=0.0, held_s=0.0, arrived_s=NOBODY, along_s=0.0)
    return state, (Sounded("guide_3" if reached else "guide_2"),)


def _too_late(state: State) -> str:
    """What was still to be done when the time was over."""
    if state.part.opens:
        return "not_opened"
    if state.held_s > 0.0:
        return "not_held"
    return "others_moved" if state.along_s > 0.0 else "not_there"


def _hint(state: State, key: str) -> tuple[Event, ...]:
    """Said once, after a while without progress."""
    before_s = state.part_s - 1 / 60
    return (Said(key),) if before_s < HINT_S <= state.part_s else ()
