"""A level open beside the editor: it plays on with every change that is saved, and shows what to correct."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pygame

from engine.hand import Side
from engine.play.levelfile import LevelErrors, LevelFile, load_level
from engine.sources import open_source
from engine.view.palette import STANDARD, Palette
from engine.view.paper import lay_sheet, margin
from engine.view.type import written
from games import all_games
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import SIZE_PX, Window
from opposable.sitting import Sitting

LOOK_EVERY = 15
"""Frames between two looks at the file: four a second."""
MOST_TOLD, TEXT_PX, LIFT = 5, 24, 9.0
SIDE = Side.RIGHT


@dataclass(frozen=True)
class Saved:
    """What was in the file when it was last looked at; None where it could not be read."""

    raw: bytes | None

    @staticmethod
    def of(path: Path) -> "Saved":
        try:
            return Saved(path.read_bytes())
        except OSError:
            return Saved(None)


class Watching:
    """Plays a level file in a window, from its last good state. Nothing of it is kept as anybody's practice."""

    def __init__(self, path: Path, level: LevelFile, source: str, window: Window) -> None:
        self.path, self.source, self.window = path, source, window
        self._folder = tempfile.TemporaryDirectory(prefix="opposable_watch_")
        self.saved = Saved.of(path)
        self.level = level
        self.reloads = 0
        self.errors: LevelErrors | None = None
        self._frames = self._round = 0
        self.live = self._begin()

    def _begin(self) -> Live:
        self._round += 1
        source = open_source(self.source, side=SIDE)
        sitting = Sitting(self.level, self.source, SIDE, self._round, Path(self._folder.name))
        return Live(sitting, source, self.window, PlayScreen(self.window, SIDE))

    def step(self) -> bool:
        """One frame; False once the person has left."""
        self._frames += 1
        if self._frames % LOOK_EVERY == 0:
            self.look()
        self.live.step()
        if self.live.left:
            return False
        if self.live.over:
            self._again()
        return True

    def look(self) -> None:
        """Take in what was saved since the last look; a level that needs a change leaves the last good one playing."""
        saved = Saved.of(self.path)
        if saved == self.saved or not saved.raw:
            return
        self.saved = saved
        try:
            self.level = load_level(self.path, all_games())
        except LevelErrors as errors:
            self.errors = errors
            self.window.note = note_of(errors)
            return
        self.errors, self.window.note = None, None
        self.reloads += 1
        self._again()

    def _again(self) -> None:
        self.live.source.close()
        self.live.sitting.close()
        self.live = self._begin()

    def close(self) -> None:
        """End play and leave nothing behind."""
        self.live.source.close()
        self.live.sitting.close()
        self._folder.cleanup()


def note_of(errors: LevelErrors, palette: Palette = STANDARD) -> pygame.Surface:
    """A sheet of paper with what is to be changed, to lie over the game."""
    width = SIZE_PX[0] - 300
    lines = [f"{error.line}:{error.col}  {error.where}: {error.message}" for error in errors.errors[:MOST_TOLD]]
    if len(errors.errors) > MOST_TOLD:
        lines.append(f"and {len(errors.errors) - MOST_TOLD} more")
    head = written("Saved, and not played yet: this needs a change.", TEXT_PX, palette.ink, width - 60, "bold")
    texts = [head, *(written(line, TEXT_PX, palette.ink, width - 60) for line in lines)]
    height = sum(text.get_height() + 8 for text in texts) + 44
    note = pygame.Surface((width + 2 * margin(LIFT), height + 2 * margin(LIFT)), pygame.SRCALPHA)
    lay_sheet(note, pygame.Rect(margin(LIFT), margin(LIFT), width, height), palette, 12.0, LIFT)
    top = margin(LIFT) + 22
    for text in texts:
        note.blit(text, (margin(LIFT) + 30, top))
        top += text.get_height() + 8
    return note
