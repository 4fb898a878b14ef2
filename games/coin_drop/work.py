"""The hand at work on one coin: slide it, pinch it, keep the others, take it there, let it go.

Nothing is a miss but a coin that was really let go elsewhere or really slipped, another coin that was really let roll,
or a time limit the level itself set.
"""

from dataclasses import replace

from engine.changed import changed
from engine.inputs import HandInput
from engine.play.game import Event, Said, Sounded, TrialEnded
from engine.play.table import distance_m
from engine.view.scene import Bead
from games.coin_drop.keeping import REALLY_S, cup_of, holding
from games.coin_drop.moving import as_it_is, carried_xy, with_coins
from games.coin_drop.state import BACK, CARRY, LAND, PINCH, SLIDE, State

HINT_S = 10.0
AT_PALM_M = 0.06
NEAR_TARGET = 2.5
SLIDES_FROM, SLIDES_TO = 0.10, 0.80
BEFORE_THE_THUMB = 0.15
ALMOST = 0.95
SLIDE_HEARD_AT = 0.3
SLIDES_PER_S, SLIPS_PER_S = 4.0, 1.2

Step = tuple[State, tuple[Event, ...]]


def slide(state: State, hand: HandInput, dt_s: float) -> Step:
    """The coin follows the thumb: forward as it nears the finger, softly back as it leaves, never by a jump."""
    held = state.pinch in hand.held
    opened = state.opened or not held
    reached = state.reached or "opposition" not in hand.values or hand.value("opposition") >= state.thumb_reach
    wanted = 0.0
    if opened:
        closed = (hand.value(state.pinch) - SLIDES_FROM) / (SLIDES_TO - SLIDES_FROM)
        wanted = 1.0 if held else min(max(closed, 0.0), ALMOST)
        wanted = wanted if reached else min(wanted, BEFORE_THE_THUMB)
    slid = min(max(wanted, state.progress - SLIPS_PER_S * dt_s), state.progress + SLIDES_PER_S * dt_s)
    starts = state.progress < SLIDE_HEARD_AT <= slid
    state = changed(
        state,
        phase_s=state.phase_s + dt_s,
        watch=state.watch.after(hand, dt_s),
        hand_xy=with_coins(state, hand, dt_s),
        progress=slid,
        opened=opened,
        reached=reached,
    )
    if held and slid >= 1.0:
        pinched = replace(
            state, phase=PINCH, phase_s=0.0, cup=cup_of(state, hand), opening_s=0.0, slipping_s=0.0, still_xy=None
        )
        return pinched, (_rings(state, "coin_pinch"),)
    if too_late(state):
        return _missed(state, "not_reached")
    return state, (Sounded("coin_slide"),) if starts else _hint(state, dt_s, "coin_drop.hint_slide")


def pinch(state: State, hand: HandInput, dt_s: float) -> Step:
    """The coin is held for a moment over the palm. Let go here, it just slides back: nothing is lost."""
    state = holding(state, hand, dt_s, with_coins(state, hand, dt_s))
    if state.pinch in hand.released or state.pinch not in hand.held or state.slipping_s > REALLY_S:
        return replace(state, phase=SLIDE, phase_s=0.0, opened=state.slipping_s <= REALLY_S), ()
    if state.opening_s > REALLY_S:
        return _missed(state, "others_dropped")
    if too_late(state):
        return _missed(state, "too_late")
    if state.phase_s >= state.trial.hold_s:
        return replace(state, phase=CARRY, phase_s=0.0, from_xy=state.hand_xy), (Sounded("coin_lift"),)
    return state, ()


def carry(state: State, hand: HandInput, dt_s: float) -> Step:
    """The coin travels with the hand, or the game carries both, until it is let go."""
    if state.trial.carried:
        xy = carried_xy(state.trial, state.from_xy, state.phase_s + dt_s)
    else:
        xy = as_it_is(state, hand, dt_s)
    state = holding(state, hand, dt_s, xy)
    if state.pinch in hand.released:
        return _let_go(state, "dropped")
    if state.pinch not in hand.held:
        return replace(state, phase=BACK, phase_s=0.0, from_xy=state.hand_xy), ()
    if state.opening_s > REALLY_S:
        return _missed(state, "others_dropped")
    if state.slipping_s > REALLY_S:
        return _let_go(state, "slipped")
    if too_late(state):
        return _missed(state, "too_late")
    return state, _hint(state, dt_s, "coin_drop.hint_place")


def over_place(state: State) -> bool:
    """Whether the coin, let go now, would land."""
    return distance_m(state.hand_xy, state.trial.target_xy) <= state.trial.magnet_m


def too_late(state: State) -> bool:
    limit_s = state.trial.time_limit_s
    return limit_s is not None and state.watch.seen_s > limit_s


def _let_go(state: State, on_the_way: str) -> Step:
    """`on_the_way`: what it is called where no place is near. With help nothing is lost: it comes back to the palm."""
    trial = state.trial
    if over_place(state):
        return _ended(state, True, None)
    if distance_m(state.hand_xy, state.from_xy) < AT_PALM_M:
        return replace(state, phase=SLIDE, phase_s=0.0), ()
    if trial.assisted:
        return replace(state, phase=BACK, phase_s=0.0, from_xy=state.hand_xy), (_rings(state, "coin_roll"),)
    if trial.other_xy is not None and distance_m(state.hand_xy, trial.other_xy) <= trial.reach_m:
        return _missed(state, "other_place")
    near = not trial.carried and distance_m(state.hand_xy, trial.target_xy) <= NEAR_TARGET * trial.reach_m
    return _missed(state, "missed_slot" if near else on_the_way)


def _missed(state: State, cause: str) -> Step:
    return _ended(state, False, cause)


def _ended(state: State, landed: bool, cause: str | None) -> Step:
    """The try is over. One the camera lost too much of is nobody's: it is asked for again, within bounds."""
    trial, watch, void = state.trial, state.watch, state.watch.void
    again = void and state.voids < state.level.trials
    bead: tuple[Bead, ...] = () if again else ("void",) if void else ("done",)
    told = None if void else cause
    coin = state.coin
    assert coin is not None
    over = replace(
        state,
        phase=LAND if landed else BACK,
        phase_s=0.0,
        from_xy=state.hand_xy,
        palm=tuple(piece for piece in state.palm if piece != coin) if landed else state.palm,
        put=(*state.put, coin) if landed else state.put,
        beads=state.beads + bead,
        voids=state.voids + again,
        ended=True,
        cause=told,
    )
    success = None if void else landed
    end = TrialEnded(trial.n, success, told, watch.duration_s, trial.difficulty, trial.assisted)
    return over, (end, _rings(state, "coin_land" if landed else "coin_roll"))


def _rings(state: State, name: str) -> Sounded:
    """A sound of the coin that is worked on: it rings by its size."""
    return Sounded(name, diameter_mm=None if state.coin is None else state.coin.diameter_mm)


def _hint(state: State, dt_s: float, key: str) -> tuple[Event, ...]:
    """Said once, after a while without progress."""
    return (Said(key),) if state.phase_s - dt_s < HINT_S <= state.phase_s else ()
