"""Which range a hand is measured by: the person's own where one is kept, else the source's, else an able adult's."""

from dataclasses import dataclass, field

from engine.hand import Side
from engine.motion.ranges import Ranges
from engine.play.storedranges import ME, NoNameError, stored_range, stored_side
from engine.sources.source import Source

_KNOW_THEIR_OWN = ("sim", "synthetic")
_RECORDED = ("replay", "video")


@dataclass(frozen=True)
class RangesInUse:
    """`ranges`: the own ranges that are kept, by side; `said`: by side, which range is used, in words for a record;
    `troubles`: what had to be set aside."""

    ranges: dict[Side, Ranges] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    def over(self, source: Source) -> dict[Side, Ranges]:
        """These, and for the other hands what the source knows of them (a simulated patient)."""
        known = getattr(source, "ranges", None)
        return {**(known() if callable(known) else {}), **self.ranges}

    def sentence(self, side: Side) -> str:
        """Which range this hand is measured by, for the person."""
        return f"Measured by {self.said[side]}."


def ranges_in_use(person: str, spec: str) -> RangesInUse:
    """The ranges for this person and kind of source. Raises NoNameError."""
    ranges, said, troubles = {}, {}, []
    for side in Side:
        found, trouble = stored_range(person, side, spec)
        said[side.value] = "the simulated hand's own range" if simulated(spec) else "an able adult's range"
        if found is not None:
            ranges[side], said[side.value] = found.ranges, f"your own range of {found.found_utc[:10]}"
        if trouble:
            troubles.append(trouble)
    return RangesInUse(ranges, said, tuple(troubles))


def simulated(spec: str) -> bool:
    """Whether nobody's own hand is behind this source."""
    return spec.strip().partition(":")[0] in _KNOW_THEIR_OWN


def is_a_persons(spec: str) -> bool:
    """Whether a person's own hand plays now: not a simulated one, and not a recording of any."""
    return not simulated(spec) and spec.strip().partition(":")[0] not in _RECORDED


def affected_side(person: str, side: str | None) -> Side:
    """The side that was said now, else the one this person said before, else the right."""
    return Side(side) if side else stored_side(person) or Side.RIGHT


__all__ = [
    "ME",
    "NoNameError",
    "RangesInUse",
    "affected_side",
    "is_a_persons",
    "ranges_in_use",
    "simulated",
    "stored_side",
]
