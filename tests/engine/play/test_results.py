"""A trial that was acknowledged is never lost, and a session cut short is kept and called so."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import Side
from engine.linefile import LineFile
from engine.paths import FolderError
from engine.play.adaptation import after_trial, first_day
from engine.play.game import TrialEnded
from engine.play.level import Difficulty
from engine.play.levelfile import read_level
from engine.play.record import RecordError, header_for
from engine.play.results import ResultsWriter, TrialResult, read_results, result_of, session_json, summarise
from engine.play.tape import read_tape
from tests.engine.play.scripted_session import TICKS_A_TRIAL
from tests.engine.play.toy import GOOD, TOYS

ROOT = Path(__file__).resolve().parents[3]
LEVEL = read_level(GOOD.encode(), Path("levels/toy/01_first.yaml"), TOYS)
HEADER = header_for(LEVEL, seed=7, affected_side=Side.LEFT, source="test", started=datetime(2025, 1, 1, tzinfo=UTC))

results = st.builds(
    TrialResult,
    n=st.integers(0, 500),
    success=st.sampled_from([True, False, None]),
    cause=st.sampled_from(["dropped", "too_late", None]),
    difficulty=st.floats(0, 10),
    duration_s=st.floats(0, 120),
    assisted=st.booleans(),
    tracked=st.floats(0, 1),
)


@given(st.lists(results, max_size=30))
def test_a_session_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, trials: list[TrialResult]) -> None:
    path = tmp_path_factory.mktemp("results") / "a.jsonl"
    writer = ResultsWriter(path, HEADER)
    for trial in trials:
        writer.trial(trial)
    summary = writer.close()
    back = read_results(path)
    assert (back.header, back.trials, back.summary) == (HEADER, tuple(trials), summary)
    assert not back.interrupted


@given(st.lists(results, max_size=30))
def test_void_trials_are_in_no_rate(trials: list[TrialResult]) -> None:
    summary = summarise(trials)
    counted = [trial for trial in trials if trial.success is not None]
    without = summarise(counted)
    assert summary.success_rate == without.success_rate
    assert (summary.counted, summary.void) == (len(counted), len(trials) - len(counted))
    assert (summary.success_rate is None) == (not counted)


def test_the_rate_and_the_tracked_share_are_what_they_say() -> None:
    trials = [
        TrialResult(0, True, None, 2.0, 3.0, tracked=1.0),
        TrialResult(1, False, "dropped", 2.1, 1.0, tracked=0.9),
        TrialResult(2, None, None, 2.0, 4.0, tracked=0.5),
    ]
    assert session_json("coin_drop/01_first_coin", 7, trials) == {
        "level": "coin_drop/01_first_coin",
        "seed": 7,
        "trials": [
            {"n": 0, "success": True, "cause": None, "difficulty": 2.0, "duration_s": 3.0},
            {"n": 1, "success": False, "cause": "dropped", "difficulty": 2.1, "duration_s": 1.0},
            {"n": 2, "success": None, "cause": None, "difficulty": 2.0, "duration_s": 4.0},
        ],
        "success_rate": 0.5,
        "tracked": 0.7375,
    }
    json.dumps(session_json("x", 1, trials), allow_nan=False)
    assert session_json("x", 1, [])["success_rate"] is None


def test_what_a_level_of_two_hands_or_of_a_path_measured_is_in_its_summary() -> None:
    apart = [TrialResult(n, n > 0, None, 2.0, 3.0, lag_ms=lag) for n, lag in enumerate((900.0, 300.0, 400.0))]
    unseen = TrialResult(3, None, None, 2.0, 3.0, lag_ms=5000.0)
    assert summarise([*apart, unseen]).lag_ms == 400.0
    assert summarise([TrialResult(0, True, None, 2.0, 3.0, in_band=0.8)]).in_band == 0.8
    said = session_json("x", 1, apart)
    assert (said["lag_ms"], said["trials"][0]["lag_ms"]) == (400.0, 900.0)
    assert "in_band" not in said


def test_a_game_s_report_becomes_a_result() -> None:
    ended = TrialEnded(3, None, None, 1.23456789, 4.5, assisted=True)
    assert result_of(ended, 0.7) == TrialResult(3, None, None, 4.5, 1.2346, True, 0.7)


@given(share=st.floats(0, 1))
def test_results_cut_anywhere_keep_every_whole_trial(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    path = tmp_path_factory.mktemp("results") / "a.jsonl"
    writer = ResultsWriter(path, HEADER)
    for n in range(5):
        writer.trial(TrialResult(n, True, None, 2.5, 1.0))
    writer.close("stopped")
    raw = path.read_bytes()
    cut = raw[: int(share * len(raw))]
    path.write_bytes(cut)
    if b"\n" not in cut:
        with pytest.raises(RecordError, match=r"a\.jsonl:1: "):
            read_results(path)
        return
    back = read_results(path)
    assert len(back.trials) == min(cut.count(b"\n") - 1, 5)
    assert back.interrupted == (len(cut) < len(raw))


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for line in (b"{}", b"[]", b"{", b'{"trial":{"n":NaN}}', b'{"trial":{"n":1}}'):
        path.write_bytes(HEADER.line().encode() + b"\n" + line + b"\n" + b'{"summary":null}\n')
        with pytest.raises(RecordError, match=r"a\.jsonl:2: this line is damaged"):
            read_results(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access rights elsewhere")
def test_nobody_else_may_read_results(tmp_path: Path) -> None:
    os.umask(0o022)
    ResultsWriter(tmp_path / "new" / "a.jsonl", HEADER).close()
    assert stat.S_IMODE((tmp_path / "new" / "a.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_stops_nobody_and_each_trial_is_written_once(tmp_path: Path) -> None:
    import resource
    import signal

    path = tmp_path / "a.jsonl"
    writer = ResultsWriter(path, HEADER)
    room = path.stat().st_size + 250
    before, old = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        for n in range(6):
            writer.trial(TrialResult(n, True, None, 2.5, 1.0))
        assert "large" in writer.problem.lower()
        kept = read_results(path)
        assert kept.trials == writer.trials[: len(kept.trials)]
        assert kept.interrupted
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)
    writer.trial(TrialResult(6, False, "dropped", 2.5, 1.0))
    assert writer.problem == ""
    writer.close()
    assert read_results(path).trials == writer.trials
    assert len(writer.trials) == 7


def test_a_record_is_never_written_over(tmp_path: Path) -> None:
    LineFile(tmp_path / "a.jsonl").close()
    with pytest.raises(FolderError, match="File exists"):
        LineFile(tmp_path / "a.jsonl")


def killed_session(folder: Path, after_trials: int) -> list[int]:
    """Play until so many trials were acknowledged, end the process by force; what it acknowledged."""
    command = [sys.executable, "-m", "tests.engine.play.scripted_session", str(folder), "100000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as session:
        assert session.stdout is not None
        first = [session.stdout.readline() for _ in range(after_trials)]
        session.kill()
        return [
            int(line)
            for line in b"".join([*first, session.stdout.read()]).splitlines(keepends=True)
            if line[-1:] == b"\n"
        ]


@pytest.mark.long
def test_R1_an_acknowledged_trial_survives_the_death_of_the_process(tmp_path: Path) -> None:
    chance = Random(11)
    for run in range(6):
        folder = tmp_path / str(run)
        acknowledged = killed_session(folder, chance.randint(1, 60))
        kept = read_results(folder / "results.jsonl")
        assert kept.interrupted
        numbers = [trial.n for trial in kept.trials]
        assert numbers == list(range(len(numbers)))
        assert len(acknowledged) <= len(numbers) <= len(acknowledged) + 1
        tape = read_tape(folder / "tape.jsonl")
        assert tape.interrupted
        ticks = list(tape)
        told = [event["n"] for tick in ticks for event in tick.events]
        assert told[: len(acknowledged)] == acknowledged
        assert len(ticks) >= TICKS_A_TRIAL * len(acknowledged)


def test_why_the_difficulty_moved_is_kept_beside_the_trials(tmp_path: Path) -> None:
    writer = ResultsWriter(tmp_path / "a.jsonl", HEADER)
    state, changes = first_day(Difficulty(start=5.0)), []
    for n, hit in enumerate((True, False, None)):
        writer.trial(TrialResult(n, hit, None, state.level, 1.0))
        state, change = after_trial(state, hit)
        writer.change(change)
        changes.append(change)
    writer.close()
    assert read_results(tmp_path / "a.jsonl").changes == tuple(changes)


def test_sentences_stand_beside_the_change_and_older_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    change = after_trial(first_day(Difficulty(start=5.0)), True)[1]
    writer = ResultsWriter(path, HEADER)
    writer.change(change, "That was right.", "Level 5.0: done.")
    writer.close()
    back = read_results(path)
    assert (back.changes, back.sentences) == ((change,), (("That was right.", "Level 5.0: done."),))
    older = []
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if "change" in said:
            said = {"change": {key: value for key, value in said["change"].items() if key != "then"}}
        older.append(json.dumps(said, separators=(",", ":")))
    path.write_text("\n".join(older) + "\n", encoding="utf-8")
    back = read_results(path)
    assert (back.changes, back.sentences) == ((change,), (("", ""),))
