"""The hand that shows a level first: it does the whole of it once, in every shipped level, and then makes way."""

import pytest

from engine.hand import Side
from engine.play.levelfile import LevelFile, find_levels
from engine.view.scene import Hand
from games import all_games
from opposable.screens.demonstration import LONGEST_S, Demonstration

SHIPPED = find_levels(all_games()).levels


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_every_level_is_shown_by_a_ghost_and_to_its_end(file: LevelFile) -> None:
    showing, ticks = Demonstration(file.game, file.level, Side.LEFT, 1), 0
    hands = []
    while not showing.over:
        showing.tick()
        ticks += 1
        hands += [shape for shape in showing.scene().shapes if isinstance(shape, Hand)]
    assert 1 < ticks / 60 < LONGEST_S - 0.1
    assert hands
    assert all(hand.ghost and hand.angles is not None for hand in hands)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_the_ghost_shows_the_movement_with_its_joints(file: LevelFile) -> None:
    """A fist closes, fingers spread, a wrist bends, thumb and finger meet: by 0.25 rad at the least, in some joint."""
    showing = Demonstration(file.game, file.level, Side.RIGHT, 1)
    angles: dict[Side, list[tuple[float, ...]]] = {side: [] for side in Side}
    while not showing.over:
        showing.tick()
        for hand in showing.scene().shapes:
            if isinstance(hand, Hand) and hand.angles is not None:
                angles[hand.side].append((hand.wrist_rad, *hand.angles.as_array()))
    moved = [max(max(joint) - min(joint) for joint in zip(*rows, strict=True)) for rows in angles.values() if rows]
    assert max(moved) > 0.25


def test_whoever_has_seen_enough_begins() -> None:
    showing = Demonstration(SHIPPED[0].game, SHIPPED[0].level, Side.RIGHT, 1)
    showing.tick()
    showing.skip()
    assert showing.over
