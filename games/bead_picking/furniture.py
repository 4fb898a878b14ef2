"""What stands on the table of bead-picking: the tray, the places where beads belong, and the beads that lie there."""

from engine.hand import Side
from engine.play.helping import glow
from engine.play.table import Xy, distance_m, on_mat
from engine.view.scene import Bowl, Card, Cord, Marble, Metres3, Shape, Tray, Zone
from games.bead_picking.level import RINGS_APART_MM
from games.bead_picking.places import CARD_COLUMNS, CARD_ROWS, CARD_STEP_M, CARD_XY, RINGS, ring_xy, sort_of_ring
from games.bead_picking.state import Phase, State
from games.bead_picking.trial import TRAY_XY

TRAY_MM = (150.0, 118.0)
NEAR_M = 0.20
CORD_MM, MOST_ON_CORD = 230.0, 12
RING_SHARE = 0.7
"""A ring is drawn as so much of the place that a bead may be let go over, and never wider than leaves room for the
next one."""


def table_of(state: State) -> tuple[Shape, ...]:
    """The tray and the places where beads belong."""
    trial, level = state.trial, state.level
    tray = () if level.thing == "pen" else (Tray(on_mat(_for_side(state, TRAY_XY)), *TRAY_MM),)
    lit = _lit(state, trial.place_xy)
    if level.place == "pattern":
        return (*tray, _card(state))
    if level.place == "string":
        tip = Zone(on_mat(trial.place_xy), trial.place_mm / 2, lit)
        return (*tray, tip, Cord(on_mat(trial.place_xy), CORD_MM, to_right=state.side is Side.LEFT, lit=lit))
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
    now = trial.places.rings[trial.places.right] if trial.marked else -1
    return Card(middle, wide, deep, tuple(rings), now, round(min(trial.place_mm, RINGS_APART_MM) * RING_SHARE))


def _laid_before(state: State) -> tuple[int, ...]:
    """The rings that were filled when the bead of now was asked for."""
    return state.laid[:-1] if state.phase is Phase.LAND and state.ended else state.laid


def _for_side(state: State, xy: Xy) -> Xy:
    """A place thought for a right hand, as the playing hand meets it."""
    return xy if state.side is Side.RIGHT else (1 - xy[0], xy[1])


def put_away(state: State) -> tuple[Marble, ...]:
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
    return marble_of(state, at_m, sort_of_ring(state.level, state.seed, laid, ring), diameter_mm=size_mm)


def _threaded(state: State, n: int, sort: int) -> Marble:
    x, y, z = on_mat(state.trial.place_xy)
    size_mm = min(state.trial.bead_mm, 17.0)
    step = (0.046 + n * size_mm / 1000) * (-1 if state.side is Side.RIGHT else 1)
    return marble_of(state, (x + step, y + size_mm / 2000, z), sort, diameter_mm=size_mm)


def _in_ring(state: State, place: tuple[float, float], n: int, sort: int) -> Marble:
    x, _, z = on_mat(place)
    size_m, ring = state.trial.bead_mm / 1000, ((0.0, -0.4), (-0.4, 0.1), (0.4, 0.1), (-0.2, -0.1), (0.2, 0.35))
    dx, dz = ring[n]
    reach = state.trial.reach_m - size_m / 2
    return marble_of(state, (x + dx * reach, size_m / 2, z + dz * reach), sort)


def _in_bowl(state: State, place: tuple[float, float], n: int, sort: int) -> Marble:
    x, _, z = on_mat(place)
    size_mm = min(state.trial.bead_mm, state.trial.place_mm * 0.30)
    spots = ((0.0, 0.0), (-0.24, -0.02), (0.24, 0.02), (-0.10, -0.22), (0.14, -0.20))
    dx, dz = spots[n]
    wide = state.trial.place_mm / 1000
    return marble_of(state, (x + dx * wide, wide * 0.10 + size_mm / 2000, z + dz * wide), sort, diameter_mm=size_mm)


def marble_of(state: State, at_m: Metres3, sort: int, roll_rad: float = 0.0, diameter_mm: float = 0.0) -> Marble:
    """A bead of one sort as it is drawn; as wide as those of its trial, if nothing else is said."""
    colour, form = _form(state, sort)
    size_mm = diameter_mm or state.trial.bead_mm
    return Marble(at_m, size_mm, colour, form, wooden=size_mm > 26, roll_rad=roll_rad)


def _form(state: State, sort: int) -> tuple[int, int]:
    """Colour and form of a sort of beads: the one that tells the sorts apart differs, the other stays."""
    return (sort, 0) if state.level.sort_by == "colour" else (1, sort)
