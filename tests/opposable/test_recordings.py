"""What recordings keep of a hand, and what may be told from it."""

from pathlib import Path

import pytest

from engine.hand import Side
from engine.motion.quality.summary import Series, summarise
from engine.play.profiles import profile_named
from engine.sources.simulated import SimulatedSource
from opposable.commands.track import TrackLog
from opposable.recordings import of_track


def tracked(profile: str, path: Path, capsys: pytest.CaptureFixture[str], seconds: float = 25.0) -> Series:
    """A simulated patient of whom nothing is asked, as `track --json` keeps it."""
    source = SimulatedSource(profile_named(profile), 3, limit_s=seconds)
    log = TrackLog(None, as_json=True)
    while samples := source.read(0.0):
        for sample in samples:
            log.add(sample, source)
    path.write_text(capsys.readouterr().out)
    return of_track(path)[Side.RIGHT]


@pytest.mark.parametrize(("patient", "hz"), [("stage_2", 6.0), ("able+tremor", 5.0)])
def test_a_patients_tremor_is_found_within_its_error_in_what_the_filter_has_not_touched(
    patient: str, hz: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    series = tracked(patient, tmp_path / "tracked.jsonl", capsys)
    told = summarise(series)["tremor.frequency"]
    assert told.value is not None, told.why
    assert told.error is not None
    assert abs(told.value - hz) <= told.error <= 0.75
    smoothed = Series(series.t_s, series.values, series.flexion_deg, series.palm_xy)
    assert summarise(smoothed)["tremor.frequency"].why == "numbers.why.no_points", "filtered values tell no tremor"


def test_a_hand_that_was_not_held_long_enough_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = summarise(tracked("stage_2", tmp_path / "short.jsonl", capsys, seconds=1.5))["tremor.frequency"]
    assert (told.value, told.why) == (None, "numbers.why.not_held")
