"""A level that extends another says only what differs, and every mistake still has its place."""

from pathlib import Path

import pytest

from engine.play.levelfile import LevelErrors, load_level, read_level
from games import all_games
from tests.engine.play.broken_levels import GAMES
from tests.engine.play.toy import GOOD


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "slow.yaml").write_text(GOOD, encoding="utf-8")
    return folder


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    with pytest.raises(LevelErrors) as caught:
        load_level(path, GAMES)
    return [str(error).removeprefix(f"{path}:") for error in caught.value.errors]


def test_what_is_not_said_is_taken_over_and_blocks_are_joined(shelf: Path) -> None:
    base = load_level(shelf / "slow.yaml", GAMES).level
    level = load_level(written(shelf, "mine", "extends: slow\ntitle: Mine\ndifficulty: {max: 6}\n"), GAMES).level
    assert (level.title, level.difficulty.max, level.extends) == ("Mine", 6, None)
    same = {"title": base.title, "difficulty": base.difficulty}
    assert level.model_copy(update=same) == base
    assert level.difficulty.start == base.difficulty.start


def test_the_text_of_the_level_is_whole_so_that_a_tape_needs_no_other_file(shelf: Path) -> None:
    level = load_level(written(shelf, "mine", "extends: toy/slow\nstage: 2\n"), GAMES)
    again = read_level(level.text.encode(), Path("elsewhere"), GAMES)
    assert again.level == level.level
    assert again.sha256 == level.sha256


def test_a_shipped_level_is_found_by_its_name(tmp_path: Path) -> None:
    level = load_level(written(tmp_path, "mine", "extends: coin_drop/00_first_look\nstage: 3\n"), all_games())
    assert (level.level.stage, level.game.name) == (3, "coin_drop")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extends: slwo\n", "1:10: extends: 'slwo': there is no level of this name"),
        ("extends: 5\n", "1:10: extends: found no text; write a level's name"),
        ("extends: ../../secret\n", "1:10: extends: found '../../secret'; write a level's name"),
        ("extends: slow\nstgae: 2\n", "2:1: stgae: unknown key; did you mean 'stage'?"),
        ("extends: slow\ndifficulty: {max: 1}\n", "1:10: difficulty.start: start is 2, min is 0 and max is 1"),
        ("game: template\nextends: slow\n", "1:7: game: 'slow' is a level of toy"),
        ("extends: mine\n", "1:10: extends: 'mine': there is no level of this name"),
    ],
)
def test_a_mistake_is_told_at_its_place(shelf: Path, text: str, expected: str) -> None:
    answers = told(written(shelf, "mine", text))
    assert any(answer.startswith(expected) for answer in answers), answers


def test_a_ring_of_levels_is_told(shelf: Path) -> None:
    written(shelf, "one", "extends: two\n")
    answers = told(written(shelf, "two", "extends: one\n"))
    assert "extend each other in a ring" in answers[0]


def test_a_broken_base_is_named_with_its_own_place(shelf: Path) -> None:
    written(shelf, "slow", GOOD.replace("stage: 1", "stage: 9"))
    answers = told(written(shelf, "mine", "extends: slow\n"))
    assert "'slow' needs a change first" in answers[0]
    assert "slow.yaml:7:8: stage: found 9" in answers[0]


def test_of_a_chain_only_what_must_be_changed_first_is_told(shelf: Path) -> None:
    written(shelf, "third", "extends: gone\n")
    written(shelf, "second", "extends: third\n")
    [answer] = told(written(shelf, "first", "extends: second\n"))
    assert answer.startswith(
        f"1:10: extends: 'second' needs a change first: {shelf / 'third.yaml'}:1:10: extends: 'gone': there is no level"
    )
    assert answer.count("needs a change first") == 1


def test_a_long_chain_ends(shelf: Path) -> None:
    before = "slow"
    for n in range(6):
        written(shelf, f"n{n}", f"extends: {before}\n")
        before = f"n{n}"
    assert "more than 4 levels" in told(shelf / "n5.yaml")[0]
