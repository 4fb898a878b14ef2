"""Every shipped level is looked at: its preview can be painted, and nothing in its play flashes."""

import os
from collections.abc import Iterator

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from engine.hand import Side
from engine.inputs import TICK_HZ, TICK_S
from engine.motion.poses import pose_for
from engine.play.answering import AnsweringHands
from engine.play.levelfile import LevelFile, find_levels
from engine.strings import strings
from engine.view.flash import count_flashes
from engine.view.painter import Painter
from engine.view.steady import SteadyWords
from games import all_games
from opposable.screens.preview import preview

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
SHIPPED = find_levels(all_games()).levels
SMALL = (480, 270)
PLAYED_S = 8.0

each_level = pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(SMALL, words=dict(strings().sentences))


@pytest.mark.long
@each_level
def test_every_level_has_a_preview_with_something_to_see(file: LevelFile) -> None:
    shown = pygame.surfarray.array3d(preview(file))
    assert shown.shape[0] > 800
    assert shown[:, 150:500].std() > 20


@pytest.mark.long
@each_level
def test_S1_no_level_flashes_however_briskly_it_is_played(file: LevelFile, painter: Painter) -> None:
    """The quickest hand there is, at the hardest: more changes on the screen than any person makes."""
    found = count_flashes(pictures(file, painter), TICK_HZ)
    assert found.allowed
    assert found.calm


def pictures(file: LevelFile, painter: Painter) -> Iterator[NDArray[np.uint8]]:
    """What is seen of the first seconds of play, some repetitions of it."""
    state, hands, words = file.game.start(file.level.as_shown(), 1), AnsweringHands(), SteadyWords()
    for n in range(round(PLAYED_S * TICK_HZ)):
        hands = hands.answer(file.game.cue(state), TICK_S)
        state, _ = file.game.step(state, hands.given(file.level.difficulty.max), TICK_S)
        poses = {side: pose_for(values) for side, values in hands.values(Side.RIGHT).items()}
        picture = painter.paint(words.of(file.game.draw(state), n * TICK_S), poses)
        yield pygame.surfarray.array3d(picture).swapaxes(0, 1)
