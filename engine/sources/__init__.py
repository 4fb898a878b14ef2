"""Where hand movement comes from: `open_source("camera:0")` and its kin, all alike to the rest of the house.

`KINDS` is the explicit table: what is written before the colon, and who opens it. An opener is imported only when its
kind is asked for, so that a glove player never waits for the camera's libraries.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from engine.hand import Side
from engine.sources.source import Latency, Source, SourceState, SourceStatus

__all__ = ["KINDS", "Latency", "Request", "Source", "SourceState", "SourceStatus", "UnknownSourceError", "open_source"]


@dataclass(frozen=True)
class Request:
    """What is asked of a source: `kind:rest` as written, how many hands to look for, and the side in question
    (the affected one; a source that knows one hand only speaks for this one)."""

    kind: str
    rest: str
    hands: Literal[1, 2] = 1
    side: Side = Side.RIGHT


Opener = Callable[[Request], Source]


@dataclass(frozen=True)
class Kind:
    """One kind of source: who opens it (`module:function`, taking a Request) and how it is written."""

    opener: str
    example: str


KINDS: Mapping[str, Kind] = {
    "camera": Kind("engine.sources.camera:open_camera", "camera:0"),
    "video": Kind("engine.sources.camera:open_camera", "video:hand.mp4 or video:hand.mp4?pace=fast"),
    "shared": Kind("engine.sources.camera:open_camera", "shared:NAME"),
}


class UnknownSourceError(ValueError):
    """The source asked for is not one we know; the message says what was found and what is allowed."""


def open_source(spec: str, hands: Literal[1, 2] = 1, side: Side = Side.RIGHT) -> Source:
    """Open the source written as `kind:rest`. Raises UnknownSourceError where the kind is not in the table."""
    kind, _, rest = spec.strip().partition(":")
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        allowed = ", ".join(entry.example for entry in KINDS.values())
        raise UnknownSourceError(f"source '{spec}': '{kind}' is not a kind of source.{hint} You can write: {allowed}.")
    module, _, function = KINDS[kind].opener.partition(":")
    opener = cast(Opener, getattr(import_module(module), function))
    return opener(Request(kind, rest, hands, side))
