"""Level files: from bytes to a checked level, or to sentences that say what to write instead."""

import hashlib
import json
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.paths import levels_folder
from engine.play.extending import LONGEST_CHAIN, base_name, beside, joined, refusal
from engine.play.game import Game
from engine.play.level import LevelBase
from engine.play.levelerrors import LevelError, LevelErrors, NoSuchLevelError, errors_in, one_error
from engine.play.levelnames import level_files, name_of, resolve_level
from engine.play.levelrules import Seen, as_far_as_right, broken_in
from engine.play.levelwords import Guide, did_you_mean, either, explain
from engine.play.yamlguard import Document, Fault, Value, YamlRefusedError, read_yaml
from engine.play.yamlguard import Path as Where

__all__ = [
    "AnyGame", "LevelError", "LevelErrors", "LevelFile", "Shelf", "files_of", "find_levels", "load_level",
    "read_level", "resolve_level",
]  # fmt: skip

AnyGame = Game[Any, Any]
MAX_FAULTS = 50


@dataclass(frozen=True)
class LevelFile:
    """A level that may be played, with the game it is for and its text: the file's own, or, where it extends another
    level, all of it together. `set_to`: the difficulty that a therapist chose for this sitting, if one did."""

    level: LevelBase
    game: AnyGame
    path: Path
    text: str
    sha256: str
    set_to: float | None = None

    def set_by_therapist(self, difficulty: float, *, pinned: bool) -> "LevelFile":
        """The same level, begun at this difficulty, 0..10; `pinned`, it stays there."""
        own = self.level.difficulty
        ends = (difficulty, difficulty) if pinned else (min(own.min, difficulty), max(own.max, difficulty))
        changed = own.model_copy(update={"start": difficulty, "min": ends[0], "max": ends[1]})
        return replace(self, level=self.level.model_copy(update={"difficulty": changed}), set_to=difficulty)

    @property
    def name(self) -> str:
        """As it is asked for on the command line: `coin_drop/01_first_coin`."""
        name, folder = name_of(self.path), self.path.parent.name
        return f"{folder}/{name}" if "/" not in name and folder == self.game.name else name


@dataclass(frozen=True)
class Shelf:
    """What a folder of levels holds: those that may be played, and those that need a change first."""

    levels: tuple[LevelFile, ...]
    problems: tuple[LevelErrors, ...]


def load_level(path: Path | str, games: tuple[AnyGame, ...], chain: tuple[Path, ...] = ()) -> LevelFile:
    """Read one level file; `chain` are the levels that build on it. Raises `LevelErrors`, and nothing else."""
    path = Path(path)
    if path.is_dir():
        raise NoSuchLevelError(path, "this is a folder; name a level file inside it")
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        said = "there is no such file; check its name and folder, or name a shipped level, such as coin_drop/01"
        raise NoSuchLevelError(path, said) from None
    except OSError as error:
        raise one_error(path, f"the file cannot be opened: {error.strerror or error}") from None
    return read_level(raw, path, games, chain)


def read_level(raw: bytes, path: Path, games: tuple[AnyGame, ...], chain: tuple[Path, ...] = ()) -> LevelFile:
    """The same, from bytes; `path` is for the messages, and for finding the level it may extend."""
    try:
        document = read_yaml(raw)
        text = raw.decode("utf-8")
        if (base := base_name(document)) is not None:
            document = _on_its_base(document, base, path, games, chain)
            text = json.dumps(document.data, ensure_ascii=False, indent=1)
    except YamlRefusedError as refused:
        raise errors_in(path, [refused.fault]) from None
    game, data = _game(document, path, games)
    right: Seen = {}
    try:
        level = game.level.of(data, right)
    except ValidationError as error:
        guide = _guide(game)
        found = _details(error)
        _leave_out_mistyped(found, game, right)
        found += [details for details in _broken(game, right) if details not in found]
        faults = [_fault(details, document, guide) for details in found[:MAX_FAULTS]]
        known = {fault.where for fault in document.faults}
        faults = [fault for fault in faults if fault.where not in known]
        if len(found) > MAX_FAULTS:
            rest = f"{len(found) - MAX_FAULTS:,} more things to change; these {MAX_FAULTS} come first"
            faults.append(Fault(document.value_at[()], (), rest))
        raise errors_in(path, document.faults[:MAX_FAULTS] + faults) from None
    if document.faults:
        raise errors_in(path, document.faults[:MAX_FAULTS])
    return LevelFile(level, game, path, text, hashlib.sha256(text.encode("utf-8")).hexdigest())


def _on_its_base(
    document: Document, name: str, path: Path, games: tuple[AnyGame, ...], chain: tuple[Path, ...]
) -> Document:
    """The document together with the level it extends. Raises `YamlRefusedError`, or `LevelErrors` of that level."""
    here = path.resolve()
    if here in chain:
        raise refusal(document, "these levels extend each other in a ring; let one of them stand alone")
    if len(chain) >= LONGEST_CHAIN:
        raise refusal(document, f"more than {LONGEST_CHAIN} levels extend one another; extend an earlier one")
    try:
        base = load_level(_base_of(path, name), games, (*chain, here))
    except LevelErrors as errors:
        if errors.root.path == Path(name):
            raise refusal(document, f"'{name}': {errors.root.message}") from None
        refused = refusal(document, f"'{name}' needs a change first: {errors.root}")
        raise errors_in(path, [refused.fault], errors.root) from None
    whole = joined(document, read_yaml(base.text.encode("utf-8")))
    assert isinstance(whole.data, dict)
    if whole.data["game"] != base.game.name:
        message = f"'{name}' is a level of {base.game.name}; a level keeps the game of the one it extends"
        raise YamlRefusedError(Fault(document.value_at["game",], ("game",), message))
    return whole


def _base_of(path: Path, name: str) -> Path:
    """The file of the level that the one at `path` extends. A bare name is one beside it or a shipped one, never one of
    another pack, which others may not have. Raises `NoSuchLevelError`."""
    return beside(path, name) or resolve_level(name, None if "/" in name else levels_folder())


def files_of(path: Path) -> tuple[Path, ...]:
    """A level's file and those it builds on, its own first, as far as they can be found and read."""
    files = [path]
    while len(files) <= LONGEST_CHAIN:
        try:
            name = base_name(read_yaml(files[-1].read_bytes()))
            base = None if name is None else _base_of(files[-1], name)
        except (OSError, YamlRefusedError, LevelErrors):
            break
        if base is None or base in files:
            break
        files.append(base)
    return tuple(files)


def find_levels(games: tuple[AnyGame, ...], folder: Path | None = None) -> Shelf:
    """Every level in a folder (by default the shipped ones), in order of name. A broken one hides no other."""
    levels, problems = [], []
    for path in level_files(folder or levels_folder()):
        try:
            levels.append(load_level(path, games))
        except LevelErrors as errors:
            problems.append(errors)
    return Shelf(tuple(levels), tuple(problems))


def _game(document: Document, path: Path, games: tuple[AnyGame, ...]) -> tuple[AnyGame, dict[str, Value]]:
    data = document.data
    names = tuple(game.name for game in games)
    if not isinstance(data, dict):
        message = f"a level is a block of keys; begin it with 'game: {names[0] if names else '...'}'"
        raise errors_in(path, [Fault(document.value_at[()], (), message)])
    if "game" not in data:
        if nearest := get_close_matches("game", data, n=1):
            mistyped = Fault(document.key_at[nearest[0],], (nearest[0],), "unknown key; did you mean 'game'?")
            raise errors_in(path, [*document.faults, mistyped])
        message = f"this key is needed and missing; it can be {either(names)}"
        raise errors_in(path, [*document.faults, Fault(document.value_at[()], ("game",), message)])
    for game in games:
        if game.name == data["game"]:
            return game, data
    said = data["game"] if isinstance(data["game"], str) else ""
    fault = Fault(document.value_at["game",], ("game",), "there is no such game" + did_you_mean(said, names))
    raise errors_in(path, [*document.faults, fault])


def _leave_out_mistyped(found: list[ErrorDetails], game: AnyGame, right: Seen) -> None:
    """A key that was mistyped is not known yet, though a default would stand in for it."""
    for details in found:
        if details["type"] == "extra_forbidden" and len(details["loc"]) == 1:
            for meant in get_close_matches(str(details["loc"][0])[:80], game.level.model_fields, n=1):
                right.get(game.level, {}).pop(meant, None)


def _broken(game: AnyGame, right: Seen) -> list[ErrorDetails]:
    """The rules between keys that do not hold, as far as those keys are right."""
    error = broken_in(as_far_as_right(game.level, right))
    return [] if error is None else _details(error)


def _details(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_input=False)


@cache
def _guide(game: AnyGame) -> Guide:
    return Guide(game.level)


def _fault(details: ErrorDetails, document: Document, guide: Guide) -> Fault:
    """Where pydantic's complaint stands in the file; the names of union members in its path are left out."""
    where: Where = ()
    value = document.data
    steps = (*details["loc"], *details.get("ctx", {}).get("where", ()))
    for n, step in enumerate(steps):
        if isinstance(value, dict) and step in value:
            where, value = (*where, str(step)), value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            where, value = (*where, step), value[step]
        elif details["type"] == "missing" and n == len(details["loc"]) - 1:
            assert step is not None
            return Fault(document.value_at[where], (*where, step), explain(details, (*where, step), None, guide))
    at_key = details["type"] in ("extra_forbidden", "missing") and where in document.key_at
    mark = document.key_at[where] if at_key else document.value_at[where]
    return Fault(mark, where, explain(details, where, value, guide))
