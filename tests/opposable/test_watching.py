"""A level open beside the editor: every file it is made of is watched, and what cannot be played is said on screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opposable.screens.watching import Watching
from opposable.screens.window import Window

BASE = "extends: template/01_close_and_open\ntitle: Base\n"
MINE = "extends: base\ntitle: Mine\n"


def amiss(watching: Watching) -> bool:
    """Whether something to correct is known, and is on the screen."""
    assert (watching.errors is None) == (watching.window.note is None)
    return watching.errors is not None


def plays(watching: Watching) -> bool:
    return watching.live is not None and watching.step()


Opener = Callable[..., Watching]


@pytest.fixture
def opener(window: Window, tmp_path: Path) -> Iterator[Opener]:
    opened: list[Watching] = []
    (tmp_path / "base.yaml").write_text(BASE)

    def begin(text: str, difficulty: float | None = None) -> Watching:
        (tmp_path / "mine.yaml").write_text(text)
        opened.append(Watching(tmp_path / "mine.yaml", "sim:able", window, difficulty))
        return opened[-1]

    yield begin
    window.note = None
    for watching in opened:
        watching.close()


def test_a_change_in_the_level_it_builds_on_is_taken_in(opener: Opener, tmp_path: Path) -> None:
    watching = opener(MINE)
    (tmp_path / "base.yaml").write_text(BASE + "stage: 3\n")
    watching.look()
    assert watching.level is not None
    assert (watching.level.level.title, watching.level.level.stage, watching.reloads) == ("Mine", 3, 1)


@pytest.mark.parametrize("name", ["mine", "base"])
@pytest.mark.parametrize("left", [b"", None], ids=["emptied", "deleted"])
def test_a_file_that_was_emptied_or_deleted_is_said_and_the_last_good_level_plays_on(
    opener: Opener, tmp_path: Path, name: str, left: bytes | None
) -> None:
    watching = opener(MINE)
    path = tmp_path / f"{name}.yaml"
    before = path.read_bytes()
    path.unlink() if left is None else path.write_bytes(left)
    watching.look()
    assert not amiss(watching)
    watching.look()
    assert amiss(watching)
    assert plays(watching)
    path.write_bytes(before)
    watching.look()
    assert not amiss(watching)
    assert watching.reloads == 1


def test_a_level_that_cannot_be_played_yet_says_so_on_screen_and_plays_once_it_can(
    opener: Opener, tmp_path: Path
) -> None:
    watching = opener("extends: later\ntitle: Mine\n")
    assert not plays(watching)
    assert watching.step()
    assert amiss(watching)
    (tmp_path / "later.yaml").write_text(BASE)
    watching.look()
    assert not amiss(watching)
    assert plays(watching)


def test_the_difficulty_can_be_held(opener: Opener) -> None:
    watching = opener(MINE, 8.0)
    assert watching.live is not None
    assert watching.live.sitting.session.adaptation.level == 8.0
    held = watching.live.sitting.level.level.difficulty
    assert (held.min, held.max) == (8.0, 8.0)
