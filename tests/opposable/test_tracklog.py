"""What `track` says of the time in which nothing came."""

import json
from dataclasses import replace

import pytest

from engine.hand import Sample, Side
from engine.inputs import Role
from engine.play.game import Cue, Target
from engine.play.profiles import profile_named
from engine.sources.simulated import SimulatedSource
from opposable.commands.tracklog import TrackLog
from opposable.ownranges import RangesInUse


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


@pytest.mark.parametrize(("own", "least", "most"), [(True, 0.9, 1.0), (False, 0.3, 0.8)])
def test_a_simulated_hand_is_measured_by_the_range_that_is_named(
    own: bool, least: float, most: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a hand's bending is all of this one's own."""
    source = SimulatedSource(profile_named("stage_2"), 1)
    ranges = RangesInUse(said={"right": "the simulated hand's own range"})
    log = TrackLog(Side.RIGHT, as_json=True, own=ranges.over(source) if own else ranges)
    source.follow(Cue(Role.AFFECTED, (Target("fist", 0.97),)), 0.0)
    while log.last_s < 8.0:
        for sample in source.read(0.0):
            log.add(sample, source)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    fists = [hand["fist"] for line in lines for hand in line["hands"]]
    assert least <= max(fists) <= most


def test_each_line_says_how_far_the_thumb_is_from_each_finger(capsys: pytest.CaptureFixture[str]) -> None:
    source = SimulatedSource(profile_named("able"), 1)
    log = TrackLog(None, as_json=True, own=RangesInUse().over(source))
    source.follow(Cue(Role.AFFECTED, (Target("pinch.ring", 0.97),)), 0.0)
    while log.last_s < 4.0:
        for sample in source.read(0.0):
            log.add(sample, source)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [first], [last] = lines[0]["hands"], lines[-1]["hands"]
    assert first["aperture"]["ring"] > 0.5, "open"
    assert last["aperture"]["ring"] < 0.25 < last["aperture"]["index"], "thumb and ring finger touch"
    assert last["opposition"] > first["opposition"] + 0.3
