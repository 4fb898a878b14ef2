"""The smallest working game: close your hand as far as the level says, then open it. Copy this folder to begin."""

from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from engine.hand import Side
from engine.inputs import AFFECTED, GameInput
from engine.play.game import Cue, Event, Game, Said, Sounded, Target, TrialEnded, TrialStarted
from engine.play.level import LevelBase, Ramp, linear
from engine.play.rest import rest_is_due, rest_is_over, rest_left
from engine.play.strand import strand
from engine.play.watch import NOTHING_SEEN, Watch
from engine.view.scene import Bead, Hand, Scene, Zone


class TemplateLevel(LevelBase):
    """Close the hand, then open it."""

    game: Literal["template"]
    closing: Annotated[Ramp, linear(0.2, 0.9, harder="larger")] = Field(
        description="How far the hand is to close, share of the person's own range."
    )


@dataclass(frozen=True)
class State:
    """`side`: of the hand that plays. `beads`: what counts; `voids`: trials that nobody saw, and that are asked for
    again. `closing`: how far the hand is to close, 0..1. `closed`: it did. `watch` is None between two trials,
    `rested_s` is None where nobody rests."""

    level: TemplateLevel
    seed: int
    side: Side = Side.RIGHT
    beads: tuple[Bead, ...] = ()
    voids: int = 0
    closing: float = 0.5
    difficulty: float = 0.0
    assisted: bool = False
    closed: bool = False
    watch: Watch | None = None
    rests: int = 0
    rested_s: float | None = None

    @property
    def n(self) -> int:
        """The trial that runs, or comes next."""
        return len(self.beads) + self.voids


def step(state: State, given: GameInput, dt_s: float) -> tuple[State, tuple[Event, ...]]:
    if state.rested_s is not None:
        rested_s = state.rested_s + dt_s
        return replace(state, rested_s=None if rest_is_over(state.level, rested_s, given) else rested_s), ()
    hand, side = given.hand(state.level.hand), given.side(state.level.hand)
    if side is not state.side:
        state = replace(state, side=side)
    if state.watch is None:
        if not hand.seen or done(state):
            return state, ()
        asked = state.level.closing.at(0.0 if given.assisted else given.difficulty)
        closing = asked + Random(f"{state.seed}:{state.n}").uniform(-0.05, 0.05)
        begun = replace(state, closing=closing, difficulty=given.difficulty, assisted=given.assisted, closed=False)
        return replace(begun, watch=NOTHING_SEEN), (TrialStarted(state.n),)
    state = replace(state, watch=state.watch.after(hand, dt_s))
    if not hand.seen or state.watch is None:
        return state, ()
    fist = hand.value("fist")
    if not state.closed:
        return replace(state, closed=fist >= state.closing), ()
    if fist > 0.1:
        return state, ()
    void = state.watch.void
    end = TrialEnded(state.n, None if void else True, None, state.watch.duration_s, state.difficulty, state.assisted)
    if void:
        return replace(state, voids=state.voids + 1, watch=None), (end,)
    state = replace(state, beads=(*state.beads, "done"), watch=None)
    if rest_is_due(state.level, len(state.beads), state.rests):
        return replace(state, rests=state.rests + 1, rested_s=0.0), (end, Sounded("bead"), Said("rest"))
    return state, (end, Sounded("bead"))


def cue(state: State) -> Cue | None:
    if resting(state):
        return None
    fist = Target("fist", 0.0, 0.08) if state.closed else Target("fist", min(1.0, state.closing + 0.02))
    return Cue(state.level.hand, (fist,))


def draw(state: State) -> Scene:
    opens = state.closed and state.watch is not None
    hand = Hand(state.side, wrist_m=(0.0, 0.04, 0.10), affected=state.level.hand is AFFECTED)
    shapes = (Zone((0.0, 0.0, 0.0), 60, 1.0 if opens else 0.0), hand)
    beads = strand(state.beads, state.level, resting=resting(state))
    if state.rested_s is not None:
        return Scene(shapes, beads, "rest", "rest", rest_left(state.level, state.rested_s))
    return Scene(shapes, beads, *(("template.open", "open") if opens else ("template.close", "fist")))


def done(state: State) -> bool:
    return len(state.beads) >= state.level.trials


def resting(state: State) -> bool:
    return state.rested_s is not None


GAME: Game[TemplateLevel, State] = Game("template", TemplateLevel, State, step, cue, draw, done, resting)
