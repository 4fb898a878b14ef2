"""One bead: how big, where it lies, where it belongs, and what is asked of the hand. Drawn from the seed alone."""

from dataclasses import dataclass
from random import Random

from engine.hand import Side
from engine.play.table import Xy
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M
from games.bead_picking.level import BeadPickingLevel

TRAY_XY: Xy = (0.74, 0.36)
PLACES_X = {1: (0.27,), 2: (0.17, 0.41), 3: (0.12, 0.30, 0.48)}
PLACE_Y = 0.58
STRING_XY: Xy = (0.36, 0.50)
CARD_XY: Xy = (0.30, 0.55)
CARD_COLUMNS, CARD_ROWS = 4, 3
CARD_STEP_M = 0.052
SORTS = 3
WIDEST_MM = 60.0
# A bead of the widest kind fills three quarters of the way between thumb and finger.
FILLS = 0.75
ROOM_AROUND, WIDER = 0.06, 0.12
FIRST_LOOSENING, LOOSENING_PER_ROOM = 0.06, 0.45
FIRST_TIGHTENING, TIGHTENING_PER_ROOM = 0.10, 0.80
ASSISTED_WIDER, ASSISTED_TRIES = 1.8, 99


@dataclass(frozen=True)
class Trial:
    """What is asked this time. Places are in the reach area. `n` counts every try, void ones too.

    `contact`: the pinch, 0..1 of the person's own range, at which the pads meet the bead; `open_to`: it must have been
    below this before; `loose`, `tight`: the band it stays in while the bead is held. `reach_m`: how near the middle of
    its place the bead lands.
    """

    n: int
    difficulty: float
    assisted: bool
    carried: bool
    bead_xy: Xy
    bead_mm: float
    sort: int
    places: tuple[Xy, ...]
    place_mm: float
    contact: float
    open_to: float
    loose: float
    tight: float
    tries: int
    hold_s: float
    carry_s: float
    place_hold_s: float
    time_limit_s: float | None

    @property
    def place_xy(self) -> Xy:
        """Where this bead belongs."""
        return self.places[min(self.sort, len(self.places) - 1)]

    @property
    def reach_m(self) -> float:
        return self.place_mm / 2000


def draw_trial(
    level: BeadPickingLevel,
    seed: int,
    n: int,
    side: Side,
    *,
    difficulty: float,
    assisted: bool,
    carried: bool,
    done: int,
) -> Trial:
    """The n-th bead; `done` beads have been put away before, which says where the next place of a pattern is.

    A helped one is as easy as the level gets, its place wide, and nothing slips or hurries.
    """
    random = Random(f"{seed}:{n}")
    d = 0.0 if assisted else difficulty
    scatter_m = level.scatter_mm.at(d) / 1000
    x = TRAY_XY[0] + random.uniform(-1, 1) * scatter_m / PLAY_WIDTH_M
    y = TRAY_XY[1] + random.uniform(-1, 1) * scatter_m * 0.6 / PLAY_DEPTH_M
    sort = random.randrange(level.sorts) if level.sorts > 1 else random.randrange(SORTS)
    places = places_of(level, done)
    if level.place == "pattern":
        sort = sort_on_card(seed, done, level.sorts)
    bead_xy = (x, y)
    if side is Side.LEFT:
        bead_xy, places = (1 - x, y), tuple((1 - px, py) for px, py in places)
    bead_mm = level.bead_mm.at(d)
    fits = FILLS * bead_mm / WIDEST_MM
    contact = 1 - fits - ROOM_AROUND
    room = 1.0 if assisted else level.grip_room.at(d)
    tight = contact + FIRST_TIGHTENING + TIGHTENING_PER_ROOM * room
    limited = level.time_limit_s is not None and not assisted
    return Trial(
        n=n,
        difficulty=difficulty,
        assisted=assisted,
        carried=carried,
        bead_xy=bead_xy,
        bead_mm=bead_mm,
        sort=sort,
        places=places,
        place_mm=level.place_mm.at(d) * (ASSISTED_WIDER if assisted else 1.0),
        contact=contact,
        open_to=max(0.05, min(1 - level.opening.at(d), contact - WIDER)),
        loose=max(0.12, contact - FIRST_LOOSENING - LOOSENING_PER_ROOM * room),
        tight=tight if tight < 1.0 else 2.0,
        tries=ASSISTED_TRIES if assisted else round(level.tries.at(d)),
        hold_s=level.hold_s.at(d),
        carry_s=level.carry_s.at(d),
        place_hold_s=level.place_hold_s.at(d),
        time_limit_s=level.time_limit_s.at(d) if limited and level.time_limit_s is not None else None,
    )


def places_of(level: BeadPickingLevel, done: int) -> tuple[Xy, ...]:
    """Where beads go, for a right hand: one place for each sort, or the next one of a string or a pattern."""
    if level.place == "string":
        return (STRING_XY,)
    if level.place == "pattern":
        return (on_card(done % (CARD_COLUMNS * CARD_ROWS)),)
    return tuple((x, PLACE_Y) for x in PLACES_X[level.sorts if level.place == "bowl" else 1])


def on_card(n: int) -> Xy:
    """The n-th place of the pattern, row by row, for a right hand."""
    row, column = divmod(n, CARD_COLUMNS)
    x_m = (column - (CARD_COLUMNS - 1) / 2) * CARD_STEP_M
    away_m = ((CARD_ROWS - 1) / 2 - row) * CARD_STEP_M
    return CARD_XY[0] + x_m / PLAY_WIDTH_M, CARD_XY[1] + away_m / PLAY_DEPTH_M


def sort_on_card(seed: int, n: int, sorts: int) -> int:
    """Which sort of bead the n-th place of the pattern asks for."""
    return Random(f"{seed}:card:{n}").randrange(max(sorts, 1))
