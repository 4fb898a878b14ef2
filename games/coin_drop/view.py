"""Coin-drop as it is seen: the player's hand with its coins, the place they go to, and the words below."""

from math import pi

from engine.hand import Side
from engine.play.helping import GLIDES_S, TOGETHER, TOGETHER_S
from engine.play.rest import rest_left
from engine.play.strand import strand
from engine.play.table import between, ease, on_mat
from engine.view.grasp import in_room
from engine.view.scene import SLOT_HEIGHT_M, Coin, Hand, Metres3, Scene
from games.coin_drop.cue import over_target
from games.coin_drop.furniture import coin_of, piled, put_away, table_of
from games.coin_drop.ghost import ghost_hand
from games.coin_drop.in_hand import drop_of, hand_over, in_row, let_go_at, on_way
from games.coin_drop.keeping import REALLY_S
from games.coin_drop.row import Piece
from games.coin_drop.rules import BACK_S, DEAL_S
from games.coin_drop.state import Phase, State
from games.coin_drop.work import HINT_S

FALL_S = 0.30
# Dealt coins come past the inner side of the forearm, from under the near edge of the picture.
DEALT_INWARDS_M, DEALT_NEARER_M, DEALT_HIGHER_M = 0.28, 0.40, 0.02
LET_GO = ("dropped", "missed_slot", "slipped", "other_place")

SENTENCES = {
    Phase.BACK: ("coin_drop.back", "palm"),
    Phase.REST: ("rest", "rest"),
    Phase.DONE: ("coin_drop.done", "done"),
}


def draw(state: State) -> Scene:
    sentence, picture = words(state)
    trial = state.trial
    left = None
    if trial.time_limit_s is not None and state.phase in (Phase.SLIDE, Phase.PINCH, Phase.CARRY):
        left = max(0.0, 1 - state.watch.seen_s / trial.time_limit_s)
    if state.phase is Phase.REST:
        left = rest_left(state.level, state.phase_s)
    hand = hand_over(state, angles=None, ghost=False)
    shapes = (*table_of(state), *put_away(state), hand, *_coins(state, hand), *drop_of(state, hand), *ghost_hand(state))
    return Scene(shapes, strand(state.beads, state.level, resting=state.phase is Phase.REST), sentence, picture, left)


def words(state: State) -> tuple[str, str]:
    """The sentence at the bottom, by its key, and the picture beside it."""
    phase = state.phase
    if phase is Phase.DEAL and state.trial.assisted and state.phase_s < TOGETHER_S:
        return TOGETHER, "both_hands"
    if phase is Phase.DEAL:
        return ("coin_drop.deal", "palm") if state.trial.carried else ("coin_drop.home", "home")
    if phase is Phase.SLIDE:
        if not state.opened:
            return "coin_drop.open", "open"
        if not state.reached:
            return "coin_drop.reach", "thumb_across"
        if state.phase_s > HINT_S:
            return "coin_drop.hint_slide", "slide"
        ordered = state.level.order != "as_they_lie"
        return (f"coin_drop.{state.level.order}" if ordered else "coin_drop.slide"), "slide"
    if phase in (Phase.PINCH, Phase.CARRY) and 0.1 < state.opening_s <= REALLY_S:
        return "coin_drop.keep", "keep"
    if phase is Phase.PINCH:
        return _hold(state), "pinch"
    if phase is Phase.CARRY:
        if over_target(state):
            return ("coin_drop.hint_place" if state.phase_s > HINT_S else "coin_drop.let_go"), "let_go"
        if state.trial.other_xy is not None:
            sort = "coin_drop.sort_size" if state.level.sort == "size" else "coin_drop.sort_value"
            return sort, _with_its_place(state, "carry")
        return "coin_drop.carry", _with_its_place(state, "carry")
    if phase is Phase.LAND:
        return "coin_drop.landed", _with_its_place(state, "landed")
    if phase is Phase.BACK and state.cause is not None:
        return f"coin_drop.back.{state.cause}", "palm"
    return SENTENCES[phase]


def _with_its_place(state: State, picture: str) -> str:
    """The picture that shows the coin at the kind of place it goes to here."""
    return picture if state.level.target == "slot" else f"{picture}_{state.level.target}"


def _hold(state: State) -> str:
    """What is to be kept beside the pinch: nothing, the other coins, or the hand's own place."""
    if state.trial.hold_still_m is not None:
        return "coin_drop.hold_still"
    return "coin_drop.hold" if state.keeps else "coin_drop.hold_one"


def _coins(state: State, hand: Hand) -> tuple[Coin, ...]:
    """The coins on the palm, and the one at work."""
    active = state.coin
    resting = [piece for piece in state.palm if piece is not active]
    coins = [coin_of(piece, _dealt(state, piece, in_room(hand, in_row(piece.place, state.row)))) for piece in resting]
    if state.phase is Phase.LAND:
        return (*coins, *_landing(state))
    if active is None or not state.palm or active not in state.palm:
        return tuple(coins)
    if state.phase is Phase.BACK:
        return tuple(_rolling_back(state, hand, active, resting, coins))
    share = state.progress
    way = in_room(hand, on_way(active.place, state.row, share, state.level.pinch))
    return (*coins, coin_of(active, _dealt(state, active, way), pi / 2 * ease((share - 0.6) / 0.4)))


def _dealt(state: State, piece: Piece, end: Metres3) -> Metres3:
    """A fresh row glides onto the palm: from where it was put, or from where the other hand would deal it."""
    if state.phase is not Phase.DEAL or not state.fresh:
        return end
    share = ease(state.phase_s / DEAL_S)
    came_back = state.level.target == "table" and state.trial.n > 0
    if came_back:
        return between(piled(state, piece.place, piece), end, share)
    inwards_m = DEALT_INWARDS_M * (-1 if state.side is Side.RIGHT else 1)
    begin = (end[0] + inwards_m, end[1] + DEALT_HIGHER_M, end[2] + DEALT_NEARER_M)
    return between(begin, end, share)


def _landing(state: State) -> tuple[Coin, ...]:
    """Down from the fingers; into the box, or onto the mat with one small hop and over to the others."""
    t, piece = state.phase_s, state.coin
    if piece is None:
        return ()
    x, high, z = let_go_at(state)
    glides_s = GLIDES_S if state.trial.assisted else FALL_S
    fallen = min(1.0, t / FALL_S) ** 2
    if state.level.target == "slot":
        middle = on_mat(state.trial.target_xy)
        share, lowered = ease(t / glides_s), min(1.0, t / glides_s) ** 2
        if t > glides_s + FALL_S:
            return ()
        sunk = SLOT_HEIGHT_M + 0.02 - 0.09 * max(0.0, (t - glides_s) / FALL_S)
        over_m = high + (SLOT_HEIGHT_M + 0.02 - high) * lowered
        at_m = (x + (middle[0] - x) * share, over_m, z + (middle[2] - z) * share)
        return (coin_of(piece, at_m if t <= glides_s else (middle[0], sunk, middle[2]), pi / 2),)
    hop = max(0.0, 1 - (2 * (t - FALL_S) / 0.16 - 1) ** 2) * 0.006 if t > FALL_S else 0.0
    share = ease((t - 0.55) / 0.4)
    end = piled(state, len(state.put) - 1, piece)
    at_m = (x, high * (1 - fallen) + hop, z)
    return (coin_of(piece, between(at_m, end, share), pi / 2 * (1 - ease(t / (FALL_S + 0.1)))),)


def _rolling_back(state: State, hand: Hand, active: Piece, resting: list[Piece], coins: list[Coin]) -> list[Coin]:
    """Unhurried: what fell on the mat comes back to its place on the palm."""
    t = state.phase_s
    home = in_room(hand, in_row(active.place, state.row))
    if state.cause in LET_GO or not state.ended:
        return [*coins, _rolled(state, active, t, let_go_at(state), home)]
    share = state.progress * (1 - ease(t / 0.45))
    back = coin_of(
        active,
        in_room(hand, on_way(active.place, state.row, share, state.level.pinch)),
        pi / 2 * ease((share - 0.6) / 0.4),
    )
    if state.cause == "others_dropped" and coins:
        palm = in_room(hand_over(state, angles=None, ghost=False), (0.0, -0.06, -0.014))
        coins[-1] = _rolled(state, resting[-1], t, palm, coins[-1].at_m)
    return [*coins, back]


def _rolled(state: State, piece: Piece, t: float, begin: Metres3, end: Metres3) -> Coin:
    down = min(1.0, t / 0.25) ** 2
    x, _, z = on_mat(state.from_xy)
    fallen = (x, begin[1] * (1 - down), z)
    share = ease((t - 0.25) / (BACK_S - 0.25))
    upright = ease(t / 0.2) * (1 - ease((share - 0.75) / 0.25))
    return coin_of(piece, between(fallen, end, share), pi / 2 * upright, -4 * pi * share)
