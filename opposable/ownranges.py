"""Which range a hand is measured by: the person's own where one is kept, else the source's, else an able adult's."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.hand import Side
from engine.motion.ranges import Ranges
from engine.play.storedranges import ME, NoNameError, source_kind, stored_kinds, stored_range, stored_side
from engine.sources.replay import recorded_from
from engine.sources.source import Source

_ABLE = "an able adult's range"
_KNOW_THEIR_OWN = ("sim", "synthetic")
_RECORDED = ("replay", "video")


@dataclass(frozen=True)
class RangesInUse:
    """`ranges`: the own ranges that are known, by side; `said`: by side, which range is used, in words for a record;
    `troubles`: what had to be set aside; `kind`: the kind of source they are good for."""

    ranges: dict[Side, Ranges] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()
    kind: str = ""

    def over(self, source: Source) -> "RangesInUse":
        """These, and for the other hands what the source knows of them (a simulated patient)."""
        known = getattr(source, "ranges", None)
        return replace(self, ranges={**(known() if callable(known) else {}), **self.ranges})

    def sentence(self, side: Side) -> str:
        """Which range this hand is measured by, for the person."""
        return f"Measured by {self.said[side]}."

    def has_own(self, side: Side) -> bool:
        """Whether this hand has a range of its own, be it for another kind of source."""
        return side in self.ranges or self.said.get(side, "").startswith(f"{_ABLE} (")


def ranges_in_use(person: str, spec: str) -> RangesInUse:
    """The ranges for this person and kind of source. Raises NoNameError."""
    ranges, said, troubles = {}, {}, []
    from_spec = measured_as(spec)
    kind = source_kind(from_spec)
    for side in Side:
        found, trouble = stored_range(person, side, from_spec)
        said[side.value] = (
            "the simulated hand's own range" if simulated(spec) else _ABLE + _elsewhere(person, side, kind)
        )
        if found is not None:
            ranges[side], said[side.value] = found.ranges, f"your own range of {found.found_utc[:10]}"
            if from_spec != spec:
                said[side.value] += f" (for: {kind})"
        if trouble:
            troubles.append(trouble)
    return RangesInUse(ranges, said, tuple(troubles), kind)


def measured_as(spec: str) -> str:
    """The source whose range is good for this one: for a recording, the one it was made from."""
    written, _, path = spec.strip().partition(":")
    return (written == "replay" and recorded_from(Path(path))) or spec


def _elsewhere(person: str, side: Side, kind: str) -> str:
    """Which other kinds of source this hand has an own range for, in words; nothing for keys, which need none."""
    others = [other for other in stored_kinds(person, side) if other.partition("-")[0] not in _KNOW_THEIR_OWN]
    return f" (your own range is for: {', '.join(others)})" if others and kind != "keys" else ""


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
    "measured_as",
    "ranges_in_use",
    "simulated",
    "stored_side",
]
