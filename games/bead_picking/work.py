"""The hand at work on one bead: open wider than it, close on it, carry it, let it go over its place.

Nothing is a miss but a bead that really slipped or was let go elsewhere, or a time limit the level itself set.
"""

from dataclasses import replace

from engine.changed import changed
from engine.inputs import TRACKED, HandInput
from engine.play.game import Event, Said, Sounded, TrialEnded
from engine.play.table import distance_m
from engine.view.scene import Bead
from games.bead_picking.moving import carried_to, place_of_hand
from games.bead_picking.state import BACK, CARRY, CLOSE, HOLD, LAND, OPEN, State, nearest_finger
from games.bead_picking.wording import sentence

HINT_S = 10.0
OVER_BEAD_M = 0.045
AT_TRAY_M = 0.09
REALLY_S = 0.14
"""A pinch that leaves its band for less than this has not let go."""
NEAR_PLACE = 2.0

Step = tuple[State, tuple[Event, ...]]


def reach_for_it(state: State, hand: HandInput, dt_s: float) -> Step:
    """Over the bead, thumb and finger open wider than it, and then close until they meet it."""
    trial = state.trial
    xy = place_of_hand(state, hand, trial.bead_xy, dt_s)
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


def carry(state: State, hand: HandInput, dt_s: float) -> Step:
    """The bead is between thumb and finger: held over the tray, then on its way, then over its place."""
    trial, pinch, phase = state.trial, hand.value(state.control), state.phase
    xy = carried_to(state, hand, dt_s)
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


def _too_late(state: State) -> bool:
    limit_s = state.trial.time_limit_s
    return limit_s is not None and state.watch.seen_s > limit_s


def _hint(state: State, dt_s: float, moment: str) -> tuple[Event, ...]:
    """Said once, after a while without progress."""
    return (Said(sentence(state.level, moment)),) if state.phase_s - dt_s < HINT_S <= state.phase_s else ()
