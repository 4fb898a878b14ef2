"""What one repetition asks for, drawn from the level."""

import pytest

from engine.play.levelfile import find_levels
from games import all_games
from games.mirror_avatar.level import MirrorAvatarLevel
from games.mirror_avatar.trial import VARIES, draw_trial

POSES = [
    file.level
    for file in find_levels(all_games()).levels
    if isinstance(file.level, MirrorAvatarLevel) and file.level.task == "pose"
]


@pytest.mark.parametrize("level", POSES, ids=lambda level: level.title)
def test_an_easier_repetition_never_asks_the_hand_to_open_further_and_a_helped_one_least(
    level: MirrorAvatarLevel,
) -> None:
    asked = [draw_trial(level, 1, 0, difficulty=tenths / 10, assisted=False).open_to for tenths in range(101)]
    assert max(asked) <= asked[0] + VARIES
    assert draw_trial(level, 1, 0, difficulty=5.0, assisted=True).open_to >= max(asked) - VARIES
