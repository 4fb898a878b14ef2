"""What bead-picking asks the hand to do now, exactly enough that a hand which answers it succeeds."""

from engine.play.game import Cue, Place, Target
from engine.play.table import Xy, distance_m
from engine.view.scene import PLAY_WIDTH_M
from games.bead_picking.state import CARRY, CLOSE, HOLD, OPEN, READY, State
from games.bead_picking.work import OVER_BEAD_M

WELL_INSIDE = 0.6
SURELY = 0.04
HIGHEST = 1.0


def cue(state: State) -> Cue | None:
    """None while it is shown, while the bead is on its way by itself, and in the rest."""
    phase, trial = state.phase, state.trial
    if phase in (READY, OPEN):
        return _ask(state, 0.0, max(0.02, trial.open_to - SURELY), _near(state, trial.bead_xy, OVER_BEAD_M))
    if phase is CLOSE:
        return _ask(state, *gripping(state), _near(state, trial.bead_xy, OVER_BEAD_M))
    if phase is HOLD:
        left_s = max(0.0, trial.hold_s - state.phase_s)
        return _ask(state, *gripping(state), _near(state, trial.bead_xy, OVER_BEAD_M), left_s)
    if phase is CARRY:
        place = _near(state, trial.place_xy, trial.reach_m)
        if may_let_go(state):
            return _ask(state, 0.0, max(0.02, trial.let_go - SURELY), place)
        return _ask(state, *gripping(state), place, max(0.0, trial.place_hold_s - state.over_s))
    return None


def gripping(state: State) -> tuple[float, float]:
    """The band in which the pinch holds this bead."""
    trial = state.trial
    return trial.contact + SURELY / 2, min(HIGHEST, max(trial.tight - SURELY, trial.contact + SURELY))


def may_let_go(state: State) -> bool:
    """Whether the bead, let go now, would land well inside, after having been held there long enough."""
    trial = state.trial
    near = distance_m(state.hand_xy, trial.place_xy) <= trial.magnet_m * (1 + WELL_INSIDE) / 2
    return near and state.over_s >= trial.place_hold_s


def _near(state: State, xy: Xy, reach_m: float) -> Place | None:
    """A circle well inside the reach, whichever way the reach area is longer; nothing where the game carries."""
    return None if state.trial.carried else Place(xy, reach_m * WELL_INSIDE / PLAY_WIDTH_M)


def _ask(state: State, low: float, high: float, place: Place | None, hold_s: float = 0.0) -> Cue:
    limit_s = state.trial.time_limit_s
    by_s = None if limit_s is None or state.phase is READY else max(0.0, limit_s - state.watch.seen_s)
    return Cue(state.level.hand, (Target(state.control, low, high),), place, hold_s, by_s)
