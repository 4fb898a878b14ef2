"""Level files: from bytes to a checked level, or to sentences that say what to write instead."""

import hashlib
import json
from dataclasses import dataclass
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
from engine.play.levelwords import Guide, did_you_mean, either, explain
from engine.play.yamlguard import Document, Fault, Mark, Value, YamlRefusedError, read_yaml, shortened
from engine.play.yamlguard import Path as Where

AnyGame = Game[Any, Any]
MAX_FAULTS = 50
SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class LevelFile:
    """A level that may be played, with the game it is for and its text: the file's own, or, where it extends another
    level, all of it together."""

    level: LevelBase
    game: AnyGame
    path: Path
    text: str
    sha256: str

    @property
    def name(self) -> str:
        """As it is asked for on the command line: `coin_drop/01_first_coin`."""
        path = self.path.with_suffix("")
        return f"{path.parent.name}/{path.name}" if path.parent.name == self.game.name else path.name


@dataclass(frozen=True)
class LevelError:
    """One thing to change. `line` and `col` count from 1; `where` is the place in the data, as `coins.fall_s`."""

    path: Path
    line: int
    col: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.path}:{self.line}:{self.col}: {place}{self.message}"


class LevelErrors(Exception):  # noqa: N818 - it holds all of them
    """Everything that must be changed in one file, in the order of its lines."""

    def __init__(self, errors: tuple[LevelError, ...]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


@dataclass(frozen=True)
class Shelf:
    """What a folder of levels holds: those that may be played, and those that need a change first."""

    levels: tuple[LevelFile, ...]
    problems: tuple[LevelErrors, ...]


def load_level(path: Path | str, games: tuple[AnyGame, ...], chain: tuple[Path, ...] = ()) -> LevelFile:
    """Read one level file; `chain` are the levels that build on it. Raises `LevelErrors`, and nothing else."""
    path = Path(path)
    try:
        raw = path.read_bytes()
    except IsADirectoryError:
        raise _one(path, "this is a folder; name a level file inside it") from None
    except FileNotFoundError:
        raise _one(
            path,
            "there is no such file; check its name and folder, or name a shipped level, such as coin_drop/01",
        ) from None
    except OSError as error:
        raise _one(path, f"the file cannot be opened: {error.strerror or error}") from None
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
        raise _errors(path, [refused.fault]) from None
    game, data = _game(document, path, games)
    try:
        level = game.level.of(data)
    except ValidationError as error:
        guide = _guide(game)
        found = error.errors(include_url=False, include_input=False)
        faults = [_fault(details, document, guide) for details in found[:MAX_FAULTS]]
        known = {fault.where for fault in document.faults}
        faults = [fault for fault in faults if fault.where not in known]
        if len(found) > MAX_FAULTS:
            rest = f"{len(found) - MAX_FAULTS:,} more things to change; these {MAX_FAULTS} come first"
            faults.append(Fault(document.value_at[()], (), rest))
        raise _errors(path, document.faults[:MAX_FAULTS] + faults) from None
    if document.faults:
        raise _errors(path, document.faults[:MAX_FAULTS])
    return LevelFile(level, game, path, text, hashlib.sha256(text.encode("utf-8")).hexdigest())


def _on_its_base(
    document: Document, name: str, path: Path, games: tuple[AnyGame, ...], chain: tuple[Path, ...]
) -> Document:
    """The document together with the level it extends. Raises `YamlRefusedError`."""
    here = path.resolve()
    if here in chain:
        raise refusal(document, "these levels extend each other in a ring; let one of them stand alone")
    if len(chain) >= LONGEST_CHAIN:
        raise refusal(document, f"more than {LONGEST_CHAIN} levels extend one another; extend an earlier one")
    try:
        base = load_level(beside(path, name) or resolve_level(name), games, (*chain, here))
    except LevelErrors as errors:
        first = errors.errors[0]
        found = first.message if first.path == Path(name) else f"'{name}' needs a change first: {first}"
        raise refusal(document, found) from None
    whole = joined(document, read_yaml(base.text.encode("utf-8")))
    assert isinstance(whole.data, dict)
    if whole.data["game"] != base.game.name:
        message = f"'{name}' is a level of {base.game.name}; a level keeps the game of the one it extends"
        raise YamlRefusedError(Fault(document.value_at["game",], ("game",), message))
    return whole


def find_levels(games: tuple[AnyGame, ...], folder: Path | None = None) -> Shelf:
    """Every level in a folder (by default the shipped ones), in order of name. A broken one hides no other."""
    levels, problems = [], []
    for path in _files(folder or levels_folder()):
        try:
            levels.append(load_level(path, games))
        except LevelErrors as errors:
            problems.append(errors)
    return Shelf(tuple(levels), tuple(problems))


def resolve_level(name: Path | str, folder: Path | None = None) -> Path:
    """The file meant by a path, or by a name as `coin_drop/01_first_coin` or, where it is clear, `coin_drop/01`."""
    path, root = Path(name), folder or levels_folder()
    if path.suffix in SUFFIXES or path.is_file():
        shelved = root / path
        return shelved if shelved.is_file() and not path.is_file() else path
    asked = path.as_posix().strip("/")
    by_name = {file.relative_to(root).with_suffix("").as_posix(): file for file in _files(root)}
    if asked in by_name:
        return by_name[asked]
    fits = [known for known in by_name if known.startswith(asked + "_") or known.split("/")[-1] == asked]
    if len(fits) == 1:
        return by_name[fits[0]]
    if fits:
        raise _one(path, f"more than one level begins so; it can be {either(tuple(fits))}")
    raise _one(path, "there is no level of this name" + did_you_mean(asked, tuple(by_name)))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())


def _game(document: Document, path: Path, games: tuple[AnyGame, ...]) -> tuple[AnyGame, dict[str, Value]]:
    data = document.data
    names = tuple(game.name for game in games)
    if not isinstance(data, dict):
        message = f"a level is a block of keys; begin it with 'game: {names[0] if names else '...'}'"
        raise _errors(path, [Fault(document.value_at[()], (), message)])
    if "game" not in data:
        if nearest := get_close_matches("game", data, n=1):
            mistyped = Fault(document.key_at[nearest[0],], (nearest[0],), "unknown key; did you mean 'game'?")
            raise _errors(path, [*document.faults, mistyped])
        message = f"this key is needed and missing; it can be {either(names)}"
        raise _errors(path, [*document.faults, Fault(document.value_at[()], ("game",), message)])
    for game in games:
        if game.name == data["game"]:
            return game, data
    said = data["game"] if isinstance(data["game"], str) else ""
    fault = Fault(document.value_at["game",], ("game",), "there is no such game" + did_you_mean(said, names))
    raise _errors(path, [*document.faults, fault])


@cache
def _guide(game: AnyGame) -> Guide:
    return Guide(game.level)


def _fault(details: ErrorDetails, document: Document, guide: Guide) -> Fault:
    """Where pydantic's complaint stands in the file; the names of union members in its path are left out."""
    where: Where = ()
    value = document.data
    steps = (*details["loc"], details.get("ctx", {}).get("where"))
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


def _one(path: Path, message: str) -> LevelErrors:
    return _errors(path, [Fault(Mark(1, 1), (), message)])


def _errors(path: Path, faults: list[Fault]) -> LevelErrors:
    """The faults in the order of the file, each said once."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.mark)
    errors = (
        LevelError(
            path, fault.mark.line, fault.mark.col, ".".join(shortened(str(step)) for step in fault.where), fault.message
        )
        for fault in ordered
    )
    return LevelErrors(tuple(errors))
