"""What `track` says of the time in which nothing came."""

from dataclasses import replace

import pytest

from engine.hand import Sample
from engine.play.profiles import profile_named
from engine.sources.simulated import SimulatedSource
from opposable.commands.track import TrackLog


def _with_a_silence(log: TrackLog, gap_s: float) -> SimulatedSource:
    source, later_s = SimulatedSource(profile_named("able"), 1), 0.0
    for n in range(60):
        later_s = gap_s if n >= 30 else 0.0
        for sample in source.read(0.0):
            t_s = sample.t_s + later_s
            log.add(Sample(t_s, right=sample.right and replace(sample.right, t_s=t_s)), source)
    return source


@pytest.mark.parametrize(("gap_s", "least", "most"), [(0.0, 0.97, 1.0), (16.0, 0.4, 0.6)])
def test_silence_counts_as_time_without_a_hand(gap_s: float, least: float, most: float) -> None:
    log = TrackLog(None, as_json=False)
    source = _with_a_silence(log, gap_s)
    assert least <= log.summary(source)["tracked"] <= most


@pytest.mark.parametrize("gap_s", [0.0, 16.0])
def test_a_hand_that_was_lost_and_is_back_is_said(gap_s: float, capsys: pytest.CaptureFixture[str]) -> None:
    _with_a_silence(TrackLog(None, as_json=False), gap_s)
    said = capsys.readouterr().out
    assert ("right  lost here" in said) == bool(gap_s)
    assert ("right  back after 16.0 s" in said) == bool(gap_s)
    assert "left" not in said
