"""One sitting with one level: hands in, events out, sixty ticks a second; live and replayed alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.hand import Side
from engine.inputs import NO_HAND, TICK_S, GameInput, HandInput
from engine.play.adaptation import Adaptation, Change, after_trial, first_day
from engine.play.causes import offsets_of
from engine.play.game import Cue, Event, Game, TrialEnded
from engine.play.level import LevelBase

Recorder = Callable[[GameInput, tuple[Event, ...]], None]
ToldWhy = Callable[[Change], None]
Through = Callable[[GameInput], GameInput]


class Session:
    """A game in play. `state` is the game's own; `ticks` of 1/60 s have been played; `adaptation` decides the
    difficulty of the next trial, `changes` say why, and `told_why` hears each at once. `record`
    is told every tick: its input and its events. Live inputs go `through` the tape, and the game sees what comes
    back: so what was recorded is what was played.

    Everything that happens follows from game, level, seed and the inputs given to `advance`.
    """

    def __init__(
        self,
        game: Game[Any, Any],
        level: LevelBase,
        seed: int,
        *,
        affected_side: Side = Side.RIGHT,
        adaptation: Adaptation | None = None,
        record: Recorder | None = None,
        through: Through | None = None,
        told_why: ToldWhy | None = None,
    ) -> None:
        self.game, self.level, self.seed, self.affected_side = game, level, seed, affected_side
        begun = adaptation or first_day(level.difficulty)
        self.adaptation = replace(begun, offsets=offsets_of(level.parts, begun.offsets))
        self.changes: list[Change] = []
        self.record, self.through, self.told_why = record, through, told_why
        self.state: Any = game.start(level, seed)
        self.ticks = 0
        self.paused = self._goes_on = False
        self._given = GameInput(affected_side=affected_side)
        self._decide()

    @property
    def played_s(self) -> float:
        """How long has been played, pauses left out."""
        return self.ticks * TICK_S

    @property
    def done(self) -> bool:
        return self.game.done(self.state)

    @property
    def resting(self) -> bool:
        """Whether the person rests between two sets: no hand need be there."""
        return not self.done and self.game.resting(self.state)

    def go_on(self) -> None:
        """The person cuts the rest short, from the next tick."""
        self._goes_on = self.resting

    @property
    def cue(self) -> Cue | None:
        """What the hand is asked to do now; nothing while paused."""
        return None if self.paused else self.game.cue(self.state)

    def tick(self, hands: Mapping[Side, HandInput]) -> tuple[Event, ...]:
        """One tick with the hands as they are. Paused or done, nothing happens and no press is kept for later."""
        if self.paused or self.done:
            return ()
        side = self.affected_side
        affected, unaffected = hands.get(side, NO_HAND), hands.get(side.other, NO_HAND)
        given = self._given
        if given.affected is not affected or given.unaffected is not unaffected:
            given = self._given = GameInput(
                affected, unaffected, side, given.difficulty, given.assisted, given.offsets
            )  # fmt: skip
        if self._goes_on:
            given, self._goes_on = replace(given, go_on=True), False
        return advance(self, given if self.through is None else self.through(given))

    def learn(self, trial: TrialEnded) -> None:
        """Between two trials, and only there, the difficulty may move."""
        part = self.level.part_of(trial.cause)
        self.adaptation, change = after_trial(self.adaptation, trial.success, trial.difficulty, part)
        self.changes.append(change)
        if self.told_why is not None:
            self.told_why(change)
        self._decide()

    def _decide(self) -> None:
        """What the next trial is to be, as the game will be told."""
        now = self.adaptation
        offsets = tuple(sorted(now.offsets.items())) if any(now.offsets.values()) else ()
        self._given = replace(self._given, difficulty=now.level, assisted=now.assisted, offsets=offsets)


def advance(session: Session, given: GameInput) -> tuple[Event, ...]:
    """Play one tick. Live play and replay both come through here, so a replay is the same game."""
    session.state, events = session.game.step(session.state, given, TICK_S)
    session.ticks += 1
    if session.record is not None:
        session.record(given, events)
    for event in events:
        if isinstance(event, TrialEnded):
            session.learn(event)
    return events


def replay(session: Session, inputs: Iterable[GameInput]) -> list[tuple[Event, ...]]:
    """The events of every tick of a tape, played on a fresh session."""
    return [advance(session, given) for given in inputs]
