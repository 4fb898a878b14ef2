"""The commands as a person meets them: what they print, what they leave behind, and how they end."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from engine.tracking import supervisor
from engine.tracking.feeds import no_picture_from
from tests.opposable.commands import ROOT, opposable

LEVEL = "coin_drop/01"
MAY_BE_SAID = {no_picture_from("shared", ""), supervisor.PAUSED, supervisor.HANGS, supervisor.AGAIN}


def test_help_names_every_command(tmp_path: Path) -> None:
    ran = opposable("--help", home=tmp_path)
    assert ran.code == 0
    for command in ("track", "play", "replay", "check", "schema", "levels", "demo", "setup"):
        assert f"  {command} " in ran.out
    assert "practice aid" in " ".join(ran.out.split())


@pytest.mark.parametrize("command", ["track", "play", "replay", "check", "schema", "levels", "demo", "setup"])
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    ran = opposable(command, "--help", home=tmp_path)
    assert ran.code == 0
    assert "Usage:" in ran.out
    assert "--help" in ran.out


def test_the_package_itself_can_be_run() -> None:
    words = [sys.executable, "-m", "opposable", "check", "--help"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Usage: opposable check" in ran.stdout


def test_a_command_that_is_not_understood_ends_with_2(tmp_path: Path) -> None:
    assert opposable("paly", home=tmp_path).code == 2
    assert opposable("play", home=tmp_path).code == 2
    assert opposable("play", LEVEL, "--side", "middle", home=tmp_path).code == 2


def test_a_played_session_is_printed_kept_and_private(tmp_path: Path) -> None:
    ran = opposable("play", LEVEL, "--source", "sim:able", "--seed", "3", "--headless", "--json", home=tmp_path)
    assert ran.code == 0, ran.err
    (said,) = ran.objects
    assert said["level"] == "coin_drop/01_one_coin"
    assert said["seed"] == 3
    assert [trial["n"] for trial in said["trials"]] == sorted(trial["n"] for trial in said["trials"])
    for trial in said["trials"]:
        assert set(trial) == {"n", "success", "cause", "difficulty", "duration_s"}
        assert trial["success"] in (True, False, None)
    counted = [trial["success"] for trial in said["trials"] if trial["success"] is not None]
    assert said["success_rate"] == pytest.approx(sum(counted) / len(counted), abs=1e-4)
    assert 0.9 < said["tracked"] <= 1.0
    kept = sorted((tmp_path / "sessions").iterdir())
    assert [path.suffixes for path in kept] == [[".results", ".jsonl"], [".tape", ".jsonl"]]
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "sessions").stat().st_mode) == 0o700


def test_how_far_two_hands_come_apart_is_told(tmp_path: Path) -> None:
    text = "extends: mirror_avatar/09_at_the_same_time\nsets: 1\nrepetitions: 2\nsettle_s: 0\n"
    (tmp_path / "mine.yaml").write_text(text)
    words = ("play", str(tmp_path / "mine.yaml"), "--source", "sim:able", "--headless")
    [said] = opposable(*words, "--json", home=tmp_path).objects
    assert 0 < said["lag_ms"] < 1000
    assert f"{said['lag_ms']:.0f} ms one hand behind the other" in opposable(*words, home=tmp_path).out


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told in another way there")
def test_a_camera_s_process_ends_quietly_where_nobody_reads_on(tmp_path: Path) -> None:
    env = {**os.environ, "OPPOSABLE_HOME": str(tmp_path)}
    words = [sys.executable, "-m", "opposable.cli", "track", "synthetic:able", "--json"]
    with subprocess.Popen(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tracking:
        assert tracking.stdout is not None
        assert tracking.stderr is not None
        tracking.stdout.readline()
        tracking.stdout.close()
        # That the picture paused may be said, where the machine itself was held up: one calm line, never a traceback.
        for line in tracking.stderr.read().decode().splitlines():
            assert line in MAY_BE_SAID
        assert tracking.wait(30) == 1


def test_options_before_a_command_count_and_those_after_it_go_first(tmp_path: Path) -> None:
    before = ("--source", "sim:able", "--side", "left")
    short = ("template/01", "--headless", "--json")
    for n, words in enumerate(([*before, "play", *short], [*before, "play", *short, "--side", "right"])):
        ran = opposable(*words, home=tmp_path / str(n))
        assert ran.code == 0, ran.err
        (results,) = (tmp_path / str(n) / "sessions").glob("*.results.jsonl")
        header = json.loads(results.read_text().splitlines()[0])["header"]
        assert (header["source"], header["affected_side"]) == ("sim:able", "left" if n == 0 else "right")


def test_an_option_before_a_command_that_has_none_of_its_name_is_told(tmp_path: Path) -> None:
    for command in ("check", "levels"):
        ran = opposable("--source", "sim:able", command, "levels", home=tmp_path)
        assert ran.code == 2
        assert f"'{command}' has no --source" in ran.err


def test_the_same_seed_plays_the_same_and_a_tape_plays_again(tmp_path: Path) -> None:
    first, second = (
        opposable("play", LEVEL, "--source", "sim:stage_2", "--headless", "--json", home=tmp_path / name).objects[0]
        for name in ("one", "two")
    )
    assert first["trials"] == second["trials"]
    (tape,) = (tmp_path / "one" / "sessions").glob("*.tape.jsonl")
    ran = opposable("replay", str(tape), "--json", home=tmp_path)
    assert ran.code == 0, ran.err
    assert ran.objects[0]["same_as_recorded"]
    assert not ran.objects[0]["interrupted"]
    again = [(trial["n"], trial["success"], trial["cause"]) for trial in ran.objects[0]["trials"]]
    assert again == [(trial["n"], trial["success"], trial["cause"]) for trial in first["trials"]]


def test_a_tape_that_was_cut_plays_up_to_the_cut_and_says_so(tmp_path: Path) -> None:
    opposable("play", LEVEL, "--source", "sim:able", "--headless", "--json", home=tmp_path)
    (tape,) = (tmp_path / "sessions").glob("*.tape.jsonl")
    tape.write_bytes(tape.read_bytes()[: tape.stat().st_size // 2])
    ran = opposable("replay", str(tape), home=tmp_path)
    assert ran.code == 0, ran.err
    assert "interrupted" in ran.out


def test_a_tape_with_a_damaged_line_plays_up_to_it_and_names_it(tmp_path: Path) -> None:
    opposable("play", "template/01", "--source", "sim:able", "--headless", "--json", home=tmp_path)
    (tape,) = (tmp_path / "sessions").glob("*.tape.jsonl")
    lines = tape.read_text().splitlines()
    ends = [n for n, line in enumerate(lines) if "TrialEnded" in line]
    damaged = ends[2] + 3
    lines[damaged - 1] = lines[damaged - 1][:-4]
    tape.write_text("\n".join(lines) + "\n")
    ran = opposable("replay", str(tape), "--json", home=tmp_path)
    assert ran.code == 1
    assert f"{tape.name}:{damaged}: this line is damaged" in ran.err
    assert len(ran.objects[0]["trials"]) == 3
    assert ran.objects[0]["same_as_recorded"]


def test_what_is_no_tape_is_answered_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello\n")
    ran = opposable("replay", str(tmp_path / "note.txt"), home=tmp_path)
    assert ran.code == 1
    assert "note.txt:1:" in ran.err
    assert "Traceback" not in ran.err


def test_check_finds_nothing_in_the_shipped_levels(tmp_path: Path) -> None:
    ran = opposable("check", "--no-play", "levels", home=tmp_path)
    assert ran.code == 0, ran.out
    assert "nothing to correct" in ran.out


def test_check_of_several_levels_says_how_far_it_is(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("extends: template/01_close_and_open\nsets: 1\nrepetitions: 1\n")
    ran = opposable("check", str(tmp_path), home=tmp_path / "home")
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == ["1 of 2", "2 of 2"]
    assert "levels checked" in ran.out


def test_check_names_every_mistake_with_its_place(tmp_path: Path) -> None:
    text = (ROOT / "levels/coin_drop/01_one_coin.yaml").read_text()
    level = tmp_path / "mine.yaml"
    level.write_text(text.replace("reach: carried", "reach: caried").replace("coin_diameter_mm", "coin_diametre_mm"))
    ran = opposable("check", str(level), home=tmp_path)
    assert ran.code == 1
    assert "did you mean 'carried'?" in ran.out
    assert "did you mean 'coin_diameter_mm'?" in ran.out
    for line in ran.out.splitlines()[:-1]:
        path, row, column, *_ = line.removeprefix(str(tmp_path)).split(":")
        assert path.endswith("mine.yaml")
        assert row.isdigit()
        assert column.isdigit()


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (("play", "coin_drop/99", "--headless", "--source", "sim:able"), 2, "coin_drop"),
        (("play", "no/such.yaml", "--headless", "--source", "sim:able"), 2, "no/such.yaml"),
        (("play", LEVEL, "--headless", "--source", "sim:abel"), 2, "able"),
        (("play", LEVEL, "--headless", "--source", "simm:able"), 2, "sim"),
        (("track", "vide:x.mp4"), 2, "video"),
        (("track", "keys:"), 2, "in the window"),
        (("track", "video:levels"), 2, "is a folder"),
        (("play", "coin_drop"), 2, "coin_drop/04_across_the_table"),
        (("play", "nonsense"), 2, "levels list"),
        (("replay", "nowhere.jsonl"), 2, "nowhere.jsonl"),
        (("check", "nowhere.yaml"), 2, "nowhere.yaml"),
    ],
)
def test_bad_input_gets_a_sentence_and_no_traceback(
    words: tuple[str, ...], code: int, expected: str, tmp_path: Path
) -> None:
    ran = opposable(*words, home=tmp_path)
    assert ran.code == code, (ran.out, ran.err)
    assert expected in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_a_source_that_gave_nothing_has_no_summary(tmp_path: Path) -> None:
    ran = opposable("track", "video:README.md", home=tmp_path)
    assert ran.code == 1
    assert "README.md cannot be read as a video" in ran.err
    assert "samples" not in ran.out


def test_a_home_that_cannot_be_used_gets_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    ran = opposable("play", LEVEL, "--source", "sim:able", "--headless", home=home)
    assert ran.code == 1
    assert str(home) in ran.err
    assert "OPPOSABLE_HOME" in ran.err
    assert "Traceback" not in ran.err


def test_keys_are_not_played_without_a_window(tmp_path: Path) -> None:
    ran = opposable("play", LEVEL, "--source", "keys:", "--headless", home=tmp_path)
    assert ran.code == 2
    assert "leave out --headless" in ran.err


def test_a_source_that_never_opens_leaves_no_empty_session_behind(tmp_path: Path) -> None:
    ran = opposable("play", LEVEL, "--source", "video:README.md", "--headless", home=tmp_path)
    assert ran.code == 1
    assert "README.md cannot be read as a video" in ran.err
    assert "trials" not in ran.out
    assert list((tmp_path / "sessions").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on file sizes")
def test_R4_what_could_not_be_written_is_said(tmp_path: Path) -> None:
    words = f"ulimit -f 40; exec {sys.executable} -m opposable.cli play {LEVEL} --source sim:able --headless"
    env = {**os.environ, "OPPOSABLE_HOME": str(tmp_path)}
    ran = subprocess.run(["bash", "-c", words], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout
    assert "could not be written whole" in ran.stderr
    assert "Well done" not in ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_therapist_sets_the_difficulty_and_may_hold_it(tmp_path: Path) -> None:
    common = ("play", "template/01", "--source", "sim:able", "--headless", "--json", "--difficulty", "3")
    [held] = opposable(*common, "--pin", home=tmp_path).objects
    assert {trial["difficulty"] for trial in held["trials"]} == {3.0}
    [free] = opposable(*common, home=tmp_path).objects
    assert free["trials"][0]["difficulty"] == 3.0
    assert free["trials"][-1]["difficulty"] > 4.0
    assert opposable(*common[:5], "--pin", home=tmp_path).code == 2
