"""What coin-drop asks the hand to do now, exactly enough that a hand which answers it succeeds."""

from functools import lru_cache

from engine.inputs import ControlName
from engine.play.game import Cue, Place, Target
from engine.play.table import distance_m
from engine.view.scene import PLAY_WIDTH_M
from games.coin_drop.keeping import tolerances
from games.coin_drop.rules import HOME_WITHIN_X
from games.coin_drop.state import CARRY, DEAL, PINCH, SLIDE, State
from games.coin_drop.work import ALMOST

OPEN, CLOSED = (0.0, 0.35), (0.93, 1.0)
CUPPED = (0.25, 0.65)
WELL_INSIDE = 0.6


def cue(state: State) -> Cue | None:
    """None while the coin is on its way by itself, and in the rest."""
    phase, trial = state.phase, state.trial
    if phase is DEAL:
        return _ask(state, OPEN, place=None if trial.carried else Place(trial.home_xy, HOME_WITHIN_X * WELL_INSIDE))
    if phase is SLIDE:
        if not state.opened:
            return _ask(state, OPEN)
        if not state.reached:
            thumb = Target("opposition", min(0.95, state.thumb_reach + 0.05), 1.0)
            return Cue(state.level.hand, (thumb, *_keeping(state)), by_s=_left_s(state))
        return _ask(state, CLOSED)
    if phase is PINCH:
        return _ask(state, CLOSED, hold_s=max(0.0, trial.hold_s - state.phase_s))
    if phase is CARRY:
        place = None if trial.carried else _target(state)
        return _ask(state, OPEN if over_target(state) else CLOSED, place=place)
    return None


def over_target(state: State) -> bool:
    """Whether the coin, let go now, would land well inside."""
    trial = state.trial
    within = trial.magnet_m * (WELL_INSIDE + ALMOST) / 2
    return distance_m(state.hand_xy, trial.target_xy) <= within


def _target(state: State) -> Place:
    """The opening as a circle that lies inside it, whichever way the reach area is longer."""
    trial = state.trial
    return Place(trial.target_xy, trial.reach_m * WELL_INSIDE / PLAY_WIDTH_M)


def _ask(state: State, band: tuple[float, float], *, place: Place | None = None, hold_s: float = 0.0) -> Cue:
    targets = _targets(state.pinch, band, state.others, _cup(state) if state.keeps else ())
    return Cue(state.level.hand, targets, place, hold_s, _left_s(state))


# The same is asked for seconds on end: it is put together once.
@lru_cache(maxsize=64)
def _targets(
    pinch: ControlName,
    band: tuple[float, float],
    others: tuple[ControlName, ...],
    cup: tuple[tuple[float, float], ...],
) -> tuple[Target, ...]:
    return (Target(pinch, *band), *(Target(name, *bend) for name, bend in zip(others, cup, strict=False)))


def _keeping(state: State) -> tuple[Target, ...]:
    """Where other coins could fall, the other fingers are asked to keep them."""
    if not state.keeps:
        return ()
    return tuple(Target(name, *bend) for name, bend in zip(state.others, _cup(state), strict=True))


def _cup(state: State) -> tuple[tuple[float, float], ...]:
    """How bent each finger stays that keeps the other coins."""
    _, high = CUPPED
    if state.phase not in (PINCH, CARRY):
        return (CUPPED,) * len(state.others)
    allowed = (own or state.trial.keep_tolerance for own in tolerances(state))
    return tuple(
        (max(0.0, cup - most / 2), max(high, min(1.0, cup + 0.3))) for cup, most in zip(state.cup, allowed, strict=True)
    )


def _left_s(state: State) -> float | None:
    limit_s = state.trial.time_limit_s
    return None if limit_s is None or state.phase is DEAL else max(0.0, limit_s - state.watch.seen_s)
