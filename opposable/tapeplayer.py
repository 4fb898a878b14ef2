"""Tapes played again: the session they hold, tick by tick. No picture is needed for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.inputs import Role
from engine.motion.poses import as_felt
from engine.play.game import Event
from engine.play.levelfile import read_level
from engine.play.session import Session, advance
from engine.play.tape import Tape, Tick
from games import all_games


@dataclass(frozen=True)
class Moment:
    """One tick played again: what was on the tape, and what the game made of it."""

    tick: Tick
    events: tuple[Event, ...]


class TapePlayer:
    """A tape and a fresh session that plays it. Raises `LevelErrors` where the tape's level is not understood."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        level = read_level(tape.header.level_text.encode(), tape.path, all_games())
        self.session = Session(level.game, level.level, tape.header.seed, affected_side=tape.header.affected_side)

    def moments(self) -> Iterator[Moment]:
        """Every tick in order; the session stands at that tick when it is given out. Raises `TapeError`."""
        for tick in self.tape:
            yield Moment(tick, advance(self.session, tick.given))

    def poses(self, tick: Tick) -> dict[Side, HandAngles]:
        """The hands as they were drawn then."""
        return {
            self.tape.header.affected_side if role is Role.AFFECTED else self.tape.header.affected_side.other: (
                as_felt(angle_rad.tolist(), tick.given.hand(role).values)
            )
            for role, angle_rad in tick.poses.items()
        }
