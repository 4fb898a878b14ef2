"""What comes when in mirror-avatar: slow movement first, then repetitions in sets, with rests between.

A hand that keeps still is waited for, hands that the camera lost freeze the trial.
"""

import math
from dataclasses import replace

from engine.changed import changed
from engine.inputs import BOTH, GameInput
from engine.play.game import Event, Said, Sounded, TrialStarted
from engine.play.helping import TOGETHER, TOGETHER_S
from engine.play.rest import rest_is_due, rest_is_over
from engine.play.watch import Watch
from games.mirror_avatar.follow import follow
from games.mirror_avatar.level import MirrorAvatarLevel
from games.mirror_avatar.movements import MOVEMENTS
from games.mirror_avatar.pose import pose
from games.mirror_avatar.state import AGAIN, DONE, READY, REST, SETTLE, WELL, WORK, State
from games.mirror_avatar.trial import draw_trial
from games.mirror_avatar.watching import least_seen, values_of

READY_S, WELL_S, AGAIN_S = 0.8, 0.9, 1.3
LASTS_S = {WELL: WELL_S, AGAIN: AGAIN_S}
OPENS_WITHIN_S = 5.0

Step = tuple[State, tuple[Event, ...]]


def start(level: MirrorAvatarLevel, seed: int) -> State:
    """Before the first repetition. It is drawn anew when its difficulty is known."""
    trial = draw_trial(level, seed, 0, difficulty=level.difficulty.start, assisted=False)
    return State(level, seed, trial, phase=SETTLE if level.settle_s > 0 else READY)


def done(state: State) -> bool:
    return state.phase is DONE


def resting(state: State) -> bool:
    return state.phase is REST


def step(state: State, given: GameInput, dt_s: float) -> Step:
    phase = state.phase
    if phase is WORK:
        return follow(state, given, dt_s) if state.level.task == "follow" else pose(state, given, dt_s)
    if phase is SETTLE:
        return _settle(state, given, dt_s)
    if phase is READY:
        return _ready(state, given, dt_s)
    return _by_itself(state, given, dt_s)


def _settle(state: State, given: GameInput, dt_s: float) -> Step:
    """Slow movement, so that the hands on the table become one's own. Only time in which a hand is seen counts."""
    if not given.hand(state.level.hand).seen:
        return state, ()
    told = (Said("mirror_avatar.settle"),) if state.phase_s == 0.0 else ()
    phase_s = state.phase_s + dt_s
    if phase_s < state.level.settle_s:
        return changed(state, phase_s=phase_s, side=given.affected_side), told
    return replace(state, phase=READY, phase_s=0.0), told


def _ready(state: State, given: GameInput, dt_s: float) -> Step:
    """The next one is drawn; it begins when the hands are seen, and open (nobody waits for that for ever)."""
    told: tuple[Event, ...] = ()
    if state.phase_s == 0.0:
        state = _next_trial(state, given)
        told = (Said(TOGETHER),) if state.trial.assisted else ()
    ready_s = TOGETHER_S if state.trial.assisted else READY_S
    values = values_of(state, given)
    phase_s, part = state.phase_s + dt_s, state.trial.parts[0]
    roles = BOTH if state.level.drive in ("echo", "together") else part.roles
    control = state.movement.control
    seen = least_seen([given.hand(role) for role in roles], control).seen
    opened = phase_s > OPENS_WITHIN_S or all(given.hand(r).value(control) <= state.trial.open_to for r in roles)
    if phase_s < ready_s or not seen or not opened:
        # The clock of a phase stands still while nobody is seen: the five seconds are for opening.
        return changed(state, phase_s=phase_s if seen or phase_s < ready_s else state.phase_s, values=values), told
    begun = replace(state, phase=WORK, phase_s=0.0, part_s=0.0, watch=Watch(), blind=False, values=values)
    first_of_set = len(state.beads) % state.level.repetitions == 0
    said = (Said(f"mirror_avatar.do.{part.movement}"),) if first_of_set else ()
    return begun, (TrialStarted(state.trial.n), *said)


def _next_trial(state: State, given: GameInput) -> State:
    n = len(state.beads) + state.voids
    trial = draw_trial(
        state.level.for_trial(given), state.seed, n, difficulty=given.difficulty, assisted=given.assisted
    )  # fmt: skip
    turned_from = MOVEMENTS[state.part.movement].roll_rad
    return replace(
        state, trial=trial, side=given.affected_side, at=0, held_s=0.0, arrived_s=(-1.0, -1.0), lags_s=(), slips=0,
        along_s=0.0, work_s=0.0, progress_s=0.0, in_s=0.0, out_s=0.0, strays=0, trace=(), cause=None,
        turned_from=turned_from,
    )  # fmt: skip


def _by_itself(state: State, given: GameInput, dt_s: float) -> Step:
    """What needs no hand: a moment to see how it went, and the rest."""
    phase, phase_s, level = state.phase, state.phase_s + dt_s, state.level
    over = rest_is_over(level, phase_s, given) if phase is REST else phase_s >= LASTS_S.get(phase, math.inf)
    if not over:
        return changed(state, phase_s=phase_s), ()
    count = len(state.beads)
    if count >= level.trials:
        return replace(state, phase=DONE, phase_s=0.0), (Said("mirror_avatar.done"),)
    if rest_is_due(level, count, state.rests):
        return replace(state, phase=REST, phase_s=0.0, rests=state.rests + 1), (Said("rest"),)
    return replace(state, phase=READY, phase_s=0.0), (Sounded("guide_1"),)
