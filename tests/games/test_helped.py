"""Helped trials: seen and said, easier in the hand, and still no gift. In every game and on every shipped level."""

from itertools import pairwise
from typing import Any

import pytest

from bench.helped import Played, counted, helped_day, patient, wilson
from engine.inputs import CONTROLS, TICK_HZ, TICK_S
from engine.play.answering import AnsweringHand, AnsweringHands
from engine.play.game import Said, TrialEnded, TrialStarted
from engine.play.helping import TOGETHER, TOGETHER_S
from engine.play.levelfile import LevelFile, find_levels, load_level, resolve_level
from engine.view.scene import Bowl, Chart, Drop, Hand, Scene, Slot, Zone
from games import all_games
from games.mirror_avatar.level import MirrorAvatarLevel
from games.mirror_avatar.trial import VARIES

SHIPPED = find_levels(all_games()).levels
each_level = pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
FORMERLY_WORST = ("coin_drop/09_two_boxes", "coin_drop/10_gold_and_copper", "bead_picking/08_thread")
STILL_S = 60.0


def helped_scenes(file: LevelFile, seconds: float, hands: AnsweringHands | None = None) -> list[Scene]:
    """What is seen of helped trials: of a hand that answers, or of hands that stay as they are."""
    game, level = file.game, file.level.as_shown()
    state, scenes, answering = game.start(level, 3), list[Scene](), hands or AnsweringHands()
    for _ in range(round(seconds * TICK_HZ)):
        answering = answering if hands else answering.answer(game.cue(state), TICK_S)
        state, _ = game.step(state, answering.given(5.0, assisted=True), TICK_S)
        scenes.append(game.draw(state))
    return scenes


@each_level
@pytest.mark.parametrize("share", [0.0, 0.2, 1.0])
def test_a_hand_that_keeps_still_is_not_given_a_hit(file: LevelFile, share: float) -> None:
    game, level = file.game, file.level.as_shown()
    hand = AnsweringHand(dict.fromkeys(CONTROLS, share), held=("pinch.index", "fist") if share == 1.0 else ())
    given, state = AnsweringHands(hand, hand).given(0.0, assisted=True), game.start(level, 3)
    for _ in range(round(STILL_S * TICK_HZ)):
        state, events = game.step(state, given, TICK_S)
        assert not any(isinstance(event, TrialEnded) for event in events)


EASIER_WHEN_LARGER = (
    "target_width_mm",
    "keep_tolerance",
    "place_mm",
    "open_to",
    "tries",
    "tight",
    "magnet_m",
)
EASIER_WHEN_SMALLER = ("thumb_reach", "hold_s", "place_hold_s", "target", "behind", "loose")


@each_level
def test_no_helped_trial_asks_more_than_the_level_does_at_its_easiest(file: LevelFile) -> None:
    usual, helped = (trial_of(file, assisted=assisted) for assisted in (False, True))
    for name in EASIER_WHEN_LARGER:
        assert getattr(helped, name, 0.0) >= getattr(usual, name, 0.0) - VARIES, name
    for name in EASIER_WHEN_SMALLER:
        assert getattr(helped, name, 0.0) <= getattr(usual, name, 0.0), name


def trial_of(file: LevelFile, *, assisted: bool) -> Any:
    """What is asked first: without help at the easiest, with help of one who is at the hardest."""
    state, hands = file.game.start(file.level.as_shown(), 3), AnsweringHands()
    for _ in range(round(20 * TICK_HZ)):
        hands = hands.answer(file.game.cue(state), TICK_S)
        state, events = file.game.step(state, hands.given(10.0 if assisted else 0.0, assisted), TICK_S)
        if any(isinstance(event, TrialStarted) for event in events):
            return getattr(state, "trial", None)
    pytest.fail("no trial has begun")


@each_level
def test_help_is_announced_nothing_hurries_and_a_ghost_does_it_along(file: LevelFile) -> None:
    if file.game.name == "template":
        return
    game, level = file.game, file.level.as_shown()
    state, said, scenes, hands = game.start(level, 3), list[str](), list[Scene](), AnsweringHands()
    for _ in range(round(20 * TICK_HZ)):
        state, events = game.step(state, hands.given(5.0, assisted=True), TICK_S)
        said += [event.key for event in events if isinstance(event, Said)]
        cue = game.cue(state)
        assert cue is None or cue.by_s is None
        scenes += [game.draw(state)] if TOGETHER in said else []
    assert said.count(TOGETHER) == 1
    assert [scene.sentence for scene in scenes].count(TOGETHER) >= TICK_HZ
    assert all(scene.time_left is None for scene in scenes)
    # Beside a path to follow it appears when the hand is not on the path: over it, it would hide it.
    follows = isinstance(level, MirrorAvatarLevel) and level.task == "follow"
    ghosts = [any(isinstance(s, Hand) and s.ghost and s.shown > 0.9 for s in scene.shapes) for scene in scenes]
    assert ghosts.index(True) < (TOGETHER_S + (10 if follows else 1.0)) * TICK_HZ


@pytest.mark.parametrize("file", [f for f in SHIPPED if f.game.name == "coin_drop"], ids=lambda file: file.name)
def test_only_the_right_place_glows_and_the_arrow_shows_that_it_draws_the_coin_in(file: LevelFile) -> None:
    scenes = helped_scenes(file, 12.0)
    lit = [tuple(shape.lit for shape in scene.shapes if isinstance(shape, Slot | Zone)) for scene in scenes]
    places = len(lit[0])
    assert max(max(each) for each in lit) == pytest.approx(0.7)
    assert all(sum(value > 0 for value in each) <= 1 for each in lit)
    assert places == (2 if getattr(file.level, "sort", "no") != "no" else 1)
    steps = [abs(a - b) for one, other in pairwise(lit) for a, b in zip(one, other, strict=True)]
    assert max(steps) < 0.05
    arrows = [shape for scene in scenes for shape in scene.shapes if isinstance(shape, Drop)]
    assert max(abs(arrow.at_m[0] - arrow.onto_m[0]) for arrow in arrows) < 0.5 * 0.6
    assert arrows


@pytest.mark.parametrize("file", [f for f in SHIPPED if f.game.name == "bead_picking"], ids=lambda file: file.name)
def test_the_right_bowl_glows_from_the_beginning(file: LevelFile) -> None:
    scenes = helped_scenes(file, TOGETHER_S + 8.0)
    lit = [max((s.lit for s in scene.shapes if isinstance(s, Bowl | Zone)), default=0.7) for scene in scenes]
    assert max(lit) == pytest.approx(0.7)
    assert lit.count(max(lit)) > TICK_HZ


def test_a_helped_path_is_wider_than_the_level_at_its_easiest_where_it_may_be() -> None:
    file = load_level(resolve_level("mirror_avatar/10"), all_games())
    assert isinstance(file.level, MirrorAvatarLevel)
    charts = [s for scene in helped_scenes(file, 6.0) for s in scene.shapes if isinstance(s, Chart)]
    lows, highs = (max(point[k] for point in charts[-1].band) for k in (1, 2))
    assert lows == pytest.approx(0.32)
    assert highs == pytest.approx(1.0)


@pytest.mark.long
@pytest.mark.parametrize("name", FORMERLY_WORST)
def test_the_weakest_hands_hit_helped_trials_of_the_levels_that_were_worst(name: str) -> None:
    file = load_level(resolve_level(name), all_games())
    days = [helped_day(file, patient(who), seed) for who in ("stage_1", "stage_1_bad_day") for seed in (1, 2)]
    played = sum(days, Played())
    assert played.trials >= 35
    assert played.share >= 0.9, played.causes


def ended(success: bool | None, duration_s: float = 5.0, cause: str | None = None) -> TrialEnded:
    return TrialEnded(0, success, cause, duration_s, 0.0, assisted=True)


def test_the_bench_counts_void_trials_not_at_all_and_endless_ones_as_not_hit() -> None:
    told = [ended(True), ended(None), ended(False, cause="dropped"), ended(True, 200.0)]
    played = counted(told, unfinished=True)
    assert (played.hits, played.trials, played.at_once) == (1, 4, 1)
    assert counted(told, {0}).at_once == 0
    assert sorted(played.causes) == ["dropped", "unfinished", "unfinished"]


def test_wilsons_interval() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    low, high = wilson(1000, 1000)
    assert (round(low, 4), high) == (0.9962, 1.0)


def test_a_bad_day_is_a_bad_day() -> None:
    assert (patient("stage_1_bad_day").bad_day, patient("stage_1").bad_day) == (1.0, 0.08)
