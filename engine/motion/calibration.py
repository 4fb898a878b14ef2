"""A person's own range, found from what their hand was seen to do: asked for step by step, or in any recording.

Each end of a range is a percentile of a try, never its extreme, and the best of a few tries: so a hand that cannot be
held still, or that can do a thing only now and then, has its range all the same. Nothing is expected of a hand; only
what is smaller than a tracker's own error is not taken for a range, and said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import degrees, radians

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Array, Finger
from engine.motion.closings import CLOSING, own_trigger
from engine.motion.edges import TRIGGERS, Trigger
from engine.motion.measures import Measures
from engine.motion.ranges import ABLE_ADULT, Ranges, Span, control_values

# Shorter than these no movement can be told from a tracker's own error: fingers' bend, thumb's bend, aperture in
# hand sizes, spread, the thumb's way across the palm, the wrist.
LEAST_BEND_RAD, LEAST_THUMB_RAD, LEAST_APERTURE = radians(15), radians(10), 0.12
LEAST_SPREAD_RAD, LEAST_ACROSS, LEAST_WRIST_RAD = radians(8), 0.15, radians(10)
# In a recording nobody said what was meant. A pinch is meant where thumb and finger come this near with the other
# fingers open, for a fist brings them together as well; a fist is meant where so many fingers are closing together.
MEANT_APERTURE, OTHERS_OPEN, FIST_FINGERS = 0.45, 0.5, 3
ALONG = 2.0
ASKED_PERCENT, RECORDED_PERCENT = (10.0, 90.0), (3.0, 97.0)
FEWEST = 15


class Step(StrEnum):
    """What a hand is asked to do. `ANYTHING`: nothing was asked, it is a recording."""

    OPEN = "open"
    FIST = "fist"
    PINCH_INDEX = "pinch_index"
    PINCH_MIDDLE = "pinch_middle"
    PINCH_RING = "pinch_ring"
    PINCH_LITTLE = "pinch_little"
    SPREAD = "spread"
    WRIST = "wrist"
    ANYTHING = "anything"


PINCHES: Mapping[Finger, Step] = dict(zip(LONG_FINGERS, list(Step)[2:6], strict=True))
ASKED = tuple(Step)[:-1]


@dataclass(frozen=True, eq=False)
class Seen:
    """One picture of the hand, measured; the wrist's flexion in radians, or None where it could not be told."""

    measures: Measures
    wrist_rad: float | None = None


Try = Sequence[Seen]
Of = Callable[[Seen], float | None]
Shown = Callable[[float], float]


@dataclass(frozen=True)
class Found:
    """What a calibration came to. `own`: the controls that have a range of their own now; `kept`: those that go on with
    an able adult's, and why, in words."""

    ranges: Ranges
    own: tuple[str, ...]
    kept: Mapping[str, str] = field(default_factory=dict)


def find_ranges(tries: Mapping[Step, Sequence[Try]]) -> Found:
    """The own range of one hand from its tries, by what was asked; `{Step.ANYTHING: [recording]}` for a recording."""
    return _Finding(tries).found()


class _Finding:
    def __init__(self, tries: Mapping[Step, Sequence[Try]]) -> None:
        self.tries = {step: [one for one in some if len(one) >= FEWEST] for step, some in tries.items()}
        self.asked = Step.ANYTHING not in tries
        self.percent = ASKED_PERCENT if self.asked else RECORDED_PERCENT
        self.own: list[str] = []
        self.kept: dict[str, str] = {}

    def found(self) -> Found:
        able = ABLE_ADULT
        bends = {finger: self._bend(finger) for finger in FINGERS}
        moving = tuple(finger for finger in LONG_FINGERS if bends[finger] is not None)
        if not moving or (not self.asked and not self._closed_together(moving, bends)):
            # One finger that bends is no fist: where no fist was seen, none of its fingers is measured by less.
            for finger in moving:
                self.own.remove(f"flexion.{finger}")
                self.kept[f"flexion.{finger}"] = "no fist was seen"
            self.kept["fist"] = "no fist was seen"
            moving = LONG_FINGERS
            bends |= dict.fromkeys(LONG_FINGERS)
        else:
            self.own.append("fist")
            moving = LONG_FINGERS if len(moving) == len(LONG_FINGERS) else moving
        ranges = replace(able, bend={finger: bends[finger] or able.bend[finger] for finger in FINGERS}, fist=moving)
        apertures = {finger: self._aperture(finger, ranges) or able.aperture[finger] for finger in LONG_FINGERS}
        spread = self._span(
            "spread", lambda seen: seen.measures.spread_rad, Step.OPEN, Step.SPREAD, LEAST_SPREAD_RAD, degrees
        )
        across = self._span(
            "opposition", lambda seen: seen.measures.thumb_across, Step.OPEN, Step.PINCH_LITTLE, LEAST_ACROSS
        )
        ranges = replace(
            ranges, aperture=apertures, spread=spread or able.spread, across=across or able.across, wrist=self._wrist()
        )
        return Found(replace(ranges, triggers=self._triggers(ranges)), tuple(self.own), dict(self.kept))

    def _closed_together(self, moving: Sequence[Finger], bends: Mapping[Finger, Span | None]) -> bool:
        """Whether the fingers that move were bent at the same time, as in a fist, and not one by one."""
        spans = [(finger, span) for finger in moving if (span := bends[finger]) is not None]
        closed = self._values(
            Step.FIST, lambda seen: min(span.share(seen.measures.bend_by_finger_rad[finger]) for finger, span in spans)
        )
        return len(moving) >= FIST_FINGERS and any(np.percentile(one, self.percent[1]) > CLOSING for one in closed)

    def _bend(self, finger: Finger) -> Span | None:
        least = LEAST_THUMB_RAD if finger is Finger.THUMB else LEAST_BEND_RAD
        name = f"flexion.{finger}"
        return self._span(
            name, lambda seen: seen.measures.bend_by_finger_rad[finger], Step.OPEN, Step.FIST, least, degrees
        )

    def _aperture(self, finger: Finger, ranges: Ranges) -> Span | None:
        name, others = f"pinch.{finger}", [other for other in LONG_FINGERS if other is not finger]

        def apart(seen: Seen) -> float | None:
            """In a recording, nothing while the other fingers are closed."""
            if not self.asked:
                bends = seen.measures.bend_by_finger_rad
                if sum(ranges.bend[other].share(bends[other]) for other in others) > OTHERS_OPEN * len(others):
                    return None
            return -seen.measures.aperture_by_finger[finger]

        span = self._span(name, apart, Step.OPEN, PINCHES[finger], LEAST_APERTURE)
        if span is None:
            return None
        if not self.asked and -span.full > MEANT_APERTURE:
            self.own.remove(name)
            self.kept[name] = "thumb and finger were not seen to come together"
            return None
        # A hand stands further apart than a pinch is counted from.
        return Span(min(-span.rest, max(ABLE_ADULT.aperture[finger].rest, -span.full + LEAST_APERTURE)), -span.full)

    def _wrist(self) -> Span:
        values = self._values(Step.WRIST, lambda seen: seen.wrist_rad)
        if not values:
            self.kept["wrist"] = "the forearm was not seen to lie still"
            return ABLE_ADULT.wrist
        full = max(float(np.percentile(one, self.percent[1])) for one in values)
        if full < LEAST_WRIST_RAD:
            self.kept["wrist"] = _too_small(degrees(full), degrees(LEAST_WRIST_RAD), " degrees")
            return ABLE_ADULT.wrist
        self.own.append("wrist")
        return Span(0.0, full)

    def _span(self, name: str, of: Of, rest: Step, full: Step, least: float, shown: Shown | None = None) -> Span | None:
        """From the least that was reached where rest was asked to the most where all was asked, if that is a range."""
        at_rest, at_full = self._values(rest, of), self._values(full, of)
        if not at_rest or not at_full:
            self.kept[name] = "it was not seen"
            return None
        low = min(float(np.percentile(one, self.percent[0])) for one in at_rest)
        high = max(float(np.percentile(one, self.percent[1])) for one in at_full)
        # In a recording the thumb and the spread move along with the fingers, without being meant.
        least *= 1.0 if self.asked or full is Step.FIST else ALONG
        if high - low < least:
            unit = " degrees" if shown else " of the way across the palm" if name == "opposition" else " hand sizes"
            as_shown = shown or float
            self.kept[name] = _too_small(as_shown(high - low), as_shown(least), unit)
            return None
        self.own.append(name)
        return Span(low, high)

    def _values(self, step: Step, of: Of) -> list[Array]:
        """What was measured in each try of this step, where it could be told."""
        tries = self.tries.get(step if self.asked else Step.ANYTHING, [])
        told = [np.array([value for seen in one if (value := of(seen)) is not None]) for one in tries]
        return [values for values in told if len(values) >= FEWEST]

    def _triggers(self, ranges: Ranges) -> dict[str, Trigger]:
        """Where this hand presses and lets go, by its trembling and by how far its fists closed."""
        shares = {
            step: [[control_values(seen.measures, ranges, {}) for seen in one] for one in some]
            for step, some in self.tries.items()
        }
        fists = shares.get(Step.FIST if self.asked else Step.ANYTHING, [])
        triggers = {}
        for name, able in TRIGGERS.items():
            tracks = [np.array([values[name] for values in one]) for some in shares.values() for one in some]
            own_fist = name == "fist" and name in self.own
            closings = [[values[name] for values in one] for one in fists if own_fist]
            triggers[name] = own_trigger(able, tracks, closings)
        return triggers


def _too_small(found: float, least: float, unit: str) -> str:
    """Both with as many digits as it takes to tell them apart."""
    digits = next((n for n in range(2, 9) if f"{found:.{n}g}" != f"{least:.{n}g}"), 9)
    return (
        f"{found:.{digits}g}{unit} were seen, and less than {least:.{digits}g}{unit} cannot be told from an error of "
        "measuring"
    )
