"""A first level to begin with: each key that does something in it, with a word on it, ready to be changed."""

import json
from pathlib import Path
from typing import Any

from engine.play.game import Game
from engine.play.level import LevelBase
from engine.play.levelfile import LevelErrors, load_level, resolve_level
from engine.play.levelnames import level_files, level_roots
from engine.play.packfiles import NAME
from engine.problem import NotUnderstoodError, ProblemError
from games import all_games
from opposable.designer.reference import modeline, schema_text

SCHEMA_FOLDER = ".schema"
FIRST = (
    "title", "for_whom", "why", "instruction", "stage", "sets", "repetitions", "rest_s", "difficulty", "hand", "reach",
)  # fmt: skip


def begin(game: Game[Any, Any], path: Path) -> None:
    """Write a new level and, beside it, what an editor needs to help. Raises ProblemError; nothing is overwritten."""
    if path.suffix not in (".yaml", ".yml") or not NAME.fullmatch(path.stem):
        raise NotUnderstoodError(f"{path}: name the file in small letters, digits, - and _, and end it in .yaml")
    if path.exists():
        raise ProblemError(f"{path}: there is a file of this name already; choose another, or delete that one")
    schema = path.parent / SCHEMA_FOLDER / f"{game.name}.json"
    try:
        schema.parent.mkdir(parents=True, exist_ok=True)
        schema.write_text(schema_text(game), encoding="utf-8")
        path.write_text(first_text(game), encoding="utf-8")
    except OSError as problem:
        raise ProblemError(f"{path}: it cannot be written ({problem.strerror}); choose another folder") from None


def first_text(game: Game[Any, Any]) -> str:
    """The text of a level that extends the game's simplest shipped one, saying in its own words what it is."""
    base = simplest(game)
    if base is None:
        raise ProblemError(f"{game.name} came without a level to begin from; see docs/levels.md for the keys it takes")
    level = load_level(base, all_games())
    lines = [
        modeline(f"{SCHEMA_FOLDER}/{game.name}.json"),
        f"# What is not written here is taken from {level.name}. Your editor shows every key; so does docs/levels.md.",
        "# Try it: opposable levels check FILE, then explain, preview, simulate and watch.",
        "",
        f"extends: {level.name}",
        f"game: {game.name}",
        "",
    ]
    values = level.level.model_dump(mode="json")
    idle = level.level.idle()
    own = [name for name in values if name not in {*LevelBase.model_fields, *idle} and values[name] is not None]
    for name in (*FIRST, *own):
        meaning = type(level.level).model_fields[name].description
        lines += [f"# {meaning}"] if meaning else []
        lines += [f"{name}: {_written(values[name])}"]
    return "\n".join(lines) + "\n"


def simplest(game: Game[Any, Any]) -> Path | None:
    """The game's first shipped level."""
    for root in level_roots():
        for file in level_files(root):
            try:
                level = load_level(resolve_level(file), all_games())
            except LevelErrors:
                continue
            if level.game.name == game.name:
                return file
    return None


def _written(value: object) -> str:
    """A value on one line: texts in quotes, so that no sign in them means anything to YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return f"{value:g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
