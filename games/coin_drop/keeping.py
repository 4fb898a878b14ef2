"""What a hand must keep while it holds a coin: the other coins on the palm, the pinch itself, its place."""

from engine.changed import changed
from engine.hand import LONG_FINGERS
from engine.inputs import TRACKED, HandInput
from engine.play.table import Xy, distance_m
from games.coin_drop.state import PINCH, State

REALLY_S = 0.25
"""What lasts shorter was nothing: fingers that really opened, a pinch that really loosened."""


def holding(state: State, hand: HandInput, dt_s: float, xy: Xy) -> State:
    """One tick with the coin between the fingers, and an eye on the others."""
    opening_s, slipping_s, phase_s, still_xy = state.opening_s, state.slipping_s, state.phase_s + dt_s, state.still_xy
    if hand.tracking is TRACKED:
        if state.keeps:
            opening_s = opening_s + dt_s if really_open(state, cup_of(state, hand)) else 0.0
        loose = state.coin is not None and hand.value(state.pinch) < state.coin.grip and not state.trial.assisted
        slipping_s = slipping_s + dt_s if loose else 0.0
        wander_m = state.trial.hold_still_m
        asked_still = state.phase is PINCH and wander_m is not None
        if asked_still and hand.palm_xy is not None and _left(still_xy, hand.palm_xy, wander_m or 0.0):
            still_xy, phase_s = hand.palm_xy, 0.0
    return changed(
        state,
        phase_s=phase_s,
        watch=state.watch.after(hand, dt_s),
        hand_xy=xy,
        opening_s=opening_s,
        slipping_s=slipping_s,
        still_xy=still_xy,
    )


def really_open(state: State, cup: tuple[float, float, float]) -> bool:
    """Whether the other fingers are further open than allowed: each that has its own allowance by itself, the others
    together, on average."""
    if not state.trial.has_own_tolerances:
        return (sum(state.cup) - sum(cup)) / len(cup) > state.trial.keep_tolerance
    opened = [before - now for before, now in zip(state.cup, cup, strict=True)]
    allowed = tolerances(state)
    together = [o for o, own in zip(opened, allowed, strict=True) if own is None]
    if together and sum(together) / len(together) > state.trial.keep_tolerance:
        return True
    return any(own is not None and o > own for o, own in zip(opened, allowed, strict=True))


def _left(still_xy: Xy | None, now_xy: Xy, wander_m: float) -> bool:
    return still_xy is None or distance_m(still_xy, now_xy) > wander_m


def tolerances(state: State) -> tuple[float | None, ...]:
    """What each of the other fingers may open by itself, in the order of `state.others`."""
    per_finger = zip(LONG_FINGERS, state.trial.finger_tolerances, strict=True)
    return tuple(own for finger, own in per_finger if finger is not state.level.pinch)


def cup_of(state: State, hand: HandInput) -> tuple[float, float, float]:
    """How bent the other fingers are."""
    first, second, third = state.others
    return hand.value(first), hand.value(second), hand.value(third)
