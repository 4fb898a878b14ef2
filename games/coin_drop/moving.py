"""Where the game's hand is: where the person's is, by its coins while it works on them, or carried by the game."""

from engine.inputs import HandInput
from engine.play.table import Xy, along, distance_m
from games.coin_drop.state import State
from games.coin_drop.trial import Trial

HOMEWARD_M_S = 0.25
FOLLOWS_M_S = 2.5
BY_THE_COINS_M = 0.05
MOST_Y = 0.80
"""Farther away the hand would run under what is written at the top."""


def with_coins(state: State, hand: HandInput, dt_s: float) -> Xy:
    """While coins lie on the palm: near its home, so that it stays palm up, or softly home if carried."""
    trial, here = state.trial, state.hand_xy
    if trial.carried:
        return _toward(here, trial.home_xy, HOMEWARD_M_S * dt_s)
    seen_xy = _within(hand.palm_xy or here)
    away_m = distance_m(seen_xy, trial.home_xy)
    if away_m > BY_THE_COINS_M:
        seen_xy = _toward(trial.home_xy, seen_xy, BY_THE_COINS_M)
    return _toward(here, seen_xy, FOLLOWS_M_S * dt_s)


def as_it_is(state: State, hand: HandInput, dt_s: float) -> Xy:
    """Where the person's own hand is, within the picture."""
    return _toward(state.hand_xy, _within(hand.palm_xy or state.hand_xy), FOLLOWS_M_S * dt_s)


def carried_xy(trial: Trial, from_xy: Xy, carried_s: float) -> Xy:
    """Where the game has carried the hand: to the place, or, with two of them, to and fro, with a pause over each. A
    helped hand goes straight to the right one and stays there."""
    if trial.other_xy is None or trial.assisted:
        return along(from_xy, trial.target_xy, carried_s / trial.carry_s)
    near, far = sorted((trial.target_xy, trial.other_xy), key=lambda xy: distance_m(xy, trial.home_xy))
    if carried_s <= trial.carry_s + trial.pause_s:
        return along(from_xy, near, carried_s / trial.carry_s)
    turn_s = trial.carry_s + trial.pause_s
    turn, within_s = divmod(carried_s - turn_s, turn_s)
    start, end = (near, far) if turn % 2 == 0 else (far, near)
    return along(start, end, within_s / trial.carry_s)


def _toward(here: Xy, goal: Xy, most_m: float) -> Xy:
    """As near to the goal as one comes in so many metres."""
    if here == goal:
        return here
    left_m = distance_m(here, goal)
    if left_m <= most_m:
        return goal
    share = most_m / left_m
    return here[0] + (goal[0] - here[0]) * share, here[1] + (goal[1] - here[1]) * share


def _within(xy: Xy) -> Xy:
    return xy[0], min(xy[1], MOST_Y)
