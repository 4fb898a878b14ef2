"""Where the game's hand is: where the person's is, or softly carried by the game, to the bead and on with it."""

from engine.inputs import HandInput
from engine.play.table import Xy, distance_m
from games.bead_picking.state import HOLD, State

HOMEWARD_M_S = 0.45


def place_of_hand(state: State, hand: HandInput, goal: Xy, dt_s: float) -> Xy:
    """The palm's own place, or softly to the bead where the game carries the hand."""
    here = state.hand_xy
    if not state.trial.carried:
        return hand.palm_xy or here
    left_m = distance_m(here, goal)
    if left_m <= HOMEWARD_M_S * dt_s:
        return goal
    share = HOMEWARD_M_S * dt_s / left_m
    return here[0] + (goal[0] - here[0]) * share, here[1] + (goal[1] - here[1]) * share


def carried_to(state: State, hand: HandInput, dt_s: float) -> Xy:
    """Where the hand is with the bead in its fingers: still over the tray, then on its way."""
    trial = state.trial
    if not trial.carried:
        return hand.palm_xy or state.hand_xy
    if state.phase is HOLD:
        return trial.bead_xy
    return trial.carried_xy(state.from_xy, state.phase_s + dt_s)
