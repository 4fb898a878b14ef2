"""The cool hand that shows what to do: the whole movement once before the first bead, then whatever is asked when the
person has waited a while."""

from dataclasses import replace
from functools import cache

from engine.handmodel import HandAngles
from engine.motion.poses import pose_for
from engine.play.helping import ghost_after_s
from engine.play.table import Xy, along, between, ease, on_mat
from engine.view.grasp import holding
from engine.view.scene import Hand, Metres3, Shape
from games.bead_picking.cue import cue
from games.bead_picking.in_hand import LIFT_M, bare_hand, carried_m, lies_at
from games.bead_picking.rules import SHOW_S
from games.bead_picking.state import Phase, State
from games.bead_picking.work import HINT_S

GHOST_AFTER_S, GHOST_FADE_S, GHOST_LOOP_S = 2.5, 0.5, 1.8
BESIDE_M = 0.16
# Shares of the demonstration at which thumb and finger are open, closed, over the place, open again.
OPENED, CLOSED, ARRIVED, LET_GO = 0.22, 0.40, 0.72, 0.84


def ghost_hand(state: State) -> tuple[Shape, ...]:
    """The ghost, where there is something to show."""
    if state.phase is Phase.SHOW:
        return (_showing(state),)
    asked = cue(state)
    waited_s = state.phase_s - (state.trial.carry_s if state.phase is Phase.CARRY else 0.0)
    # Where to let go is for the person to find: it is shown when that takes long.
    finds = state.phase is Phase.CARRY and state.trial.places.are_a_choice and not state.trial.marked
    after_s = ghost_after_s(HINT_S if finds else GHOST_AFTER_S, assisted=state.trial.assisted)
    shown = round(ease((waited_s - after_s) / GHOST_FADE_S), 2)
    if asked is None or shown <= 0 or state.phase is Phase.READY:
        return ()
    loop = (waited_s - after_s) / GHOST_LOOP_S % 1.0
    share = ease(min(loop / 0.45, (1 - loop) / 0.35))
    [target] = asked.targets
    end = (target.low + target.high) / 2
    begin = 1.0 if end < 0.5 else 0.0
    hand = _over(state, state.hand_xy, 0.03, round(begin + (end - begin) * share, 2), shown)
    x, y, z = hand.wrist_m
    return (replace(hand, wrist_m=(x + (BESIDE_M if x < 0 else -BESIDE_M), y, z)),)


def shown_bead(state: State) -> Metres3:
    """Where the bead is while it is shown what to do with it; at the end it is back on the tray."""
    share, trial = state.phase_s / SHOW_S, state.trial
    radius = trial.bead_mm / 2000
    if share < CLOSED or share > 0.97:
        return on_mat(trial.bead_xy, radius)
    xy, lift = _way(state, share)
    if share < LET_GO:
        return on_mat(xy, radius + lift)
    down = min(1.0, (share - LET_GO) / 0.05)
    return between(on_mat(xy, radius + lift), lies_at(state), down * down)


def _showing(state: State) -> Hand:
    share = state.phase_s / SHOW_S
    xy, lift = _way(state, share)
    if share < OPENED:
        pinch = 0.5 * (1 - ease(share / OPENED))
    elif share < LET_GO:
        pinch = state.trial.contact * ease((share - OPENED) / (CLOSED - OPENED))
    else:
        pinch = state.trial.contact * (1 - ease((share - LET_GO) / 0.08))
    shown = round(min(ease(share / 0.08), 1 - ease((share - 0.92) / 0.08)), 2)
    return _over(state, xy, lift + state.trial.bead_mm / 2000, round(pinch, 2), shown)


def _way(state: State, share: float) -> tuple[Xy, float]:
    """Where the shown hand is, and how high."""
    gone = (share - CLOSED - 0.05) / (ARRIVED - CLOSED - 0.05)
    trial = state.trial
    xy = along(trial.bead_xy, trial.place_xy, max(0.0, gone)) if gone > 0 else trial.bead_xy
    if state.level.thing == "pen":
        return xy, 0.0
    radius_m = trial.bead_mm / 2000
    return xy, carried_m(state, xy, radius_m + LIFT_M * ease(gone / 0.35)) - radius_m


def _over(state: State, xy: Xy, up_m: float, pinch: float, shown: float) -> Hand:
    hand = replace(bare_hand(state), ghost=True, shown=shown, angles=_pose(state.control, pinch))
    return holding(hand, state.finger, on_mat(xy, up_m + 0.006))


@cache
def _pose(control: str, value: float) -> HandAngles:
    return pose_for({control: value})
