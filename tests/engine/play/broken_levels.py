"""Levels that are broken in many ways, and a reader that checks every promise about being told so."""

import re
import time
from pathlib import Path

from engine.play.levelfile import LevelErrors, LevelFile, read_level
from games import BUILT_IN
from tests.engine.play.toy import GOOD, TOYS

GAMES = (*TOYS, *BUILT_IN)
PATH = Path("levels/toy/slow.yaml")


def said(raw: str | bytes) -> list[str]:
    """What the reader is told about a file; empty where it may be played. Every promise is checked on the way."""
    raw = raw if isinstance(raw, bytes) else raw.encode()
    answer, took_s = timed(raw)
    if not isinstance(answer, LevelErrors):
        assert answer.level.longest_s() <= 3600
        return []
    # Seen late once may be the tests' own rubbish being collected; seen late again is the reader.
    assert took_s <= 0.5 or timed(raw)[1] <= 0.5
    assert answer.errors
    lines = re.split(rb"\r\n|\n|\r", raw)
    for error in answer.errors:
        assert str(error).startswith(f"{PATH}:{error.line}:{error.col}: ")
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.col <= max(map(len, lines)) + 1
        assert len(str(error)) <= 1500
        assert str(error).isprintable()
    return str(answer).splitlines()


def timed(raw: bytes) -> tuple[LevelFile | LevelErrors, float]:
    """The answer and the processor's seconds it took this thread: other threads of the tests are not the reader's."""
    began_s = time.thread_time()
    answer = answered(raw)
    return answer, time.thread_time() - began_s


def answered(raw: bytes) -> LevelFile | LevelErrors:
    try:
        return read_level(raw, PATH, GAMES)
    except LevelErrors as errors:
        return errors


DEEP = "".join("  " * n + "a:\n" for n in range(400))
HAND_MADE = {
    "empty": b"",
    "only a remark": b"# nothing yet\n",
    "not UTF-8": b"game: toy\ntitle: caf\xe9\n",
    "UTF-16 with mark": GOOD.encode("utf-16"),
    "UTF-16 without mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "NUL": b"game: toy\ntitle: a\x00b\n",
    "bell": b"game: toy\ntitle: a\x07b\n",
    "next line mark": "game: toy\ntitle: a\x85b\n".encode(),
    "line separator": "game: toy\ntitle: a\u2028b\n".encode(),
    "turned around": "game: toy\ntitle: a\u202eb\n".encode(),
    "turned around by escape": b'game: toy\ntitle: "a\\u202eb"\n',
    "surrogate by escape": b'game: toy\ntitle: "\\ud800"\n',
    "surrogate bytes": b"game: toy\ntitle: \xed\xa0\x80\n",
    "beyond Unicode": b'game: toy\ntitle: "\\U7fffffff"\n',
    "unknown escape": b'game: toy\ntitle: "\\q"\n',
    "noncharacter": "game: toy\ntitle: \uffff\n".encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a text": b"Dear designer, this is no level.\n",
    "a list": b"- game: toy\n",
    "a number": b"5\n",
    "null": b"null\n",
    "two documents": (GOOD + "---\n" + GOOD).encode(),
    "alias": b"a: &x [1]\nb: *x\n",
    "self loop": b"a: &x [*x]\n",
    "merge": b"<<: {game: toy}\n",
    "tag": b"game: !!python/object/apply:os.system [ls]\n",
    "own tag": b"game: !toy toy\n",
    "long tag": b"!" * 200_000,
    "long anchor": b"&" + b"a" * 200_000 + b" b\n",
    "list as key": b"[a]: 1\n",
    "block as key": b"? {a: 1}\n: 2\n",
    "deep brackets": b"[" * 5000,
    "very deep brackets": b"[" * 200_000,
    "deep braces": b"{a: " * 5000,
    "deep blocks": DEEP.encode(),
    "deep dashes": b"- " * 5000,
    "many questions": b"? " * 9000,
    "many values": b"a: [" + b"1," * 127_000 + b"]",
    "many keys": b"\n".join(b"k%d: 1" % n for n in range(2400)),
    "many keys in a level": GOOD.encode() + b"\n".join(b"k%d: 1" % n for n in range(2400)),
    "many steps": b"game: toy\nsteps: [" + b"1," * 4800 + b"]",
    "same key again and again": b"game: toy\n" + b"title: x\n" * 2400,
    "too large": b"#" * 300_000,
    "long text": b"game: " + b"x" * 260_000,
    "long lines": b"game: " + b"x\n  " * 60_000,
    "long quoted": b'game: "' + b"\\x41" * 60_000 + b'"',
    "quote never closed": b'game: "' + b"x\n" * 100_000,
    "long letters": ("game: " + "é" * 120_000).encode(),
    "long key": b"game: toy\n" + b"k" * 900 + b": 1\n",
    "odd keys": b'game: toy\n"\\n\\t ": 1\n"": 2\n5: 3\nnull: 4\n',
    "version": b"%YAML 1." + b"9" * 5000 + b"\n---\na: 1\n",
    "directive": b"%TAG ! tag:x,2000:\n---\n!a b\n",
    "time": b"game: 99:99:99\n",
    "tab": b"game:\ttoy\n\ttitle: x\n",
    "half a file": GOOD[: len(GOOD) // 2].encode() + b"'",
}
