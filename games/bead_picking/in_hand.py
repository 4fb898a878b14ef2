"""Where the hand holds a bead: how high on its way, how near over its place, and where it lands from there."""

from dataclasses import replace
from math import pi

from engine.hand import Side
from engine.inputs import Role
from engine.play.table import Xy, distance_m, ease, on_mat
from engine.view.grasp import holding
from engine.view.scene import BOWL_HEIGHT_SHARE, Drop, Hand, Metres3
from games.bead_picking.state import Phase, State

ROLL_RAD, YAW_RAD = 0.30 * pi, 0.40
REST_M, LIFT_M, LIFTED_AFTER_M = 0.006, 0.085, 0.10
# Near its place the held bead comes down, and the hand lifts again when it has let go.
LOWERS_WITHIN_M, LOWEST_INSIDE, OVER_RIM_M, OVER_MAT_M, LIFTS_S = 0.08, 0.6, 0.010, 0.052, 0.5
# The arrow to its place: wholly there so far inside, as a share of the reach, and so long after it may be let go; it
# begins so far below the half of what is held, which stays in view.
DROP_SHOWN_INSIDE, DROP_FADE_S, DROP_FROM_M = 0.3, 0.3, 0.005
# The arrow that marks a ring begins so high above it, and goes as the bead comes so near.
MARK_FROM_M, MARK_FADES_M = 0.05, 0.03


def bare_hand(state: State, *, warm: float = 0.0, affected: bool = False) -> Hand:
    """A hand that reaches down from above, thumb and finger in view."""
    yaw = -YAW_RAD if state.side is Side.RIGHT else YAW_RAD
    return Hand(state.side, (0.0, 0.0, 0.0), yaw, roll_rad=ROLL_RAD, warm=warm, affected=affected)


def hand_of(state: State) -> Hand:
    """The player's hand over the bead, its pads where the bead is held; higher on the way."""
    x, _, z = on_mat(state.hand_xy)
    warm = 1.0 if state.phase in (Phase.HOLD, Phase.CARRY) else 0.0
    affected = state.level.hand is Role.AFFECTED
    return holding(bare_hand(state, warm=warm, affected=affected), state.finger, (x, _height(state), z))


def _height(state: State) -> float:
    """How high the pads are over the table: low over the bead, and again over its place while it is held."""
    low = REST_M + state.trial.bead_mm / 2000
    if state.level.thing == "pen":
        return low
    high = low + (LIFT_M - low) * ease(distance_m(state.hand_xy, state.trial.bead_xy) / LIFTED_AFTER_M)
    if state.phase is Phase.CARRY:
        return carried_m(state, state.hand_xy, high)
    if state.phase in (Phase.LAND, Phase.BACK):
        return high + (let_go_at(state)[1] - high) * (1 - ease(state.phase_s / LIFTS_S))
    return high


def carried_m(state: State, xy: Xy, high_m: float) -> float:
    """How high a thing is held at a place where it would be `high_m` on the way: near where it belongs no higher than
    to be seen over it and not behind it."""
    trial, over_m = state.trial, OVER_MAT_M
    if state.level.place == "bowl":
        rim_m = trial.place_mm / 1000 * BOWL_HEIGHT_SHARE
        over_m = max(over_m, rim_m + OVER_RIM_M + trial.bead_mm / 2000)
    away_m = distance_m(xy, trial.places.nearest(xy)) - LOWEST_INSIDE * trial.reach_m
    near = ease(1 - away_m / LOWERS_WITHIN_M)
    return high_m + (min(over_m, high_m) - high_m) * near


def drop_of(state: State) -> tuple[Drop, ...]:
    """Where the held bead, let go now, lands; nothing while it would not, or is still to be held there. Where its place
    is to be found by the pattern alone, that is any ring."""
    trial = state.trial
    if state.phase is not Phase.CARRY or state.level.thing == "pen":
        return ()
    place = trial.under(state.hand_xy)
    if place is None or (trial.marked and not trial.places.fits[place]):
        return ()
    inside = 1 - distance_m(state.hand_xy, trial.places.xy[place]) / trial.magnet_m
    long_enough = (state.over_s - trial.place_hold_s) / DROP_FADE_S
    shown = round(min(ease(inside / DROP_SHOWN_INSIDE), ease(long_enough)), 2)
    if shown <= 0.0:
        return ()
    below_m = DROP_FROM_M + trial.bead_mm / 4000
    onto_m = lies_at(replace(state, place=place))
    return (Drop(on_mat(state.hand_xy, _height(state) - below_m), onto_m, shown),)


def held_at(state: State) -> Metres3:
    """The middle of the held bead."""
    return on_mat(state.hand_xy, max(_height(state), state.trial.bead_mm / 2000))


def let_go_at(state: State) -> Metres3:
    """Where the bead was when it was let go."""
    return held_at(replace(state, phase=Phase.CARRY, hand_xy=state.bead_xy))


def lies_at(state: State) -> Metres3:
    """Where the bead comes to lie in its place."""
    on_foot_m = 0.014 if state.level.place == "bowl" else 0.001
    return on_mat(state.trial.places.xy[state.place], state.trial.bead_mm / 2000 + on_foot_m)


def marker_of(state: State) -> tuple[Drop, ...]:
    """An arrow at the ring where the bead belongs, if the level marks it, until the bead is there."""
    trial = state.trial
    asked = state.phase in (Phase.OPEN, Phase.CLOSE, Phase.HOLD, Phase.CARRY)
    if not asked or not trial.marked or not trial.places.are_a_choice or state.level.place != "pattern":
        return ()
    away_m = distance_m(state.hand_xy, trial.place_xy) - trial.reach_m
    comes = state.phase_s / DROP_FADE_S if state.phase is Phase.OPEN else 1.0
    shown = round(min(ease(away_m / MARK_FADES_M), ease(comes)), 2)
    if shown <= 0.0:
        return ()
    return (Drop(on_mat(trial.place_xy, MARK_FROM_M), on_mat(trial.place_xy, 0.0), shown),)
