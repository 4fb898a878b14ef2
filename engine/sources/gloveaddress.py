"""How a glove on a wire is written as a source, `glove:PORT?option=value`, checked before it is opened."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.hand import FINGERS, Side
from engine.sources.address import Address, address
from engine.sources.dialects import ALPHA, LEGACY_LINES, column_names
from engine.sources.glove import JOINTS, GloveSource
from engine.sources.source import SourceError
from engine.sources.wire import AUTO

if TYPE_CHECKING:
    from engine.sources import Request

# What a network address may begin with: a plain connection, and a serial port that another computer gives away.
NETWORK_PLACES = ("socket", "rfc2217")


def _check_place(said: Address) -> None:
    """A network address that can never be opened is said at once, not tried for ever."""
    if "://" not in said.place:
        return
    kind, _, rest = said.place.partition("://")
    try:
        parts = urlsplit("//" + rest)
        whole = bool(parts.hostname) and parts.port is not None and parts.port > 0
    except ValueError:
        whole = False
    if kind not in NETWORK_PLACES or not whole:
        raise SourceError(
            f"source '{said.written}': '{said.place}' is no address of a glove; write a computer and a port, such as "
            "glove:socket://192.168.4.1:3333, or the name of a port: glove:COM3, glove:/dev/ttyUSB0."
        )


def _inverted(said: Address) -> frozenset[str]:
    """`invert=all`, `invert=index,ring`: the bend sensors that count the other way."""
    text = said.options.get("invert")
    if text is None:
        return frozenset()
    bends = {*FINGERS, *(name for names in JOINTS.values() for name in names)}
    names = bends if text == "all" else set(column_names(text))
    if not names <= bends:
        raise SourceError(
            f"source '{said.written}': invert={text}; write all, or the columns that count down when a finger bends, "
            f"such as invert=index,ring. They can be {', '.join(FINGERS)}."
        )
    return frozenset(str(name) for name in names)


def open_glove(request: "Request") -> GloveSource:
    """`glove:auto`, `glove:COM3`, `glove:/dev/ttyUSB0?side=left&baud=9600&columns=t_ms,thumb,index,middle,ring,little`,
    `glove:socket://192.168.4.1:3333`."""
    said = address("glove", request.rest, "side", "baud", "max", "dialect", "columns", "calibrate", "invert")
    name = said.one_of("dialect", "alpha", "legacy", "csv")
    columns = column_names(said.options["columns"]) if "columns" in said.options else ()
    if columns and sum(name in FINGERS for name in columns) < 3:
        raise SourceError(
            f"source '{said.written}': columns={said.options['columns']} names fewer than three fingers; write for "
            "example columns=t_ms,thumb,index,middle,ring,little, with - for a column to leave out."
        )
    _check_place(said)
    return GloveSource(
        said.place or AUTO,
        request.only or said.side(Side.RIGHT),
        baud=said.whole_number("baud", 300, 4_000_000),
        dialect={"alpha": ALPHA, "legacy": LEGACY_LINES}.get(name or ""),
        columns=columns,
        only_columns=name == "csv",
        most=said.whole_number("max", 1, 65_535),
        own_range=said.one_of("calibrate", "yes", "no") != "no",
        inverted=_inverted(said),
    )
