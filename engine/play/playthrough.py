"""Playing a whole game without a person or a window: with a hand that answers, here and in another process."""

import hashlib
import multiprocessing
from dataclasses import dataclass
from typing import Any

from engine.play.answering import STILL_HAND, AnsweringHand
from engine.play.game import Cue, Event, Game, TrialEnded, TrialStarted
from engine.play.inputs import TICK_HZ, TICK_S, GameInput, HandInput, Role
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
    hands: tuple[AnsweringHand, ...]
    finished: bool

    def ended(self) -> list[TrialEnded]:
        return [event for tick in self.events for event in tick if isinstance(event, TrialEnded)]

    def started(self) -> list[TrialStarted]:
        return [event for tick in self.events for event in tick if isinstance(event, TrialStarted)]


def answered(game: AnyGame, level: LevelBase, seed: int, difficulty: float, assisted: bool = False) -> Run:
    """Play to the end with a hand that answers every cue; stops where the level should long have ended."""
    state, hand = game.start(level, seed), AnsweringHand()
    inputs, states, events, hands = [], [], [], []
    for _ in range(round((level.longest_s() + 60) * TICK_HZ)):
        if game.done(state):
            break
        cue = game.cue(state)
        hand = hand.answer(cue, TICK_S)
        given = given_by(role_of(cue, level), hand.seen(), difficulty, assisted)
        state, happened = game.step(state, given, TICK_S)
        inputs.append(given)
        states.append(state)
        events.append(happened)
        hands.append(hand)
    return Run(tuple(inputs), tuple(states), tuple(events), tuple(hands), game.done(state))


def role_of(cue: Cue | None, level: LevelBase) -> Role:
    return level.hand if cue is None else cue.role


def given_by(role: Role, hand: HandInput, difficulty: float, assisted: bool = False) -> GameInput:
    hands = {Role.AFFECTED: STILL_HAND, Role.UNAFFECTED: STILL_HAND, role: hand}
    return GameInput(hands[Role.AFFECTED], hands[Role.UNAFFECTED], difficulty=difficulty, assisted=assisted)


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
