"""What gloves write on a wire, read and written: OpenGloves' alpha lines, its older lines, and comma-separated columns.

A reading is a mapping of plain names to numbers in the glove's own counts: `thumb` .. `little` (0 open), `splay.index`,
`joint.index.0`, `joystick.x`; a button has its name and 1. The wire formats are those of the LucidGloves firmware.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from engine.hand import FINGERS

Reading = Mapping[str, float]
MOST_COUNT = 65_535.0

_LETTERS = dict(zip("ABCDE", FINGERS, strict=True))
NUMBERS: Mapping[str, str] = {
    **_LETTERS,
    "F": "joystick.x",
    "G": "joystick.y",
    "P": "trigger",
    **{f"({letter}B)": f"splay.{finger}" for letter, finger in _LETTERS.items()},
    **{f"({letter}A{'ABCD'[n]})": f"joint.{finger}.{n}" for letter, finger in _LETTERS.items() for n in range(4)},
}
BUTTONS: Mapping[str, str] = {
    "H": "joystick.click",
    "I": "trigger.click",
    "J": "button.a",
    "K": "button.b",
    "L": "grab",
    "M": "pinch",
    "N": "menu",
    "O": "calibrate",
}
LEGACY = (
    *FINGERS, "joystick.x", "joystick.y", "joystick.click", "trigger.click", "button.a", "button.b", "grab", "pinch",
)  # fmt: skip

_TOKEN = re.compile(rb"(\([A-Z]+\)|[A-Z])([0-9]*)")
_NUMBER = re.compile(rb"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(?:[eE][+-]?[0-9]{1,2})?")
_SEPARATOR = re.compile(rb"[,;\t &]+")
_FINGER_NAMES = {**{finger.value: finger.value for finger in FINGERS}, "pinky": "little", "pinkie": "little"}
_TIMES = ("t_ms", "time", "time_ms", "millis", "t")


def read_alpha(line: bytes) -> Reading | None:
    """An alpha line, `A95B1095...(AB)1`. Unknown keys are skipped; what follows a damaged place is left out, as some
    firmware overruns its own tail. None where fewer than three fingers can be read."""
    values: dict[str, float] = {}
    at = 0
    while match := _TOKEN.match(line, at):
        at = match.end()
        key, digits = match[1].decode(), match[2]
        if key in NUMBERS and 0 < len(digits) <= 5 and float(digits) <= MOST_COUNT:
            values[NUMBERS[key]] = float(digits)
        elif key in BUTTONS and not digits:
            values[BUTTONS[key]] = 1.0
    return values if _fingers(values) >= 3 else None


def write_alpha(reading: Reading) -> bytes:
    """An alpha line of these values, in the firmware's own order."""
    order = ("A", "B", "C", "D", "E", "F", "G", "P")
    said = [f"{key}{reading[NUMBERS[key]]:.0f}" for key in order if NUMBERS[key] in reading]
    said += [key for key, name in BUTTONS.items() if reading.get(name)]
    said += [f"{key}{reading[name]:.0f}" for key, name in NUMBERS.items() if key not in order and name in reading]
    return "".join(said).encode() + b"\n"


def read_legacy(line: bytes) -> Reading | None:
    """The older firmware's line: thirteen whole numbers between `&` signs."""
    parts = line.split(b"&")
    if len(parts) != len(LEGACY) or not all(1 <= len(part) <= 5 and part.isdigit() for part in parts):
        return None
    values = [float(part) for part in parts]
    return dict(zip(LEGACY, values, strict=True)) if max(values) <= MOST_COUNT else None


def write_legacy(reading: Reading) -> bytes:
    """The older firmware's line of these values; what is not named is 0."""
    return "&".join(f"{reading.get(name, 0.0):.0f}" for name in LEGACY).encode() + b"\n"


def columns_of(line: bytes) -> tuple[str, ...] | None:
    """The column names of a header line, None where it is none."""
    words = _split(line)
    if len(words) < 3 or not all(word[:1].isalpha() and word.isascii() for word in words):
        return None
    names = tuple(_column(word.decode()) for word in words)
    return names if sum(name in FINGERS for name in names) >= 3 else None


def read_csv(line: bytes, columns: Sequence[str]) -> Reading | None:
    """One line of columns: `,` `;` `&` tab or space between them, also before the first and after the last, or
    `name:value`. Columns named "" or "-" are left out. None where a number is missing or is none."""
    words = _split(line)
    named = [word.partition(b":") for word in words]
    if words and all(colon for _, colon, _ in named):
        columns = [_column(name.decode("ascii", "replace")) for name, _, _ in named]
        words = [value for _, _, value in named]
    if len(words) < len(columns) or not columns:
        return None
    values: dict[str, float] = {}
    for name, word in zip(columns, words, strict=False):
        if name in ("", "-"):
            continue
        value = _number(word)
        if value is None:
            return None
        values[name] = value
    # A clock may count as far as it likes; what a sensor says has an end.
    too_far = any(abs(value) > MOST_COUNT for name, value in values.items() if name not in _TIMES)
    return None if too_far or _fingers(values) < 3 else values


def write_csv(reading: Reading, columns: Sequence[str]) -> bytes:
    """A line of these columns; what is not named is 0."""
    return ",".join(f"{reading.get(name, 0.0):g}" for name in columns).encode() + b"\n"


class Dialect(NamedTuple):
    """How one glove's lines are read."""

    name: str
    read: Callable[[bytes], Reading | None]


def csv_with(columns: Sequence[str]) -> Dialect:
    """The dialect of lines with these columns."""
    return Dialect("csv", lambda line: read_csv(line, columns))


ALPHA, LEGACY_LINES = Dialect("alpha", read_alpha), Dialect("legacy", read_legacy)
ENOUGH = 3


def detect(lines: Sequence[bytes], columns: Sequence[str] = (), only_columns: bool = False) -> Dialect | None:
    """Which dialect these lines are in: the first one in which at least three, and most of them, can be read. `columns`
    is what the person said the columns are, () where nothing was said; `only_columns`: that columns they are."""
    if columns:
        candidates = [csv_with(columns)]
    else:
        named = next((names for line in lines if (names := columns_of(line)) is not None), None)
        candidates = [] if only_columns else [ALPHA, LEGACY_LINES]
        candidates.append(csv_with(named or _guessed(lines)))
    for dialect in candidates:
        understood = sum(dialect.read(line) is not None for line in lines)
        if understood >= ENOUGH and 2 * understood > len(lines):
            return dialect
    return None


def column_names(text: str) -> tuple[str, ...]:
    """The columns as a person writes them: `t_ms,thumb,index,-,middle`."""
    return tuple(_column(word.strip()) for word in text.split(","))


def _guessed(lines: Sequence[bytes]) -> tuple[str, ...]:
    """Columns of lines without names: five fingers, after a clock where the first of six or more numbers only rises."""
    rows = [[_number(word) for word in _split(line)] for line in lines]
    told = [row for row in rows if len(row) >= 6 and None not in row]
    if len(told) >= ENOUGH:
        first = [row[0] or 0.0 for row in told]
        if all(later > earlier for earlier, later in pairwise(first)):
            return ("t_ms", *FINGERS)
    return FINGERS


def _split(line: bytes) -> list[bytes]:
    return [word for word in _SEPARATOR.split(line) if word]


def _column(word: str) -> str:
    plain = word.lower()
    return _FINGER_NAMES.get(plain, plain)


def _number(word: bytes) -> float | None:
    """A finite number written in ASCII digits, None for anything else."""
    if not _NUMBER.fullmatch(word):
        return None
    value = float(word)
    return value if isfinite(value) else None


def _fingers(values: Reading) -> int:
    return sum(finger in values for finger in FINGERS)
