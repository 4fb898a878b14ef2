"""Bead-picking as it is seen: the tray, the bead in the fingers, the places where beads belong, and the words below."""

from math import pi

from engine.hand import Side
from engine.play.helping import GLIDES_S, TOGETHER, TOGETHER_S, glow
from engine.play.strand import strand
from engine.play.table import Xy, between, distance_m, ease, on_mat
from engine.view.scene import (
    Bowl,
    Card,
    Cord,
    Marble,
    Metres3,
    Pen,
    Scene,
    Shape,
    Tray,
    Zone,
)
from games.bead_picking.cue import may_let_go
from games.bead_picking.ghost import ghost_hand, shown_bead
from games.bead_picking.in_hand import drop_of, hand_of, held_at, let_go_at, lies_at, marker_of
from games.bead_picking.places import CARD_COLUMNS, CARD_ROWS, CARD_STEP_M, CARD_XY, RINGS, ring_xy, sort_of_ring
from games.bead_picking.rules import BACK_S
from games.bead_picking.state import Phase, State
from games.bead_picking.trial import TRAY_XY
from games.bead_picking.wording import sentence
from games.bead_picking.work import HINT_S

TRAY_MM = (150.0, 118.0)
FALL_S, NEAR_M = 0.32, 0.20
# How much smaller a bead is drawn that is about to slip out, and when that is said.
SQUASHED, NEARLY_OUT = 0.3, 0.75
CORD_MM, MOST_ON_CORD = 230.0, 12

MOMENTS = {
    Phase.SHOW: ("show", "open"),
    Phase.READY: ("ready", "home"),
    Phase.HOLD: ("hold", "bead_hold"),
    Phase.DONE: ("done", "done"),
}


def draw(state: State) -> Scene:
    said, picture = words(state)
    trial = state.trial
    left = None
    if trial.time_limit_s is not None and state.phase in (Phase.OPEN, Phase.CLOSE, Phase.HOLD, Phase.CARRY):
        left = max(0.0, 1 - state.watch.seen_s / trial.time_limit_s)
    at_work = (*_at_work(state), hand_of(state), *marker_of(state), *drop_of(state))
    shapes = (*_table(state), *_put_away(state), *at_work, *ghost_hand(state))
    beads = strand(state.beads, state.level, resting=state.phase is Phase.REST)
    return Scene(shapes, beads, said, picture, left)


def words(state: State) -> tuple[str, str]:
    """The sentence at the bottom, by its key, and the picture beside it."""
    if state.phase is Phase.REST:
        return "rest", "rest"
    if state.phase is Phase.READY and state.trial.assisted and state.phase_s < TOGETHER_S:
        return TOGETHER, "both_hands"
    moment, picture = _moment(state)
    return sentence(state.level, moment), picture


def pressed(state: State) -> float:
    """How far the pinch has closed past the held bead, of what it bears, 0..1; it gives way as far as it is."""
    trial = state.trial
    if state.phase not in (Phase.HOLD, Phase.CARRY) or trial.tight >= 1.0:
        return 0.0
    return round(min(max((state.pinched - trial.contact) / (trial.tight - trial.contact), 0.0), 1.0), 2)


def _moment(state: State) -> tuple[str, str]:
    phase, late = state.phase, state.phase_s > HINT_S
    pen = state.level.thing == "pen"
    if pressed(state) > NEARLY_OUT:
        return "gently", "bead_hold"
    if phase is Phase.OPEN:
        return ("hint_open" if late else "wider" if state.slips else "open"), "open"
    if phase is Phase.CLOSE:
        return ("hint_close" if late else "close"), "touch" if pen else "bead_pinch"
    if phase is Phase.CARRY:
        if state.trial.places.are_a_choice and not state.trial.marked:
            return _choosing(state)
        if may_let_go(state):
            return ("hint_place" if late else "let_go"), "open" if pen else "bead_let_go"
        if distance_m(state.hand_xy, state.trial.place_xy) <= state.trial.reach_m:
            return "hold_there", "bead_hold"
        return ("slide" if pen else "carry"), _with_its_place(state, "carry")
    if phase is Phase.LAND:
        return "landed", _with_its_place(state, "landed")
    if phase is Phase.BACK:
        return f"back.{state.cause}" if state.cause else "back.quietly", "home"
    return MOMENTS[phase]


def _choosing(state: State) -> tuple[str, str]:
    """Over every ring the same is said: which one is right, the pattern tells."""
    if state.over_s > state.trial.place_hold_s:
        return "let_go_there", "bead_let_go"
    return f"choose_{state.level.sort_by}", _with_its_place(state, "carry")


def _with_its_place(state: State, picture: str) -> str:
    """The picture that shows the bead or pen at the kind of place it goes to here."""
    if state.level.thing == "pen":
        return f"pen_{picture}"
    return f"bead_{picture}" + ("" if state.level.place == "bowl" else f"_{state.level.place}")


def _form(state: State, sort: int) -> tuple[int, int]:
    """Colour and form of a sort of beads: the one that tells the sorts apart differs, the other stays."""
    return (sort, 0) if state.level.sort_by == "colour" else (1, sort)


def _bead(state: State, at_m: Metres3, sort: int, roll_rad: float = 0.0, diameter_mm: float = 0.0) -> Marble:
    colour, form = _form(state, sort)
    size_mm = diameter_mm or state.trial.bead_mm
    return Marble(at_m, size_mm, colour, form, wooden=size_mm > 26, roll_rad=roll_rad)


def _table(state: State) -> tuple[Shape, ...]:
    """The tray and the places where beads belong."""
    trial, level = state.trial, state.level
    tray = () if level.thing == "pen" else (Tray(on_mat(_for_side(state, TRAY_XY)), *TRAY_MM),)
    lit = _lit(state, trial.place_xy)
    if level.place == "pattern":
        return (*tray, _card(state))
    if level.place == "string":
        return (*tray, Cord(on_mat(trial.place_xy), CORD_MM, to_right=state.side is Side.LEFT, lit=lit))
    if level.place == "round" or level.thing == "pen":
        return (*tray, Zone(on_mat(trial.place_xy), trial.place_mm / 2, lit))
    bowls = []
    for sort, xy in enumerate(trial.places.xy):
        colour, form = _form(state, sort)
        ringed = level.sorts > 1
        bowls.append(
            Bowl(on_mat(xy), trial.place_mm, colour if ringed else None, form if ringed else None, _lit(state, xy))
        )
    return (*tray, *bowls)


def _lit(state: State, place_xy: Xy) -> float:
    """How much a place invites the bead: the nearer it comes, whether it belongs there or not. With help, the right
    one alone, all the while."""
    phase = state.phase
    if state.trial.assisted:
        shown = place_xy == state.trial.place_xy and phase not in (Phase.REST, Phase.DONE)
        return glow(state.phase_s, comes=phase is Phase.READY, goes=state.ended) if shown else 0.0
    if phase is Phase.CARRY:
        return max(0.0, 1 - distance_m(state.hand_xy, place_xy) / NEAR_M)
    landed_xy = state.trial.places.xy[state.place]
    return max(0.0, 1 - state.phase_s) if phase is Phase.LAND and place_xy == landed_xy else 0.0


def _card(state: State) -> Card:
    middle = on_mat(_for_side(state, CARD_XY))
    laid = _laid_before(state)
    rings = []
    for ring in range(RINGS):
        at = on_mat(_for_side(state, ring_xy(ring)))
        colour, form = _form(state, sort_of_ring(state.level, state.seed, laid, ring))
        rings.append((round(at[0] - middle[0], 4), round(at[2] - middle[2], 4), colour, form))
    wide, deep = ((n + 0.35) * CARD_STEP_M * 1000 for n in (CARD_COLUMNS, CARD_ROWS))
    trial = state.trial
    return Card(middle, wide, deep, tuple(rings), trial.places.rings[trial.places.right] if trial.marked else -1)


def _laid_before(state: State) -> tuple[int, ...]:
    """The rings that were filled when the bead of now was asked for."""
    return state.laid[:-1] if state.phase is Phase.LAND and state.ended else state.laid


def _for_side(state: State, xy: Xy) -> Xy:
    """A place thought for a right hand, as the playing hand meets it."""
    return xy if state.side is Side.RIGHT else (1 - xy[0], xy[1])


def _put_away(state: State) -> tuple[Marble, ...]:
    """The beads that lie where they belong: in bowls, along the cord, on the card."""
    level, trial = state.level, state.trial
    landing = state.phase is Phase.LAND and state.ended
    put = state.put[:-1] if landing else state.put
    if level.thing == "pen" or not put:
        return ()
    if level.place == "pattern":
        laid = _laid_before(state)
        return tuple(_on_ring(state, laid, ring) for ring in laid[len(laid) // RINGS * RINGS :])
    if level.place == "string":
        return tuple(_threaded(state, n, sort) for n, sort in enumerate(reversed(put[-MOST_ON_CORD:])))
    if level.place == "round":
        return tuple(_in_ring(state, trial.place_xy, n, sort) for n, sort in enumerate(put[-5:]))
    return tuple(
        _in_bowl(state, place, n, sort)
        for index, place in enumerate(trial.places.xy)
        for n, sort in enumerate([s for s in put if level.sorts == 1 or s == index][-5:])
    )


def _on_ring(state: State, laid: tuple[int, ...], ring: int) -> Marble:
    size_mm = min(state.trial.bead_mm, 34.0)
    at_m = on_mat(_for_side(state, ring_xy(ring)), size_mm / 2000)
    return _bead(state, at_m, sort_of_ring(state.level, state.seed, laid, ring), diameter_mm=size_mm)


def _threaded(state: State, n: int, sort: int) -> Marble:
    x, y, z = on_mat(state.trial.place_xy)
    size_mm = min(state.trial.bead_mm, 17.0)
    step = (0.046 + n * size_mm / 1000) * (-1 if state.side is Side.RIGHT else 1)
    return _bead(state, (x + step, y + size_mm / 2000, z), sort, diameter_mm=size_mm)


def _in_ring(state: State, place: tuple[float, float], n: int, sort: int) -> Marble:
    x, _, z = on_mat(place)
    size_m, ring = state.trial.bead_mm / 1000, ((0.0, -0.4), (-0.4, 0.1), (0.4, 0.1), (-0.2, -0.1), (0.2, 0.35))
    dx, dz = ring[n]
    reach = state.trial.reach_m - size_m / 2
    return _bead(state, (x + dx * reach, size_m / 2, z + dz * reach), sort)


def _in_bowl(state: State, place: tuple[float, float], n: int, sort: int) -> Marble:
    x, _, z = on_mat(place)
    size_mm = min(state.trial.bead_mm, state.trial.place_mm * 0.30)
    spots = ((0.0, 0.0), (-0.24, -0.02), (0.24, 0.02), (-0.10, -0.22), (0.14, -0.20))
    dx, dz = spots[n]
    wide = state.trial.place_mm / 1000
    return _bead(state, (x + dx * wide, wide * 0.10 + size_mm / 2000, z + dz * wide), sort, diameter_mm=size_mm)


def _at_work(state: State) -> tuple[Shape, ...]:
    """The bead (or pen) that is asked for: on the tray, in the fingers, on its way in or back."""
    if state.phase in (Phase.REST, Phase.DONE):
        return ()
    at_m, roll = _where(state)
    if state.phase is Phase.SHOW:
        at_m = shown_bead(state)
    if state.level.thing == "pen":
        return (Pen((at_m[0], 0.006, at_m[2]), state.trial.bead_mm, 0.3 if state.side is Side.RIGHT else pi - 0.3),)
    size_mm = state.trial.bead_mm * (1 - SQUASHED * pressed(state))
    return (_bead(state, at_m, state.trial.sort, roll, size_mm),)


def _where(state: State) -> tuple[Metres3, float]:
    trial, phase, t = state.trial, state.phase, state.phase_s
    radius = trial.bead_mm / 2000
    home = on_mat(trial.bead_xy, radius + 0.001)
    if phase is Phase.READY:
        share = ease(t / 0.5)
        return (home[0], home[1], home[2] + 0.05 * (1 - share)), 2 * (1 - share)
    if phase is Phase.OPEN and state.slips:
        wobble = max(0.0, 1 - t / 0.6) * radius
        return (home[0] + wobble, home[1], home[2]), wobble / radius
    if phase in (Phase.HOLD, Phase.CARRY):
        return held_at(state), 0.0
    begin = let_go_at(state)
    if phase is Phase.LAND:
        falls_s = GLIDES_S if trial.assisted else FALL_S
        down = min(1.0, t / falls_s) ** 2
        end = lies_at(state)
        return between(begin, end, down) if t < falls_s else end, 0.0
    if phase is Phase.BACK:
        down = min(1.0, t / 0.28) ** 2
        fallen = on_mat(state.bead_xy, begin[1] + (radius + 0.001 - begin[1]) * down)
        share = ease((t - 0.28) / (BACK_S - 0.32))
        way = (home[0] - fallen[0]) * share
        return between(fallen, home, share), way / max(radius, 0.003)
    return home, 0.0
