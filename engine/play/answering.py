"""A hand that does what it is asked, at once and exactly; and one that does nothing. They play any game by its cue."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.hand import Side
from engine.inputs import AFFECTED, CONTROLS, UNAFFECTED, GameInput, HandInput, Role, Tracking
from engine.motion.edges import held_now
from engine.play.game import Cue

CONTROL_PER_S = 2.5
PALM_PER_S = 0.8
RESTING_XY = (0.5, 0.3)


def _at_rest() -> Mapping[str, float]:
    return dict.fromkeys(CONTROLS, 0.0)


@dataclass(frozen=True)
class AnsweringHand:
    """A seen hand with every control; `answer` moves it one tick towards what the cue asks, and no faster than
    a brisk hand moves."""

    values: Mapping[str, float] = field(default_factory=_at_rest)
    palm_xy: tuple[float, float] = RESTING_XY
    held: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def answer(self, cue: Cue | None, dt_s: float) -> "AnsweringHand":
        if cue is None:
            return self if self.before == self.held else replace(self, before=self.held)
        values = dict(self.values)
        for target in cue.targets:
            middle, now, most = (target.low + target.high) / 2, values[target.control], CONTROL_PER_S * dt_s
            values[target.control] = min(max(middle, now - most), now + most)
        palm_xy = self.palm_xy
        if cue.place is not None:
            most = PALM_PER_S * dt_s
            x, y = (min(max(to, now - most), now + most) for to, now in zip(cue.place.xy, palm_xy, strict=True))
            palm_xy = (x, y)
        if values == self.values and palm_xy == self.palm_xy and self.before == self.held:
            return self
        return AnsweringHand(values, palm_xy, held_now(self.held, values), self.held)

    def seen(self) -> HandInput:
        """What the game is told of this hand now."""
        return self._seen

    @cached_property
    def _seen(self) -> HandInput:
        pressed = tuple(name for name in self.held if name not in self.before)
        released = tuple(name for name in self.before if name not in self.held)
        return HandInput(Tracking.TRACKED, self.values, self.palm_xy, self.held, pressed, released)

    def lost(self) -> HandInput:
        """The same hand when the camera has lost it: the last values, and no edge."""
        return HandInput(Tracking.LOST, self.values, self.palm_xy, self.held)


STILL_HAND = AnsweringHand().seen()


@dataclass(frozen=True)
class AnsweringHands:
    """Both hands of one who answers: those that the cue asks move, the others stay as they are."""

    affected: AnsweringHand = field(default_factory=AnsweringHand)
    unaffected: AnsweringHand = field(default_factory=AnsweringHand)

    def of(self, role: Role) -> AnsweringHand:
        return self.affected if role is AFFECTED else self.unaffected

    def answer(self, cue: Cue | None, dt_s: float) -> "AnsweringHands":
        """One tick later."""
        asked = () if cue is None else cue.roles
        affected = self.affected.answer(cue if AFFECTED in asked else None, dt_s)
        unaffected = self.unaffected.answer(cue if UNAFFECTED in asked else None, dt_s)
        if affected is self.affected and unaffected is self.unaffected:
            return self
        return AnsweringHands(affected, unaffected)

    def given(
        self, difficulty: float, assisted: bool = False, *, side: Side = Side.RIGHT, lost: tuple[Role, ...] = ()
    ) -> GameInput:
        """What the game is told of them; those in `lost` the camera does not see."""
        affected, unaffected = (self.of(role).lost() if role in lost else self.of(role).seen() for role in Role)
        return GameInput(affected, unaffected, side, difficulty, assisted)

    def values(self, affected_side: Side) -> dict[Side, Mapping[str, float]]:
        """The controls of each hand that are not at rest, by its side: to pose them. A fist is asked as a whole; the
        flexions of its fingers, which nobody asked for, would hold it open."""
        sides = {affected_side: self.affected, affected_side.other: self.unaffected}
        return {
            side: {name: value for name, value in hand.values.items() if value > 0.0} for side, hand in sides.items()
        }
