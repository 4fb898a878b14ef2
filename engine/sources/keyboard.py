"""A hand on the keyboard: held keys become controls, the hand model shows them, and one hand is enough.

The same way come contact gloves: whatever closes a circuit between thumb and finger and reports it as a key (a
MusicGlove, a Makey Makey, a key taped to a ring). The window hands its keys over with `press` and `release`; this room
knows no window.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample, Sensed, Side
from engine.handmodel import hand_points
from engine.inputs import ControlName
from engine.motion.measures import palm_centre
from engine.motion.poses import pose_for
from engine.motion.ranges import ABLE_ADULT, picture_place
from engine.motion.wrist import bent
from engine.play.game import Cue
from engine.sources import Request
from engine.sources.source import SourceError, SourceState, SourceStatus

RATE_HZ = 60.0
# A finger takes this long from open to closed, so that a key behaves like a hand and not like a switch.
CLOSING_S = 0.30
PALM_SPEED = 0.6
KEYS_SENSED = Sensed(angles=False)

# Pads that touch do so at once; a short way remains, so that a hand is seen to close.
CONTACT_S = 0.08

KEYS: Mapping[str, ControlName] = {
    "1": "pinch.index",
    "2": "pinch.middle",
    "3": "pinch.ring",
    "4": "pinch.little",
    "f": "fist",
    "s": "spread",
    "t": "opposition",
    "v": "flexion.thumb",
    "q": "flexion.index",
    "w": "flexion.middle",
    "e": "flexion.ring",
    "r": "flexion.little",
    "b": "wrist",
}
KEEP = "x"
"""Keeps what is held now until it is pressed again, so that the same hand can go on to the arrows."""
ARROWS: Mapping[str, tuple[float, float]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, 1.0),
    "down": (0.0, -1.0),
}


PINCHES: tuple[ControlName, ...] = ("pinch.index", "pinch.middle", "pinch.ring", "pinch.little")


@dataclass(frozen=True)
class Layout:
    """What the keys mean. `closing_s`: how long a held key takes from open to closed; `moves`: arrows move the palm."""

    keys: Mapping[str, ControlName]
    closing_s: float = CLOSING_S
    moves: bool = True


def _contacts(*names: str) -> Layout:
    """Each word is the keys of one finger, index to little, between bars."""
    keys = {key: pinch for name, pinch in zip(names, PINCHES, strict=True) for key in name.split("|")}
    return Layout(keys, CONTACT_S, moves=False)


LAYOUTS: Mapping[str, Layout] = {
    "": Layout(KEYS),
    "contacts": _contacts("1|a|f1", "2|b|f2", "3|c|f3", "4|d|f4"),
    "makey": _contacts("up|w", "right|a", "down|s", "left|d"),
}


@dataclass(frozen=True)
class KeyHand:
    """The hand the keys have made so far: controls 0..1, and the palm in the reach area (None: it has no place)."""

    values: Mapping[str, float] = field(default_factory=dict)
    palm_xy: tuple[float, float] | None = (0.5, 0.5)

    def after(self, held: frozenset[str], dt_s: float, layout: Layout = LAYOUTS[""]) -> "KeyHand":
        """The hand `dt_s` later with these keys held down."""
        step = dt_s / layout.closing_s
        asked = {control for key, control in layout.keys.items() if key in held}
        values: dict[str, float] = {}
        for control in dict.fromkeys(layout.keys.values()):
            goal, now = float(control in asked), self.values.get(control, 0.0)
            values[control] = min(goal, now + step) if goal > now else max(goal, now - step)
        if self.palm_xy is None or not layout.moves:
            return KeyHand(values, None)
        x, y = self.palm_xy
        for key, (right, away) in ARROWS.items():
            if key in held:
                x, y = x + right * PALM_SPEED * dt_s, y + away * PALM_SPEED * dt_s
        return KeyHand(values, (min(1.0, max(0.0, x)), min(1.0, max(0.0, y))))

    def frame(self, t_s: float, side: Side) -> HandFrame:
        """The hand as any other source would show it."""
        points = hand_points(pose_for({name: value for name, value in self.values.items() if value > 0.0}), side)
        if self.palm_xy is None:
            return HandFrame(t_s, side, points, None, 1.0, KEYS_SENSED)
        palm = palm_centre(points)[:2]
        # The forearm stays where it is: a bent wrist takes the palm along.
        points = bent(points, ABLE_ADULT.wrist.value(self.values.get("wrist", 0.0)))
        picture_xy = points[:, :2] - palm + picture_place(self.palm_xy, ABLE_ADULT)
        return HandFrame(t_s, side, points, picture_xy, 1.0, KEYS_SENSED)


class KeyboardSource:
    """The keys as a source: 1-4 pinch index to little finger, F fist, S spread, T thumb across, V Q W E R bend one
    finger, B the wrist, arrows move, X keeps what is held. With another layout, contacts of thumb and finger. Where
    two hands are asked for, the keys move both alike."""

    def __init__(self, side: Side, layout: str | Layout = "", hands: int = 1) -> None:
        self.side, self.hands = side, hands
        self.layout = LAYOUTS[layout] if isinstance(layout, str) else layout
        self.held: frozenset[str] = frozenset()
        self.kept: frozenset[str] = frozenset()
        self.hand = KeyHand(palm_xy=(0.5, 0.5) if self.layout.moves else None)
        self._name = f"keys:{layout if isinstance(layout, str) else ''}"
        self._last_s = now_s()
        self._open = True

    @property
    def name(self) -> str:
        return self._name

    @property
    def paced(self) -> bool:
        return True

    @property
    def has_place(self) -> bool:
        return self.layout.moves

    def press(self, key: str) -> None:
        """A key went down; `key` is a lower-case character or left, right, up, down."""
        if key == KEEP and self.layout.moves:
            self.kept = frozenset() if self.kept else self.held & frozenset(self.layout.keys)
            return
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
        if not self._open or t_s <= self._last_s:
            return []
        self.hand = self.hand.after(self.held | self.kept, min(t_s - self._last_s, 0.1), self.layout)
        self._last_s = t_s
        sides = tuple(Side) if self.hands == 2 else (self.side,)
        return [Sample(t_s, **{side.value: self.hand.frame(t_s, side) for side in sides})]

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.RUNNING if self._open else SourceState.ENDED, "", RATE_HZ)

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        """Keys follow nobody."""

    def close(self) -> None:
        self._open = False


def open_keyboard(request: Request) -> KeyboardSource:
    """`keys:`, `keys:contacts`, `keys:makey`, or one's own four: `keys:j,k,l,m` (index to little). In the window."""
    if request.rest in LAYOUTS:
        return KeyboardSource(request.side, request.rest, request.hands)
    keys = [key.strip().lower() for key in request.rest.split(",")]
    if len(keys) != len(PINCHES) or len(set(keys)) != len(keys) or not all(keys):
        raise SourceError(
            f"source 'keys:{request.rest}': write keys: for one hand on the keyboard, keys:contacts or keys:makey for "
            "a contact glove, or the four keys of your own contacts, index to little finger, such as keys:j,k,l,m."
        )
    return KeyboardSource(request.side, _contacts(*keys), request.hands)
