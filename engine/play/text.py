"""Text that people write in level files: made tidy, and refused where it could deceive or break a font."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

# Marks that turn the direction of reading around: a name may then look like another one.
TURNING_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unshowable(text: str) -> str | None:
    """The first character that has no business in a sentence, as U+XXXX, or None."""
    for character in text:
        if character in TURNING_MARKS or unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp"):
            return f"U+{ord(character):04X}"
    return None


def tidy(text: object) -> object:
    """One line, single spaces, composed letters (NFC). Anything but text is left for the next check to refuse."""
    if not isinstance(text, str):
        return text
    words = " ".join(text.split())
    if (mark := unshowable(words)) is not None:
        raise PydanticCustomError(
            "unshowable", "the text holds the character {mark}, which cannot be shown; delete it", {"mark": mark}
        )
    return unicodedata.normalize("NFC", words)


Text = Annotated[str, Field(min_length=1), BeforeValidator(tidy)]
