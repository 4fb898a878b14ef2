"""The rules of bead-picking: open wider than the bead, close on it, carry it, let it go over its place.

A hand that keeps still is waited for, a hand that the camera lost freezes the bead. Nothing is a miss but a bead that
really slipped or was let go elsewhere, or a time limit the level itself set.
"""

from dataclasses import replace

from engine.hand import Side
from engine.play.changed import changed
from engine.play.game import Event, Said, Sounded, TrialEnded, TrialStarted
from engine.play.helping import TOGETHER, TOGETHER_S
from engine.play.inputs import TRACKED, GameInput, HandInput
from engine.play.table import Xy, along, distance_m
from engine.play.watch import Watch
from engine.view.scene import Bead
from games.bead_picking.level import BeadPickingLevel
from games.bead_picking.state import (
    BACK,
    CARRY,
    CLOSE,
    DONE,
    HOLD,
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

SHOW_S, READY_S, LAND_S, BACK_S = 6.0, 0.6, 1.0, 1.1
HINT_S = 10.0
HOMEWARD_M_S = 0.45
OVER_BEAD_M = 0.045
AT_TRAY_M = 0.09
REALLY_S = 0.14
"""A pinch that leaves its band for less than this has not let go."""
NEAR_PLACE = 2.0

Step = tuple[State, tuple[Event, ...]]


def start(level: BeadPickingLevel, seed: int) -> State:
    """Before the first bead. It is drawn anew on the first tick, when side and difficulty are known."""
    easy, carried = level.difficulty.start, level.reach == "carried"
    trial = draw_trial(level, seed, 0, Side.RIGHT, difficulty=easy, assisted=False, carried=carried)
    place = trial.places.right
    return State(level, seed, trial, place=place, hand_xy=TRAY_XY, from_xy=TRAY_XY, bead_xy=trial.bead_xy)


def done(state: State) -> bool:
    return state.phase is DONE


def step(state: State, given: GameInput, dt_s: float) -> Step:
    hand = given.hand(state.level.hand)
    phase = state.phase
    if phase is SHOW:
        return _show(state, given, hand, dt_s)
    if phase is READY:
        return _ready(state, given, hand, dt_s)
    if phase in (LAND, BACK, REST, DONE):
        return _by_itself(state, hand, dt_s)
    if not hand.seen:
        return changed(state, watch=state.watch.after(hand, dt_s), blind=True), ()
    if phase is OPEN or phase is CLOSE:
        return _reach_for_it(state, hand, dt_s)
    return _holding(state, hand, dt_s)


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
    phase_s, xy = state.phase_s + dt_s, _place_of_hand(state, hand, state.trial.bead_xy, dt_s)
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


def _reach_for_it(state: State, hand: HandInput, dt_s: float) -> Step:
    """Over the bead, thumb and finger open wider than it, and then close until they meet it."""
    trial = state.trial
    xy = _place_of_hand(state, hand, trial.bead_xy, dt_s)
    finger = nearest_finger(state.level, hand, state.finger)
    over = distance_m(xy, trial.bead_xy) <= OVER_BEAD_M
    state = changed(
        state, phase_s=state.phase_s + dt_s, watch=state.watch.after(hand, dt_s), hand_xy=xy, finger=finger, blind=False
    )
    pinch = hand.value(state.control)
    if state.phase is OPEN and over and pinch <= trial.open_to:
        return replace(state, phase=CLOSE, phase_s=0.0, pinched=pinch), (Sounded("guide_2"),)
    if state.phase is OPEN:
        return _not_open_yet(state, pinch, over, dt_s)
    if not over and pinch < trial.contact:
        return replace(state, phase=OPEN, phase_s=0.0), ()
    if over and pinch >= trial.contact:
        return replace(state, phase=HOLD, phase_s=0.0, astray_s=0.0, pinched=pinch), (Sounded("bead_pinch"),)
    if _too_late(state):
        return _ended(state, False, "not_reached")
    return changed(state, pinched=pinch), _hint(state, dt_s, "hint_close")


def _not_open_yet(state: State, pinch: float, over: bool, dt_s: float) -> Step:
    """Closed before it was open wide enough: the bead rolls under the fingers, and may be tried again a few times."""
    met = over and state.pinched < state.trial.contact <= pinch
    state = changed(state, pinched=pinch, slips=state.slips + met)
    if met and state.slips >= state.trial.tries:
        return _ended(state, False, "too_early")
    if met:
        return state, (Sounded("bead_roll"), Said("bead_picking.wider"))
    if _too_late(state):
        return _ended(state, False, "not_wide" if over else "not_reached")
    return state, _hint(state, dt_s, "hint_open")


def _holding(state: State, hand: HandInput, dt_s: float) -> Step:
    """The bead is between thumb and finger: held over the tray, then on its way, then over its place."""
    trial, pinch, phase = state.trial, hand.value(state.control), state.phase
    xy = _carried_to(state, hand, dt_s)
    near = trial.under(xy) is not None
    loosened = pinch < (trial.let_go if near and phase is CARRY else trial.loose)
    astray = loosened or pinch > trial.tight
    back_after_a_gap = state.blind and astray
    state = changed(
        state,
        phase_s=state.phase_s + dt_s,
        watch=state.watch.after(hand, dt_s),
        hand_xy=xy,
        blind=False,
        pinched=pinch,
        astray_s=state.astray_s + dt_s if astray and hand.tracking is TRACKED else 0.0,
        over_s=state.over_s + dt_s if phase is CARRY and near else 0.0 if not near else state.over_s,
    )
    if back_after_a_gap:
        # What the fingers did unseen is nobody's miss: the bead waits on the tray again.
        return replace(state, phase=BACK, phase_s=0.0, bead_xy=xy, from_xy=xy), ()
    if state.astray_s > REALLY_S:
        return _slipped(state, loosened=loosened)
    if _too_late(state):
        return _ended(state, False, "too_late")
    if phase is HOLD and state.phase_s >= trial.hold_s and not astray:
        return replace(state, phase=CARRY, phase_s=0.0, from_xy=xy), (Sounded("bead_lift"),)
    return state, _hint(state, dt_s, "hint_place") if phase is CARRY else ()


def _slipped(state: State, *, loosened: bool) -> Step:
    """The bead is out of the fingers: where it belongs, beside it, where another belongs, or on the way. With help
    nothing is lost: it comes back to the tray."""
    trial, xy = state.trial, state.hand_xy
    place = trial.under(xy)
    if not loosened:
        return _ended(state, False, "squeezed")
    if place is not None and trial.places.fits[place]:
        held_long_enough = state.over_s >= trial.place_hold_s
        return _ended(replace(state, place=place), held_long_enough, None if held_long_enough else "too_soon")
    if state.phase is HOLD or distance_m(xy, trial.bead_xy) < AT_TRAY_M:
        return replace(state, phase=OPEN, phase_s=0.0, astray_s=0.0), (Sounded("bead_roll"),)
    if trial.assisted:
        return replace(state, phase=BACK, phase_s=0.0, bead_xy=xy, from_xy=xy), (Sounded("bead_roll"),)
    if place is not None:
        return _ended(state, False, "other_bowl" if state.level.place == "bowl" else "other_place")
    near = not trial.carried and distance_m(xy, trial.place_xy) <= NEAR_PLACE * trial.reach_m
    return _ended(state, False, "beside" if near else "dropped")


def _ended(state: State, landed: bool, cause: str | None) -> Step:
    """The try is over. One the camera lost too much of is nobody's: it is asked for again, within bounds."""
    trial, watch, void = state.trial, state.watch, state.watch.void
    again = void and state.voids < state.level.trials
    bead: tuple[Bead, ...] = () if again else ("void",) if void else ("done",)
    told = None if void else cause
    put = landed and not void
    over = replace(
        state, phase=LAND if landed else BACK, phase_s=0.0, from_xy=state.hand_xy, bead_xy=state.hand_xy,
        beads=state.beads + bead, put=(*state.put, trial.sort) if put else state.put,
        laid=(*state.laid, trial.places.rings[state.place]) if put and trial.places.rings else state.laid,
        voids=state.voids + again, ended=True, cause=told,
    )  # fmt: skip
    success = None if void else landed
    end = TrialEnded(trial.n, success, told, watch.duration_s, trial.difficulty, trial.assisted)
    return over, (end, Sounded("bead_land" if landed else "bead_roll"))


def _by_itself(state: State, hand: HandInput, dt_s: float) -> Step:
    """What needs no hand: the bead falls in or rolls back, the rest passes."""
    phase, phase_s, level = state.phase, state.phase_s + dt_s, state.level
    lasts_s = {LAND: LAND_S, BACK: BACK_S, REST: level.rest_s}.get(phase, phase_s + 1)
    trial = state.trial
    if trial.carried:
        xy = along(state.from_xy, trial.bead_xy, phase_s / LAND_S)
    else:
        xy = hand.palm_xy or state.hand_xy
    if phase_s < lasts_s:
        return changed(state, phase_s=phase_s, hand_xy=xy), ()
    state = replace(state, phase=READY, phase_s=0.0, hand_xy=xy, from_xy=xy)
    if not state.ended:
        return replace(state, phase=OPEN, bead_xy=trial.bead_xy, astray_s=0.0, over_s=0.0), ()
    count = len(state.beads)
    if count >= level.trials:
        return replace(state, phase=DONE), (Said(sentence(level, "done")),)
    sets = count // level.repetitions
    if sets > state.rests:
        return replace(state, phase=REST, rests=sets), (Said("rest"),)
    return state, ()


def _place_of_hand(state: State, hand: HandInput, goal: Xy, dt_s: float) -> Xy:
    """The palm's own place, or softly to the bead where the game carries the hand."""
    here = state.hand_xy
    if not state.trial.carried:
        return hand.palm_xy or here
    left_m = distance_m(here, goal)
    if left_m <= HOMEWARD_M_S * dt_s:
        return goal
    share = HOMEWARD_M_S * dt_s / left_m
    return here[0] + (goal[0] - here[0]) * share, here[1] + (goal[1] - here[1]) * share


def _carried_to(state: State, hand: HandInput, dt_s: float) -> Xy:
    trial = state.trial
    if not trial.carried:
        return hand.palm_xy or state.hand_xy
    if state.phase is HOLD:
        return trial.bead_xy
    return trial.carried_xy(state.from_xy, state.phase_s + dt_s)


def _too_late(state: State) -> bool:
    limit_s = state.trial.time_limit_s
    return limit_s is not None and state.watch.seen_s > limit_s


def _hint(state: State, dt_s: float, moment: str) -> tuple[Event, ...]:
    """Said once, after a while without progress."""
    return (Said(sentence(state.level, moment)),) if state.phase_s - dt_s < HINT_S <= state.phase_s else ()
