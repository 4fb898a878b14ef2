"""What poses and following have in common: who is seen, what their hands show, how a trial ends."""

from dataclasses import replace
from statistics import median

from engine.inputs import COASTING, LOST, NO_HAND, GameInput, HandInput
from engine.play.game import Event, Sounded, TrialEnded
from engine.view.scene import Bead
from games.mirror_avatar.state import AGAIN, WELL, Pair, State

WORST = (LOST, COASTING)


def values_of(state: State, given: GameInput) -> Pair:
    """The control that is asked now, of the affected and the unaffected hand."""
    control = state.movement.control
    return given.affected.values.get(control, 0.0), given.unaffected.values.get(control, 0.0)


def least_seen(hands: list[HandInput], control: str) -> HandInput:
    """The hand that is seen worst: a trial of two hands is seen as well as that one. A wrist that cannot be told now,
    because the forearm moves, is not seen."""
    for hand in hands:
        if control in hand.unknown:
            return NO_HAND
    for tracking in WORST:
        for hand in hands:
            if hand.tracking is tracking:
                return hand
    return hands[0]


def ended(state: State, cause: str | None) -> tuple[State, tuple[Event, ...]]:
    """The trial is over. One the camera lost too much of is nobody's: it is asked for again, within bounds."""
    trial, watch, void = state.trial, state.watch, state.watch.void
    again = void and state.voids < state.level.trials
    bead: tuple[Bead, ...] = () if again else ("void",) if void else ("done",)
    told = None if void else cause
    well = cause is None and not void
    over = replace(
        state,
        phase=WELL if well else AGAIN,
        phase_s=0.0,
        beads=state.beads + bead,
        voids=state.voids + again,
        cause=told,
    )
    end = TrialEnded(
        trial.n, None if void else cause is None, told, watch.duration_s, trial.difficulty, trial.assisted,
        lag_ms=round(1000 * median(state.lags_s), 1) if state.lags_s else None,
        in_band=round(state.in_s / watch.seen_s, 4) if state.level.task == "follow" and watch.seen_s > 0 else None,
    )  # fmt: skip
    return over, (end, Sounded("bead_land" if well else "wood"))
