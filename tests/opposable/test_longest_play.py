"""Play without a window ends after an hour at the latest, and says so."""

from pathlib import Path

import pytest

from engine.play.drive import LONGEST_PLAY_S
from opposable.commands import play as command


def played(capsys: pytest.CaptureFixture[str], *, as_json: bool = False) -> tuple[str, str]:
    code = command.play("coin_drop/01", "sim:able", side="right", seed=1, headless=True, as_json=as_json)
    assert code == 0
    told = capsys.readouterr()
    return told.out, told.err


def test_play_that_ends_by_the_clock_says_so(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "LONGEST_PLAY_S", 6.0)
    out, err = played(capsys)
    assert out.splitlines()[-1] == "It ended after 0.1 minutes, the longest play without a window."
    assert err == ""
    out, err = played(capsys, as_json=True)
    assert len(out.splitlines()) == 1
    assert err == "It ended after 0.1 minutes, the longest play without a window.\n"
    assert own_folder.is_dir()


@pytest.mark.usefixtures("own_folder")
def test_play_that_comes_to_its_end_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = played(capsys)
    assert "longest" not in out + err
    assert LONGEST_PLAY_S == 3600
