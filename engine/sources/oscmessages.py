"""Open Sound Control packets read without a library: the few types gloves send, bundles within bundles, no waiting.

A bundle's time tag is not looked at: what has arrived counts now. Whatever cannot be read is left out, silently.
Format: Open Sound Control 1.0 (Wright 2002).
"""

import struct
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

LARGEST_PACKET = 2048
MOST_MESSAGES, DEEPEST = 64, 8
_BUNDLE = b"#bundle\0"


class Message(NamedTuple):
    """An address and its arguments: numbers (finite) and short texts."""

    address: str
    arguments: tuple[float | str, ...]


def messages_in(packet: bytes) -> list[Message]:
    """The messages of a packet in their order; those that are damaged are left out. Never raises."""
    if len(packet) > LARGEST_PACKET:
        return []
    found: list[Message] = []
    waiting = [(packet, 0)]
    while waiting and len(found) < MOST_MESSAGES:
        part, depth = waiting.pop()
        if not part.startswith(_BUNDLE):
            message = _message(part)
            if message is not None:
                found.append(message)
        elif depth < DEEPEST:
            waiting += [(inner, depth + 1) for inner in reversed(list(_elements(part)))]
    return found


def _elements(bundle: bytes) -> Iterator[bytes]:
    at = len(_BUNDLE) + 8
    while at + 4 <= len(bundle):
        size = int.from_bytes(bundle[at : at + 4], "big")
        at += 4
        if size <= 0 or at + size > len(bundle):
            return
        yield bundle[at : at + size]
        at += size


def _message(data: bytes) -> Message | None:
    try:
        address, at = _text(data, 0)
        types, at = _text(data, at)
        if not address.startswith("/") or not types.startswith(","):
            return None
        arguments: list[float | str] = []
        for letter in types[1:]:
            argument, at = _argument(letter, data, at)
            arguments.append(argument)
    except (ValueError, struct.error):
        return None
    return Message(address, tuple(arguments))


def _argument(letter: str, data: bytes, at: int) -> tuple[float | str, int]:
    if letter in ("s", "S"):
        return _text(data, at)
    if letter in "TF":
        return float(letter == "T"), at
    form, size = {"f": (">f", 4), "i": (">i", 4), "d": (">d", 8), "h": (">q", 8)}.get(letter, ("", 0))
    if not form:
        raise ValueError("not a type that gloves send")
    value = float(struct.unpack_from(form, data, at)[0])
    if not isfinite(value):
        raise ValueError("not a number")
    return value, at + size


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text that ends in a zero and is filled up to a multiple of four bytes."""
    end = data.index(b"\0", at)
    return data[at:end].decode("ascii"), end + 4 - (end - at) % 4
