"""One hand of a source that may tell of two: the first that is seen, and a word that there is another."""

from dataclasses import replace
from typing import Any

from engine.hand import Sample, Side
from engine.sources.source import Source, SourceStatus


class OneHand:
    """The source itself in everything else. `side`: the hand that is followed, once one was seen."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.side: Side | None = None
        self.other_seen = False

    def read(self, timeout_s: float) -> list[Sample]:
        """The samples with the one hand alone; live ones that tell of the other alone are left out."""
        given = []
        for sample in self.source.read(timeout_s):
            sides = [side for side in (Side.RIGHT, Side.LEFT) if sample.hand(side) is not None]
            if self.side is None and sides:
                self.side = sides[0]
            other = [side for side in sides if side is not self.side]
            self.other_seen = self.other_seen or bool(other)
            if not other:
                given.append(sample)
            elif len(sides) == 2 or not self.source.paced:
                given.append(
                    Sample(sample.t_s, **{side.value: sample.hand(side) for side in sides if side is self.side})
                )
        return given

    def status(self) -> SourceStatus:
        status = self.source.status()
        if status.ask or not self.other_seen or self.side is None:
            return status
        both = f"There are two hands here; the {self.side} one is followed. For both: --hands 2. For the other: --side "
        return replace(status, ask=f"{both}{self.side.other}.")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)
