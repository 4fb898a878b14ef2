"""A source that could go faster, held to real time: what a window shows must come as fast as life, and no faster."""

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample
from engine.sources.source import Source, SourceState, SourceStatus, has_place

if TYPE_CHECKING:
    from engine.play.game import Cue


class PacedSource:
    """Gives an unpaced source's samples when their time has come, stamped on the machine's clock."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._ahead: deque[Sample] = deque()
        self._shift_s: float | None = None

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def paced(self) -> bool:
        return True

    def read(self, timeout_s: float) -> list[Sample]:
        """The samples that are due; waits for one at most `timeout_s`."""
        until_s = now_s() + timeout_s
        self._look_ahead(timeout_s)
        if self._ahead and now_s() < self._ahead[0].t_s <= until_s:
            wait_s(self._ahead[0].t_s - now_s())
        due = []
        while self._ahead and self._ahead[0].t_s <= now_s():
            due.append(self._ahead.popleft())
            self._look_ahead(0.0)
        if not due and not self._ahead:
            wait_s(until_s - now_s())
        return due

    @property
    def has_place(self) -> bool:
        return has_place(self.source)

    def status(self) -> SourceStatus:
        """As the source itself, but not ended before its last sample was given out."""
        status = self.source.status()
        if status.state is SourceState.ENDED and self._ahead:
            return replace(status, state=SourceState.RUNNING)
        return status

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        self.source.follow(cue, hand_time_s - (self._shift_s or 0.0))

    def close(self) -> None:
        self.source.close()
        self._ahead.clear()

    def _look_ahead(self, timeout_s: float) -> None:
        if self._ahead:
            return
        for sample in self.source.read(timeout_s):
            if self._shift_s is None:
                self._shift_s = now_s() - sample.t_s
            self._ahead.append(_later(sample, self._shift_s))


def _later(sample: Sample, shift_s: float) -> Sample:
    def moved(frame: HandFrame | None) -> HandFrame | None:
        return None if frame is None else replace(frame, t_s=frame.t_s + shift_s)

    return Sample(sample.t_s + shift_s, left=moved(sample.left), right=moved(sample.right))


def at_its_pace(source: Source) -> Source:
    """The source itself if it is paced, otherwise held to real time."""
    return source if source.paced else PacedSource(source)
