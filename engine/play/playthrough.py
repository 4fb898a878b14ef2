"""Playing a whole game without a person or a window: with hands that answer, here and in another process."""

import hashlib
import multiprocessing
from dataclasses import dataclass
from typing import Any

from engine.inputs import TICK_HZ, TICK_S, GameInput, Role
from engine.play.answering import AnsweringHands
from engine.play.game import Cue, Event, Game, TrialEnded, TrialStarted
from engine.play.level import LevelBase
from engine.play.stored import to_json

AnyGame = Game[Any, Any]
CHILD_LIMIT_S = 50.0


@dataclass(frozen=True)
class Run:
    """One game played: the inputs it was given, every state after them, and what happened, tick by tick."""

    inputs: tuple[GameInput, ...]
    states: tuple[Any, ...]
    events: tuple[tuple[Event, ...], ...]
    hands: tuple[AnsweringHands, ...]
    finished: bool

    def ended(self) -> list[TrialEnded]:
        return [event for tick in self.events for event in tick if isinstance(event, TrialEnded)]

    def started(self) -> list[TrialStarted]:
        return [event for tick in self.events for event in tick if isinstance(event, TrialStarted)]


def answered(game: AnyGame, level: LevelBase, seed: int, difficulty: float, assisted: bool = False) -> Run:
    """Play to the end with a hand that answers every cue; stops where the level should long have ended."""
    state, answering = game.start(level, seed), AnsweringHands()
    inputs, states, events, hands = [], [], [], []
    for _ in range(round((level.longest_s() + 60) * TICK_HZ)):
        if game.done(state):
            break
        answering = answering.answer(game.cue(state), TICK_S)
        given = answering.given(difficulty, assisted)
        state, happened = game.step(state, given, TICK_S)
        inputs.append(given)
        states.append(state)
        events.append(happened)
        hands.append(answering)
    return Run(tuple(inputs), tuple(states), tuple(events), tuple(hands), game.done(state))


def roles_of(cue: Cue | None, level: LevelBase) -> tuple[Role, ...]:
    """The hands that are asked now, or else play the level."""
    return level.roles if cue is None else cue.roles


def fingerprint(game: AnyGame, level: LevelBase, seed: int) -> str:
    """All that happens in an answered game, in 16 letters: equal on every machine and in every process."""
    run = answered(game, level, seed, level.difficulty.start)
    digest = hashlib.sha256()
    for state, events in zip(run.states, run.events, strict=True):
        if events:
            digest.update(f"{events}{to_json(state)}{game.cue(state)}".encode())
    return digest.hexdigest()[:16]


def fingerprint_elsewhere(game: AnyGame, level: LevelBase, seed: int) -> str:
    """The fingerprint as a new process sees it, or what went amiss there."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send_fingerprint, args=(sender, game, level, seed))
    try:
        child.start()
    except Exception as error:
        return f"it cannot be sent to another process: {error}; define its functions at the top of a module"
    sender.close()
    try:
        return str(receiver.recv()) if receiver.poll(CHILD_LIMIT_S) else "no answer in time"
    except EOFError:
        return "the other process ended without an answer"
    finally:
        if child.is_alive() and not receiver.poll(0):
            child.join(1.0)
        child.kill()
        child.join()
        receiver.close()


def _send_fingerprint(sender: Any, game: AnyGame, level: LevelBase, seed: int) -> None:
    sender.send(fingerprint(game, level, seed))
    sender.close()
