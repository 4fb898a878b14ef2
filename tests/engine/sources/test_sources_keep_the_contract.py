"""Simulated hand, synthetic camera and video keep what every source keeps. (The others do so in their own files.)"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest

from engine.hand import Side
from engine.sources import Source, open_source
from engine.sources.paced import at_its_pace
from tests.clips import CLIPS
from tests.engine.sources.contract import SourceContract


class TestSimulated(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield open_source("sim:able", side=side)


class TestSimulatedAtItsPace(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield at_its_pace(open_source("sim:able", side=side))


@pytest.mark.long
class TestSyntheticCamera(SourceContract):
    """The whole way through the tracker's process: a drawn hand, seen by MediaPipe."""

    def opened(self, side: Side) -> AbstractContextManager[Source]:
        return closing(open_source("synthetic:able", side=side))


@pytest.mark.long
@pytest.mark.skipif(not CLIPS.exists(), reason="the clips are not here")
class TestVideo(SourceContract):
    """A hand on video: whichever side the person said is the one that is told, for a video has but one hand in it."""

    def opened(self, side: Side) -> AbstractContextManager[Source]:
        return closing(open_source(f"video:{CLIPS / 'fist.mp4'}", side=side))
