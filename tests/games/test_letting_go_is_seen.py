"""Where to let go is seen without reading: the held thing is over its place, not behind it, and an arrow says so."""

from itertools import pairwise

import pytest

from engine.inputs import TICK_HZ, TICK_S, GameInput
from engine.play.answering import STILL_HAND, AnsweringHands
from engine.play.level import LevelBase
from engine.play.levelfile import LevelFile, find_levels
from engine.view.projection import seated_eye
from engine.view.scene import Drop, Hand, Marble, Scene
from games import all_games
from games.bead_picking.rules import SHOW_S

EYE = seated_eye((1280, 720))
FARTHEST_PX = 75
THINKS_S = 0.6
LET_GO = (".let_go", ".let_go_there")
CARRYING = [
    file
    for file in find_levels(all_games()).levels
    if file.game.name in ("coin_drop", "bead_picking") and getattr(file.level, "thing", "coin") != "pen"
]
CARRIED = [file for file in CARRYING if file.level.reach == "carried"]
each_level = pytest.mark.parametrize("file", CARRYING, ids=lambda file: file.name)


@each_level
@pytest.mark.parametrize("hardest", [False, True], ids=["easiest", "hardest"])
def test_over_its_place_a_thing_is_seen_over_it_and_an_arrow_says_so(file: LevelFile, *, hardest: bool) -> None:
    scenes = two_trials(file, file.level.difficulty.max if hardest else file.level.difficulty.min)
    asked = [scene for scene in scenes if scene.sentence.endswith(LET_GO)]
    assert len(asked) > THINKS_S * TICK_HZ / 2
    arrows = [shape for scene in asked for shape in scene.shapes if isinstance(shape, Drop)]
    assert len(arrows) > 0.8 * len(asked)
    assert max(arrow.shown for arrow in arrows) > 0.9
    for arrow in arrows:
        assert 0 < EYE.pixel(arrow.onto_m)[1] - EYE.pixel(arrow.at_m)[1] < FARTHEST_PX


@pytest.mark.parametrize("name", ["bead_picking/01", "bead_picking/08", "bead_picking/09"])
def test_the_ghost_that_shows_it_once_comes_down_over_the_place_too(name: str) -> None:
    [file] = [file for file in CARRYING if file.name.startswith(name)]
    [carried] = [shape for shape in seconds_in(file, 0.8 * SHOW_S).shapes if isinstance(shape, Marble)]
    [lies] = [shape for shape in seconds_in(file, 0.94 * SHOW_S).shapes if isinstance(shape, Marble)]
    assert carried.at_m[::2] == pytest.approx(lies.at_m[::2])
    assert 0 < EYE.pixel(lies.at_m)[1] - EYE.pixel(carried.at_m)[1] < FARTHEST_PX


@pytest.mark.parametrize("file", CARRIED, ids=lambda file: file.name)
def test_the_hand_comes_down_and_lifts_again_softly(file: LevelFile) -> None:
    scenes = two_trials(file, file.level.difficulty.max)
    hands = [next(shape for shape in scene.shapes if isinstance(shape, Hand)) for scene in scenes]
    steps_m = [abs(after.wrist_m[1] - before.wrist_m[1]) for before, after in pairwise(hands)]
    assert max(steps_m) < 0.015
    assert max(hand.wrist_m[1] for hand in hands) - min(hand.wrist_m[1] for hand in hands) > 0.02


def two_trials(file: LevelFile, difficulty: float) -> list[Scene]:
    """What is seen of the first two trials of a hand that thinks for a moment before it lets go."""
    level: LevelBase = file.level.as_shown()
    state, hands, thought_s, scenes = file.game.start(level, 1), AnsweringHands(), 0.0, list[Scene]()
    for _ in range(60 * TICK_HZ):
        asked_to_let_go = bool(scenes) and scenes[-1].sentence.endswith(LET_GO)
        thought_s = thought_s + TICK_S if asked_to_let_go else 0.0
        if not asked_to_let_go or thought_s > THINKS_S:
            hands = hands.answer(file.game.cue(state), TICK_S)
        state, _ = file.game.step(state, hands.given(difficulty), TICK_S)
        scenes.append(file.game.draw(state))
        if len(state.beads) == 2 and scenes[-1].sentence.endswith((".deal", ".home", ".ready")):
            break
    return scenes


def seconds_in(file: LevelFile, time_s: float) -> Scene:
    """What is seen so long after the beginning, of a hand that rests."""
    state = file.game.start(file.level, 1)
    for _ in range(round(time_s * TICK_HZ)):
        state, _ = file.game.step(state, GameInput(STILL_HAND), TICK_S)
    return file.game.draw(state)
