"""One bead: how big, where it lies, where it belongs, and what is asked of the hand. Drawn from the seed alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random

from engine.hand import Side
from engine.play.helping import drawn_in_from_m
from engine.play.table import Xy, along, distance_m
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M
from games.bead_picking.level import BeadPickingLevel, contact_of
from games.bead_picking.places import Places, in_bowls, on_a_card

TRAY_XY: Xy = (0.74, 0.36)
SORTS = 3
WIDER = 0.12
FIRST_LOOSENING, LOOSENING_PER_ROOM = 0.06, 0.45
ANY_TIGHTNESS = 2.0
ASSISTED_WIDER, ASSISTED_TRIES = 1.8, 99
WIDEST_PLACE_MM, BETWEEN_MM = 220.0, 6.0


@dataclass(frozen=True)
class Trial:
    """What is asked this time. Places are in the reach area. `n` counts every try, void ones too.

    `marked`: an arrow shows where the bead belongs. `contact`: the pinch, 0..1 of the person's own range, at which the
    pads meet the bead; `open_to`: it must have been below this before; `loose`, `tight`: the band it stays in while the
    bead is held; `let_go`: below this it is let go over its place. `reach_m`: how far its place lies around the middle;
    `magnet_m`: how near that the bead lands.
    """

    n: int
    difficulty: float
    assisted: bool
    carried: bool
    bead_xy: Xy
    bead_mm: float
    sort: int
    places: Places
    marked: bool
    place_mm: float
    contact: float
    open_to: float
    loose: float
    tight: float
    tries: int
    hold_s: float
    carry_s: float
    pause_s: float
    place_hold_s: float
    time_limit_s: float | None

    @property
    def place_xy(self) -> Xy:
        """Where this bead belongs: one such place."""
        return self.places.xy[self.places.right]

    def under(self, xy: Xy) -> int | None:
        """The place, by its number, that a bead let go here comes to. With help the right one alone takes it."""
        if self.assisted:
            return self.places.right if distance_m(xy, self.place_xy) <= self.magnet_m else None
        return self.places.under(xy, self.reach_m)

    def carried_xy(self, from_xy: Xy, carried_s: float) -> Xy:
        """Where the game has the hand by now: over its place or, where there is a choice, over each in turn. A helped
        hand goes straight to the right one and stays there."""
        if self.assisted or not self.places.are_a_choice:
            return along(from_xy, self.place_xy, carried_s / self.carry_s)
        return self.places.tour(from_xy, carried_s, self.carry_s, self.pause_s)

    @property
    def reach_m(self) -> float:
        return self.place_mm / 2000

    @cached_property
    def magnet_m(self) -> float:
        """A bead lands where its place is; a helped one is drawn in from half the way."""
        return drawn_in_from_m(self.bead_xy, self.place_xy, self.reach_m) if self.assisted else self.reach_m

    @property
    def let_go(self) -> float:
        """With help, the least opening lets a bead go over its place, though only a wide one loses it on the way."""
        return max(self.loose, self.contact - FIRST_LOOSENING) if self.assisted else self.loose


def draw_trial(
    level: BeadPickingLevel,
    seed: int,
    n: int,
    side: Side,
    *,
    difficulty: float,
    assisted: bool,
    carried: bool,
    laid: Sequence[int] = (),
) -> Trial:
    """The n-th bead; `laid` are the rings of cards on which beads lie already.

    A helped one is as easy as the level gets, its place wide; it is opened for no further than the bead needs, nothing
    is held, nothing slips, and nothing hurries.
    """
    random = Random(f"{seed}:{n}")
    d = 0.0 if assisted else difficulty
    scatter_m = level.scatter_mm.at(d) / 1000
    x = TRAY_XY[0] + random.uniform(-1, 1) * scatter_m / PLAY_WIDTH_M
    y = TRAY_XY[1] + random.uniform(-1, 1) * scatter_m * 0.6 / PLAY_DEPTH_M
    sort = random.randrange(level.sorts) if level.sorts > 1 else random.randrange(SORTS)
    places = in_bowls(level, sort)
    if level.place == "pattern":
        sort, places = on_a_card(level, seed, laid, random, carried=carried)
    marked = assisted or level.place != "pattern" or random.random() < level.marked.at(d)
    bead_xy = (x, y)
    if side is Side.LEFT:
        bead_xy, places = (1 - x, y), places.mirrored()
    bead_mm = level.bead_mm.at(d)
    contact = contact_of(bead_mm)
    room = 1.0 if assisted else level.grip_room.at(d)
    squeeze_room = None if assisted else level.squeeze_room
    tight = ANY_TIGHTNESS if squeeze_room is None else contact + squeeze_room.at(d)
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
        marked=marked,
        place_mm=_wide_mm(level.place_mm.at(d), places.xy) if assisted else level.place_mm.at(d),
        contact=contact,
        open_to=max(0.05, min(1.0 if assisted else 1 - level.opening.at(d), contact - WIDER)),
        loose=max(0.12, contact - FIRST_LOOSENING - LOOSENING_PER_ROOM * room),
        tight=tight if tight < 1.0 else ANY_TIGHTNESS,
        tries=ASSISTED_TRIES if assisted else round(level.tries.at(d)),
        hold_s=0.0 if assisted else level.hold_s.at(d),
        carry_s=level.carry_s.at(d),
        pause_s=level.pause_s.at(d),
        place_hold_s=0.0 if assisted else level.place_hold_s.at(d),
        time_limit_s=level.time_limit_s.at(d) if limited and level.time_limit_s is not None else None,
    )


def _wide_mm(usual_mm: float, places: tuple[Xy, ...]) -> float:
    """How wide a helped bead's place is: wider than usual, but two bowls do not run into each other."""
    apart_mm = min((1000 * distance_m(a, b) for a, b in pairwise(places)), default=WIDEST_PLACE_MM)
    return max(usual_mm, min(usual_mm * ASSISTED_WIDER, apart_mm - BETWEEN_MM, WIDEST_PLACE_MM))
