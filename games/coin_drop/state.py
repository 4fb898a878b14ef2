"""Everything coin-drop remembers from one tick to the next."""

from dataclasses import dataclass
from enum import StrEnum

from engine.hand import LONG_FINGERS, Finger, Side
from engine.inputs import ControlName
from engine.play.table import Xy
from engine.play.watch import NOTHING_SEEN, Watch
from engine.view.scene import Bead
from games.coin_drop.level import CoinDropLevel
from games.coin_drop.row import Piece, next_of
from games.coin_drop.trial import Trial

PINCHES: dict[Finger, ControlName] = {
    Finger.INDEX: "pinch.index",
    Finger.MIDDLE: "pinch.middle",
    Finger.RING: "pinch.ring",
    Finger.LITTLE: "pinch.little",
}
FLEXIONS: dict[Finger, ControlName] = {
    Finger.INDEX: "flexion.index",
    Finger.MIDDLE: "flexion.middle",
    Finger.RING: "flexion.ring",
    Finger.LITTLE: "flexion.little",
}
NEAREST_SHARE = 0.4
OTHERS = {pinching: tuple(FLEXIONS[f] for f in LONG_FINGERS if f is not pinching) for pinching in LONG_FINGERS}


class Phase(StrEnum):
    """What is going on. DEAL: the hand comes home and coins lie on the palm. LAND: the coin falls in and rings.
    BACK: it rolls back to the palm."""

    DEAL = "deal"
    SLIDE = "slide"
    PINCH = "pinch"
    CARRY = "carry"
    LAND = "land"
    BACK = "back"
    REST = "rest"
    DONE = "done"


DEAL, SLIDE, PINCH, CARRY, LAND, BACK, REST, DONE = Phase


@dataclass(frozen=True)
class State:
    """A whole game of coin-drop at one moment.

    `palm`: coins on the palm, the one at work among them, of the `row` that was dealt; `fresh`: dealt just now.
    `coin`: the one at work, or the last one that was; `put`: those of this row that are away.
    `beads`: the repetitions done so far. `voids`: tries that are asked for again; `rests`: rests taken.
    `hand_xy`: where the game's hand is, `from_xy`: where its present way began. `progress`: the coin's way along the
    palm, 0..1. `opened`, `reached`: the pinch was seen open, the thumb was seen across, for this coin. `cup`: how
    bent each other finger was when the coin was pinched; `opening_s`: how long they have been further open than
    allowed, `slipping_s`: how long the pinch has been too loose for this coin. `still_xy`: where the hand is to keep
    still. `ended`: the try is over, the coin is only on its way. `cause`: why the last coin came back, None where
    nothing is to be said about it.
    """

    level: CoinDropLevel
    seed: int
    trial: Trial
    side: Side = Side.RIGHT
    phase: Phase = Phase.DEAL
    phase_s: float = 0.0
    palm: tuple[Piece, ...] = ()
    coin: Piece | None = None
    put: tuple[Piece, ...] = ()
    row: int = 0
    fresh: bool = False
    beads: tuple[Bead, ...] = ()
    voids: int = 0
    rests: int = 0
    watch: Watch = NOTHING_SEEN
    hand_xy: Xy = (0.5, 0.5)
    from_xy: Xy = (0.5, 0.5)
    progress: float = 0.0
    opened: bool = False
    reached: bool = False
    cup: tuple[float, float, float] = (0.0, 0.0, 0.0)
    opening_s: float = 0.0
    slipping_s: float = 0.0
    still_xy: Xy | None = None
    ended: bool = False
    cause: str | None = None

    @property
    def pinch(self) -> ControlName:
        return PINCHES[self.level.pinch]

    @property
    def others(self) -> tuple[ControlName, ...]:
        """The fingers that keep the other coins."""
        return OTHERS[self.level.pinch]

    @property
    def keeps(self) -> bool:
        """Whether there is another coin that could fall."""
        return len(self.palm) > 1

    @property
    def thumb_reach(self) -> float:
        """How far across the thumb first comes, for this coin: the farther it lies, the farther."""
        whole = self.trial.thumb_reach
        if self.level.order == "as_they_lie" or self.coin is None or self.row < 2:
            return whole
        return whole * (NEAREST_SHARE + (1 - NEAREST_SHARE) * (1 - self.coin.place / (self.row - 1)))

    def taking_next(self) -> Piece:
        """The coin of the palm that is to be taken now."""
        return next_of(self.palm, self.level)
