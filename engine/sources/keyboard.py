"""A hand on the keyboard: held keys become controls, the hand model shows them, and one hand is enough.

The window hands its keys over with `press` and `release`; this room knows no window.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.motion.poses import pose_for
from engine.motion.ranges import ABLE_ADULT
from engine.play.game import Cue
from engine.play.inputs import ControlName
from engine.sources import Request
from engine.sources.source import SourceState, SourceStatus

RATE_HZ = 60.0
# A finger takes this long from open to closed, so that a key behaves like a hand and not like a switch.
CLOSING_S = 0.30
PALM_SPEED = 0.6

KEYS: Mapping[str, ControlName] = {
    "1": "pinch.index",
    "2": "pinch.middle",
    "3": "pinch.ring",
    "4": "pinch.little",
    "f": "fist",
    "s": "spread",
    "t": "opposition",
}
ARROWS: Mapping[str, tuple[float, float]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, 1.0),
    "down": (0.0, -1.0),
}


@dataclass(frozen=True)
class KeyHand:
    """The hand the keys have made so far: controls 0..1, and the palm in the reach area."""

    values: Mapping[str, float] = field(default_factory=dict)
    palm_xy: tuple[float, float] = (0.5, 0.5)

    def after(self, held: frozenset[str], dt_s: float) -> "KeyHand":
        """The hand `dt_s` later with these keys held down."""
        step = dt_s / CLOSING_S
        values: dict[str, float] = {}
        for key, control in KEYS.items():
            goal = 1.0 if key in held else 0.0
            now = self.values.get(control, 0.0)
            values[control] = min(goal, now + step) if goal > now else max(goal, now - step)
        x, y = self.palm_xy
        for key, (right, away) in ARROWS.items():
            if key in held:
                x, y = x + right * PALM_SPEED * dt_s, y + away * PALM_SPEED * dt_s
        return KeyHand(values, (min(1.0, max(0.0, x)), min(1.0, max(0.0, y))))

    def frame(self, t_s: float, side: Side) -> HandFrame:
        """The hand as any other source would show it."""
        points = hand_points(pose_for({name: value for name, value in self.values.items() if value > 0.0}), side)
        palm = points[[0, 5, 9, 17], :2].mean(axis=0)
        place = (ABLE_ADULT.reach_x.value(self.palm_xy[0]), ABLE_ADULT.reach_y.value(self.palm_xy[1]))
        return HandFrame(t_s, side, points, points[:, :2] - palm + np.array(place), 1.0)


class KeyboardSource:
    """The keys as a source: 1-4 pinch index to little finger, F fist, S spread, T thumb across, arrows move."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.held: frozenset[str] = frozenset()
        self.hand = KeyHand()
        self._last_s = now_s()
        self._open = True

    @property
    def name(self) -> str:
        return "keys:"

    @property
    def paced(self) -> bool:
        return True

    def press(self, key: str) -> None:
        """A key went down; `key` is a lower-case character or left, right, up, down."""
        self.held |= {key}

    def release(self, key: str) -> None:
        """A key came up."""
        self.held -= {key}

    def read(self, timeout_s: float) -> list[Sample]:
        """One sample, if a sixtieth of a second has passed since the last."""
        due_s = self._last_s + 1.0 / RATE_HZ
        if now_s() < due_s:
            if now_s() + timeout_s < due_s:
                return []
            wait_s(due_s - now_s())
        t_s = now_s()
        self.hand = self.hand.after(self.held, min(t_s - self._last_s, 0.1))
        self._last_s = t_s
        frame = self.hand.frame(t_s, self.side)
        return [Sample(t_s, **{self.side.value: frame})]

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.RUNNING if self._open else SourceState.ENDED, "", RATE_HZ)

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        """Keys follow nobody."""

    def close(self) -> None:
        self._open = False


def open_keyboard(request: Request) -> KeyboardSource:
    """`keys:`, played in the window."""
    return KeyboardSource(request.side)
