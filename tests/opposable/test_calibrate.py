"""`opposable calibrate`, as a person runs it: from a recording, by a simulated hand, and used from then on."""

from pathlib import Path

import pytest

from engine.hand import Side
from engine.paths import HOME_VARIABLE
from opposable.ownranges import ME, affected_side, ranges_in_use
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


def test_a_name_that_is_none_is_said(tmp_path: Path) -> None:
    ran = opposable("calibrate", "--from", "sim:able", "--person", " ", home=tmp_path)
    assert ran.code == 2
    assert "1 to 60 letters" in ran.err
