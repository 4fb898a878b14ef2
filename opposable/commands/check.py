"""`opposable check`: every mistake in every level file, each with its place and what to write instead.

Where a level can be read, simulated hands play it, and what its author may want to think over is said too.
"""

from pathlib import Path

from engine.play.levelerrors import NoSuchLevelError
from engine.play.levelfile import LevelErrors, load_level
from engine.play.levelnames import level_files, resolve_level
from engine.problem import NotUnderstoodError
from games import all_games
from opposable.console import FINE, FOUND, complain, say


def check(paths: list[Path], *, play: bool = True) -> int:
    """Check files, the level files of folders, and levels by name; what is found goes to standard output."""
    files: list[Path] = []
    mistakes = 0
    for path in paths:
        found = level_files(path) if path.is_dir() else [resolve_level(path)]
        if not found:
            raise NotUnderstoodError(
                f"'{path}': there is no .yaml file in this folder; name a level file or a folder of them."
            )
        files += found
    thoughts = 0
    for n, path in enumerate(files, 1):
        if play and len(files) > 1:
            complain(f"{n} of {len(files)}: {path}")
        try:
            file = load_level(path, all_games())
        except NoSuchLevelError:
            raise
        except LevelErrors as errors:
            mistakes += len(errors.errors)
            say(str(errors))
            continue
        from opposable.designer.advice import from_playing, from_reading

        for advice in [*from_reading(file.level), *(from_playing(file) if play else [])]:
            thoughts += 1
            say(f"{path}:{line_of(path, advice.field)}: {advice.field}: consider: {advice.words}")
    if mistakes:
        say(f"{_count(mistakes, 'mistake')} in {_count(len(files), 'level')}.")
        return FOUND
    said = f", {_count(thoughts, 'thing')} to consider" if thoughts else ", nothing to correct"
    say(f"{_count(len(files), 'level')} checked{said}.")
    return FINE


def line_of(path: Path, field: str) -> int:
    """The line in which a key stands, counted from 1; the first line where it is not written in this file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(f"{field}:")), 1)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
