"""A level open beside the editor: it plays on with every change that is saved, and shows what to correct."""

import tempfile
from pathlib import Path

import pygame

from engine.clock import wait_s
from engine.hand import Side
from engine.play.levelerrors import one_error
from engine.play.levelfile import LevelErrors, LevelFile, files_of, load_level
from engine.sources import open_source
from engine.view.palette import PALETTES, STANDARD, Palette
from engine.view.paper import lay_sheet, margin
from engine.view.scene import Scene
from engine.view.type import written
from games import all_games
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import SIZE_PX, Window
from opposable.sitting import Sitting

LOOK_EVERY = 15
"""Frames between two looks at the file: four a second."""
MOST_TOLD, TEXT_PX, LIFT = 5, 24, 9.0
FRAME_S = 1 / 30
PLAYS_ON = "This needs a change; until then the last good level plays on."
NOT_YET = "This needs a change before it can be played."
SIDE = Side.RIGHT


Saved = dict[Path, bytes | None]
"""What was in the level's file and in those it builds on when they were last looked at; None: one was not there."""


def saved_in(path: Path) -> Saved:
    """What is in these files now."""
    return {file: _bytes_of(file) for file in files_of(path)}


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


class Watching:
    """Plays a level file in a window, from its last good state. Nothing of it is kept as anybody's practice.
    `difficulty`: hold it there, 0..10; None to let it follow whoever plays."""

    def __init__(self, path: Path, source: str, window: Window, difficulty: float | None = None) -> None:
        self.path, self.source, self.window, self.difficulty = path, source, window, difficulty
        self._folder = tempfile.TemporaryDirectory(prefix="opposable_watch_")
        self.level: LevelFile | None = None
        self.live: Live | None = None
        self.reloads = 0
        self.errors: LevelErrors | None = None
        self._frames = self._round = 0
        self._waiting = PlayScreen(window, SIDE)
        self.saved = self._maybe = saved_in(path)
        self._take_in()

    def step(self) -> bool:
        """One frame; False once the person has left."""
        self._frames += 1
        if self._frames % LOOK_EVERY == 0:
            self.look()
        if self.live is None:
            return self._wait()
        self.live.step()
        if self.live.left:
            return False
        if self.live.over:
            self._again()
        return True

    def _wait(self) -> bool:
        """One frame before there is a level that can be played: an empty table, and on it what to correct."""
        wishes = self.window.wishes()
        self.window.show(self._waiting.painter.paint(Scene(()), pointing=None))
        wait_s(FRAME_S)
        return not wishes.leave

    def look(self) -> None:
        """Take in what was saved since the last look; a level that needs a change leaves the last good one playing."""
        # While something is amiss, the file that would mend it may be one that was not there before.
        now = saved_in(self.path) if self.errors else {file: _bytes_of(file) for file in self.saved}
        if now == self.saved:
            return
        # An editor may empty a file, or take it away, just before it writes: only what lasts until the next look is so.
        if not all(now.values()) and now != self._maybe:
            self._maybe = now
            return
        self.saved = self._maybe = saved_in(self.path)
        if self._take_in():
            self.reloads += 1

    def _take_in(self) -> bool:
        """Play what is in the file, or say what to correct; whether it plays."""
        try:
            if self.saved[self.path] == b"":
                raise one_error(self.path, "the file is empty; undo in your editor, and save it again")
            level = load_level(self.path, all_games())
        except LevelErrors as errors:
            self.errors = errors
            self.window.note = note_of(
                errors, PLAYS_ON if self.level else NOT_YET, PALETTES[self.window.comfort.palette]
            )
            return False
        self.level = level if self.difficulty is None else level.set_by_therapist(self.difficulty, pinned=True)
        self.errors, self.window.note = None, None
        self._again()
        return True

    def _again(self) -> None:
        assert self.level is not None
        self._end()
        self._round += 1
        source = open_source(self.source, side=SIDE)
        sitting = Sitting(self.level, self.source, SIDE, self._round, Path(self._folder.name))
        self.live = Live(sitting, source, self.window, PlayScreen(self.window, SIDE))

    def _end(self) -> None:
        if self.live is not None:
            self.live.close()
            self.live.sitting.close()

    def close(self) -> None:
        """End play and leave nothing behind."""
        self._end()
        self._folder.cleanup()


def note_of(errors: LevelErrors, head: str, palette: Palette = STANDARD) -> pygame.Surface:
    """A sheet of paper with what is to be changed, under one sentence, to lie over the game."""
    width = SIZE_PX[0] - 300
    lines = [str(error).removeprefix(f"{error.path}:") for error in errors.errors[:MOST_TOLD]]
    if len(errors.errors) > MOST_TOLD:
        lines.append(f"and {len(errors.errors) - MOST_TOLD} more")
    title = written(head, TEXT_PX, palette.ink, width - 60, "bold")
    texts = [title, *(written(line, TEXT_PX, palette.ink, width - 60) for line in lines)]
    height = sum(text.get_height() + 8 for text in texts) + 44
    note = pygame.Surface((width + 2 * margin(LIFT), height + 2 * margin(LIFT)), pygame.SRCALPHA)
    lay_sheet(note, pygame.Rect(margin(LIFT), margin(LIFT), width, height), palette, 12.0, LIFT)
    top = margin(LIFT) + 22
    for text in texts:
        note.blit(text, (margin(LIFT) + 30, top))
        top += text.get_height() + 8
    return note
