"""A preview shows the same telling moments of a level at each difficulty, so that what difficulty changes is seen."""

import pytest

from engine.play.levelfile import LevelFile, find_levels
from engine.view.scene import Drop, Scene
from games import all_games
from opposable.designer.parameters import adapting, in_words, label
from opposable.screens.preview import moments_of

SHIPPED = find_levels(all_games()).levels
LETTING_GO = [
    file
    for file in SHIPPED
    if file.game.name in ("coin_drop", "bead_picking") and getattr(file.level, "thing", "coin") != "pen"
]


def scenes(file: LevelFile, difficulty: float) -> tuple[Scene, Scene]:
    begin, fullest = moments_of(file, difficulty)
    return file.game.draw(begin.state), file.game.draw(fullest.state)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_the_moments_are_two_and_the_same_at_every_difficulty(file: LevelFile) -> None:
    easiest, hardest = (scenes(file, at) for at in (file.level.difficulty.min, file.level.difficulty.max))
    assert easiest[0] != easiest[1]
    assert [scene.picture for scene in easiest] == [scene.picture for scene in hardest]
    if file.level.difficulty.min < file.level.difficulty.max and file.game.name != "template":
        assert [scene.shapes for scene in easiest] != [scene.shapes for scene in hardest]


@pytest.mark.parametrize("file", LETTING_GO, ids=lambda file: file.name)
@pytest.mark.parametrize("difficulty", [0.0, 5.0, 10.0])
def test_the_second_is_when_the_thing_may_be_let_go(file: LevelFile, difficulty: float) -> None:
    _, fullest = scenes(file, difficulty)
    assert fullest.picture.endswith("let_go")
    [arrow] = [shape for shape in fullest.shapes if isinstance(shape, Drop)]
    assert arrow.shown > 0.9


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_the_second_shows_a_hand_that_has_moved(file: LevelFile) -> None:
    begin, fullest = moments_of(file, file.level.difficulty.start)
    assert fullest.closed > begin.closed + 0.2


def test_what_difficulty_changes_is_told_in_words_and_units() -> None:
    [one] = [file for file in SHIPPED if file.name == "coin_drop/01_one_coin"]
    told = {label(name, one.level): in_words(name, ramp.at(0.0), one.level) for name, ramp in adapting(one.level)}
    assert told["Size of a coin"] == "40 mm"
    assert told["Time for one coin"] == "20 s"
    assert not [what for what in told if what.startswith("Others")]
