"""The rules of coin-drop: slide the coin to the finger, pinch it, keep the others, let it go over its place.

A hand that keeps still is waited for, a hand that the camera lost freezes the coin. Nothing is a miss but a coin
that was really let go elsewhere, another coin that was really let roll, or a time limit the level itself set.
"""

from dataclasses import replace

from engine.hand import Side
from engine.play.changed import changed
from engine.play.game import Event, Said, Sounded, TrialEnded, TrialStarted
from engine.play.inputs import TRACKED, GameInput, HandInput
from engine.play.watch import Watch
from engine.view.scene import Bead
from games.coin_drop.level import CoinDropLevel
from games.coin_drop.state import BACK, CARRY, DEAL, DONE, LAND, PINCH, REST, SLIDE, State
from games.coin_drop.trial import Xy, distance_m, draw_trial

DEAL_S = 0.45
LAND_S = 1.00
BACK_S = 0.90
HINT_S = 10.0
HOME_WITHIN_X = 0.26
AT_PALM_M = 0.06
HOMEWARD_M_S = 0.25
NEAR_TARGET = 2.5

SLIDES_FROM, SLIDES_TO = 0.10, 0.80
BEFORE_THE_THUMB = 0.15
ALMOST = 0.95
SLIDE_HEARD_AT = 0.3
SLIDES_PER_S, SLIPS_PER_S = 4.0, 1.2
REALLY_OPEN_S = 0.25

Step = tuple[State, tuple[Event, ...]]


def start(level: CoinDropLevel, seed: int) -> State:
    """Before the first coin. It is drawn anew on the first tick, when side and difficulty are known."""
    carried, easy = level.reach == "carried", level.difficulty.start
    trial = draw_trial(level, seed, 0, Side.RIGHT, difficulty=easy, assisted=False, carried=carried)
    return State(level, seed, trial, hand_xy=trial.home_xy, from_xy=trial.home_xy)


def done(state: State) -> bool:
    return state.phase is DONE


def step(state: State, given: GameInput, dt_s: float) -> Step:
    hand = given.hand(state.level.hand)
    phase = state.phase
    if phase is DEAL:
        return _deal(state, given, hand, dt_s)
    if phase in _BY_ITSELF:
        return _by_itself(state, hand, dt_s)
    if not hand.seen:
        return changed(state, watch=state.watch.after(hand, dt_s)), ()
    if phase is SLIDE:
        return _slide(state, hand, dt_s)
    return _pinch(state, hand, dt_s) if phase is PINCH else _carry(state, hand, dt_s)


def _deal(state: State, given: GameInput, hand: HandInput, dt_s: float) -> Step:
    """New coins where the palm is empty; the try begins when the hand is seen, and home where it moves freely."""
    if state.phase_s == 0.0:
        state = _next_trial(state, given, hand)
    phase_s, xy = state.phase_s + dt_s, _palm(state, hand, dt_s)
    home = abs(xy[0] - state.trial.home_xy[0]) <= HOME_WITHIN_X
    if phase_s < DEAL_S or not hand.seen or not home:
        return changed(state, phase_s=phase_s, hand_xy=xy), ()
    begun = replace(state, phase=SLIDE, phase_s=0.0, hand_xy=xy, watch=Watch())
    first_of_set = len(state.beads) % state.level.repetitions == 0
    return begun, (TrialStarted(state.trial.n), *((Said("coin_drop.slide"),) if first_of_set else ()))


def _next_trial(state: State, given: GameInput, hand: HandInput) -> State:
    level, side = state.level, given.side(state.level.hand)
    carried = level.reach == "carried" or (hand.seen and hand.palm_xy is None)
    trial = draw_trial(
        level,
        state.seed,
        len(state.beads) + state.voids,
        side,
        difficulty=given.difficulty,
        assisted=given.assisted,
        carried=carried,
    )
    fresh = state.on_palm == 0
    row = round(level.coins.at(0.0 if given.assisted else given.difficulty)) if fresh else state.row
    return replace(
        state,
        side=side,
        trial=trial,
        on_palm=row if fresh else state.on_palm,
        row=row,
        fresh=fresh,
        hand_xy=state.hand_xy if len(state.beads) + state.voids else trial.home_xy,
        progress=0.0,
        opened=False,
        reached=False,
        opening_s=0.0,
        ended=False,
        cause=None,
    )


def _slide(state: State, hand: HandInput, dt_s: float) -> Step:
    """The coin follows the thumb: forward as it nears the finger, softly back as it leaves, never by a jump."""
    held = state.pinch in hand.held
    opened = state.opened or not held
    reached = state.reached or "opposition" not in hand.values or hand.value("opposition") >= state.trial.thumb_reach
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
        hand_xy=_palm(state, hand, dt_s),
        progress=slid,
        opened=opened,
        reached=reached,
    )
    if held and slid >= 1.0:
        pinched = replace(state, phase=PINCH, phase_s=0.0, cup=_cup(state, hand), opening_s=0.0)
        return pinched, (Sounded("coin_pinch"),)
    if _too_late(state):
        return _missed(state, "not_reached")
    return state, (Sounded("coin_slide"),) if starts else _hint(state, dt_s, "coin_drop.hint_slide")


def _pinch(state: State, hand: HandInput, dt_s: float) -> Step:
    """The coin is held for a moment over the palm. Let go here, it just slides back: nothing is lost."""
    state = _holding(state, hand, dt_s, _palm(state, hand, dt_s))
    if state.pinch in hand.released or state.pinch not in hand.held:
        return replace(state, phase=SLIDE, phase_s=0.0), ()
    if state.opening_s > REALLY_OPEN_S:
        return _missed(state, "others_dropped")
    if _too_late(state):
        return _missed(state, "too_late")
    if state.phase_s >= state.trial.hold_s:
        return replace(state, phase=CARRY, phase_s=0.0, from_xy=state.hand_xy), (Sounded("coin_lift"),)
    return state, ()


def _carry(state: State, hand: HandInput, dt_s: float) -> Step:
    """The coin travels with the hand, or the game carries both, until it is let go."""
    there = state.trial.target_xy
    if state.trial.carried:
        xy = _along(state.from_xy, there, (state.phase_s + dt_s) / state.trial.carry_s)
    else:
        xy = hand.palm_xy or state.hand_xy
    state = _holding(state, hand, dt_s, xy)
    if state.pinch in hand.released:
        return _let_go(state)
    if state.pinch not in hand.held:
        return replace(state, phase=BACK, phase_s=0.0, from_xy=state.hand_xy), ()
    if state.opening_s > REALLY_OPEN_S:
        return _missed(state, "others_dropped")
    if _too_late(state):
        return _missed(state, "too_late")
    return state, _hint(state, dt_s, "coin_drop.hint_place")


def _let_go(state: State) -> Step:
    trial = state.trial
    from_target_m = distance_m(state.hand_xy, trial.target_xy)
    if from_target_m <= trial.reach_m:
        return _ended(state, True, None)
    if distance_m(state.hand_xy, state.from_xy) < AT_PALM_M:
        return replace(state, phase=SLIDE, phase_s=0.0), ()
    near = not trial.carried and from_target_m <= NEAR_TARGET * trial.reach_m
    return _missed(state, "missed_slot" if near else "dropped")


def _missed(state: State, cause: str) -> Step:
    return _ended(state, False, cause)


def _ended(state: State, landed: bool, cause: str | None) -> Step:
    """The try is over. One the camera lost too much of is nobody's: it is asked for again, within bounds."""
    trial, watch, void = state.trial, state.watch, state.watch.void
    again = void and state.voids < state.level.trials
    bead: tuple[Bead, ...] = () if again else ("void",) if void else ("done",)
    told = None if void else cause
    over = replace(
        state,
        phase=LAND if landed else BACK,
        phase_s=0.0,
        from_xy=state.hand_xy,
        on_palm=state.on_palm - landed,
        beads=state.beads + bead,
        voids=state.voids + again,
        ended=True,
        cause=told,
    )
    success = None if void else landed
    end = TrialEnded(trial.n, success, told, watch.duration_s, trial.difficulty, trial.assisted)
    return over, (end, Sounded("coin_land" if landed else "coin_roll"))


def _by_itself(state: State, hand: HandInput, dt_s: float) -> Step:
    """What needs no hand: the coin rings or rolls back, the rest passes."""
    phase, phase_s, level = state.phase, state.phase_s + dt_s, state.level
    lasts_s = {LAND: LAND_S, BACK: BACK_S, REST: level.rest_s}.get(phase, phase_s + 1)
    if state.trial.carried:
        xy = _along(state.from_xy, state.trial.home_xy, phase_s / min(lasts_s, LAND_S))
    else:
        xy = hand.palm_xy or state.hand_xy
    if phase_s < lasts_s:
        return changed(state, phase_s=phase_s, hand_xy=xy), ()
    state = replace(state, phase=DEAL, phase_s=0.0, hand_xy=xy, from_xy=xy, fresh=False, progress=0.0)
    if not state.ended:
        return replace(state, phase=SLIDE, opened=False), ()
    count = len(state.beads)
    if count >= level.trials:
        return replace(state, phase=DONE), (Said("coin_drop.done"),)
    sets = count // level.repetitions
    if sets > state.rests:
        return replace(state, phase=REST, rests=sets), (Said("rest"),)
    return state, ()


def _holding(state: State, hand: HandInput, dt_s: float, xy: Xy) -> State:
    """One tick with the coin between the fingers, and an eye on the others: only a real opening counts."""
    opening_s = state.opening_s
    if state.keeps and hand.tracking is TRACKED:
        opened = state.cup - _cup(state, hand)
        opening_s = opening_s + dt_s if opened > state.trial.keep_tolerance else 0.0
    watch = state.watch.after(hand, dt_s)
    return changed(state, phase_s=state.phase_s + dt_s, watch=watch, hand_xy=xy, opening_s=opening_s)


def _cup(state: State, hand: HandInput) -> float:
    """How bent the other fingers are, on average."""
    first, second, third = state.others
    return (hand.value(first) + hand.value(second) + hand.value(third)) / 3


def _palm(state: State, hand: HandInput, dt_s: float) -> Xy:
    """Where the hand is while its coins lie on the palm: its own place, or softly home where the game carries it."""
    trial, here = state.trial, state.hand_xy
    if not trial.carried:
        return hand.palm_xy or here
    if here == trial.home_xy:
        return here
    left_m = distance_m(here, trial.home_xy)
    if left_m <= HOMEWARD_M_S * dt_s:
        return trial.home_xy
    share = HOMEWARD_M_S * dt_s / left_m
    return here[0] + (trial.home_xy[0] - here[0]) * share, here[1] + (trial.home_xy[1] - here[1]) * share


def _along(start_xy: Xy, end_xy: Xy, share: float) -> Xy:
    """A place on the way between two, with a soft start and a soft stop."""
    if share >= 1.0:
        return end_xy
    eased = share * share * (3 - 2 * share)
    return start_xy[0] + (end_xy[0] - start_xy[0]) * eased, start_xy[1] + (end_xy[1] - start_xy[1]) * eased


def _too_late(state: State) -> bool:
    limit_s = state.trial.time_limit_s
    return limit_s is not None and state.watch.seen_s > limit_s


def _hint(state: State, dt_s: float, key: str) -> tuple[Event, ...]:
    """Said once, after a while without progress."""
    return (Said(key),) if state.phase_s - dt_s < HINT_S <= state.phase_s else ()


_BY_ITSELF = (LAND, BACK, REST, DONE)
