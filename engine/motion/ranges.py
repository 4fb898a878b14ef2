"""A person's own range, and the controls it makes of what is measured: 0..1 each, whatever the hand can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import radians

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Array, Finger
from engine.motion.edges import TRIGGERS, Trigger
from engine.motion.measures import Measures


@dataclass(frozen=True)
class Span:
    """The measured value at control 0 and at control 1, in the measure's own unit."""

    rest: float
    full: float

    def share(self, value: float) -> float:
        """Where `value` lies between rest and full, 0..1."""
        share = (value - self.rest) / (self.full - self.rest)
        return 0.0 if share < 0.0 else 1.0 if share > 1.0 else share

    def value(self, share: float) -> float:
        """The measured value at this share; not held within 0..1."""
        return self.rest + share * (self.full - self.rest)


def _bends() -> dict[Finger, Span]:
    long_finger = Span(radians(40), radians(210))
    return {Finger.THUMB: Span(radians(25), radians(95)), **dict.fromkeys(LONG_FINGERS, long_finger)}


def _apertures() -> dict[Finger, Span]:
    return dict.fromkeys(LONG_FINGERS, Span(1.0, 0.14))


@dataclass(frozen=True)
class Ranges:
    """One hand's range for every control; the defaults are a webcam's view of an able adult hand.

    `bend` in radians (thumb MCP + IP, fingers MCP + PIP + DIP), `aperture` in hand sizes, `spread` in radians,
    `across` along the knuckle line, `wrist` flexion in radians. Palm reach is in picture widths: x from the picture's
    left to its right, y down. `fist`: the fingers whose mean is the fist, for a finger that cannot bend must not keep
    the others from closing. `triggers`: where this hand presses and lets go.
    """

    bend: Mapping[Finger, Span] = field(default_factory=_bends)
    aperture: Mapping[Finger, Span] = field(default_factory=_apertures)
    spread: Span = Span(radians(-30), radians(20))
    across: Span = Span(-0.8, 0.7)
    wrist: Span = Span(0.0, radians(60))
    reach_x: Span = Span(0.85, 0.15)
    reach_y: Span = Span(0.62, 0.20)
    fist: tuple[Finger, ...] = LONG_FINGERS
    triggers: Mapping[str, Trigger] = field(default_factory=lambda: TRIGGERS)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Of every bend, then of every aperture. Asked for at every picture."""
        return *(self.bend[finger] for finger in FINGERS), *(self.aperture[finger] for finger in LONG_FINGERS)

    @cached_property
    def ends(self) -> Array:
        """Of these spans: where each rests, and how far it goes, (2, 9)."""
        return np.array([(span.rest, span.full - span.rest) for span in self.spans]).T

    @cached_property
    def reach_ends(self) -> tuple[Array, Array]:
        """Of the palm's reach, x and y: where it begins in the picture, and how far it goes, (2,) each."""
        spans = (self.reach_x, self.reach_y)
        return np.array([span.rest for span in spans]), np.array([span.full - span.rest for span in spans])


ABLE_ADULT = Ranges()


_BENDS_AND_PINCHES = (*(f"flexion.{finger}" for finger in FINGERS), *(f"pinch.{finger}" for finger in LONG_FINGERS))


def bends_and_pinches(measured: Array, ranges: Sequence[Ranges]) -> list[dict[str, float]]:
    """Flexions and pinches by name, 0..1 of each one's range, of many hands at once. `measured`: the bends of all
    fingers and the apertures of the long ones, (n, 9)."""
    ends = np.array([one.ends for one in ranges])
    rows = np.minimum(np.maximum((measured - ends[:, 0]) / ends[:, 1], 0.0), 1.0).tolist()
    return [dict(zip(_BENDS_AND_PINCHES, row, strict=True)) for row in rows]


def control_values(
    measures: Measures,
    ranges: Ranges,
    before: Mapping[str, float],
    wrist_rad: float | None = None,
    shares: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Controls by name, 0..1 of the range. What cannot be told now (spread of a fist, the wrist of a forearm that
    moves) keeps its last value; a wrist that was never told is left out. `shares`: what `bends_and_pinches` made of
    these measures, where that is known already."""
    if shares is None:
        measured = (*measures.bends_rad, *measures.apertures)
        named = zip(_BENDS_AND_PINCHES, ranges.spans, measured, strict=True)
        values = {name: span.share(value) for name, span, value in named}
    else:
        values = dict(shares)
    if ranges.fist is LONG_FINGERS:
        bends = values["flexion.index"] + values["flexion.middle"] + values["flexion.ring"] + values["flexion.little"]
        values["fist"] = bends / 4
    else:
        values["fist"] = sum([values[f"flexion.{finger}"] for finger in ranges.fist]) / len(ranges.fist)
    spread = measures.spread_rad
    values["spread"] = before.get("spread", 0.0) if spread is None else ranges.spread.share(spread)
    values["opposition"] = ranges.across.share(measures.thumb_across)
    if wrist_rad is not None:
        values["wrist"] = ranges.wrist.share(wrist_rad)
    elif "wrist" in before:
        values["wrist"] = before["wrist"]
    return values


def reach_xy(measures: Measures, ranges: Ranges) -> tuple[float, float] | None:
    """The palm in the reach area: 0..1, x to the person's right (the picture is not mirrored, so its left), y away."""
    if measures.palm_xy is None:
        return None
    x, y = measures.palm_xy
    return ranges.reach_x.share(x), ranges.reach_y.share(y)


def picture_place(in_reach_xy: Array | tuple[float, float], ranges: Ranges) -> Array:
    """Where in the picture a palm is that is here in the reach area, picture widths, (..., 2): the way back of
    `reach_xy`, of one place or of many."""
    rest, way = ranges.reach_ends
    place: Array = rest + np.asarray(in_reach_xy) * way
    return place
