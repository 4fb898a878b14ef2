"""What comes when in bead-picking: it is shown once, the hand works on one bead after the other, sets end in a rest.

A hand that keeps still is waited for, a hand that the camera lost freezes the bead.
"""

import math
from dataclasses import replace

from engine.changed import changed
from engine.hand import Side
from engine.inputs import TRACKED, GameInput, HandInput
from engine.play.game import Event, Said, TrialStarted
from engine.play.helping import TOGETHER, TOGETHER_S
from engine.play.rest import rest_is_due, rest_is_over
from engine.play.table import along, distance_m
from engine.play.watch import Watch
from games.bead_picking.level import BeadPickingLevel
from games.bead_picking.moving import place_of_hand
from games.bead_picking.state import (
    BACK,
    CLOSE,
    DONE,
    LAND,
    OPEN,
    READY,
    REST,
    SHOW,
    State,
    nearest_finger,
)  # fmt: skip
from games.bead_picking.trial import TRAY_XY, draw_trial
from games.bead_picking.wording import sentence
from games.bead_picking.work import OVER_BEAD_M, Step, carry, reach_for_it

SHOW_S, READY_S, LAND_S, BACK_S = 6.0, 0.6, 1.0, 1.1
LASTS_S = {LAND: LAND_S, BACK: BACK_S}


def start(level: BeadPickingLevel, seed: int) -> State:
    """Before the first bead. It is drawn anew on the first tick, when side and difficulty are known."""
    easy, carried = level.difficulty.start, level.reach == "carried"
    trial = draw_trial(level, seed, 0, Side.RIGHT, difficulty=easy, assisted=False, carried=carried)
    place = trial.places.right
    return State(level, seed, trial, place=place, hand_xy=TRAY_XY, from_xy=TRAY_XY, bead_xy=trial.bead_xy)


def done(state: State) -> bool:
    return state.phase is DONE


def resting(state: State) -> bool:
    return state.phase is REST


def step(state: State, given: GameInput, dt_s: float) -> Step:
    hand = given.hand(state.level.hand)
    phase = state.phase
    if phase is SHOW:
        return _show(state, given, hand, dt_s)
    if phase is READY:
        return _ready(state, given, hand, dt_s)
    if phase in (LAND, BACK, REST, DONE):
        return _by_itself(state, given, hand, dt_s)
    if not hand.seen:
        return changed(state, watch=state.watch.after(hand, dt_s), blind=True), ()
    if phase is OPEN or phase is CLOSE:
        return reach_for_it(state, hand, dt_s)
    return carry(state, hand, dt_s)


def _show(state: State, given: GameInput, hand: HandInput, dt_s: float) -> Step:
    """A ghost hand does it once, before the first bead; a hand that is impatient to begin cuts it short."""
    if state.phase_s == 0.0:
        state = _next_trial(state, given, hand)
    phase_s = state.phase_s + dt_s
    impatient = phase_s > 1.0 and hand.tracking is TRACKED and any(name.startswith("pinch.") for name in hand.pressed)
    if phase_s < SHOW_S and not impatient:
        return changed(state, phase_s=phase_s), ()
    return replace(state, phase=READY, phase_s=0.0), ()


def _ready(state: State, given: GameInput, hand: HandInput, dt_s: float) -> Step:
    """The next bead comes to the tray; the try begins when the hand is seen there."""
    told: tuple[Event, ...] = ()
    if state.phase_s == 0.0:
        state = _next_trial(state, given, hand)
        told = (Said(TOGETHER),) if state.trial.assisted else ()
    ready_s = TOGETHER_S if state.trial.assisted else READY_S
    phase_s, xy = state.phase_s + dt_s, place_of_hand(state, hand, state.trial.bead_xy, dt_s)
    there = distance_m(xy, state.trial.bead_xy) <= OVER_BEAD_M * 2
    if phase_s < ready_s or not hand.seen or (state.trial.carried and not there):
        return changed(state, phase_s=phase_s, hand_xy=xy), told
    begun = replace(state, phase=OPEN, phase_s=0.0, hand_xy=xy, watch=Watch(), blind=False)
    first_of_set = len(state.beads) % state.level.repetitions == 0
    return begun, (TrialStarted(state.trial.n), *((Said(sentence(state.level, "open")),) if first_of_set else ()))


def _next_trial(state: State, given: GameInput, hand: HandInput) -> State:
    level, side, n = state.level.for_trial(given), given.side(state.level.hand), len(state.beads) + state.voids
    carried = level.reach == "carried" or (hand.seen and hand.palm_xy is None)
    trial = draw_trial(
        level, state.seed, n, side, difficulty=given.difficulty, assisted=given.assisted, carried=carried,
        laid=state.laid,
    )  # fmt: skip
    home = TRAY_XY if side is Side.RIGHT else (1 - TRAY_XY[0], TRAY_XY[1])
    return replace(
        state, side=side, trial=trial, place=trial.places.right, hand_xy=state.hand_xy if n else home,
        bead_xy=trial.bead_xy, slips=0,
        astray_s=0.0, over_s=0.0, ended=False, cause=None, pinched=0.0,
        finger=nearest_finger(level, hand, state.finger),
    )  # fmt: skip


def _by_itself(state: State, given: GameInput, hand: HandInput, dt_s: float) -> Step:
    """What needs no hand: the bead falls in or rolls back, the rest passes."""
    phase, phase_s, level = state.phase, state.phase_s + dt_s, state.level
    trial = state.trial
    if trial.carried:
        xy = along(state.from_xy, trial.bead_xy, phase_s / LAND_S)
    else:
        xy = hand.palm_xy or state.hand_xy
    over = rest_is_over(level, phase_s, given) if phase is REST else phase_s >= LASTS_S.get(phase, math.inf)
    if not over:
        return changed(state, phase_s=phase_s, hand_xy=xy), ()
    state = replace(state, phase=READY, phase_s=0.0, hand_xy=xy, from_xy=xy)
    if not state.ended:
        return replace(state, phase=OPEN, bead_xy=trial.bead_xy, astray_s=0.0, over_s=0.0), ()
    count = len(state.beads)
    if count >= level.trials:
        return replace(state, phase=DONE), (Said(sentence(level, "done")),)
    if rest_is_due(level, count, state.rests):
        return replace(state, phase=REST, rests=state.rests + 1), (Said("rest"),)
    return state, ()
