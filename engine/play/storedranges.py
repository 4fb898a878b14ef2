"""The own ranges of the people who play here: one small file for each person, side and kind of source.

`people/<person>/<side>-<kind>.json` in the person's own folder, for this user only, written whole or not at all.
A file that cannot be read is set aside under another name and said; play goes on with an able adult's range.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import category, normalize
from urllib.parse import quote, unquote

from pydantic import TypeAdapter, ValidationError

from engine.hand import FINGERS, LONG_FINGERS, Side
from engine.motion.edges import TRIGGERS
from engine.motion.ranges import Ranges
from engine.paths import home_path
from engine.problem import NotUnderstoodError
from engine.wholefile import write_whole

FORMAT = 1
ME = "me"
LONGEST_NAME = 60
_OWN_HANDS = ("sim", "synthetic")
_CAMERAS = ("camera", "video", "shared")


@dataclass(frozen=True)
class OwnRange:
    """A range that was found once, and when; `own` and `kept` as a calibration found them."""

    ranges: Ranges
    found_utc: str
    source: str
    own: tuple[str, ...] = ()
    kept: dict[str, str] | None = None
    format: int = FORMAT


_OWN_RANGE = TypeAdapter(OwnRange)


class NoNameError(NotUnderstoodError, ValueError):
    """A person's name that is none; the message says what is allowed."""


# Control signs and halves of signs; what joins letters in Persian or Sinhala is not among them.
_UNSEEN = ("Cc", "Cs")


def source_kind(spec: str) -> str:
    """What a range is good for: any camera and any video of one; a glove; each drawn or simulated hand by itself."""
    kind, _, rest = spec.strip().partition(":")
    if kind in _CAMERAS:
        return "camera"
    return f"{kind}-{rest.partition('?')[0] or 'able'}" if kind in _OWN_HANDS else kind


def plain_name(person: str) -> str:
    """A person's name however it was typed: large or small, and on one keyboard a letter and its accent are one sign,
    on another they are two."""
    return normalize("NFC", normalize("NFC", " ".join(person.split())).casefold())


def person_folder(person: str) -> Path:
    """A person's folder, whatever their name is written in. Raises NoNameError."""
    name = plain_name(person)
    if not 0 < len(name) <= LONGEST_NAME or any(category(sign) in _UNSEEN for sign in person.strip()):
        raise NoNameError(
            f"--person {person!r}: a name has 1 to {LONGEST_NAME} letters, and no other signs than are seen."
        )
    return home_path() / "people" / f"p-{in_a_path(name)}"


def range_path(person: str, side: Side, spec: str) -> Path:
    """The file of this hand's range for this kind of source."""
    return person_folder(person) / f"{side}-{in_a_path(source_kind(spec))}.json"


def keep_range(person: str, side: Side, found: OwnRange) -> Path:
    """Write it down, in place of the one before. Raises OSError where it cannot be written; the old one stays then."""
    path = range_path(person, side, found.source)
    write_whole(path, _OWN_RANGE.dump_json(found, indent=1))
    return path


def stored_range(person: str, side: Side, spec: str) -> tuple[OwnRange | None, str]:
    """The range found before, if any; and what is amiss with it, in words, if it had to be set aside."""
    path = range_path(person, side, spec)
    try:
        found = _OWN_RANGE.validate_json(path.read_bytes())
        _check(found)
    except FileNotFoundError:
        return None, ""
    except (OSError, ValidationError, ValueError, ZeroDivisionError) as problem:
        return None, set_aside(path, problem, "An able adult's range is used. Run: opposable calibrate")
    return found, ""


def stored_kinds(person: str, side: Side) -> tuple[str, ...]:
    """The kinds of source this person's hand has a range of its own for."""
    kept = sorted(person_folder(person).glob(f"{side}-*.json"))
    return tuple(unquote(path.stem.removeprefix(f"{side}-")) for path in kept)


def stored_side(person: str) -> Side | None:
    """The person's affected hand, once they have said which it is."""
    try:
        return Side(json.loads((person_folder(person) / "person.json").read_bytes())["affected_side"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_side(person: str, side: Side) -> None:
    """Remember the affected hand."""
    said = {"format": FORMAT, "name": person, "affected_side": side}
    write_whole(person_folder(person) / "person.json", json.dumps(said, ensure_ascii=False).encode())


def now_utc(time: datetime) -> str:
    """A time in UTC as it is written down, to the second."""
    return time.isoformat(timespec="seconds")


def _check(found: OwnRange) -> None:
    ranges = found.ranges
    spans = [*ranges.bend.values(), *ranges.aperture.values(), ranges.spread, ranges.across, ranges.wrist]
    if found.format != FORMAT:
        raise ValueError(f"it has format {found.format}; this program reads format {FORMAT}")
    if set(ranges.bend) != set(FINGERS) or set(ranges.aperture) != set(LONG_FINGERS):
        raise ValueError("a finger is missing")
    if set(ranges.triggers) != set(TRIGGERS) or not ranges.fist or not set(ranges.fist) <= set(LONG_FINGERS):
        raise ValueError("its triggers or its fist cannot be meant")
    if not all(abs(span.full - span.rest) > 1e-6 and abs(span.full) + abs(span.rest) < 100 for span in spans):
        raise ValueError("a range has no length")


def set_aside(path: Path, problem: Exception, instead: str) -> str:
    """Give a file that cannot be read another name; what was found, where it is now, and what happens `instead`."""
    aside, n = path.with_suffix(".broken"), 1
    while aside.exists():
        n += 1
        aside = path.with_suffix(f".broken{n}")
    with suppress(OSError):
        path.replace(aside)
    reason = _first_line(problem)
    return f"{path.name}: this file cannot be read ({reason}). It was set aside as {aside}. {instead}"


def _first_line(problem: Exception) -> str:
    if isinstance(problem, ValidationError):
        error: Any = problem.errors(include_url=False)[0]
        return f"{'.'.join(map(str, error['loc']))}: {error['msg']}".removeprefix(": ")
    return str(problem).splitlines()[0]


def in_a_path(name: str) -> str:
    """A name as a file may be called."""
    written = quote(name, safe="").replace(".", "%2E").replace("~", "%7E")
    return written if len(written) <= 100 else f"{written[:60]}-{sha256(name.encode()).hexdigest()[:16]}"
