"""What a game promises of the rest between two sets, checked by playing two short ones."""

from collections.abc import Iterator
from typing import Any

from engine.inputs import TICK_HZ, TICK_S, GameInput
from engine.play.game import TrialEnded
from engine.play.level import LevelBase
from engine.play.playthrough import AnyGame, Run, answered

REPETITIONS, REST_S, NEAR_S = 2, 6.0, 0.5
ENDS, BEGINS = 0.15, 0.85


def rests_between_sets(game: AnyGame, level: LevelBase, seed: int) -> Iterator[str]:
    """Two sets have one rest between them: it needs nobody, shows how much of it is left, and may be cut short."""
    brief = level.as_shown().model_copy(update={"sets": 2, "repetitions": REPETITIONS, "rest_s": REST_S})
    run = answered(game, brief, seed, level.difficulty.start)
    rests = _rests(game, run)
    if not rests:
        yield (
            "two sets follow each other without a rest; begin one in step() where rest_is_due() says so, and give "
            "Game(...) its resting()"
        )
        return
    counted = [_counted_before(run, rest[0]) for rest in rests]
    if counted != [REPETITIONS]:
        yield f"in two sets of {REPETITIONS} it rests after {counted} repetitions; rest_is_due() says when"
        return
    yield from _lasts(game, run, rests[0])
    yield from _needs_nobody(game, run.states[rests[0][0]])


def _rests(game: AnyGame, run: Run) -> list[tuple[int, int]]:
    """Each rest of a run: its first tick, and the one after its last."""
    resting = [False, *(game.resting(state) for state in run.states), False]
    begins = [n for n in range(len(run.states)) if resting[n + 1] and not resting[n]]
    ends = [n for n in range(1, len(run.states) + 1) if resting[n] and not resting[n + 1]]
    return list(zip(begins, ends, strict=True))


def _counted_before(run: Run, tick: int) -> int:
    return sum(isinstance(event, TrialEnded) for events in run.events[: tick + 1] for event in events)


def _lasts(game: AnyGame, run: Run, rest: tuple[int, int]) -> Iterator[str]:
    begin, end = rest
    lasted_s = (end - begin) * TICK_S
    if abs(lasted_s - REST_S) > NEAR_S:
        yield f"a rest of {REST_S:g} s lasted {lasted_s:.1f} s; add dt_s at every tick, and ask rest_is_over()"
    scenes = [game.draw(run.states[n]) for n in (begin, (begin + end) // 2, end - 1)]
    left = [scene.time_left for scene in scenes if scene.time_left is not None]
    if len(left) < len(scenes):
        yield "a rest does not show how much of it is left; give its Scene a time_left"
    elif not (left[0] >= BEGINS and left[0] > left[1] > left[2] and left[2] <= ENDS):
        said = ", then ".join(f"{share:.2f}" for share in left)
        yield f"what is left of a rest is shown as {said}; rest_left() tells it"
    if not scenes[0].sentence:
        yield "a rest says nothing; give its Scene a sentence and a picture, as 'rest' and 'rest'"


def _needs_nobody(game: AnyGame, rest: Any) -> Iterator[str]:
    if game.cue(rest) is not None:
        yield "cue() asks something of a hand that rests; return None while resting() is true"
    if game.resting(game.step(rest, GameInput(go_on=True), TICK_S)[0]):
        yield "a rest cannot be cut short; leave it in step() when GameInput.go_on is true"
    for _ in range(round((REST_S + NEAR_S) * TICK_HZ)):
        rest = game.step(rest, GameInput(), TICK_S)[0]
    if game.resting(rest):
        yield "a rest waits for a hand; let it pass before step() asks whether one is seen"
