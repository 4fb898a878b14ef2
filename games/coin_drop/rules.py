"""What comes when in coin-drop: a row is dealt, the hand works on one coin after the other, sets end in a rest.

A hand that keeps still is waited for, a hand that the camera lost freezes the coin.
"""

import math
from dataclasses import replace

from engine.changed import changed
from engine.hand import Side
from engine.inputs import GameInput, HandInput
from engine.play.game import Event, Said, TrialStarted
from engine.play.helping import TOGETHER, TOGETHER_S
from engine.play.rest import rest_is_due, rest_is_over
from engine.play.table import along
from engine.play.watch import Watch
from games.coin_drop.level import CoinDropLevel
from games.coin_drop.moving import as_it_is, with_coins
from games.coin_drop.row import draw_row
from games.coin_drop.state import BACK, DEAL, DONE, LAND, PINCH, REST, SLIDE, State
from games.coin_drop.trial import draw_trial
from games.coin_drop.work import Step, carry, pinch, slide

DEAL_S = 0.45
LAND_S = 1.00
BACK_S = 0.90
LASTS_S = {LAND: LAND_S, BACK: BACK_S}
HOME_WITHIN_X = 0.26


def start(level: CoinDropLevel, seed: int) -> State:
    """Before the first coin. It is drawn anew on the first tick, when side and difficulty are known."""
    carried, easy = level.reach == "carried", level.difficulty.start
    trial = draw_trial(level, seed, 0, Side.RIGHT, difficulty=easy, assisted=False, carried=carried)
    return State(level, seed, trial, hand_xy=trial.home_xy, from_xy=trial.home_xy)


def done(state: State) -> bool:
    return state.phase is DONE


def resting(state: State) -> bool:
    return state.phase is REST


def step(state: State, given: GameInput, dt_s: float) -> Step:
    hand = given.hand(state.level.hand)
    phase = state.phase
    if phase is DEAL:
        return _deal(state, given, hand, dt_s)
    if phase in _BY_ITSELF:
        return _by_itself(state, given, hand, dt_s)
    if not hand.seen:
        return changed(state, watch=state.watch.after(hand, dt_s)), ()
    if phase is SLIDE:
        return slide(state, hand, dt_s)
    return pinch(state, hand, dt_s) if phase is PINCH else carry(state, hand, dt_s)


def _deal(state: State, given: GameInput, hand: HandInput, dt_s: float) -> Step:
    """New coins where the palm is empty; the try begins when the hand is seen, and home where it moves freely."""
    told: tuple[Event, ...] = ()
    if state.phase_s == 0.0:
        state = _next_trial(state, given, hand)
        told = (Said(TOGETHER),) if state.trial.assisted else ()
    carried = state.trial.carried
    phase_s, xy = state.phase_s + dt_s, with_coins(state, hand, dt_s) if carried else as_it_is(state, hand, dt_s)
    home = abs(xy[0] - state.trial.home_xy[0]) <= HOME_WITHIN_X
    deal_s = TOGETHER_S if state.trial.assisted else DEAL_S
    if phase_s < deal_s or not hand.seen or not home:
        return changed(state, phase_s=phase_s, hand_xy=xy), told
    begun = replace(state, phase=SLIDE, phase_s=0.0, hand_xy=xy, watch=Watch())
    first_of_set = len(state.beads) % state.level.repetitions == 0
    return begun, (TrialStarted(state.trial.n), *((Said("coin_drop.slide"),) if first_of_set else ()))


def _next_trial(state: State, given: GameInput, hand: HandInput) -> State:
    level, side, n = state.level.for_trial(given), given.side(state.level.hand), len(state.beads) + state.voids
    if fresh := not state.palm:
        palm = draw_row(level, state.seed, n, 0.0 if given.assisted else given.difficulty)
        state = replace(state, palm=palm, row=len(palm), put=())
    coin = state.taking_next()
    trial = draw_trial(
        level,
        state.seed,
        n,
        side,
        coin,
        difficulty=given.difficulty,
        assisted=given.assisted,
        carried=level.reach == "carried" or (hand.seen and hand.palm_xy is None),
    )
    return replace(
        state,
        side=side,
        trial=trial,
        coin=coin,
        fresh=fresh,
        hand_xy=state.hand_xy if n else trial.home_xy,
        progress=0.0,
        opened=False,
        reached=False,
        opening_s=0.0,
        slipping_s=0.0,
        ended=False,
        cause=None,
    )


def _by_itself(state: State, given: GameInput, hand: HandInput, dt_s: float) -> Step:
    """What needs no hand: the coin rings or rolls back, the rest passes."""
    phase, phase_s, level = state.phase, state.phase_s + dt_s, state.level
    if state.trial.carried:
        xy = along(state.from_xy, state.trial.home_xy, phase_s / LASTS_S.get(phase, LAND_S))
    else:
        xy = as_it_is(state, hand, dt_s)
    over = rest_is_over(level, phase_s, given) if phase is REST else phase_s >= LASTS_S.get(phase, math.inf)
    if not over:
        return changed(state, phase_s=phase_s, hand_xy=xy), ()
    state = replace(state, phase=DEAL, phase_s=0.0, hand_xy=xy, from_xy=xy, fresh=False, progress=0.0)
    if not state.ended:
        return replace(state, phase=SLIDE, opened=False), ()
    count = len(state.beads)
    if count >= level.trials:
        return replace(state, phase=DONE), (Said("coin_drop.done"),)
    if rest_is_due(level, count, state.rests):
        return replace(state, phase=REST, rests=state.rests + 1), (Said("rest"),)
    return state, ()


_BY_ITSELF = (LAND, BACK, REST, DONE)
