"""A source that says on the terminal what it asks of the person, where no window shows it: once, when it is new."""

from typing import Any

from engine.hand import Sample
from engine.sources.source import Source
from opposable.console import complain


class Telling:
    """The source itself in everything else."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._told = ""

    def read(self, timeout_s: float) -> list[Sample]:
        samples = self.source.read(timeout_s)
        ask = self.source.status().ask
        if ask and ask != self._told:
            complain(ask)
        self._told = ask or self._told
        return samples

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)
