"""Everything bead-picking remembers from one tick to the next."""

from dataclasses import dataclass
from enum import StrEnum

from engine.hand import LONG_FINGERS, Finger, Side
from engine.inputs import ControlName, HandInput
from engine.play.table import Xy
from engine.play.watch import NOTHING_SEEN, Watch
from engine.view.scene import Bead
from games.bead_picking.level import BeadPickingLevel
from games.bead_picking.trial import Trial

PINCHES: dict[Finger, ControlName] = {
    Finger.INDEX: "pinch.index",
    Finger.MIDDLE: "pinch.middle",
    Finger.RING: "pinch.ring",
    Finger.LITTLE: "pinch.little",
}


class Phase(StrEnum):
    """What is going on. SHOW: a ghost hand shows it all once. READY: the hand comes to the tray. OPEN: it opens over
    the bead. CLOSE: it closes. HOLD: the bead is held. CARRY: on the way. PLACE: over its place, held a moment.
    LAND: it falls in. BACK: it rolls back to the tray."""

    SHOW = "show"
    READY = "ready"
    OPEN = "open"
    CLOSE = "close"
    HOLD = "hold"
    CARRY = "carry"
    LAND = "land"
    BACK = "back"
    REST = "rest"
    DONE = "done"


SHOW, READY, OPEN, CLOSE, HOLD, CARRY, LAND, BACK, REST, DONE = Phase


@dataclass(frozen=True)
class State:
    """A whole game of bead-picking at one moment.

    `beads`: the repetitions done so far; `put`: the sorts of beads that lie in their places, in order. `voids`: tries
    asked for again; `rests`: rests taken. `laid`: the rings of cards that were filled; `place`: the trial's place, by
    number, that the bead comes to. `hand_xy`: where the game's hand is, `from_xy`: where its present way began;
    `bead_xy`: where the bead was let go. `slips`: closings too early with this bead; `astray_s`: how long the pinch has
    been out of its band; `blind`: the hand was not seen a tick ago. `over_s`: how long the bead has been over its
    place. `finger`: the one that pinches (with `pinch: any`, the nearest). `ended`: the try is over, the bead is only
    on its way. `cause`: why it came back.
    """

    level: BeadPickingLevel
    seed: int
    trial: Trial
    side: Side = Side.RIGHT
    phase: Phase = Phase.SHOW
    phase_s: float = 0.0
    beads: tuple[Bead, ...] = ()
    put: tuple[int, ...] = ()
    laid: tuple[int, ...] = ()
    place: int = 0
    voids: int = 0
    rests: int = 0
    watch: Watch = NOTHING_SEEN
    hand_xy: Xy = (0.5, 0.5)
    from_xy: Xy = (0.5, 0.5)
    bead_xy: Xy = (0.5, 0.5)
    slips: int = 0
    astray_s: float = 0.0
    over_s: float = 0.0
    blind: bool = False
    finger: Finger = Finger.INDEX
    pinched: float = 0.0
    ended: bool = False
    cause: str | None = None

    @property
    def control(self) -> ControlName:
        return PINCHES[self.finger]


def nearest_finger(level: BeadPickingLevel, hand: HandInput, before: Finger) -> Finger:
    """The finger that is asked to pinch; where any may, the one nearest to the thumb (the one before, if as near)."""
    if level.pinch != "any":
        return level.pinch
    near = {finger: hand.value(PINCHES[finger]) + (0.1 if finger is before else 0.0) for finger in LONG_FINGERS}
    return max(near, key=lambda finger: near[finger])
