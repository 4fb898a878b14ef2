"""Which hand practises, as the window asks it."""

from pathlib import Path

import pygame
import pytest

from engine.hand import Side
from engine.paths import HOME_VARIABLE
from opposable.screens.calibrate_side import ask_side
from opposable.screens.window import Window
from tests.opposable.living import RETURN, click, press


def test_a_side_that_cannot_be_kept_is_played_with_all_the_same(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "file" / "home"))
    pygame.event.clear()
    press(RETURN)
    assert ask_side(window, "me") is Side.RIGHT
    assert "it will be asked again" in capsys.readouterr().err


def test_the_hand_that_practises_is_chosen_by_its_words_too_and_there_is_a_way_back(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    pygame.event.clear()
    click((92, 662))
    assert ask_side(window, "me") is None
    click((430, 590))
    assert ask_side(window, "me") is Side.LEFT
