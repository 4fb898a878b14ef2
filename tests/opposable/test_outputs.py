"""What cannot be written is said in one sentence, before the work."""

from pathlib import Path

import pytest

from engine.paths import HOME_VARIABLE
from engine.problem import ProblemError
from opposable.commands.demo import demo
from opposable.commands.levels import preview, simulate
from opposable.commands.setup import setup
from opposable.console import FOUND


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place below a file, where nothing can be written, whoever asks."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    (tmp_path / "file").write_text("not a folder")
    return tmp_path / "file"


def test_a_preview_that_cannot_be_written_is_said(closed: Path) -> None:
    with pytest.raises(ProblemError, match=r"x\.png: it cannot be written"):
        preview("coin_drop/01", closed / "x.png")


def test_a_chart_that_cannot_be_written_is_said_before_the_play(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ProblemError, match=r"x\.png: it cannot be written"):
        simulate("coin_drop/01", None, 1, 1, closed / "x.png", as_json=False)
    assert capsys.readouterr().out == ""


def test_a_demo_whose_pictures_have_no_place_says_so_before_it_plays(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ProblemError, match="this folder cannot be made"):
        demo(12.0, closed / "pictures")
    assert capsys.readouterr().out == ""


def test_setup_reports_to_its_end_where_data_cannot_be_kept(
    closed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(closed / "home"))
    monkeypatch.setenv("OPPOSABLE_HAND_MODEL", str(closed))
    assert setup(fetch=False) == FOUND
    told = capsys.readouterr().out.splitlines()
    assert told[-1].startswith(f"Your data      {closed / 'home'} cannot be used")
