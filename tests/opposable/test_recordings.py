"""What recordings keep of a hand, and what may be told from it."""

from pathlib import Path

import pytest

from engine.hand import FINGERS, LONG_FINGERS, Finger, Sample, Side
from engine.inputs import TICK_S, Role
from engine.motion.quality.summary import Series, summarise
from engine.play.levelfile import load_level
from engine.play.profiles import profile_named
from engine.sources.felt import felt_frame
from engine.sources.glove import felt_of
from engine.sources.learning import Learning
from engine.sources.simulated import SimulatedSource
from games import all_games
from opposable.commands.tracklog import TrackLog
from opposable.recordings import of_tape, of_track
from opposable.sitting import Sitting
from tests.engine.sources.peers import reading_at
from tests.opposable.commands import ROOT


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


def gloved(dead: Finger | None, seconds: float = 26.0) -> list[Sample]:
    """A glove that bends to and fro for so long, from when it was put on."""
    learning, samples = Learning(), []
    for n in range(round(seconds / TICK_S)):
        reading = {name: float(count) for name, count in reading_at(n * TICK_S, dead=dead).items()}
        learning.hear(reading, n * TICK_S)
        if learning.done:
            felt = felt_of(learning.shares(reading, n * TICK_S), reading)
            frame = felt_frame(felt, Side.RIGHT, n * TICK_S, learning.dead)
            samples.append(Sample(n * TICK_S, right=frame))
    return samples


def as_tracked(samples: list[Sample], path: Path, capsys: pytest.CaptureFixture[str]) -> Series:
    log, source = TrackLog(None, as_json=True), SimulatedSource(profile_named("able"), 1)
    for sample in samples:
        log.add(sample, source)
    path.write_text(capsys.readouterr().out)
    return of_track(path)[Side.RIGHT]


def as_taped(samples: list[Sample], folder: Path) -> Series:
    """The same hand in a session."""
    level = load_level(ROOT / "levels/coin_drop/00_first_look.yaml", all_games())
    sitting = Sitting(level, "glove:auto", Side.RIGHT, 1, folder)
    for sample in samples:
        sitting.motion.feed(sample)
        sitting.session.tick(sitting.motion.tick(sample.t_s))
    sitting.close()
    return of_tape(sitting.tape_path)[Role.AFFECTED]


@pytest.mark.parametrize("kept", ["tracked", "taped"])
@pytest.mark.parametrize("dead", [None, Finger.RING])
def test_of_a_glove_no_degrees_are_told_and_nothing_of_a_dead_sensor(
    dead: Finger | None, kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = gloved(dead)
    series = as_tracked(samples, tmp_path / "a.jsonl", capsys) if kept == "tracked" else as_taped(samples, tmp_path)
    told = summarise(series)
    assert {told[f"tam.{finger}"].why for finger in LONG_FINGERS} == {"numbers.why.no_angles"}
    assert told["closing.movement"].n >= 2, "the rest is told"
    missing = [finger for finger in FINGERS if finger in series.sensed.missing]
    assert missing == ([dead] if dead else [])
    found_out = {key for key, value in told.items() if value.why == "numbers.why.not_sensed"}
    alone = {f"{name}.{finger}" for name in ("individuation", "stationarity") for finger in LONG_FINGERS}
    assert found_out == ({"enslaving", "pinch_precision.ring", *alone} if dead else set())
