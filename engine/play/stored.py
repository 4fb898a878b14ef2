"""A game's state as text and back, for any frozen dataclass: to go on tomorrow, and to look into a state."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

ValueT = TypeVar("ValueT")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """The reader and writer of a type; made once, for making one takes longer than using it."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(value: object) -> str:
    """The value as JSON; its type must be a dataclass whose fields have types that say what they hold."""
    return _adapter(type(value)).dump_json(value).decode()


def from_json(kind: type[ValueT], text: str) -> ValueT:
    """The inverse of `to_json`. Raises pydantic's ValidationError where the text is not such a value."""
    value: ValueT = _adapter(kind).validate_json(text)
    return value
