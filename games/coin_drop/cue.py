"""What coin-drop asks the hand to do now, exactly enough that a hand which answers it succeeds."""

from engine.play.game import Cue, Place, Target
from engine.play.inputs import ControlName
from engine.view.scene import PLAY_WIDTH_M
from games.coin_drop.rules import ALMOST, HOME_WITHIN_X
from games.coin_drop.state import Phase, State
from games.coin_drop.trial import distance_m

OPEN, CLOSED = (0.0, 0.35), (0.93, 1.0)
CUPPED = (0.25, 0.65)
WELL_INSIDE = 0.6


def cue(state: State) -> Cue | None:
    """None while the coin is on its way by itself, and in the rest."""
    phase, trial = state.phase, state.trial
    if phase is Phase.DEAL:
        return _ask(state, OPEN, place=None if trial.carried else Place(trial.home_xy, HOME_WITHIN_X * WELL_INSIDE))
    if phase is Phase.SLIDE:
        if not state.opened:
            return _ask(state, OPEN)
        if not state.reached:
            return Cue(
                state.level.hand,
                (Target("opposition", trial.thumb_reach + 0.05, 1.0), *_cup(state)),
                by_s=_left_s(state),
            )
        return _ask(state, CLOSED)
    if phase is Phase.PINCH:
        return _ask(state, CLOSED, hold_s=max(0.0, trial.hold_s - state.phase_s))
    if phase is Phase.CARRY:
        place = None if trial.carried else _target(state)
        return _ask(state, OPEN if over_target(state) else CLOSED, place=place)
    return None


def over_target(state: State) -> bool:
    """Whether the coin, let go now, would land well inside."""
    trial = state.trial
    within = trial.reach_m * (WELL_INSIDE + ALMOST) / 2
    return distance_m(state.hand_xy, trial.target_xy) <= within


def _target(state: State) -> Place:
    """The opening as a circle that lies inside it, whichever way the reach area is longer."""
    trial = state.trial
    return Place(trial.target_xy, trial.reach_m * WELL_INSIDE / PLAY_WIDTH_M)


def _ask(state: State, band: tuple[float, float], *, place: Place | None = None, hold_s: float = 0.0) -> Cue:
    pinch = Target(state.pinch, *band)
    return Cue(state.level.hand, (pinch, *_cup(state)), place, hold_s, _left_s(state))


def _cup(state: State) -> tuple[Target, ...]:
    """Where other coins could fall, the other fingers are asked to keep them."""
    if not state.keeps:
        return ()
    low, high = CUPPED
    if state.phase in (Phase.PINCH, Phase.CARRY):
        low = max(0.0, state.cup - state.trial.keep_tolerance / 2)
        high = max(high, min(1.0, state.cup + 0.3))
    names: tuple[ControlName, ...] = state.others
    return tuple(Target(name, low, high) for name in names)


def _left_s(state: State) -> float | None:
    limit_s = state.trial.time_limit_s
    return None if limit_s is None or state.phase is Phase.DEAL else max(0.0, limit_s - state.watch.seen_s)
