"""YAML read with care: the event stream is checked before anything is built, and every value keeps its place.

Scalars mean what YAML 1.2 says, as in an editor: `yes` is text, `010` is ten, `12:30` is text, `1e3` is a thousand.
Anchors, aliases, tags, merge keys and second documents are refused: a level needs none of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from engine.play.text import unshowable
from engine.play.yamlwords import POINT, QUOTE, explain

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_EVENTS = 5_000
MAX_DIGITS = 18

Path = tuple[str | int, ...]
Scalar = None | bool | int | float | str
Value = Scalar | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a text file, both counted from 1 as editors do."""

    line: int
    col: int


@dataclass(frozen=True)
class Fault:
    """Something the reader must change: where in the file, where in the data, and a sentence."""

    mark: Mark
    where: Path
    message: str


class YamlRefusedError(Exception):
    """The file could not be read as one plain YAML document."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass
class Document:
    """Plain data with the place of every key and value; `faults` are those that did not stop the reading."""

    data: Value = None
    key_at: dict[Path, Mark] = field(default_factory=dict)
    value_at: dict[Path, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_yaml(raw: bytes) -> Document:
    """Read one guarded YAML document. Raises `YamlRefusedError`, and nothing else."""
    text = _decoded(raw)
    document = Document()
    reader = _Reader(iter(list(_events(text))), document)
    document.data = reader.value(reader.root(), ())
    return document


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _refusal(1, 1, f"the file has {len(raw):,} bytes; a level may have {MAX_BYTES:,} at most")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:4]:
        raise _refusal(1, 1, "byte 0: the file is not UTF-8 but looks like UTF-16; save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        mark = _mark_after(before)
        found = raw[error.start]
        message = f"byte {error.start}: 0x{found:02x} is not UTF-8 here; save the file as UTF-8"
        raise YamlRefusedError(Fault(mark, (), message)) from None
    for match in re.finditer(r"[^\n\r\t -~]", text):
        if (character := unshowable(match.group())) is not None:
            mark = _mark_after(text[: match.start()])
            at_byte = len(text[: match.start()].encode())
            message = f"byte {at_byte}: the character {character} cannot be shown and may deceive; delete it"
            raise YamlRefusedError(Fault(mark, (), message))
    return text


def _mark_after(text: str) -> Mark:
    lines = re.split(r"\r\n|\n|\r", text)
    return Mark(len(lines), len(lines[-1]) + 1)


def _refusal(line: int, col: int, message: str) -> YamlRefusedError:
    return YamlRefusedError(Fault(Mark(line, col), (), message))


def _events(text: str) -> Iterator[yaml.Event]:
    """The event stream, ended by `YamlRefusedError` at the first thing a level has no use for."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    depth = documents = 0
    line, col = 1, 1
    event: yaml.Event | None = None
    try:
        for count, event in enumerate(yaml.parse(text, Loader=loader)):
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line, col = _mark_of(event)
            if count >= MAX_EVENTS:
                raise _refusal(line, col, f"the file holds more than {MAX_EVENTS:,} values; a level is much smaller")
            if depth > MAX_DEPTH:
                raise _refusal(line, col, f"blocks are nested deeper than {MAX_DEPTH}; a level needs three or four")
            if documents > 1:
                raise _refusal(line, col, "a second document starts here (---); write one level per file")
            if (message := _unwanted(event)) is not None:
                raise _refusal(line, col, message)
            yield event
    except yaml.MarkedYAMLError as error:
        if not _runs_on(event):
            line, col, message = explain(error, text, line, col)
        else:
            message = QUOTE
        last = _mark_after(text.rstrip("\r\n"))
        raise YamlRefusedError(Fault(min(Mark(line, col), last), (), message)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        message = f"what follows cannot be read ({shortened(str(error))}); write it plainly"
        raise _refusal(line, col, message) from None


def _runs_on(event: yaml.Event | None) -> bool:
    """Whether the last value before a complaint was a quoted text over several lines: its end was forgotten."""
    if not isinstance(event, yaml.ScalarEvent) or event.style not in ("'", '"'):
        return False
    return event.start_mark is not None and event.end_mark is not None and event.end_mark.line > event.start_mark.line


def _mark_of(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None
    return event.start_mark.line + 1, event.start_mark.column + 1


def _unwanted(event: yaml.Event) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return f"'*{shortened(event.anchor or '')}' repeats another part of the file; write the values out instead"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
        if event.anchor is not None:
            return f"'&{shortened(event.anchor)}' names a part of the file; a level needs no anchors, delete it"
        if event.tag is not None:
            tag = shortened(event.tag.replace("tag:yaml.org,2002:", "!!"))
            return f"'{tag}' is a YAML tag; a level needs none: delete it, or put quotes around a text with '!'"
    return None


@dataclass
class _Reader:
    """Builds plain data from guarded events. Recursion is safe: the depth was checked on the way in."""

    events: Iterator[yaml.Event]
    document: Document

    def root(self) -> yaml.Event:
        """The event that the document itself begins with."""
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                return next(self.events)
        raise _refusal(1, 1, "the file is empty; a level begins with 'game:' and 'title:'")

    def value(self, event: yaml.Event, where: Path) -> Value:
        self.document.value_at[where] = Mark(*_mark_of(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(where)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event, where)

    def _list(self, where: Path) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self.value(event, (*where, len(values))))
        return values

    def _mapping(self, where: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            mark = Mark(*_mark_of(event))
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlRefusedError(Fault(mark, where, "a key must be a word, not a list or a block"))
            key = event.value
            if key == "<<" and event.implicit[0]:
                raise YamlRefusedError(Fault(mark, where, "'<<' merges other parts of the file; write the values out"))
            here = (*where, key)
            if key in values:
                first = self.document.key_at[here].line
                message = f"'{shortened(key)}' is written twice, in lines {first} and {mark.line}; keep one of them"
                if key.isdigit():
                    message = f"unknown key; {POINT}"
                self.document.faults.append(Fault(mark, here, message))
                _Reader(self.events, Document()).value(next(self.events), here)
                continue
            self._check_text(key, mark, where)
            self.document.key_at[here] = mark
            values[key] = self.value(next(self.events), here)
        return values

    def _scalar(self, event: yaml.ScalarEvent, where: Path) -> Scalar:
        mark = self.document.value_at[where]
        if not event.implicit[0]:
            self._check_text(event.value, mark, where)
            return str(event.value)
        if re.fullmatch(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+", event.value) and len(event.value) > MAX_DIGITS:
            message = f"a number of {len(event.value)} digits; no value of a level is that large"
            self.document.faults.append(Fault(mark, where, message))
            return 0
        return plain_scalar(event.value)

    def _check_text(self, text: str, mark: Mark, where: Path) -> None:
        """Escapes such as "\\u202e" make characters that were not seen when the file was decoded."""
        for character in text:
            if character not in "\n\r\t" and (name := unshowable(character)) is not None:
                message = f"the character {name} cannot be shown and may deceive; delete it"
                raise YamlRefusedError(Fault(mark, where, message))


def shortened(text: str, most: int = 40) -> str:
    """Any text, fit to be quoted in one line: short, and with names for what cannot be printed."""
    line = " ".join(text[: 20 * most].split())
    line = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
    return line if len(line) <= most else line[: most - 1] + "…"


def plain_scalar(text: str) -> Scalar:
    """An unquoted scalar by the core schema of YAML 1.2 (chapter 10.3.2 of its specification)."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text[0] in "tT"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+", text):
        return int(text[2:], 8)
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return int(text[2:], 16)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"[-+]?\.(inf|Inf|INF)", text):
        return float("-inf") if text[0] == "-" else float("inf")
    return float("nan") if text in (".nan", ".NaN", ".NAN") else text
