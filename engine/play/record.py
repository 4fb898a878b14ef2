"""What every record of a session begins with: which level, whose hand, what saw it, when."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from engine.hand import Side
from engine.inputs import TICK_HZ
from engine.linefile import whole_lines
from engine.play.levelfile import LevelFile
from engine.play.storedranges import ME
from engine.problem import NotUnderstoodError, ProblemError

FORMAT = 1
TAPE, RESULTS = ".tape.jsonl", ".results.jsonl"
"""How the names of the two records of a session end."""
WANTED = f"name the {TAPE} file of a session"


class RecordError(ProblemError, ValueError):
    """A record that cannot be read further, with file and line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


class NoSuchRecordError(RecordError, NotUnderstoodError):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, 1, f"there is no such file; {WANTED}")
        self.args = (f"'{path}': {self.message}",)


@dataclass(frozen=True)
class Header:
    """The first line of a tape or of results. `level_text` is the level as it was played, whole;
    `ranges` says, by side, which range the hands were measured by; `utc_offset_min` is the local time's distance from
    UTC; `person` is the name under which the range and the progress of whoever played are kept."""

    game: str
    level: str
    level_text: str
    level_sha256: str
    seed: int
    affected_side: Side
    source: str
    started_utc: str
    utc_offset_min: int
    versions: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, str] = field(default_factory=dict)
    tick_hz: int = TICK_HZ
    format: int = FORMAT
    person: str = ME

    def line(self) -> str:
        """The header as the first line of a record."""
        return compact({"header": asdict(self)})


def header_for(level: LevelFile, *, seed: int, affected_side: Side, source: str, started: datetime) -> Header:
    """The header of a session that begins now; `started` is an aware date and time."""
    offset = started.astimezone().utcoffset()
    return Header(
        game=level.game.name,
        level=level.name,
        level_text=level.text,
        level_sha256=level.sha256,
        seed=seed,
        affected_side=affected_side,
        source=source,
        started_utc=started.astimezone(UTC).isoformat(timespec="seconds"),
        utc_offset_min=int(offset.total_seconds() // 60) if offset else 0,
        versions={name: _version(name) for name in ("opposable", "mediapipe")},
    )


def read_header(path: Path, line: bytes) -> Header:
    """The inverse of `Header.line`. Raises `RecordError`."""
    said = read_object(path, 1, line).get("header")
    if not isinstance(said, dict):
        raise RecordError(path, 1, "this is not a record of a session: its first line is no header")
    if said.get("format") != FORMAT:
        raise RecordError(path, 1, f"the record has format {said.get('format')}; this program reads format {FORMAT}")
    try:
        header = _HEADER.validate_json(json.dumps(said))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise RecordError(path, 1, f"the header is damaged at '{where}': {first['msg']}") from None
    if sha256(header.level_text.encode()).hexdigest() != header.level_sha256:
        raise RecordError(path, 1, "the level in this record is not the one that was played")
    return header


def read_lines(path: Path) -> list[bytes]:
    """The lines of a record that were written to their end, at least one. Raises `RecordError`."""
    try:
        lines = whole_lines(path)
    except FileNotFoundError:
        raise NoSuchRecordError(path) from None
    except OSError as error:
        raise RecordError(path, 1, f"the record cannot be opened ({error.strerror or error}); {WANTED}") from None
    if not lines:
        raise RecordError(path, 1, "the record ends before its first line is complete; there is nothing to show")
    return lines


def is_whole(line: bytes) -> bool:
    """Whether a line is what was meant to be written: the last one before a power cut may hold anything."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    """One line as a JSON object. Raises `RecordError`."""
    try:
        said = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        said = f"this is no record of a session; {WANTED}" if number == 1 else "this line is damaged and cannot be read"
        raise RecordError(path, number, said) from None
    if not isinstance(said, dict):
        raise RecordError(path, number, "this line is damaged: it holds no object")
    return said


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def compact(said: Mapping[str, object]) -> str:
    """One JSON object on one line, without spaces."""
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


_HEADER = TypeAdapter(Header)
