"""What every source keeps, whatever it is. A test class inherits `SourceContract` and says how to open its source."""

import itertools
from abc import abstractmethod
from contextlib import AbstractContextManager

import numpy as np
import pytest

from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample, Side
from engine.sources import Source, SourceState
from tests.holdups import HoldUps

PATIENCE_S = 40.0


def samples_from(source: Source, count: int, patience_s: float = PATIENCE_S) -> list[Sample]:
    """At least `count` samples, or what came until patience was over."""
    samples: list[Sample] = []
    until_s = now_s() + patience_s
    while len(samples) < count and now_s() < until_s:
        samples += source.read(0.05)
        if not samples and source.status().state is SourceState.ENDED:
            break
    return samples


def state_within(source: Source, state: SourceState, patience_s: float) -> float:
    """Seconds until the source is in this state, reading all the while; fails where it does not come in time. That for
    which the machine held us up is no part of it."""
    began_s, held_up = now_s(), HoldUps()
    while (taken_s := now_s() - began_s) < patience_s or taken_s < patience_s + held_up.so_far_s:
        source.read(0.01)
        if source.status().state is state:
            return now_s() - began_s - held_up.so_far_s
    pytest.fail(f"not {state} within {patience_s} s: {source.status()}")


def hands_in(samples: list[Sample]) -> list[HandFrame]:
    return [frame for sample in samples for frame in (sample.left, sample.right) if frame is not None]


class SourceContract:
    """`opened` gives a source of that side whose device (or stand-in at the far end of a real wire) is alive."""

    @abstractmethod
    def opened(self, side: Side) -> AbstractContextManager[Source]: ...

    def test_times_strictly_increase_and_points_are_finite(self) -> None:
        with self.opened(Side.RIGHT) as source:
            held_up = HoldUps(helpers=True)
            samples = samples_from(source, 30)
            times = [sample.t_s for sample in samples]
            assert len(samples) >= 30, source.status()
            assert all(later > earlier for earlier, later in itertools.pairwise(times))
            frames = hands_in(samples)
            assert frames
            for frame in frames:
                assert frame.points_m.shape == (21, 3)
                assert frame.points_m.dtype == np.float64
                assert np.isfinite(frame.points_m).all()
                assert np.ptp(frame.points_m, axis=0).max() < 0.4, "metres"
                assert frame.picture_xy is None or frame.picture_xy.shape == (21, 2)
                assert 0.0 <= frame.confidence <= 1.0
            if source.paced:
                assert 0.0 <= now_s() - times[-1] < 1.0 + held_up.so_far_s, "paced sources stamp the machine's clock"

    @pytest.mark.parametrize("side", list(Side))
    def test_the_side_is_honoured(self, side: Side) -> None:
        with self.opened(side) as source:
            samples = samples_from(source, 5)
            assert any(sample.hand(side) is not None for sample in samples), source.status()
            assert all(sample.hand(side.other) is None for sample in samples)
            assert all(frame.side is side for frame in hands_in(samples))

    def test_read_honours_its_timeout_and_follow_and_status_never_wait(self) -> None:
        with self.opened(Side.RIGHT) as source:
            samples_from(source, 1)
            for timeout_s in (0.0, 0.0, 0.03):
                began_s, held_up = now_s(), HoldUps()
                source.read(timeout_s)
                assert now_s() - began_s < timeout_s + 0.25 + held_up.so_far_s
            began_s, held_up = now_s(), HoldUps()
            source.status()
            source.follow(None, began_s)
            assert now_s() - began_s < 0.1 + held_up.so_far_s

    def test_it_says_how_it_is_and_what_it_is_called(self) -> None:
        with self.opened(Side.RIGHT) as source:
            samples_from(source, 5)
            status = source.status()
            assert status.state in (SourceState.RUNNING, SourceState.ENDED)
            assert status.rate_hz is None or status.rate_hz > 0
            kind, colon, _ = source.name.partition(":")
            assert kind
            assert colon

    def test_close_may_be_called_twice_and_ends_it(self) -> None:
        with self.opened(Side.RIGHT) as source:
            samples_from(source, 1)
            source.close()
            source.close()
            assert source.read(0.0) == []
            assert source.status().state is SourceState.ENDED

    def test_closing_before_anything_came_is_fine(self) -> None:
        with self.opened(Side.RIGHT) as source:
            source.close()
            wait_s(0.01)
            assert source.status().state is SourceState.ENDED
