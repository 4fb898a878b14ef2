"""Following a line that closes and opens slowly: it goes on while the hand is with it, and waits where it is not."""

from engine.changed import changed
from engine.inputs import AFFECTED, GameInput
from engine.play.game import Event
from games.mirror_avatar.state import State
from games.mirror_avatar.trial import band_at
from games.mirror_avatar.watching import ended, least_seen, values_of

STRAYED_S = 0.3
AFTER_A_GAP_S = 1.0
TRACES = 90
"""How many points the trace of a whole trial has."""


def follow(state: State, given: GameInput, dt_s: float) -> tuple[State, tuple[Event, ...]]:
    part, trial = state.part, state.trial
    watched = least_seen([given.hand(role) for role in part.roles], state.movement.control)
    watch = state.watch.after(watched, dt_s)
    if not watched.seen:
        return changed(state, watch=watch, blind=True), ()
    values, (low, high) = values_of(state, given), band_at(trial, state.progress_s)
    asked = values if part.both else (values[0 if part.role is AFFECTED else 1],)
    near = all(low <= value <= high for value in asked)
    # A hand that was not seen has a moment to come back to the line.
    before_s = -AFTER_A_GAP_S if state.blind else state.out_s
    out_s = 0.0 if near else before_s + dt_s
    strayed = before_s < STRAYED_S <= out_s
    progress_s = state.progress_s + dt_s * near
    traced = int(progress_s / trial.follow_s * TRACES) > int(state.progress_s / trial.follow_s * TRACES)
    state = changed(
        state, watch=watch, values=values, blind=False, progress_s=progress_s, out_s=out_s,
        in_s=state.in_s + dt_s * near, strays=state.strays + strayed, work_s=state.work_s + dt_s,
        part_s=state.part_s + dt_s, trace=(*state.trace, values) if traced else state.trace,
        palm_xy=given.hand(part.role).palm_xy,
    )  # fmt: skip
    if progress_s >= trial.follow_s:
        return ended(state, "strayed" if state.strays > trial.strays and not trial.assisted else None)
    if trial.time_limit_s is not None and state.work_s > trial.time_limit_s:
        return ended(state, "strayed" if state.strays else "not_there")
    return state, ()
