"""The part of a source's address after its kind: a place, and options after a question mark, all checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from engine.hand import Side
from engine.sources.source import SourceError


@dataclass(frozen=True)
class Address:
    """`place?option=value&option=value`, with the whole as it was written."""

    written: str
    place: str
    options: Mapping[str, str]

    def whole_number(self, name: str, least: int, most: int) -> int | None:
        """The option as a whole number between the two, None where it was not given."""
        text = self.options.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
            raise SourceError(f"source '{self.written}': {name}={text}; write a whole number from {least} to {most}.")
        return int(text)

    def one_of(self, name: str, *allowed: str) -> str | None:
        """The option, one of the allowed words, None where it was not given."""
        text = self.options.get(name)
        if text is not None and text not in allowed:
            raise SourceError(f"source '{self.written}': {name}={text}; it can be {' or '.join(allowed)}.")
        return text

    def side(self, else_side: Side) -> Side:
        """`?side=left`, else the side that is known otherwise."""
        said = self.one_of("side", *Side)
        return Side(said) if said else else_side


def address(kind: str, rest: str, *allowed: str) -> Address:
    """Read `rest`. Raises SourceError at an option that is not `allowed`."""
    written = f"{kind}:{rest}"
    place, _, query = rest.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name in options:
        if name not in allowed:
            raise SourceError(f"source '{written}': there is no option '{name}'; there is {', '.join(allowed)}.")
    return Address(written, place, options)
