"""Every game keeps the contract on every shipped level, and a game that breaks it is told which line it lacks."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from random import random
from typing import Any

import pytest

from engine.hand import Side
from engine.inputs import GameInput
from engine.play.contract import SEED, check_game
from engine.play.game import Cue, Event, Game, TrialEnded, TrialStarted, never
from engine.play.level import LevelBase
from engine.play.levelfile import LevelFile, find_levels, load_level, resolve_level
from engine.play.playthrough import fingerprint
from engine.play.watch import NOTHING_SEEN, Watch
from engine.view.scene import Scene
from games import all_games
from games.template import GAME, State, TemplateLevel, cue, done, draw, step

SHELF = find_levels(all_games())
LEVEL = load_level(resolve_level("template/01_close_and_open"), all_games()).level
Broken = Game[TemplateLevel, Any]
Played = Sequence[tuple[Game[Any, Any], LevelBase]]
Stepped = tuple[State, tuple[Event, ...]]


@pytest.mark.parametrize("file", SHELF.levels, ids=lambda file: file.name)
def test_every_game_keeps_the_contract_on_every_level(file: LevelFile) -> None:
    assert check_game(file.game, file.level, other_process=False) == ()


@pytest.mark.long
@pytest.mark.parametrize("name", [game.name for game in all_games()])
def test_every_level_plays_the_same_in_another_process(name: str) -> None:
    """As `check_game` asks of each level by itself; here one other process plays all levels of a game."""
    files = [file for file in SHELF.levels if file.game.name == name]
    there = in_another_process(fingerprints, [(file.game, file.level) for file in files])
    assert there == [fingerprint(file.game, file.level, SEED) for file in files]


def in_another_process(work: Callable[[Played], list[str]], given: Played) -> list[str]:
    """What the work comes to in a new process, whose sets are walked in another order."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        return other.submit(work, given).result()


def fingerprints(levels: Played) -> list[str]:
    return [fingerprint(game, level, SEED) for game, level in levels]


def test_every_shipped_level_can_be_read_and_every_game_has_one() -> None:
    assert SHELF.problems == ()
    assert {file.game.name for file in SHELF.levels} == {game.name for game in all_games()}


def _asks_too_little(state: State) -> Cue | None:
    asked = cue(state)
    return None if asked is None else replace(asked, targets=())


def _succeeds_by_itself(state: State, given: GameInput, dt_s: float) -> Stepped:
    if state.watch is not None and state.watch.seen_s > 2.0:
        hand = replace(given.affected, values={"fist": 0.0})
        state, given = replace(state, closed=True), replace(given, affected=hand)
    return step(state, given, dt_s)


def _misses_a_still_hand(state: State, given: GameInput, dt_s: float) -> Stepped:
    if state.watch is not None and state.watch.seen_s > 5.0:
        end = TrialEnded(state.n, False, "slow", state.watch.duration_s, state.difficulty, state.assisted)
        return replace(state, beads=(*state.beads, "done"), watch=None), (end,)
    return step(state, given, dt_s)


def _takes_a_lost_hand_for_an_open_one(state: State, given: GameInput, dt_s: float) -> Stepped:
    if not given.affected.seen and state.watch is not None and state.closed:
        end = TrialEnded(state.n, False, "dropped", state.watch.duration_s, state.difficulty, state.assisted)
        return replace(state, beads=(*state.beads, "done"), watch=None), (end,)
    return step(state, given, dt_s)


def _counts_what_nobody_saw(state: State, given: GameInput, dt_s: float) -> Stepped:
    if state.watch is not None:
        state = replace(state, watch=Watch(state.watch.duration_s))
    return step(state, given, dt_s)


def _draws_with_chance(state: State) -> Scene:
    return replace(draw(state), time_left=random())


def _ends_and_begins_at_once(state: State, given: GameInput, dt_s: float) -> Stepped:
    state, events = step(state, given, dt_s)
    if state.watch is None and events and len(state.beads) < state.level.trials:
        return replace(state, watch=NOTHING_SEEN, closed=False), (*events, TrialStarted(state.n))
    return state, events


def _says_another_difficulty(state: State, given: GameInput, dt_s: float) -> Stepped:
    return step(state, replace(given, difficulty=1.0), dt_s)


def _forgets_the_seed(state: State, given: GameInput, dt_s: float) -> Stepped:
    return step(replace(state, seed=0), given, dt_s)


def _raises(state: State, given: GameInput, dt_s: float) -> Stepped:
    if not given.affected.seen:
        raise ZeroDivisionError("no hand")
    return step(state, given, dt_s)


@dataclass(frozen=True)
class Loose(State):
    """A state that does not say what it holds."""

    note: object = ()


def _loose_start(level: TemplateLevel, seed: int) -> Loose:
    return Loose(level, seed, note=(1, (2, 3)))


def _walks_a_set(state: State, given: GameInput, dt_s: float) -> Stepped:
    state, events = step(state, given, dt_s)
    chosen = str(hash("which finger first"))
    told = tuple(replace(event, cause=chosen) if isinstance(event, TrialEnded) else event for event in events)
    return state, told


def _never_rests(state: State, given: GameInput, dt_s: float) -> Stepped:
    state, events = step(state, given, dt_s)
    return replace(state, rested_s=None), events


def _rests_after_each(state: State, given: GameInput, dt_s: float) -> Stepped:
    after, events = step(state, given, dt_s)
    ended = any(isinstance(event, TrialEnded) for event in events) and not done(after)
    return (replace(after, rested_s=0.0) if ended else after), events


def _rests_a_moment(state: State, given: GameInput, dt_s: float) -> Stepped:
    return step(state, given, 1.0 if state.rested_s is not None else dt_s)


def _rests_only_where_it_is_seen(state: State, given: GameInput, dt_s: float) -> Stepped:
    waits = state.rested_s is not None and not given.affected.seen and not given.go_on
    return (state, ()) if waits else step(state, given, dt_s)


def _cannot_be_hurried(state: State, given: GameInput, dt_s: float) -> Stepped:
    return step(state, replace(given, go_on=False), dt_s)


def _asks_of_a_hand_that_rests(state: State) -> Cue | None:
    return cue(replace(state, rested_s=None))


def _shows_half(state: State) -> Scene:
    return replace(draw(state), time_left=0.5)


def _shows_nothing_left(state: State) -> Scene:
    return replace(draw(state), time_left=None)


def _rests_in_silence(state: State) -> Scene:
    scene = draw(state)
    return replace(scene, sentence="") if state.rested_s is not None else scene


def _counts_voids(state: State, given: GameInput, dt_s: float) -> Stepped:
    after, events = step(state, given, dt_s)
    return (replace(after, beads=(*after.beads, "void"), voids=0) if after.voids else after), events


def _draws_a_right_hand(state: State) -> Scene:
    return draw(replace(state, side=Side.RIGHT))


BROKEN: tuple[tuple[str, Broken, str], ...] = (
    ("cue", replace(GAME, cue=_asks_too_little), "something that cue() does not ask"),
    ("done", replace(GAME, done=lambda state: len(state.beads) >= 3), "the level asks for 5"),
    ("by itself", replace(GAME, step=_succeeds_by_itself), "a hand that did nothing succeeded"),
    ("still", replace(GAME, step=_misses_a_still_hand), "a still hand was charged"),
    ("lost", replace(GAME, step=_takes_a_lost_hand_for_an_open_one), "if not hand.seen"),
    ("void", replace(GAME, step=_counts_what_nobody_saw), "mostly not seen ended with success=True"),
    ("chance", replace(GAME, draw=_draws_with_chance), "draw() shows one state in two ways"),
    ("at once", replace(GAME, step=_ends_and_begins_at_once), "in one tick"),
    ("difficulty", replace(GAME, step=_says_another_difficulty), "keep the GameInput.difficulty"),
    ("seed", replace(GAME, step=_forgets_the_seed), "five seeds give the same game"),
    ("raises", replace(GAME, step=_raises), "ZeroDivisionError: no hand"),
    ("voids", replace(GAME, step=_counts_voids), "a void trial was counted"),
    ("side", replace(GAME, draw=_draws_a_right_hand), "the left hand plays, and a right one is drawn"),
    ("no rest", replace(GAME, step=_never_rests), "without a rest"),
    ("nobody told", replace(GAME, resting=never), "give Game(...) its resting()"),
    ("rests often", replace(GAME, step=_rests_after_each), "it rests after [1, 2, 3] repetitions"),
    ("short rest", replace(GAME, step=_rests_a_moment), "a rest of 6 s lasted 0.1 s"),
    ("rest waits", replace(GAME, step=_rests_only_where_it_is_seen), "a rest waits for a hand"),
    ("rest asks", replace(GAME, cue=_asks_of_a_hand_that_rests), "asks something of a hand that rests"),
    ("rest shows", replace(GAME, draw=_shows_nothing_left), "how much of it is left"),
    ("rest shows half", replace(GAME, draw=_shows_half), "is shown as 0.50, then 0.50"),
    ("rest is silent", replace(GAME, draw=_rests_in_silence), "a rest says nothing"),
    ("rest", replace(GAME, step=_cannot_be_hurried), "a rest cannot be cut short"),
    ("json", replace(GAME, start=_loose_start), "does not survive JSON, see its note"),
)


@pytest.mark.parametrize(("game", "told"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_game_that_breaks_the_contract_is_told(game: Broken, told: str) -> None:
    findings = check_game(game, LEVEL, other_process=False)
    assert any(told in finding for finding in findings), findings


def test_a_game_that_differs_between_processes_is_told() -> None:
    findings = check_game(replace(GAME, step=_walks_a_set), LEVEL)
    assert any("in another process" in finding for finding in findings), findings


def test_the_template_is_not_told_anything() -> None:
    sound: Callable[..., tuple[str, ...]] = check_game
    assert sound(GAME, LEVEL, other_process=False) == ()
