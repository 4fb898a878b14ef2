"""A table with beads for tests: a game in play, and a hand that can be told what to do."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from engine.hand import Side
from engine.inputs import LOST, TICK_S, TRACKED, GameInput, HandInput
from engine.play.game import TrialEnded
from engine.play.level import Ramp
from engine.play.levelfile import load_level, resolve_level
from engine.play.table import Xy
from games import all_games
from games.bead_picking import GAME
from games.bead_picking.level import BeadPickingLevel
from games.bead_picking.state import Phase, State


def a_level(**fields: Any) -> BeadPickingLevel:
    file = load_level(resolve_level("bead_picking/01"), all_games())
    assert isinstance(file.level, BeadPickingLevel)
    ramps = {"bead_mm": 40.0, "opening": 0.3, "grip_room": 0.5, "tries": 2.0, "hold_s": 0.2, "carry_s": 1.0}
    said: dict[str, Any] = {name: Ramp(value, value) for name, value in ramps.items()}
    said |= {"place_mm": Ramp(120, 120), "scatter_mm": Ramp(0, 0), "time_limit_s": None}
    return file.level.model_copy(update={**said, **fields})


@dataclass
class Table:
    """A game in play, with a hand that can be told what to do."""

    state: State
    pinch: float = 0.0
    palm_xy: Xy | None = None
    assisted: bool = False
    ended: list[TrialEnded] = field(default_factory=list)

    def tick(self, seen: bool = True) -> None:
        hand = HandInput(TRACKED if seen else LOST, {"pinch.index": self.pinch}, self.palm_xy)
        given = GameInput(hand, affected_side=Side.RIGHT, difficulty=5.0, assisted=self.assisted)
        self.state, events = GAME.step(self.state, given, TICK_S)
        self.ended += [event for event in events if isinstance(event, TrialEnded)]

    def wait(self, seconds: float, seen: bool = True) -> None:
        for _ in range(round(seconds / TICK_S)):
            self.tick(seen)

    def until(self, phase: Phase, most_s: float = 12.0) -> None:
        for _ in range(round(most_s / TICK_S)):
            if self.state.phase is phase:
                return
            self.tick()
        pytest.fail(f"still {self.state.phase}, not {phase}")

    def pick(self) -> None:
        """Open over the bead, close on it, and let the game lift it."""
        self.pinch = 0.0
        self.until(Phase.CLOSE)
        self.pinch = self.state.trial.contact + 0.03
        self.until(Phase.CARRY)

    def let_go(self) -> None:
        self.pinch = 0.0
        self.wait(0.3)

    @property
    def cause(self) -> str | None:
        return self.ended[-1].cause


def table(**fields: Any) -> Table:
    return Table(GAME.start(a_level(**fields), 3))


def on_a_card(**fields: Any) -> Table:
    """At a card with three sorts of rings, the bead in the fingers."""
    t = table(place="pattern", sorts=3, place_mm=Ramp(40, 40), **fields)
    t.palm_xy = None if t.state.level.reach == "carried" else t.state.hand_xy
    t.until(Phase.OPEN)
    if t.palm_xy is not None:
        t.palm_xy = t.state.trial.bead_xy
    t.pick()
    return t
