"""Before the first trial: a ghost hand plays one repetition by the game's own rules, unhurried, and then makes way.

What it does is on no tape and counts for nothing: it is a game of its own, answered as its `cue` asks.
"""

from dataclasses import replace
from typing import Any

from engine.hand import Side
from engine.motion.poses import pose_for
from engine.play.answering import AnsweringHand
from engine.play.game import Game, TrialEnded
from engine.play.inputs import TICK_S
from engine.play.level import LevelBase
from engine.play.playthrough import given_by, role_of
from engine.view.scene import Hand, Scene

SLOWER = 0.4
"""The share of its usual speed at which the showing hand moves: as slow as somebody who wants to be followed."""
LINGERS_S = 1.2
LONGEST_S = 20.0


class Demonstration:
    """One repetition of a level at its easiest, shown once. `over` when it has been seen, or was skipped."""

    def __init__(self, game: Game[Any, Any], level: LevelBase, affected_side: Side, seed: int) -> None:
        self._game, self._level, self._side = game, level, affected_side
        self._state: Any = game.start(level, seed)
        self._hand = AnsweringHand()
        self._shown_s, self._left_s = 0.0, LONGEST_S

    @property
    def over(self) -> bool:
        return self._left_s <= 0.0 or self._game.done(self._state)

    def skip(self) -> None:
        self._left_s = 0.0

    def tick(self) -> None:
        """One sixtieth of a second."""
        cue = self._game.cue(self._state)
        self._hand = self._hand.answer(cue, TICK_S * SLOWER)
        given = given_by(role_of(cue, self._level), self._hand.seen(), self._level.difficulty.min)
        self._state, events = self._game.step(self._state, replace(given, affected_side=self._side), TICK_S)
        self._shown_s += TICK_S
        self._left_s -= TICK_S
        if any(isinstance(event, TrialEnded) for event in events):
            self._left_s = min(self._left_s, LINGERS_S)

    def scene(self) -> Scene:
        """The game as it is shown: every hand a ghost that moves by itself."""
        pose = pose_for(self._hand.values)
        drawn = self._game.draw(self._state)
        shapes = tuple(
            replace(shape, ghost=True, affected=False, warm=0.0, angles=shape.angles or pose)
            if isinstance(shape, Hand)
            else shape
            for shape in drawn.shapes
        )
        return replace(drawn, shapes=shapes, sentence="session.watch", picture="hand_right", time_left=None)
