"""What would help the camera to see the hand better: one hint at a time, from how light the picture is and where the
hand lies in it. Hints come and go slowly, so that a person has time to read them and none flickers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import acos, degrees
from types import MappingProxyType

import numpy as np

from engine.hand import HandFrame, Landmark


class Hint(StrEnum):
    """Each is also the key of its sentence, after `hint.`; the most pressing first."""

    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    SECOND_PERSON = "second_person"
    OUT_RIGHT = "out_right"
    OUT_LEFT = "out_left"
    OUT_TOP = "out_top"
    OUT_BOTTOM = "out_bottom"
    TOO_NEAR = "too_near"
    TOO_FAR = "too_far"
    NO_HAND = "no_hand"
    TURN = "turn"


PRESSING = frozenset(Hint) - {Hint.TURN}
"""What is said in play as well; that a hand would be seen still better from aside is said only before it."""


@dataclass(frozen=True, eq=False)
class View:
    """One picture: how light it is (mean 0..255, share washed out), its height in widths, the person's hands in it,
    and how many other hands there are."""

    t_s: float
    light_mean: float = 128.0
    washed_out: float = 0.0
    height: float = 0.75
    hands: tuple[HandFrame, ...] = ()
    strangers: int = 0


@dataclass(frozen=True)
class Hints:
    """What has been noticed so far. `shown`: the hint of this moment. `growing`: how near each is to being shown, 0..1;
    `there`: those that hold; `last_xy`: where a hand was last seen."""

    shown: Hint | None = None
    t_s: float | None = None
    growing: Mapping[Hint, float] = field(default_factory=lambda: MappingProxyType({}))
    there: frozenset[Hint] = frozenset()
    last_xy: tuple[float, float] | None = None


# A hint begins to hold beyond the first figure and ceases to hold within the second.
DARK = (45.0, 60.0)
WASHED_OUT = (0.35, 0.25)
# Wrist to middle knuckle in picture widths: beyond, fingers leave the picture; below, a joint is a few pixels.
NEAR, FAR = (0.36, 0.31), (0.065, 0.08)
# Points of a hand that lie outside the picture.
OUTSIDE = (3, 1)
# Degrees between the camera's gaze and the line square to the palm: bending is seen best at 30 to 60.
FLAT, EDGE = (12.0, 20.0), (78.0, 70.0)
EDGE_NEAR = 0.15
"""A hand last seen this close to an edge, in picture widths, has gone out there."""

APPEAR_S: Mapping[Hint, float] = MappingProxyType({Hint.TURN: 3.0, Hint.NO_HAND: 1.5, Hint.SECOND_PERSON: 0.4})
USUAL_APPEAR_S, VANISH_S = 0.8, 1.0
LONGEST_STEP_S = 0.2
_PALM = (Landmark.WRIST, Landmark.INDEX_MCP, Landmark.MIDDLE_MCP, Landmark.RING_MCP, Landmark.LITTLE_MCP)


def noticed(hints: Hints, view: View) -> Hints:
    """One more picture."""
    step_s = 0.0 if hints.t_s is None else min(max(view.t_s - hints.t_s, 0.0), LONGEST_STEP_S)
    hold = {hint for hint in Hint if _holds(hint, view, hints.last_xy, begun=hint in hints.there)}
    growing: dict[Hint, float] = {}
    there: set[Hint] = set()
    for hint in Hint:
        rate = 1 / APPEAR_S.get(hint, USUAL_APPEAR_S) if hint in hold else -1 / VANISH_S
        grown = min(max(hints.growing.get(hint, 0.0) + rate * step_s, 0.0), 1.0)
        growing[hint] = grown
        if grown >= 1.0 or (hint in hints.there and grown > 0.0):
            there.add(hint)
    shown = next((hint for hint in Hint if hint in there), None)
    last_xy = palm_xy(view.hands[0]) if view.hands else hints.last_xy
    return Hints(shown, view.t_s, MappingProxyType(growing), frozenset(there), last_xy or hints.last_xy)


def _holds(hint: Hint, view: View, last_xy: tuple[float, float] | None, *, begun: bool) -> bool:
    """Whether a hint is true of this picture; what has begun ends a little later than it began."""
    if hint is Hint.TOO_DARK:
        return view.light_mean < DARK[begun]
    if hint is Hint.TOO_BRIGHT:
        return view.washed_out > WASHED_OUT[begun]
    if hint is Hint.SECOND_PERSON:
        return view.strangers > 0
    if not view.hands:
        return hint is _where_gone(last_xy, view.height)
    return any(_holds_for(hint, hand, view.height, begun) for hand in view.hands)


def _holds_for(hint: Hint, hand: HandFrame, height: float, begun: bool) -> bool:
    if hand.picture_xy is None:
        return False
    x, y = hand.picture_xy[:, 0], hand.picture_xy[:, 1]
    # The picture is not mirrored: its left edge is at the person's right.
    outside = {Hint.OUT_RIGHT: x < 0, Hint.OUT_LEFT: x > 1, Hint.OUT_TOP: y < 0, Hint.OUT_BOTTOM: y > height}
    if hint in outside:
        return int(np.count_nonzero(outside[hint])) >= OUTSIDE[begun]
    if hint is Hint.TOO_NEAR:
        return palm_length(hand) > NEAR[begun]
    if hint is Hint.TOO_FAR:
        return palm_length(hand) < FAR[begun]
    if hint is Hint.TURN:
        away_deg = turned_deg(hand)
        return away_deg < FLAT[begun] or away_deg > EDGE[begun]
    return False


def _where_gone(last_xy: tuple[float, float] | None, height: float) -> Hint:
    """By which edge a hand that is not seen has probably gone; no edge where it was not near one."""
    if last_xy is None:
        return Hint.NO_HAND
    x, y = last_xy
    room = {Hint.OUT_RIGHT: x, Hint.OUT_LEFT: 1 - x, Hint.OUT_TOP: y, Hint.OUT_BOTTOM: height - y}
    edge = min(room, key=lambda hint: room[hint])
    return edge if room[edge] < EDGE_NEAR else Hint.NO_HAND


def palm_xy(hand: HandFrame) -> tuple[float, float] | None:
    """The middle of the palm in picture widths; None where there is no picture."""
    if hand.picture_xy is None:
        return None
    x, y = hand.picture_xy[list(_PALM)].mean(axis=0)
    return float(x), float(y)


def palm_length(hand: HandFrame) -> float:
    """Wrist to middle knuckle as it would be square to the camera, in picture widths: the palm's longest line in the
    picture against the same line in metres, so that a hand turned away does not pass for a far one."""
    if hand.picture_xy is None:
        return 0.0
    picture, space = hand.picture_xy, hand.points_m
    lines = [(0, 5), (0, 9), (0, 17), (5, 17)]
    seen = [float(np.linalg.norm(picture[a] - picture[b])) for a, b in lines]
    true = [float(np.linalg.norm(space[a] - space[b])) for a, b in lines]
    scale = max(line / max(length, 1e-6) for line, length in zip(seen, true, strict=True))
    return scale * true[1]


def turned_deg(hand: HandFrame) -> float:
    """Degrees between the camera's gaze and the line square to the palm, 0 (flat to the camera) .. 90 (edge on)."""
    wrist, index, little = (hand.points_m[n] for n in (Landmark.WRIST, Landmark.INDEX_MCP, Landmark.LITTLE_MCP))
    square = np.cross(index - wrist, little - wrist)
    length = float(np.linalg.norm(square))
    return 90.0 if length == 0.0 else degrees(acos(min(abs(float(square[2])) / length, 1.0)))
