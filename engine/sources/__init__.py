"""Where hand movement comes from: `open_source("camera:0")` and its kin, all alike to the rest of the house.

`KINDS` is the explicit table: what is written before the colon, and who opens it. An opener is imported only when its
kind is asked for, so that a glove player never waits for the camera's libraries.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from engine.hand import Side
from engine.sources.source import Latency, Source, SourceError, SourceState, SourceStatus

__all__ = [
    "KINDS", "Latency", "Request", "Source", "SourceError", "SourceState", "SourceStatus", "check_source",
    "open_source",
]  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What is asked of a source: `kind:rest` as written, how many hands to look for, and `only`: which side a single
    hand has, once the person has said so. `model` ("auto": the one this machine keeps up with) and `preview` (a small
    picture of what is seen) are for cameras."""

    kind: str
    rest: str
    hands: Literal[1, 2] = 1
    only: Side | None = None
    model: Literal["full", "lite", "auto"] = "auto"
    preview: bool = False

    @property
    def side(self) -> Side:
        """The hand to speak for, where a source cannot look for itself."""
        return self.only or Side.RIGHT


Opener = Callable[[Request], Source]


@dataclass(frozen=True)
class Kind:
    """One kind of source: who opens it (`module:function`, taking a Request) and how it is written. `needs_nothing`: no
    device, file or network, so it may be opened only to see whether it is understood."""

    opener: str
    example: str
    needs_nothing: bool = False


KINDS: Mapping[str, Kind] = {
    "camera": Kind("engine.sources.camera:open_camera", "camera:0"),
    "video": Kind("engine.sources.camera:open_camera", "video:hand.mp4 or video:hand.mp4?pace=fast"),
    "shared": Kind("engine.sources.camera:open_camera", "shared:NAME"),
    "glove": Kind("engine.sources.gloveaddress:open_glove", "glove:auto, glove:COM3 or glove:/dev/ttyUSB0?side=left"),
    "osc": Kind("engine.sources.osc:open_osc", "osc:9010"),
    "lsl": Kind("engine.sources.lsl:open_lsl", "lsl:NAME"),
    "keys": Kind("engine.sources.keyboard:open_keyboard", "keys:, keys:contacts or keys:makey", True),
    "replay": Kind("engine.sources.replay:open_replay", "replay:FILE"),
    "sim": Kind("engine.sources.simulated:open_simulated", "sim:able", True),
    "synthetic": Kind("engine.sources.synthetic:open_synthetic", "synthetic:able"),
}


def open_source(
    spec: str,
    hands: int = 1,
    side: Side | None = None,
    model: str = "auto",
    preview: bool = False,
) -> Source:
    """Open the source written as `kind:rest`; raises SourceError where that, or what is asked of it, cannot be meant.

    `side`: which side the one hand has, once the person has said so; None leaves it to be found out.
    """
    kind, rest = _kind_and_rest(spec)
    if hands not in (1, 2):
        raise SourceError(f"source '{spec}': {hands} hands were asked for; it can be 1 or 2.")
    if model not in ("full", "lite", "auto"):
        raise SourceError(f"source '{spec}': there is no hand model '{model}'; it can be 'full', 'lite' or 'auto'.")
    module, _, function = KINDS[kind].opener.partition(":")
    opener = cast(Opener, getattr(import_module(module), function))
    return opener(
        Request(kind, rest, cast(Literal[1, 2], hands), side, cast(Literal["full", "lite", "auto"], model), preview)
    )


def check_source(spec: str) -> None:
    """Raises SourceError where this cannot be meant, as far as that can be told without a device, a file or a network:
    for whoever has more to say about a source than that it is not understood."""
    kind, _ = _kind_and_rest(spec)
    if KINDS[kind].needs_nothing:
        open_source(spec).close()


def _kind_and_rest(spec: str) -> tuple[str, str]:
    kind, _, rest = spec.strip().partition(":")
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.7)
        file = f"{'replay' if spec.endswith('.jsonl') else 'video'}:{spec}"
        meant = file if Path(spec).is_file() else near[0] if near else ""
        hint = f" Did you mean '{meant}'?" if meant else ""
        allowed = ", ".join(entry.example for name, entry in KINDS.items() if name != "shared")
        raise SourceError(f"source '{spec}': '{kind}' is not a kind of source.{hint} You can write: {allowed}.")
    return kind, rest
