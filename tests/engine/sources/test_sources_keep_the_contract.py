"""The simulated patient keeps what every source keeps. (Each other source does so in its own file.)"""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.hand import Side
from engine.sources import Source, open_source
from engine.sources.paced import at_its_pace
from tests.engine.sources.contract import SourceContract


class TestSimulated(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield open_source("sim:able", side=side)


class TestSimulatedAtItsPace(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield at_its_pace(open_source("sim:able", side=side))
