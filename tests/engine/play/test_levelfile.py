"""A broken level file gives sentences with file, line and column, never a traceback."""

import re
import tracemalloc
from pathlib import Path

import pytest

from engine.play.levelfile import LevelErrors, find_levels, load_level, read_level, resolve_level
from games import BUILT_IN
from tests.engine.play.broken_levels import GAMES, HAND_MADE, PATH, said
from tests.engine.play.toy import GOOD, ToyLevel


def changed(old: str, new: str) -> list[str]:
    assert old in GOOD
    return [line.removeprefix(f"{PATH}:") for line in said(GOOD.replace(old, new, 1))]


def test_a_good_level_is_read_with_its_text_and_its_mark() -> None:
    file = read_level(GOOD.encode(), PATH, GAMES)
    assert isinstance(file.level, ToyLevel)
    assert (file.game.name, file.path, file.text, file.name) == ("toy", PATH, GOOD, "toy/slow")
    assert len(file.sha256) == 64
    assert file.level.steps[1].note == "slow: and gentle"


@pytest.mark.parametrize("text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "---\n" + GOOD + "...\n"])
def test_what_other_editors_write_is_read_as_well(text: str) -> None:
    assert read_level(text.encode(), PATH, GAMES).level == read_level(GOOD.encode(), PATH, GAMES).level


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fall_s: 3", "fall_sped: 3", "13:3: tray.fall_sped: unknown key; did you mean 'fall_s'?"),
        ("game: toy", "game: tyo", "2:7: game: there is no such game; did you mean 'toy'?"),
        ("game: toy", "gmae: toy", "2:1: gmae: unknown key; did you mean 'game'?"),
        ("hand: unaffected", "hand: left", "8:7: hand: found 'left'; it can be 'affected' or 'unaffected'"),
        ("stage: 1", "stage: 4", "7:8: stage: found 4; it may be 1 to 3"),
        ("stage: 1", "stage: yes", "7:8: stage: found 'yes'; write a whole number from 1 to 3, without a unit"),
        ("fall_s: 3", "fall_s: 3 s", "13:11: tray.fall_s: found '3 s'; write a number from 0.5 to 10, without a unit"),
        ("fall_s: 3", "fall_s: 300", "13:11: tray.fall_s: found 300; it may be 0.5 to 10"),
        ("fall_s: 3", "fall_s:", "13:10: tray.fall_s: nothing is written here; write a number"),
        ("fall_s: 3", "fall_s: 3,5", "13:11: tray.fall_s: found '3,5'; write 3.5, with a point"),
        ("fall_s: 3", 'fall_s: "3"', "13:11: tray.fall_s: found 3 in quotation marks; write it without them"),
        ("easy: 40, hard: 18", "easy: 40,5, hard: 18", "tray.size_mm.5: unknown key; a comma stands between keys"),
        ("easy: 40, hard: 18", "easy: 40,5, hard: 18,5", "tray.size_mm.5: unknown key; a comma stands between keys"),
        ("easy: 40, hard: 18", "easy:40, hard: 18", "write a space after the colon: 'easy: 40'"),
        (
            "fall_s: 3",
            "fall_s: .nan",
            "13:11: tray.fall_s: found what is no number; write an ordinary number",
        ),
        (
            "fall_s: 3",
            "fall_s: -.inf",
            "13:11: tray.fall_s: found what is no number; write an ordinary number",
        ),
        (
            "fall_s: 3",
            "fall_s: 1e999",
            "13:11: tray.fall_s: found what is no number; write an ordinary number",
        ),
        ("fall_s: 3", "fall_s: {easy: 1, hrad: 2}", "13:21: tray.fall_s.hrad: unknown key; did you mean 'hard'?"),
        ("easy: 40, hard: 18", "easy: 18, hard: 40", "12:12: tray.size_mm: easy is 18 and hard is 40"),
        ("repetitions: 5", "repetitions: 12:30", "9:14: repetitions: found '12:30'; write a whole number from 1 to 60"),
        ("repetitions: 5", "repetitions: 1e1", "9:14: repetitions: found 10.0; write a whole number from 1 to 60"),
        ("repetitions: 5", "repetitions: " + "9" * 5000, "9:14: repetitions: a number of 5000 digits"),
        ("repetitions: 5", "repetitions: 60", "9:14: repetitions: 2 sets of 60 could take 121 min; the most is 60 min"),
        ("title: A toy", "title: 5", "3:8: title: found 5; write a text; put quotes around it"),
        ("title: A toy", "title: no\ntitle: yes", "4:1: title: 'title' is written twice, in lines 3 and 4"),
        ("title: A toy", "title: " + "long " * 20, "3:8: title: the text has 99 letters; at most 60"),
        ("title: A toy", "title: ''", "3:8: title: the text is empty; write a few words"),
        ("title: A toy\n", "", "2:1: title: this key is needed and missing: The name on the button"),
        ("index", "indx", "15:14: steps.0.finger: found 'indx'; did you mean 'index'?"),
        ("finger: index", "finger: 2024-13-45", "15:14: steps.0.finger: found '2024-13-45'; it can be 'thumb'"),
        ("hold_s: 2}", "hold_s: [2]}", "15:29: steps.0.hold_s: found a list; write a number from 0 to 15"),
        ("min: 0, max: 8", "min: 3, max: 8", "10:21: difficulty.start: start is 2, min is 3 and max is 8"),
        ("title: A toy", "title: @toy", "3:8: this character cannot begin a value; put quotes around the text"),
        ("title: A toy", "title: A toy: small", "3:13: a colon cannot stand here"),
        ("title: A toy\n", "title: A toy\n  note: x\n", "4:3: this line stands further right than the one above"),
        ("title: A toy\n", "title: A toy: x\n", "3:13: a colon cannot stand here"),
        ("title: A toy\n", "title: A toy\n  note: x\n\tstage: 1\n", "; line 5 begins with a tab too"),
        ("title: A toy", 'title: "A toy', "3:8: a quotation mark was opened here and never closed"),
        ('note: "slow: and gentle"', 'note: "slow', "18:11: a quotation mark was opened here and never closed"),
        ("title: A toy", "title A toy", "3:1: a line without a colon and a space after it; write 'key: value'"),
        ("  fall_s: 3", "\tfall_s: 3", "13:1: a tab stands here; YAML wants spaces"),
        ("  fall_s: 3", "   fall_s: 3", "13:4: "),
        ("fall_s: 3", "fall_s: [3", "13:11: the list opened here with '[' is not closed"),
    ],
)
def test_a_mistake_is_answered_with_its_place_and_what_to_write(old: str, new: str, expected: str) -> None:
    answers = changed(old, new)
    assert any(expected in answer for answer in answers), answers


def test_words_and_numbers_mean_what_an_editor_thinks() -> None:
    assert changed("repetitions: 5", "repetitions: 010") == []
    level = read_level(GOOD.replace("repetitions: 5", "repetitions: 010").encode(), PATH, GAMES).level
    assert level.repetitions == 10
    for title in ("yes", "12:30", "on", "2024-01-01", "0x", "1_000", "=", "NO"):
        assert read_level(GOOD.replace("A toy", title).encode(), PATH, GAMES).level.title == title


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("stage: 1", "stage: 9").replace("fall_s", "fal_s").replace("A toy", "7").replace("thumb", "tumb")
    )
    places = [re.findall(r":(\d+):\d+: (\S+): ", line)[0] for line in said(text)]
    assert places == [("3", "title"), ("7", "stage"), ("13", "tray.fal_s"), ("16", "steps.1.finger")]


@pytest.mark.parametrize("case", HAND_MADE)
def test_L1_a_broken_file_is_refused_with_file_and_line(case: str) -> None:
    assert said(HAND_MADE[case])


def test_what_is_not_utf_8_is_told_by_byte_and_line() -> None:
    assert said(HAND_MADE["not UTF-8"]) == [
        f"{PATH}:2:11: byte 20: 0xe9 is not UTF-8 here; save the file as UTF-8",
    ]


@pytest.mark.parametrize("case", ["many values", "many keys in a level", "very deep brackets", "quote never closed"])
def test_L1_a_refusal_takes_little_memory(case: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(LevelErrors):
            read_level(HAND_MADE[case], PATH, GAMES)
        assert tracemalloc.get_traced_memory()[1] <= 50e6
    finally:
        tracemalloc.stop()


def test_files_that_cannot_be_opened_are_told_too(tmp_path: Path) -> None:
    with pytest.raises(LevelErrors, match=r"nothing\.yaml': there is no such file"):
        load_level(tmp_path / "nothing.yaml", GAMES)
    with pytest.raises(LevelErrors, match="': this is a folder"):
        load_level(tmp_path, GAMES)


def shelf(folder: Path) -> Path:
    (folder / "toy").mkdir()
    for n in range(15):
        (folder / "toy" / f"{n:02}_level_{n}.yaml").write_text(GOOD, encoding="utf-8")
    for n, case in enumerate(("empty", "NUL", "deep brackets", "tag", "many values")):
        (folder / "toy" / f"9{n}_broken.yaml").write_bytes(HAND_MADE[case])
    return folder


def test_L3_broken_levels_hide_no_good_ones(tmp_path: Path) -> None:
    found = find_levels(GAMES, shelf(tmp_path))
    assert [file.name for file in found.levels] == [f"toy/{n:02}_level_{n}" for n in range(15)]
    assert [problem.errors[0].path.name for problem in found.problems] == [f"9{n}_broken.yaml" for n in range(5)]


def test_every_level_that_is_shipped_may_be_played() -> None:
    found = find_levels(BUILT_IN)
    assert not found.problems
    assert {file.game.name for file in found.levels} == {game.name for game in BUILT_IN}
    for file in found.levels:
        assert file.text.lstrip().startswith("#"), f"{file.name}: its first lines say for whom it is and why"


def test_a_level_is_found_by_name_by_number_and_by_path(tmp_path: Path) -> None:
    folder = shelf(tmp_path)
    path = folder / "toy" / "03_level_3.yaml"
    for name in ("toy/03_level_3", "toy/03", "03_level_3", "toy/03_level_3.yaml", str(path), path):
        assert resolve_level(name, folder) == path
    with pytest.raises(LevelErrors, match="did you mean 'toy/03_level_3'"):
        resolve_level("toy/03_levl_3", folder)
    (folder / "toy" / "03_other.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(
        LevelErrors, match="more than one level begins so; it can be 'toy/03_level_3' or 'toy/03_other'"
    ):
        resolve_level("toy/03", folder)
    assert resolve_level("elsewhere.yaml", folder) == Path("elsewhere.yaml")
