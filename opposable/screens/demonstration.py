"""Before the first trial: a ghost hand plays one repetition by the game's own rules, unhurried, and then makes way.

What it does is on no tape and counts for nothing: it is a game of its own, answered as its `cue` asks.
"""

from dataclasses import replace
from typing import Any

from engine.hand import Side
from engine.inputs import TICK_S
from engine.motion.poses import pose_for
from engine.play.answering import AnsweringHands
from engine.play.game import Game, TrialEnded
from engine.play.level import LevelBase
from engine.view.scene import Hand, Scene
from engine.view.shownpose import shown_pose

SLOWER = 0.4
"""The share of its usual speed at which the showing hand moves: as slow as somebody who wants to be followed."""
LINGERS_S = 1.2
LONGEST_S = 20.0


class Demonstration:
    """One repetition of a level at its easiest, shown once. `over` when it has been seen, or was skipped."""

    def __init__(self, game: Game[Any, Any], level: LevelBase, affected_side: Side, seed: int) -> None:
        self._game, self._level, self._side = game, level.as_shown(), affected_side
        self._state: Any = game.start(self._level, seed)
        self._hands = AnsweringHands()
        self._shown_s, self._left_s = 0.0, LONGEST_S

    @property
    def over(self) -> bool:
        return self._left_s <= 0.0 or self._game.done(self._state)

    def skip(self) -> None:
        self._left_s = 0.0

    def tick(self) -> None:
        """One sixtieth of a second."""
        self._hands = self._hands.answer(self._game.cue(self._state), TICK_S * SLOWER)
        given = self._hands.given(self._level.difficulty.min, side=self._side)
        self._state, events = self._game.step(self._state, given, TICK_S)
        self._shown_s += TICK_S
        self._left_s -= TICK_S
        if any(isinstance(event, TrialEnded) for event in events):
            self._left_s = min(self._left_s, LINGERS_S)

    def scene(self) -> Scene:
        """The game as it is shown: every hand a ghost that moves by itself."""
        poses = {side: pose_for(values) for side, values in self._hands.values(self._side).items()}
        drawn = self._game.draw(self._state)
        shapes = tuple(
            replace(shape, ghost=True, affected=False, warm=0.0, angles=shape.angles or shown_pose(shape, poses))
            if isinstance(shape, Hand)
            else shape
            for shape in drawn.shapes
        )
        return replace(drawn, shapes=shapes, sentence="session.watch", picture="hand_right", time_left=None)
