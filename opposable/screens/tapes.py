"""Any moment of a tape as a picture."""

from pathlib import Path

import pygame

from engine.play.tape import Tape
from engine.strings import strings
from engine.view.painter import Painter
from opposable.screens.window import SIZE_PX
from opposable.tapeplayer import TapePlayer


def pictures_of(tape: Tape, ticks: tuple[int, ...]) -> list[pygame.Surface]:
    """The table as it looked at these ticks."""
    player = TapePlayer(tape)
    painter = Painter(SIZE_PX, words=dict(strings().sentences), affected_side=tape.header.affected_side)
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
