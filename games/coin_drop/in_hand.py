"""Where things are in the game's hand: its palm, its row of coins, the spot between thumb and finger.

Local places are those of a right hand, metres: x towards the thumb, y away from the fingers, z out of its back.
"""

from dataclasses import replace
from math import pi

from engine.hand import Finger, Side
from engine.handmodel import HandAngles
from engine.inputs import Role
from engine.play.table import distance_m, ease, on_mat
from engine.view.grasp import in_room, pinch_spot
from engine.view.scene import SLOT_HEIGHT_M, Drop, Hand, Metres3
from games.coin_drop.state import BACK, CARRY, LAND, PINCH, State

PALM: Metres3 = (-0.004, -0.062, -0.014)
ROW_FROM: Metres3 = (-0.030, -0.050, -0.016)
ROW_TO: Metres3 = (0.010, -0.068, -0.016)
PER_COIN_M = 0.0022
# Over the target the hand stands half on its edge and turns inwards, as one posts a coin: thumb and coin stay in view.
POSTING_ROLL_RAD, POSTING_YAW_RAD = 0.30 * pi, 0.40
REST_HEIGHT_M, CARRY_HEIGHT_M = 0.030, 0.125
# Near its place the held coin comes down: over a lid its middle is little more than its width above the slot (nearer,
# it would be painted as one that falls in), over the mat as near as the other fingers, which hang below it, let it.
LOWERS_WITHIN_M, LOWEST_INSIDE, OVER_LID_M, OVER_MAT_M = 0.08, 0.6, 0.002, 0.052
LIFTS_S = 0.5
# How far inside its place, as a share of the reach, a coin is when the arrow is wholly there; it begins so far below
# the half of what is held, which stays in view.
DROP_SHOWN_INSIDE, DROP_FROM_M = 0.3, 0.005


def turned_over(state: State) -> float:
    """0 palm up at home, 1 turned over at the target; in between with the way, so that it never jumps."""
    trial = state.trial
    places = (trial.target_xy,) if trial.other_xy is None else (trial.target_xy, trial.other_xy)
    way_m = max(min(distance_m(trial.home_xy, place) for place in places), 1e-6)
    share = distance_m(state.hand_xy, trial.home_xy) / way_m * 1.6 - 0.35
    if not trial.carried and min(distance_m(state.hand_xy, place) for place in places) > way_m:
        share = 0.0
    return ease(share)


def hand_over(state: State, *, angles: HandAngles | None, ghost: bool) -> Hand:
    """The hand at its place: the palm over it while open, the held coin over it when palm down."""
    turn = turned_over(state)
    x, _, z = on_mat(state.hand_xy)
    pinch = pinch_spot(state.level.pinch)
    local = tuple(palm + (spot - palm) * turn for palm, spot in zip(PALM, pinch, strict=True))
    warm = 1.0 if state.phase in (PINCH, CARRY) else 0.0
    hand = Hand(
        side=state.side,
        wrist_m=(0.0, 0.0, 0.0),
        fingers_yaw_rad=POSTING_YAW_RAD * turn * (-1 if state.side is Side.RIGHT else 1),
        roll_rad=pi + (POSTING_ROLL_RAD - pi) * turn,
        angles=angles,
        ghost=ghost,
        warm=0.0 if ghost else warm,
        affected=state.level.hand is Role.AFFECTED and not ghost,
    )
    dx, _, dz = in_room(hand, (local[0], local[1], local[2]))
    height_m = REST_HEIGHT_M + (CARRY_HEIGHT_M - REST_HEIGHT_M) * turn
    carried_m = height_m + in_room(hand, pinch)[1]
    return replace(
        hand, wrist_m=(x - dx, height_m - _lowered(state) * max(0.0, carried_m - _over_place_m(state)), z - dz)
    )


def _lowered(state: State) -> float:
    """0 as high as one carries, 1 as low as one lets go; the hand lifts again when it has let go."""
    if state.phase not in (CARRY, LAND, BACK):
        return 0.0
    places = [xy for xy in (state.trial.target_xy, state.trial.other_xy) if xy is not None]
    away_m = min(distance_m(state.hand_xy, xy) for xy in places) - LOWEST_INSIDE * state.trial.reach_m
    near = ease(1.0 - away_m / LOWERS_WITHIN_M)
    return near if state.phase is CARRY else near * (1.0 - ease(state.phase_s / LIFTS_S))


def _over_place_m(state: State) -> float:
    """How high the middle of the held coin is over the table where it is let go."""
    diameter_m = 0.0 if state.coin is None else state.coin.diameter_mm / 1000
    return SLOT_HEIGHT_M + OVER_LID_M + diameter_m if state.level.target == "slot" else OVER_MAT_M


def in_row(n: int, count: int) -> Metres3:
    """The n-th of a row of coins on the palm; the last one lies nearest the index finger."""
    share = 1.0 if count < 2 else n / (count - 1)
    return (
        ROW_FROM[0] + (ROW_TO[0] - ROW_FROM[0]) * share,
        ROW_FROM[1] + (ROW_TO[1] - ROW_FROM[1]) * share,
        ROW_FROM[2] - PER_COIN_M * n,
    )


def on_way(n: int, count: int, progress: float, finger: Finger) -> Metres3:
    """A coin on its way from the row to thumb and finger: along the palm first, then up between the pads."""
    begin, end = in_row(n, count), pinch_spot(finger)
    lift = progress * progress
    return (
        begin[0] + (end[0] - begin[0]) * progress,
        begin[1] + (end[1] - begin[1]) * progress,
        begin[2] + (end[2] - begin[2]) * lift,
    )


def let_go_at(state: State) -> Metres3:
    """The spot in the room where the fingers held the coin when they let it go."""
    then = replace(state, phase=CARRY, hand_xy=state.from_xy)
    return in_room(hand_over(then, angles=None, ghost=False), pinch_spot(state.level.pinch))


def drop_of(state: State, hand: Hand) -> tuple[Drop, ...]:
    """Where the held coin, let go now, lands; nothing while it would not."""
    trial = state.trial
    inside = 1 - distance_m(state.hand_xy, trial.target_xy) / trial.magnet_m
    shown = round(ease(inside / DROP_SHOWN_INSIDE), 2)
    if state.phase is not CARRY or shown <= 0.0:
        return ()
    x, y, z = in_room(hand, pinch_spot(state.level.pinch))
    below_m = DROP_FROM_M + (0.0 if state.coin is None else state.coin.diameter_mm / 4000)
    onto_m = on_mat(trial.target_xy, SLOT_HEIGHT_M) if state.level.target == "slot" else (x, 0.0, z)
    return (Drop((x, y - below_m, z), onto_m, shown),)
