"""What a game must never hold against a person: a hand that keeps still, a camera that lost it."""

from collections.abc import Iterator

from engine.inputs import TICK_HZ, TICK_S, GameInput
from engine.play.answering import AnsweringHands
from engine.play.game import Event, TrialEnded, TrialStarted
from engine.play.level import LevelBase
from engine.play.playthrough import AnyGame, Run, answered, roles_of

STILL_S = 40.0
LOST_S = 5.0
BACK_S = 1.0
ANSWERS_WITHIN_S = 60.0
MOMENTS = 12
_AT_REST = AnsweringHands()


def nothing_done(game: AnyGame, level: LevelBase, seed: int, *, assisted: bool = False) -> Iterator[str]:
    """A still hand reaches nothing, with help neither, and is charged with nothing where nobody is counting."""
    state, limited, still = game.start(level, seed), False, _AT_REST.given(level.difficulty.start, assisted)
    for _ in range(round(STILL_S * TICK_HZ)):
        cue = game.cue(state)
        limited = limited or (cue is not None and cue.by_s is not None)
        state, events = game.step(state, still, TICK_S)
        for event in events:
            if isinstance(event, TrialEnded) and event.success:
                with_help = " with help" if assisted else ""
                yield f"a hand that did nothing succeeded{with_help}; step() must ask for the movement, not for time"
                return
            if isinstance(event, TrialEnded) and event.success is False and not limited:
                yield (
                    f"a still hand was charged with {event.cause!r} though the cue had no by_s; wait, or say the "
                    "time limit in cue()"
                )
                return


def moments(run: Run) -> list[int]:
    """Moments of a run, spread over its first trials, to look at closely."""
    end = next((n for n, state_events in enumerate(run.events) if _ends(state_events, 2)), len(run.states) - 1)
    return sorted({round(share * end / MOMENTS) for share in range(1, MOMENTS + 1)})


def _ends(events: tuple[Event, ...], n: int) -> bool:
    return any(isinstance(event, TrialEnded) and event.n >= n for event in events)


def hand_lost(game: AnyGame, level: LevelBase, run: Run, seed: int) -> Iterator[str]:
    """Whenever the hand is lost, nothing is pressed and nothing is missed; nor when it comes back open."""
    for moment in (0, *moments(run)):
        state = run.states[moment] if moment else game.start(level, seed)
        before = game.cue(state)
        roles, difficulty = roles_of(before, level), level.difficulty.start
        lost = run.hands[moment].given(difficulty, lost=roles) if moment else GameInput(difficulty=difficulty)
        for _ in range(round(LOST_S * TICK_HZ)):
            state, events = game.step(state, lost, TICK_S)
            if any(isinstance(event, TrialEnded) for event in events):
                yield (
                    f"{moment * TICK_S:.1f} s into the game the hand was lost, and a trial ended while nobody saw it; "
                    "begin step() with `if not hand.seen:` and leave the trial as it is"
                )
                return
        after = game.cue(state)
        same = before is not None and after is not None and before.targets == after.targets
        if (
            same
            and before
            and after
            and before.by_s is not None
            and after.by_s is not None
            and after.by_s < before.by_s - 0.1
        ):
            yield "the time limit runs on while the hand is lost; count Watch.seen_s, not the ticks"
            return
        for _ in range(round(BACK_S * TICK_HZ)):
            state, events = game.step(state, _AT_REST.given(difficulty), TICK_S)
            if any(isinstance(event, TrialEnded) and event.success is False for event in events):
                yield (
                    f"{moment * TICK_S:.1f} s into the game the hand was lost, came back open, and was charged with a "
                    "miss; only an edge in `hand.released` is a release"
                )
                return


def mostly_lost_is_void(game: AnyGame, level: LevelBase, seed: int) -> Iterator[str]:
    """A trial that was mostly not seen is nobody's, even where it was answered to its end, and is asked for again."""
    single, difficulty = level.as_shown().model_copy(update={"sets": 1, "repetitions": 1}), level.difficulty.start
    run = answered(game, single, seed, difficulty)
    start = next(n for n, events in enumerate(run.events) if any(isinstance(e, TrialStarted) for e in events))
    end = next(n for n, events in enumerate(run.events) if any(isinstance(e, TrialEnded) for e in events))
    middle = (start + end) // 2
    state, hands = run.states[middle], run.hands[middle]
    lost = hands.given(difficulty, lost=roles_of(game.cue(state), level))
    for _ in range(2 * (end - start) + TICK_HZ):
        state, _ = game.step(state, lost, TICK_S)
    for _ in range(round(ANSWERS_WITHIN_S * TICK_HZ)):
        hands = hands.answer(game.cue(state), TICK_S)
        state, events = game.step(state, hands.given(difficulty), TICK_S)
        for event in events:
            if isinstance(event, TrialStarted):
                return
            if isinstance(event, TrialEnded) and event.success is not None:
                yield (
                    f"a trial that was mostly not seen ended with success={event.success}; it is void: "
                    "success=None where engine.play.watch.Watch.void says so"
                )
                return
        if game.done(state):
            yield "a void trial was counted, though nobody saw it; let step() begin another one in its place"
            return
