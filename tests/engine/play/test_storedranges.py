"""Kept ranges: they come back as they were, for nobody else to read, and a broken file stops nobody."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.hand import Finger, Side
from engine.motion.ranges import ABLE_ADULT, Span
from engine.paths import HOME_VARIABLE
from engine.play.storedranges import (
    NoNameError,
    OwnRange,
    keep_range,
    keep_side,
    person_folder,
    range_path,
    source_kind,
    stored_range,
    stored_side,
)

OWN = OwnRange(
    replace(ABLE_ADULT, spread=Span(-0.25, 0.125), fist=(Finger.INDEX, Finger.RING)),
    "2026-01-02",
    "camera:0",
    ("fist",),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize("person", ["me", "Änne B.", "../..", "con", "名前" * 30])
def test_a_range_comes_back_for_its_person_side_and_kind_of_source_alone(person: str, home: Path) -> None:
    path = keep_range(person, Side.LEFT, OWN)
    assert path.resolve().is_relative_to(home.resolve())
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert stored_range(person, Side.LEFT, "video:x.mp4?pace=fast") == (OWN, "")
    assert stored_range(person, Side.RIGHT, "camera:0") == (None, "")
    assert stored_range(person, Side.LEFT, "glove:auto") == (None, "")
    assert stored_range("somebody else", Side.LEFT, "camera:0") == (None, "")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', "\x00\xff", "null"])
def test_a_broken_file_is_said_and_set_aside(content: str) -> None:
    path = keep_range("me", Side.RIGHT, OWN)
    path.write_text(content, encoding="latin-1")
    found, trouble = stored_range("me", Side.RIGHT, "camera:0")
    assert found is None
    assert path.name in trouble
    assert "opposable calibrate" in trouble
    assert not path.exists()
    assert len(list(path.parent.glob("*.broken*"))) == 1
    assert stored_range("me", Side.RIGHT, "camera:0") == (None, "")


def test_a_range_of_no_length_or_another_format_is_not_used() -> None:
    keep_range("me", Side.RIGHT, replace(OWN, ranges=replace(ABLE_ADULT, wrist=Span(0.5, 0.5))))
    assert "no length" in stored_range("me", Side.RIGHT, "camera:0")[1]
    keep_range("me", Side.RIGHT, replace(OWN, format=99))
    assert "format 99" in stored_range("me", Side.RIGHT, "camera:0")[1]


def test_a_write_that_cannot_be_done_leaves_the_old_range(monkeypatch: pytest.MonkeyPatch) -> None:
    path = keep_range("me", Side.RIGHT, OWN)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_range("me", Side.RIGHT, replace(OWN, found_utc="later"))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_side_is_remembered_and_a_name_is_needed() -> None:
    assert stored_side("me") is None
    keep_side("me", Side.LEFT)
    assert stored_side("me") is Side.LEFT
    with pytest.raises(NoNameError, match="1 to 60"):
        range_path("  ", Side.LEFT, "camera:0")


def test_one_name_typed_on_two_keyboards_is_one_person_and_signs_that_are_not_seen_are_no_name() -> None:
    assert person_folder("Zo\u00eb") == person_folder("Zoe\u0308") == person_folder(" ZO\u00cb ")
    assert person_folder("\u039c\u03b1\u0390\u03c1\u03b7") == person_folder("\u039c\u03b1\u0390\u03c1\u03b7".upper())
    # A full-width space, a space that does not break, and signs that join letters, as keyboards type them.
    for name in (
        "\u5c71\u7530\u3000\u592a\u90ce",
        "Anna\u00a0Maria",
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "Ann\n",
    ):
        assert person_folder(name).name.startswith("p-")
    for name in ("red\x1b[31m", "a\nb", "a\x00"):
        with pytest.raises(NoNameError, match="no other signs"):
            person_folder(name)


def test_kinds_of_sources() -> None:
    assert {source_kind(spec) for spec in ("camera:0", "video:a.mp4", "shared:x")} == {"camera"}
    assert source_kind("glove:/dev/ttyUSB0") == "glove"
    assert source_kind("sim:stage_1") != source_kind("sim:stage_2")
