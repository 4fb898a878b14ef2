"""A recording is a source like any other: what was seen then is seen again."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from engine.hand import Sample, Side
from engine.motion.motion import Motion
from engine.play.profiles import profile_named
from engine.play.tape import TapeError, read_tape
from engine.sources import Source, SourceError, open_source
from engine.sources.replay import ReplaySource
from engine.sources.simulated import SimulatedSource
from opposable.commands.tracklog import TrackLog
from tests.engine.sources.contract import SourceContract, hands_in
from tests.opposable.commands import opposable


def all_of(source: Source) -> list[Sample]:
    samples: list[Sample] = []
    while given := source.read(0.0):
        samples += given
    return samples


@pytest.fixture
def printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """What `track --json` prints of two seconds of a simulated hand."""
    return _printed(tmp_path, capsys, Side.RIGHT)


def _printed(folder: Path, capsys: pytest.CaptureFixture[str], side: Side) -> Path:
    source, log = SimulatedSource(profile_named("able"), 3, side), TrackLog(None, as_json=True)
    capsys.readouterr()
    for _ in range(60):
        for sample in source.read(0.0):
            log.add(sample, source)
    log.close(source)
    path = folder / f"{side}.jsonl"
    path.write_text(capsys.readouterr().out)
    return path


class TestReplay(SourceContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.paths = {side: _printed(tmp_path, capsys, side) for side in Side}

    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield open_source(f"replay:{self.paths[side]}", side=side)


@pytest.mark.parametrize("side", Side)
def test_where_only_the_other_hand_was_recorded_the_way_to_see_it_is_said(
    side: Side, printed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, log = ReplaySource(printed, side), TrackLog(side, as_json=False)
    for sample in all_of(source):
        log.add(sample, source)
    log.close(source)
    assert ("try --side right" in capsys.readouterr().out) == (side is Side.LEFT)


def test_what_track_printed_comes_back_point_for_point(printed: Path) -> None:
    source = SimulatedSource(profile_named("able"), 3)
    before = [sample for _ in range(60) for sample in source.read(0.0)]
    after = all_of(ReplaySource(printed))
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert new.t_s == pytest.approx(old.t_s, abs=1e-3)
        assert (old.right is None) == (new.right is None)
        if old.right is not None and new.right is not None:
            assert old.right.picture_xy is not None
            assert new.right.picture_xy is not None
            assert np.abs(new.right.points_m - old.right.points_m).max() < 1e-5
            assert np.abs(new.right.picture_xy - old.right.picture_xy).max() < 1e-5


def test_a_recording_without_points_is_posed_from_its_angles(printed: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in printed.read_text().splitlines()]
    for line in lines:
        for hand in line.get("hands", []):
            hand["points_m"] = hand["picture_xy"] = None
    older = tmp_path / "older.jsonl"
    older.write_text("".join(json.dumps(line) + "\n" for line in lines))
    samples = all_of(ReplaySource(older))
    assert len(samples) >= 55
    motion = Motion()
    for sample in samples:
        motion.feed(sample)
    again = motion.tick(samples[-1].t_s)[Side.RIGHT]
    before = lines[-2]["hands"][0]
    for finger in ("index", "middle", "ring", "little"):
        assert again.value(f"flexion.{finger}") == pytest.approx(before["flexion"][finger], abs=0.1)


@pytest.mark.long
def test_a_tape_plays_again_as_a_source_with_the_same_presses(tmp_path: Path) -> None:
    ran = opposable("play", "coin_drop/00", "--source", "sim:able", "--headless", "--json", home=tmp_path)
    assert ran.code == 0, ran.err
    path = Path(ran.objects[-1]["tape"])
    told = [name for tick in read_tape(path) for name in tick.given.affected.pressed]
    source, motion = ReplaySource(path), Motion()
    seen: list[str] = []
    for sample in all_of(source):
        motion.feed(sample)
        seen += motion.tick(sample.t_s)[Side.RIGHT].pressed
    assert len(told) >= 5
    assert seen == told
    again = opposable("play", "coin_drop/00", "--source", f"replay:{path}", "--headless", "--json", home=tmp_path)
    assert again.code == 0, again.err
    assert again.objects[-1]["tracked"] > 0.9


@pytest.mark.parametrize("content", ["", "hello\n", "{}\n", '{"header": 3}\n', "[1,2]\n"])
def test_what_is_no_recording_is_answered_in_a_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    with pytest.raises(TapeError, match="It can be a tape"):
        open_source(f"replay:{path}")
    with pytest.raises(SourceError, match="cannot be opened"):
        open_source(f"replay:{tmp_path / 'none'}")
    with pytest.raises(SourceError, match="recording is missing"):
        open_source("replay:")


def test_damage_in_the_middle_ends_it_with_its_line(printed: Path) -> None:
    lines = printed.read_text().splitlines()
    spoilt = json.loads(lines[20])
    spoilt["hands"][0]["points_m"][0][0] = math.nan
    lines[20] = json.dumps(spoilt)
    printed.write_text("\n".join(lines) + "\n")
    source = ReplaySource(printed)
    samples = all_of(source)
    assert len(samples) == 20
    assert "jsonl:21" in source.status().reason
    assert hands_in(samples)
