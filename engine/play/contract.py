"""What a game promises, checked by playing it: `check_game` is the definition of a game.

If it finds nothing, the game is finished enough to show. Every finding says what happened and which line was
probably forgotten.
"""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import Any

from engine.hand import Side
from engine.inputs import TICK_HZ, TICK_S
from engine.play.answering import AnsweringHands
from engine.play.game import TrialEnded, TrialStarted
from engine.play.kindness import hand_lost, moments, mostly_lost_is_void, nothing_done
from engine.play.level import LevelBase
from engine.play.playthrough import AnyGame, Run, answered, fingerprint, fingerprint_elsewhere
from engine.play.restcheck import rests_between_sets
from engine.play.stored import from_json, to_json
from engine.view.scene import Hand

SEED = 7
DRAWN_TWICE_EVERY = 20
OTHER_SEEDS = (8, 9, 10, 11)
OTHER_WAYS = ((0.0, False, "at its easiest"), (10.0, False, "at its hardest"), (5.0, True, "in helped trials"))


def check_game(game: AnyGame, level: LevelBase, *, other_process: bool = True) -> tuple[str, ...]:
    """Everything this game does not keep of the contract on this level; empty where it keeps all of it."""
    name = f"{game.name}, level {level.title!r}"
    try:
        return tuple(f"{name}: {finding}" for finding in _findings(game, level, other_process))
    except Exception as error:  # a game that raises is a finding like any other
        return (f"{name}: it raised {type(error).__name__}: {error}; no input may make a game raise",)


def _findings(game: AnyGame, level: LevelBase, other_process: bool) -> Iterator[str]:
    yield from _starts(game, level)
    run = answered(game, level, SEED, level.difficulty.start)
    yield from _answer_succeeds(game, level, run, "at its start difficulty")
    yield from _trials_are_told(level, run)
    if not run.finished:
        return
    one_set = level.model_copy(update={"sets": 1})
    for difficulty, assisted, where in OTHER_WAYS:
        yield from _answer_succeeds(game, one_set, answered(game, one_set, SEED, difficulty, assisted), where)
    yield from _same_again(game, level, run, other_process)
    yield from _other_seed_differs(game, level, run)
    yield from nothing_done(game, level, SEED)
    yield from nothing_done(game, level, SEED, assisted=True)
    yield from hand_lost(game, level, run, SEED)
    yield from mostly_lost_is_void(game, level, SEED)
    yield from rests_between_sets(game, level, SEED)
    yield from _the_hand_that_plays_is_shown(game, level)
    yield from _survives_json(game, run)


def _starts(game: AnyGame, level: LevelBase) -> Iterator[str]:
    state = game.start(level, SEED)
    if not _frozen(state):
        yield "start() returns no frozen dataclass; write @dataclass(frozen=True) above the state"
    if game.start(level, SEED) != state:
        yield "start() gives two different states for one seed; draw only from Random(f'{seed}:{n}')"
    if game.done(state):
        yield "done() is true before the first tick; end the game in step()"


def _frozen(state: Any) -> bool:
    if not is_dataclass(state) or not fields(state):
        return False
    name = fields(state)[0].name
    try:
        setattr(state, name, getattr(state, name))
    except FrozenInstanceError:
        return True
    return False


def _answer_succeeds(game: AnyGame, level: LevelBase, run: Run, where: str) -> Iterator[str]:
    ended = run.ended()
    if not run.finished:
        asked = game.cue(run.states[-1]) if run.states else None
        yield (
            f"{where}, a hand that answered every cue was still playing after {len(run.states) * TICK_S:.0f} s, "
            f"{len(ended)} of {level.trials} trials done; the last cue was {asked}: either step() waits for "
            "something that cue() does not ask, or done() forgets to count"
        )
        return
    for trial in ended:
        if trial.success is not True:
            yield (
                f"{where}, trial {trial.n} was answered exactly as cue() asked and ended with "
                f"success={trial.success}, cause {trial.cause!r}; cue() probably leaves out a target, a place or a hold"
            )
            return
    if len(ended) < level.trials:
        yield f"{where}, done after {len(ended)} trials, the level asks for {level.trials} (sets x repetitions)"


def _trials_are_told(level: LevelBase, run: Run) -> Iterator[str]:
    open_trial: int | None = None
    seen: list[int] = []
    for happened in run.events:
        kinds = [type(event) for event in happened]
        if TrialStarted in kinds and TrialEnded in kinds:
            yield "a trial ends and the next begins in one tick; the difficulty could not change between the two"
            return
        for event in happened:
            if isinstance(event, TrialStarted):
                if open_trial is not None or event.n in seen:
                    yield f"TrialStarted({event.n}) comes while trial {open_trial} runs, or for the second time"
                    return
                open_trial = event.n
                seen.append(event.n)
            elif isinstance(event, TrialEnded):
                if event.n != open_trial:
                    yield f"TrialEnded(n={event.n}) without its TrialStarted; emit TrialStarted(n) when it begins"
                    return
                open_trial = None
                if event.difficulty != level.difficulty.start or event.duration_s <= 0:
                    yield (
                        f"TrialEnded(n={event.n}) says difficulty {event.difficulty} and {event.duration_s} s; "
                        "keep the GameInput.difficulty it was drawn with, and count its seconds (engine.play.watch)"
                    )
                    return


def _same_again(game: AnyGame, level: LevelBase, run: Run, other_process: bool) -> Iterator[str]:
    state, happened = game.start(level, SEED), []
    for n, given in enumerate(run.inputs):
        scene = game.draw(state)
        if n % DRAWN_TWICE_EVERY == 0 and game.draw(state) != scene:
            yield "draw() shows one state in two ways; draw from the state alone, no random numbers, no counters"
            return
        state, events = game.step(state, given, TICK_S)
        happened.append(events)
    if tuple(happened) != run.events or state != run.states[-1]:
        yield "drawing between the ticks changes what happens; draw() must read the state and change nothing"
        return
    if not other_process:
        return
    here, there = fingerprint(game, level, SEED), fingerprint_elsewhere(game, level, SEED)
    if here != there:
        yield (
            f"the same seed plays differently in another process ({there}); a set is walked, hash() is used, "
            "or something outside the state is remembered"
        )


def _other_seed_differs(game: AnyGame, level: LevelBase, run: Run) -> Iterator[str]:
    met = _met(game, run)
    if all(_met(game, answered(game, level, seed, level.difficulty.start)) == met for seed in OTHER_SEEDS):
        yield "five seeds give the same game; draw each trial from Random(f'{seed}:{n}')"


def _met(game: AnyGame, run: Run) -> list[object]:
    """What the player meets as each trial begins."""
    begins = [
        state
        for state, events in zip(run.states, run.events, strict=True)
        if any(isinstance(event, TrialStarted) for event in events)
    ]
    return [(game.cue(state), game.draw(state)) for state in begins]


def _the_hand_that_plays_is_shown(game: AnyGame, level: LevelBase) -> Iterator[str]:
    for side in Side:
        given = AnsweringHands().given(level.difficulty.start, side=side)
        state, _ = game.step(game.start(level, SEED), given, TICK_S)
        own = [shape for shape in game.draw(state).without_ghosts.shapes if isinstance(shape, Hand)]
        plays = given.side(level.hand)
        if own and not any(plays is hand.side or hand.angles is not None or hand.mirrored for hand in own):
            drawn = own[0].side
            yield f"the {plays} hand plays, and a {drawn} one is drawn that will not move; ask GameInput.side(...)"


def _survives_json(game: AnyGame, run: Run) -> Iterator[str]:
    """A state that was written down and read again is the same state and goes on in the same way."""
    for moment in moments(run):
        state = run.states[moment]
        again = from_json(type(state), to_json(state))
        if again != state:
            lost = [f.name for f in fields(state) if getattr(again, f.name) != getattr(state, f.name)]
            yield f"the state does not survive JSON, see its {', '.join(lost)}; give every field its exact type"
            return
        for given in run.inputs[moment + 1 : moment + 1 + TICK_HZ]:
            state, events = game.step(state, given, TICK_S)
            again, events_again = game.step(again, given, TICK_S)
            if (state, events) != (again, events_again):
                yield "a state read back from JSON goes on differently; all that matters must be in the state"
                return
