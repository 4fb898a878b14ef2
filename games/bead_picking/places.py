"""Where beads belong: bowls, a string, a round, or the rings of a card, drawn from the seed and what lies there."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from engine.play.table import Xy, along, distance_m
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M
from games.bead_picking.level import RINGS_APART_MM, BeadPickingLevel

PLACES_X = {1: (0.27,), 2: (0.17, 0.41), 3: (0.12, 0.30, 0.48)}
PLACE_Y = 0.58
STRING_XY: Xy = (0.36, 0.50)
CARD_XY: Xy = (0.30, 0.55)
CARD_COLUMNS, CARD_ROWS = 4, 3
CARD_STEP_M = RINGS_APART_MM / 1000
RINGS = CARD_COLUMNS * CARD_ROWS


@dataclass(frozen=True)
class Places:
    """The places that are open to one bead, for a right hand, in reach. `fits`: whether the bead belongs there;
    `right`: one where it does. `rings`: which ring of the card each place is, if they are such."""

    xy: tuple[Xy, ...]
    fits: tuple[bool, ...]
    right: int
    rings: tuple[int, ...] = ()

    @property
    def are_a_choice(self) -> bool:
        """Whether the bead could also be let go where it does not belong."""
        return not all(self.fits)

    def mirrored(self) -> "Places":
        return Places(tuple((1 - x, y) for x, y in self.xy), self.fits, self.right, self.rings)

    def under(self, xy: Xy, reach_m: float) -> int | None:
        """The place that a bead let go here comes to: one where it belongs before others, then the nearest."""
        near = [(not self.fits[n], distance_m(xy, place), n) for n, place in enumerate(self.xy)]
        return min((one for one in near if one[1] <= reach_m), default=(False, 0.0, None))[2]

    def nearest(self, xy: Xy) -> Xy:
        return min(self.xy, key=lambda place: distance_m(xy, place))

    def tour(self, from_xy: Xy, carried_s: float, carry_s: float, pause_s: float) -> Xy:
        """Where a hand is that the game carries over one place after the other, near ones first, and round again."""
        stops = sorted(self.xy, key=lambda place: (distance_m(from_xy, place), place))
        turn, within_s = divmod(carried_s, carry_s + pause_s)
        begin = from_xy if turn == 0 else stops[int(turn - 1) % len(stops)]
        return along(begin, stops[int(turn) % len(stops)], within_s / carry_s)


def in_bowls(level: BeadPickingLevel, sort: int) -> Places:
    """Bowls, one for each sort; a string or a round takes them all."""
    if level.place == "string":
        return Places((STRING_XY,), (True,), 0)
    xs = PLACES_X[level.sorts if level.place == "bowl" else 1]
    right = sort if len(xs) > 1 else 0
    return Places(tuple((x, PLACE_Y) for x in xs), tuple(n == right for n in range(len(xs))), right)


def on_a_card(
    level: BeadPickingLevel, seed: int, laid: Sequence[int], random: Random, *, carried: bool
) -> tuple[int, Places]:
    """The sort of the next bead, and the rings that are open to it: all that are free or, where the game carries the
    hand, one of each sort. `laid`: the rings that beads were laid on so far, card after card."""
    free = [ring for ring in range(RINGS) if ring not in laid[len(laid) // RINGS * RINGS :]]
    sorts = {ring: sort_of_ring(level, seed, laid, ring) for ring in free}
    mine = random.choice(free)
    sort = sorts[mine]
    if carried:
        of_each = {sorts[ring]: ring for ring in (*reversed(free), mine)}
        free = sorted(of_each.values())
    fits = tuple(sorts[ring] == sort for ring in free)
    return sort, Places(tuple(ring_xy(ring) for ring in free), fits, free.index(mine), tuple(free))


def ring_xy(ring: int) -> Xy:
    """Where a ring of the card lies, counted row by row, for a right hand."""
    row, column = divmod(ring, CARD_COLUMNS)
    x_m = (column - (CARD_COLUMNS - 1) / 2) * CARD_STEP_M
    away_m = ((CARD_ROWS - 1) / 2 - row) * CARD_STEP_M
    return CARD_XY[0] + x_m / PLAY_WIDTH_M, CARD_XY[1] + away_m / PLAY_DEPTH_M


def sort_of_ring(level: BeadPickingLevel, seed: int, laid: Sequence[int], ring: int) -> int:
    """Which sort of bead belongs on a ring of the card that is being filled."""
    return Random(f"{seed}:card:{len(laid) // RINGS * RINGS + ring}").randrange(level.sorts)
