"""Speaking on the terminal: words for people, lines for programs, one quiet progress bar."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from engine.problem import NotUnderstoodError, ProblemError

FINE, FOUND, NOT_UNDERSTOOD = 0, 1, 2
"""How a command ends: nothing amiss; something was found or could not be done; what was typed cannot be understood or
is not there. A command raises what it cannot go on with, and `ending` alone decides which of the two that is."""
_BAR = 28


def say(text: str) -> None:
    """A line for the person, on the output stream."""
    print(text, flush=True)


def complain(text: str) -> None:
    """What could not be done and what to do about it, on the error stream."""
    print(text, file=sys.stderr, flush=True)


def ending(problem: ProblemError) -> int:
    """Say it, and with which code the command ends."""
    complain(str(problem))
    return NOT_UNDERSTOOD if isinstance(problem, NotUnderstoodError) else FOUND


def emit(thing: Mapping[str, Any]) -> None:
    """One JSON object on a line of its own."""
    print(json.dumps(thing, separators=(",", ":"), allow_nan=False, default=str), flush=True)


class ProgressBar:
    """A bar on a terminal; on anything else one line per step, so that logs stay readable."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._words = ""
        self._open = False

    def __call__(self, fraction: float, words: str) -> None:
        if self._live:
            done = round(_BAR * min(max(fraction, 0.0), 1.0))
            print(f"\r[{'#' * done}{'.' * (_BAR - done)}] {words:<44.44}", end="", file=sys.stderr, flush=True)
            self._open = True
        elif words != self._words:
            print(words, file=sys.stderr, flush=True)
        self._words = words

    def close(self) -> None:
        """End the bar's line, if there is one."""
        if self._open:
            print(file=sys.stderr, flush=True)
            self._open = False
