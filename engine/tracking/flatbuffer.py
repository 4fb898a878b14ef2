"""Just enough FlatBuffers to read a table's fields and to write a few new ones, forwards, in front of an old buffer.

The format (flatbuffers.dev, "Internals"): little endian; a table begins with the signed distance back to its vtable; a
reference is the unsigned distance forward from where it stands; a vector is a count and then its elements. Because
references are relative and point forward, an old buffer may be moved back by a multiple of its alignment and new tables
written before it may refer into it.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Old:
    """Something that already stands in the old buffer, at byte `at`."""

    at: int


@dataclass(frozen=True)
class Number:
    """A scalar; `form` is a struct letter such as B (ubyte) or I (uint)."""

    form: str
    value: int


@dataclass(frozen=True)
class Table:
    """Field id -> value."""

    fields: Mapping[int, "Number | Node"]


@dataclass(frozen=True)
class References:
    """A vector of tables or strings."""

    nodes: Sequence["Node"]


@dataclass(frozen=True)
class Packed:
    """A vector or string of `count` plain elements, its bytes beginning at a multiple of `align`."""

    count: int
    data: bytes
    align: int = 4


Node = Old | Table | References | Packed


def text(value: str) -> Packed:
    """A string; its closing zero is not counted."""
    data = value.encode()
    return Packed(len(data), data + b"\0")


def floats(values: Sequence[float]) -> Packed:
    """A vector of 32-bit floats."""
    return Packed(len(values), struct.pack(f"<{len(values)}f", *values))


def field_at(buffer: bytes, table: int, field: int) -> int | None:
    """Where a field of the table at byte `table` stands, or None where the table does not have it."""
    vtable = table - int(struct.unpack_from("<i", buffer, table)[0])
    if 4 + 2 * field >= struct.unpack_from("<H", buffer, vtable)[0]:
        return None
    offset = int(struct.unpack_from("<H", buffer, vtable + 4 + 2 * field)[0])
    return table + offset if offset else None


def followed(buffer: bytes, at: int) -> int:
    """Where the reference at byte `at` points."""
    return at + int(struct.unpack_from("<I", buffer, at)[0])


def elements(buffer: bytes, vector: int) -> tuple[int, ...]:
    """Where the elements of a vector of references point."""
    count = int(struct.unpack_from("<I", buffer, vector)[0])
    return tuple(followed(buffer, vector + 4 * (n + 1)) for n in range(count))


def written(root: Table, identifier: bytes, old: bytes = b"", align: int = 64) -> bytes:
    """The new tables under `root`, followed by the old buffer they may refer to."""
    new = bytearray(struct.pack("<I4s", 0, identifier))
    to_old: list[tuple[int, int]] = []
    _refer(new, to_old, 0, root)
    new += bytes(-len(new) % align)
    for slot, at in to_old:
        struct.pack_into("<I", new, slot, len(new) + at - slot)
    return bytes(new) + old


def _refer(new: bytearray, to_old: list[tuple[int, int]], slot: int, node: Node) -> None:
    """Write `node` at the end of `new` and the reference to it at `slot`."""
    if isinstance(node, Old):
        to_old.append((slot, node.at))
        return
    if isinstance(node, Packed):
        new += bytes(-(len(new) + 4) % max(node.align, 4))
        struct.pack_into("<I", new, slot, len(new) - slot)
        new += struct.pack("<I", node.count) + node.data
        return
    new += bytes(-len(new) % 4)
    if isinstance(node, References):
        start = len(new)
        new += struct.pack("<I", len(node.nodes)) + bytes(4 * len(node.nodes))
        inner = [(start + 4 * (n + 1), child) for n, child in enumerate(node.nodes)]
    else:
        start, inner = _table(new, node)
    struct.pack_into("<I", new, slot, start - slot)
    for inner_slot, child in inner:
        _refer(new, to_old, inner_slot, child)


def _table(new: bytearray, table: Table) -> tuple[int, list[tuple[int, Node]]]:
    """Write a vtable and its table, every field four bytes wide; returns where it stands and what is still to refer."""
    count = max(table.fields) + 1
    offsets = [0] * count
    for place, field in enumerate(sorted(table.fields)):
        offsets[field] = 4 + 4 * place
    vtable = len(new)
    new += struct.pack(f"<HH{count}H", 4 + 2 * count, 4 + 4 * len(table.fields), *offsets)
    new += bytes(-len(new) % 4)
    start = len(new)
    new += struct.pack("<i", start - vtable) + bytes(4 * len(table.fields))
    inner: list[tuple[int, Node]] = []
    for field, value in table.fields.items():
        slot = start + offsets[field]
        if isinstance(value, Number):
            struct.pack_into(f"<{value.form}", new, slot, value.value)
        else:
            inner.append((slot, value))
    return start, inner
