"""A person's own settings: set by one command, kept for this user alone, and kept to by every window."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from engine.hand import Side
from engine.play.guide import Guide
from engine.sources import open_source
from engine.view.palette import PALETTES, PaletteName
from opposable.comfort import USUAL, Comfort, comfort_path, keep_comfort, own_comfort
from opposable.commands.levels import find_level
from opposable.commands.menu import offered_levels
from opposable.commands.settings import settings
from opposable.screens import calibrate, calibrate_side, menu
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import Window, open_window
from opposable.sitting import Sitting
from tests.opposable.commands import ROOT, opposable

CHOSEN = Comfort("high_contrast", 2.0, 40, voice=False)


@pytest.fixture
def window(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window of somebody who chose."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    assert own_folder == comfort_path().parent
    keep_comfort(CHOSEN)
    opened = open_window("test")
    yield opened
    opened.close()


def test_what_is_set_is_printed_kept_and_read_again(tmp_path: Path) -> None:
    usual = opposable("settings", home=tmp_path)
    assert usual.code == 0
    assert re.findall(r"--(\w+) +(\w+)", usual.out)[:4] == [
        ("palette", "standard"), ("text", "1"), ("sound", "100"), ("voice", "on"),
    ]  # fmt: skip
    assert not (tmp_path / "settings.json").exists()
    words = ("settings", "--palette", "high_contrast", "--text", "1.5")
    assert opposable(*words, home=tmp_path).code == 0
    after = opposable("settings", "--sound", "40", "--voice", "off", home=tmp_path)
    for wanted in (r"high_contrast .*plain", r"1\.5 .*1 .*2", r"40 .*100", r"off .*on or off"):
        assert re.search(wanted, after.out), after.out
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        (("--palette", "bright"), "it can be standard or high_contrast or plain"),
        (("--text", "3"), "write a number from 1 to 2"),
        (("--sound", "-1"), "write a whole number from 0 to 100"),
        (("--sond", "3"), "did you mean '--sound'?"),
    ],
)
def test_what_cannot_be_set_is_answered_with_what_can(typed: tuple[str, ...], answered: str, tmp_path: Path) -> None:
    ran = opposable("settings", *typed, home=tmp_path)
    assert ran.code == 2
    assert answered in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"text": 9}',
        b'{"text": NaN}',
        b'{"palette": "pink"}',
        b'{"sound": "loud"}',
        b'{"format": 7}',
    ],
)
def test_a_file_that_cannot_be_read_is_set_aside_in_words(
    content: bytes, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_comfort(CHOSEN)
    comfort_path().write_bytes(content)
    assert own_comfort() == USUAL
    said = capsys.readouterr().err
    assert "opposable settings" in said
    assert len(said.splitlines()) == 1
    assert [path.read_bytes() for path in own_folder.glob("settings.broken*")] == [content]
    assert own_comfort() == USUAL
    assert capsys.readouterr().err == ""


def test_settings_that_cannot_be_kept_are_answered_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = opposable("settings", "--text", "2", home=tmp_path / "file" / "below")
    assert ran.code == 1
    assert "OPPOSABLE_HOME" in ran.err
    assert "Traceback" not in ran.err


def test_play_looks_and_sounds_as_was_chosen(window: Window, tmp_path: Path) -> None:
    sitting = Sitting(find_level("coin_drop/01"), "sim:able", Side.RIGHT, 1, tmp_path)
    playing = Live(sitting, open_source("sim:able"), window, PlayScreen(window, Side.RIGHT))
    try:
        painter = playing.screen.painter
        assert painter.palette is PALETTES["high_contrast"]
        assert painter.layout.text_scale == playing.screen.mirror.layout.text_scale == 2.0
        assert playing.sound.volume == pytest.approx(0.4)
        assert not playing.speaker.available
    finally:
        playing.close()
        sitting.close()


def test_every_window_is_opened_with_the_settings() -> None:
    opened = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "opposable").rglob("*.py")
        if re.search(r"\b(?<!class )Window\(", path.read_text(encoding="utf-8"))
    }
    assert opened == {"opposable/screens/window.py"}


@pytest.mark.parametrize("text", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("palette", PALETTES)
def test_nothing_is_written_beyond_its_paper(
    palette: PaletteName, text: float, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.comfort = Comfort(palette, text)
    painter = window.painter(Side.RIGHT)
    written: list[tuple[pygame.Surface, tuple[int, int]]] = []
    for module in (menu, calibrate, calibrate_side):
        real = module.fitted

        def kept(*words: object, real: object = real, **more: object) -> pygame.Surface:
            picture: pygame.Surface = real(*words, **more)  # type: ignore[operator]
            written.append((picture, words[3]))  # type: ignore[arg-type]
            return picture

        monkeypatch.setattr(module, "fitted", kept)
    shown = menu.Menu(offered_levels(), painter, tmp_path)
    monkeypatch.setattr(shown, "_make_one", lambda: None)
    for game in ("", *shown.games):
        shown.place = menu.Place(game)
        for focus in range(len(shown.cards()) + 1):
            shown.place = menu.Place(game, focus=focus)
            shown.paint()
    calibrate_side.paint_question(painter, 0, None)
    calibrate.CalibrateScreen(window, Side.RIGHT).paint(Guide(Side.RIGHT), "Open your hand and rest your forearm.")
    assert len(written) > 20
    for picture, (width, height) in written:
        assert picture.get_width() <= width
        assert picture.get_height() <= height


def test_letters_grow_with_the_setting(window: Window, tmp_path: Path) -> None:
    def ink(text: float) -> int:
        window.comfort = Comfort("high_contrast", text)
        shown = menu.Menu(offered_levels(), window.painter(Side.RIGHT), tmp_path)
        head = shown.paint().subsurface(menu.HOME_HEAD)
        return pygame.mask.from_threshold(head, (255, 255, 255), (60, 60, 60)).count()

    assert ink(2.0) > 1.5 * ink(1.0) > 0


def test_the_command_changes_only_what_was_asked(own_folder: Path) -> None:
    assert settings("plain", None, None, None) == 0
    assert settings(None, None, None, False) == 0
    assert own_comfort() == Comfort("plain", voice=False)
    assert [path.name for path in own_folder.iterdir()] == ["settings.json"]
