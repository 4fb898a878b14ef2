"""Everything mirror-avatar remembers from one tick to the next."""

from dataclasses import dataclass
from enum import StrEnum

from engine.hand import Side
from engine.play.watch import NOTHING_SEEN, Watch
from engine.view.scene import Bead
from games.mirror_avatar.level import MirrorAvatarLevel
from games.mirror_avatar.movements import MOVEMENTS, Movement
from games.mirror_avatar.trial import Part, Trial

Xy = tuple[float, float]
Pair = tuple[float, float]
"""Something of the affected and of the unaffected hand, in this order."""


class Phase(StrEnum):
    """What is going on. SETTLE: slow movement, not scored. READY: the next one is shown, the hands are open. WORK: the
    person moves. WELL: it was done. AGAIN: it was not, or not seen. REST, DONE."""

    SETTLE = "settle"
    READY = "ready"
    WORK = "work"
    WELL = "well"
    AGAIN = "again"
    REST = "rest"
    DONE = "done"


SETTLE, READY, WORK, WELL, AGAIN, REST, DONE = Phase


@dataclass(frozen=True)
class State:
    """A whole game at one moment.

    `at`: which part of the trial; `held_s`: how long its pose has been held; `arrived_s`: when each hand came there,
    seconds of the trial, below 0 where it has not. `lags_s`: how far apart they came, movement by movement. `slips`:
    poses let go early, or others that came along; `along_s`: how long others have come
    along with this one. `work_s`: time that counts
    against a limit. `progress_s`, `in_s`, `out_s`, `strays`: where the line is that is followed, how long the hand was
    on it, how long it has been off it, how often. `trace`: what the hands did along it. `blind`: a hand was not seen a
    tick ago. `values`, `wrists`: the control that is asked, and the wrist, of each hand. `palm_xy`: of the hand that
    leads. `turned_from`: the roll of the movement before.
    """

    level: MirrorAvatarLevel
    seed: int
    trial: Trial
    side: Side = Side.RIGHT
    phase: Phase = Phase.SETTLE
    phase_s: float = 0.0
    beads: tuple[Bead, ...] = ()
    voids: int = 0
    rests: int = 0
    watch: Watch = NOTHING_SEEN
    at: int = 0
    part_s: float = 0.0
    held_s: float = 0.0
    arrived_s: Pair = (-1.0, -1.0)
    lags_s: tuple[float, ...] = ()
    slips: int = 0
    along_s: float = 0.0
    work_s: float = 0.0
    progress_s: float = 0.0
    in_s: float = 0.0
    out_s: float = 0.0
    strays: int = 0
    trace: tuple[Pair, ...] = ()
    blind: bool = False
    values: Pair = (0.0, 0.0)
    palm_xy: Xy | None = None
    turned_from: float = 0.0
    cause: str | None = None

    @property
    def part(self) -> Part:
        return self.trial.parts[min(self.at, len(self.trial.parts) - 1)]

    @property
    def movement(self) -> Movement:
        return MOVEMENTS[self.part.movement]
