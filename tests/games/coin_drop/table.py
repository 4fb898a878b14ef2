"""A game of coin-drop and a hand that does just what each test says."""

from dataclasses import dataclass, field
from typing import Any

from engine.hand import Side
from engine.inputs import TICK_S, GameInput, HandInput, Tracking
from engine.play.game import Event, TrialEnded
from games.coin_drop import GAME
from games.coin_drop.level import CoinDropLevel
from games.coin_drop.state import Phase, State

WORDS = {"title": "t", "for_whom": "f", "why": "w", "instruction": "i"}


def level(**said: Any) -> CoinDropLevel:
    values: dict[str, Any] = {"game": "coin_drop", **WORDS, "stage": 2, "sets": 2, "repetitions": 2, "rest_s": 5}
    return CoinDropLevel.of(values | {"coins": 3, "hold_s": 0.1, "keep_tolerance": 0.3} | said)


@dataclass
class Table:
    """A game and a hand; the verbs move the hand and play on."""

    game_level: CoinDropLevel
    difficulty: float = 5.0
    assisted: bool = False
    side: Side = Side.RIGHT
    state: State = field(init=False)
    values: dict[str, float] = field(default_factory=lambda: {"opposition": 0.0, "pinch.index": 0.0})
    palm_xy: tuple[float, float] | None = (0.76, 0.35)
    held: tuple[str, ...] = ()
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = GAME.start(self.game_level, 5)
        for finger in ("middle", "ring", "little"):
            self.values[f"flexion.{finger}"] = 0.6
        self.wait(0.6)

    def tick(self, *, pressed: str = "", released: str = "", tracking: Tracking = Tracking.TRACKED) -> None:
        hand = HandInput(
            tracking,
            dict(self.values),
            self.palm_xy,
            self.held,
            (pressed,) if pressed else (),
            (released,) if released else (),
        )
        given = GameInput(affected=hand, affected_side=self.side, difficulty=self.difficulty, assisted=self.assisted)
        self.state, events = GAME.step(self.state, given, TICK_S)
        self.events += events

    def wait(self, seconds: float, tracking: Tracking = Tracking.TRACKED) -> "Table":
        for _ in range(round(seconds / TICK_S)):
            self.tick(tracking=tracking)
        return self

    def pinch(self, control: str = "pinch.index") -> "Table":
        for _ in range(20):
            self.values[control] = min(1.0, self.values.get(control, 0.0) + 0.05)
            self.tick()
        self.held = (control,)
        self.tick(pressed=control)
        return self.wait(0.3)

    def let_go(self, control: str = "pinch.index") -> "Table":
        self.values[control] = 0.4
        self.held = ()
        self.tick(released=control)
        return self

    def move_to(self, xy: tuple[float, float]) -> "Table":
        self.palm_xy = xy
        return self.wait(0.1)

    def open_others(self, flexion: float) -> "Table":
        for finger in ("middle", "ring", "little"):
            self.values[f"flexion.{finger}"] = flexion
        return self

    def at(self, phase: Phase) -> bool:
        return self.state.phase is phase

    @property
    def on_palm(self) -> int:
        return len(self.state.palm)

    @property
    def trials(self) -> list[TrialEnded]:
        return [event for event in self.events if isinstance(event, TrialEnded)]

    def outcome(self) -> tuple[bool | None, str | None] | None:
        """Success and cause of the last trial that ended."""
        return (self.trials[-1].success, self.trials[-1].cause) if self.trials else None
