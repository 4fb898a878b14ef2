"""`opposable check`: every mistake in every level file, each with its place and what to write instead."""

from pathlib import Path

from engine.play.levelfile import LevelErrors, load_level
from games import all_games
from opposable.console import FINE, FOUND, NOT_UNDERSTOOD, complain, say


def check(paths: list[Path]) -> int:
    """Check files, and the .yaml files of folders; mistakes go to standard output, one a line."""
    files: list[Path] = []
    for path in paths:
        found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        if not found:
            complain(f"{path}: there is no .yaml file in this folder; name a level file or a folder of them.")
            return NOT_UNDERSTOOD
        files += found
    mistakes = 0
    for path in files:
        try:
            load_level(path, all_games())
        except LevelErrors as errors:
            mistakes += len(errors.errors)
            say(str(errors))
    if mistakes:
        say(f"{_count(mistakes, 'mistake')} in {_count(len(files), 'level')}.")
        return FOUND
    say(f"{_count(len(files), 'level')} checked, nothing to correct.")
    return FINE


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
