"""Tapes played again: the session they hold, and any moment of it as a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pygame

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.motion.poses import as_felt
from engine.play.game import Event
from engine.play.inputs import Role
from engine.play.levelfile import read_level
from engine.play.session import Session, advance
from engine.play.tape import Tape, Tick
from engine.strings import strings
from engine.view.painter import Painter
from games import all_games
from opposable.screens.window import SIZE_PX


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


def painter_for(tape: Tape) -> Painter:
    return Painter(SIZE_PX, words=dict(strings().sentences), affected_side=tape.header.affected_side)


def pictures_of(tape: Tape, ticks: tuple[int, ...]) -> list[pygame.Surface]:
    """The table as it looked at these ticks."""
    player, painter = TapePlayer(tape), painter_for(tape)
    pictures = []
    for moment in player.moments():
        if moment.tick.n in ticks:
            scene = player.session.game.draw(player.session.state)
            pictures.append(painter.paint(scene, player.poses(moment.tick)).copy())
    return pictures


def save_picture(picture: pygame.Surface, path: Path) -> None:
    """Write a PNG that only this user may read."""
    path.touch(mode=0o600)
    pygame.image.save(picture, path)
