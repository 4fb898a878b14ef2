"""A new day begins where the last one ended, whatever became of the file in between."""

import os
import stat
from pathlib import Path

import pytest

from engine.paths import HOME_VARIABLE
from engine.play.adaptation import after_trial, first_day, new_day
from engine.play.level import Difficulty
from engine.play.progress import keep_progress, progress_path, stored_progress

LEVEL, DIFFICULTY = "coin_drop/01_one_coin", Difficulty(start=4.0)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path


def test_what_was_kept_comes_back_within_the_limits_of_today() -> None:
    assert stored_progress("Ada", LEVEL, DIFFICULTY) == (None, "")
    state = first_day(DIFFICULTY)
    for hit in (True, True, False, True) * 6:
        state, _ = after_trial(state, hit)
    keep_progress("Ada", LEVEL, state)
    assert stored_progress("Ada", LEVEL, DIFFICULTY) == (state, "")
    known, _ = stored_progress("ada", LEVEL, Difficulty(start=2.0, max=3.0))
    assert known is not None
    assert (known.rating, known.max_level) == (state.rating, 3.0)
    begun, why = new_day(known)
    assert (begun.level, why.reason) == (3.0, "newday")
    assert stored_progress("Bea", LEVEL, DIFFICULTY) == (None, "")


def test_only_this_user_may_read_it() -> None:
    keep_progress("Ada", LEVEL, first_day(DIFFICULTY))
    path = progress_path("Ada", LEVEL)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"adaptation": {"rating": 99}}', "\x00", '{"format": 9}'])
def test_a_broken_file_is_set_aside_and_said(content: str) -> None:
    path = progress_path("Ada", LEVEL)
    path.parent.mkdir(parents=True)
    path.write_text(content)
    known, trouble = stored_progress("Ada", LEVEL, DIFFICULTY)
    assert known is None
    assert "set aside" in trouble
    assert "first day" in trouble
    assert not path.exists()
    assert len(list(path.parent.glob("*.broken*"))) == 1
