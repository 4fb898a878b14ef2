"""`opposable calibrate`, as a person runs it: from a recording, by a simulated hand, and used from then on."""

import json
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.hand import Side
from engine.motion.calibration import Found
from engine.motion.ranges import ABLE_ADULT, Span
from engine.paths import HOME_VARIABLE
from engine.play.storedranges import OwnRange, keep_range
from engine.problem import ProblemError
from opposable.commands.calibrate import calibrate, conclude, in_words
from opposable.ownranges import ME, affected_side, measured_as, ranges_in_use, stored_side
from tests.clips import CLIPS
from tests.opposable.commands import opposable

CLIP = CLIPS / "small_range.mp4"


@pytest.mark.long
@pytest.mark.skipif(not CLIP.exists(), reason="the clips are not here")
def test_a_stiff_hand_closes_three_times_in_its_own_range(tmp_path: Path) -> None:
    """That it never does in an able adult's is seen in tests/test_clips.py."""
    found = opposable("calibrate", "--from", f"video:{CLIP}", "--json", home=tmp_path)
    assert found.code == 0, found.err
    assert "fist" in found.objects[0]["own"]
    ran = opposable("track", f"video:{CLIP}?pace=fast", "--json", home=tmp_path)
    assert ran.objects[-1]["summary"]["presses"] == {"fist": 3}
    assert ran.objects[-1]["summary"]["model"] == "full"
    assert ran.objects[-1]["summary"]["side"] == "right", "the one that was calibrated"
    recording = tmp_path / "recording.jsonl"
    recording.write_text(ran.out)
    again = opposable("track", f"replay:{recording}", "--json", home=tmp_path)
    assert again.objects[-1]["summary"]["presses"] == {"fist": 3}


def test_a_simulated_hand_is_guided_and_its_range_is_used_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opposable("calibrate", "--source", "sim:stage_2", "--side", "left", "--json", home=tmp_path)
    assert found.code == 0, found.err
    assert {"fist", "pinch.index", "pinch.little", "wrist"} <= set(found.objects[0]["own"])
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    own = ranges_in_use(ME, "sim:stage_2")
    assert affected_side(ME, None) is Side.LEFT
    assert own.said["left"].startswith("your own range of 20")
    assert own.said["right"] == "the simulated hand's own range"
    played = opposable("play", "template/01", "--source", "sim:stage_2", "--headless", "--json", home=tmp_path)
    assert played.code == 0, played.err
    [session] = played.objects
    assert (len(session["trials"]), session["how"]) == (5, "done")
    assert session["ranges"]["left"].startswith("your own range of 20")


@pytest.mark.skipif(not CLIP.exists(), reason="the clips are not here")
def test_a_recording_that_is_not_there_is_named(tmp_path: Path) -> None:
    ran = opposable("calibrate", "--from", "video:nowhere.mp4", home=tmp_path)
    assert ran.code == 2
    assert "nowhere.mp4" in ran.err
    assert "closed" not in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no alarm clock there")
def test_who_stops_it_keeps_the_range_there_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(ProblemError, match="Your range stays as it was"):
            calibrate("camera:0", "sim:stage_1", side=None, person="me", as_json=False)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
    assert not list(tmp_path.rglob("*.json"))


def recording(folder: Path, kind: str) -> str:
    """The shortest of recordings, as `track --json` prints it."""
    path = folder / f"{kind}.jsonl"
    path.write_text(json.dumps({"t_s": 0.0, "hands": [], "events": [], "hint": None, "source": kind}) + "\n")
    return f"replay:{path}"


def test_a_recording_is_measured_by_the_range_of_what_it_was_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    for source, full in (("camera:0", 0.7), ("glove:auto", 0.4)):
        ranges = replace(ABLE_ADULT, wrist=Span(0.0, full))
        keep_range(ME, Side.RIGHT, OwnRange(ranges, "2026-11-21T10:00:00+00:00", source))
    by_camera, by_glove, by_osc = (ranges_in_use(ME, recording(tmp_path, kind)) for kind in ("camera", "glove", "osc"))
    assert by_camera.ranges[Side.RIGHT].wrist.full == 0.7
    assert by_camera.said["right"] == "your own range of 2026-11-21 (for: camera)"
    assert by_glove.ranges[Side.RIGHT].wrist.full == 0.4
    assert not by_osc.ranges
    assert by_osc.has_own(Side.RIGHT)
    assert by_osc.said["right"] == "an able adult's range (your own range is for: camera, glove)"
    assert by_osc.said["left"] == "an able adult's range"
    assert ranges_in_use(ME, "keys:").said["right"] == "an able adult's range"
    told = opposable("track", recording(tmp_path, "osc"), home=tmp_path)
    assert "Right hand: Measured by an able adult's range (your own range is for: camera, glove)." in told.out


def test_a_tape_is_measured_as_what_played_it(tmp_path: Path) -> None:
    played = opposable("play", "template/01", "--source", "sim:stage_3", "--headless", "--json", home=tmp_path)
    assert measured_as(f"replay:{played.objects[0]['tape']}") == "sim:stage_3"
    assert measured_as("replay:nowhere") == "replay:nowhere"
    assert measured_as("video:clip.mp4") == "video:clip.mp4"


@pytest.mark.parametrize("also", [(), (Side.LEFT,)])
def test_which_of_two_hands_was_measured_is_said(also: tuple[Side, ...], tmp_path: Path) -> None:
    path, lines = tmp_path / "hands.jsonl", []
    for n in range(40):
        sides = [Side.RIGHT, *(also if n > 5 else ())] if n < 35 else also
        points = [[0.01 * k, 0.02 * (k % 5), 0.0] for k in range(21)]
        hands = [{"side": side, "state": "tracked", "confidence": 1.0, "points_m": points} for side in sides]
        lines.append(json.dumps({"t_s": n / 30, "hands": hands, "source": "camera"}))
    path.write_text("\n".join(lines) + "\n")
    ran = opposable("calibrate", "--from", f"replay:{path}", home=tmp_path)
    assert ran.code == 1, ran.err
    assert ("for the right one, which is seen most. For the other: --side left." in ran.err) == bool(also)


@pytest.mark.parametrize("spec", ["osc:9200", "glove:auto", "camera:0", "lsl:glove"])
def test_what_has_no_end_is_no_recording(spec: str, tmp_path: Path) -> None:
    ran = opposable("calibrate", "--from", spec, home=tmp_path, timeout_s=30.0)
    assert ran.code == 2
    assert f"--from {spec}: this has no end" in ran.err
    assert "replay:FILE" in ran.err
    assert f"opposable calibrate --source {spec}" in ran.err


@pytest.mark.parametrize("how", ["--from", "--source"])
def test_keys_need_no_range_however_it_is_asked_for(how: str, tmp_path: Path) -> None:
    ran = opposable("calibrate", how, "keys:", home=tmp_path, timeout_s=30.0)
    assert ran.code == 2
    assert "they need no range of your own" in ran.err
    assert "track keys:" not in ran.err


def test_help_names_every_kind_of_recording(tmp_path: Path) -> None:
    ran = opposable("calibrate", "--help", home=tmp_path, timeout_s=30.0)
    told = ran.out.partition("--from")[2].partition("--side")[0]
    assert all(kind in told for kind in ("video:FILE", "replay:FILE", "sim:PROFILE")), told


def test_a_name_that_is_none_is_said(tmp_path: Path) -> None:
    ran = opposable("calibrate", "--from", "sim:able", "--person", " ", home=tmp_path)
    assert ran.code == 2
    assert "1 to 60 letters" in ran.err


@pytest.mark.parametrize(
    ("kind", "said", "not_said"),
    [
        ("camera", "Come nearer to the camera", "gloves monitor"),
        ("glove", "gloves monitor", "camera"),
        ("sim-stage_1", "choose one that moves more", "camera"),
    ],
)
def test_a_hand_that_hardly_moved_is_told_what_fits_its_source(
    kind: str, said: str, not_said: str, tmp_path: Path
) -> None:
    path, points = tmp_path / "still.jsonl", [[0.01 * k, 0.02 * (k % 5), 0.0] for k in range(21)]
    hand = {"side": "right", "state": "tracked", "confidence": 1.0, "points_m": points}
    lines = [json.dumps({"t_s": n / 30, "hands": [hand], "source": kind}) for n in range(40)]
    path.write_text("\n".join(lines) + "\n")
    ran = opposable("calibrate", "--from", f"replay:{path}", home=tmp_path)
    assert ran.code == 1, ran.err
    assert said in ran.out
    assert not_said not in ran.out


@pytest.mark.parametrize("is_theirs", [True, False])
def test_a_side_that_was_chosen_of_two_is_not_taken_for_the_persons_own(
    is_theirs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    found = Found(ABLE_ADULT, ("fist",))
    assert conclude(found, Side.LEFT, "video:two.mp4", ME, as_json=True, is_theirs=is_theirs) == 0
    assert ranges_in_use(ME, "camera:0").has_own(Side.LEFT), "the range is kept"
    assert stored_side(ME) is (Side.LEFT if is_theirs else None)


@pytest.mark.parametrize(("source", "said"), [("camera:0", "40 to 210 degrees (+-9)"), ("glove:auto", "0% to 100% of")])
def test_degrees_are_said_only_of_what_measures_them(source: str, said: str) -> None:
    line, _ = in_words(Found(ABLE_ADULT, ("flexion.index", "wrist"), {}), source)
    assert line.partition(" ")[2].strip().startswith(said)
