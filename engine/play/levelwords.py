"""What is amiss with a level, said to the person who writes levels: what was found, what is allowed, what to write."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from math import isfinite
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from engine.play.yamlguard import Path, Value, shortened
from engine.play.yamlwords import POINT

Schema = Mapping[str, Any]
DECIMAL_COMMA, NUMBER = re.compile(r"[-+]?\d{1,9},\d{1,9}"), re.compile(r"[-+]?\d{1,9}(\.\d{1,9})?")


def did_you_mean(word: object, known: tuple[str, ...]) -> str:
    """A tail for a sentence: the nearest known word, or all of them where there are few."""
    nearest = get_close_matches(str(word)[:80], known, n=1, cutoff=0.6)
    if nearest:
        return f"; did you mean '{nearest[0]}'?"
    return f"; it can be {either(known)}" if 0 < len(known) <= 30 else ""


def either(words: tuple[str, ...]) -> str:
    quoted = [word if word.isdigit() else f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" or {quoted[-1]}"


def found(value: Value) -> str:
    """A short name for what stands in the file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the word {str(value).lower()}"
    if isinstance(value, float) and not isfinite(value):
        return "what is no number"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return f"'{shortened(value)}'"
    return "a list" if isinstance(value, list) else "a block"


class Guide:
    """What a game's level model allows at each place, read from its own schema."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._root: Schema = model.model_json_schema()

    def at(self, where: Path) -> tuple[Schema, ...]:
        """Every form that the value at `where` may take."""
        forms = self._forms(self._root)
        for step in where:
            forms = tuple(form for parent in forms for form in self._child(parent, step))
        return forms

    def keys(self, where: Path) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for form in self.at(where) for key in form.get("properties", {})))

    def description(self, where: Path) -> str:
        return next((str(form["description"]) for form in self.at(where) if "description" in form), "")

    def choices(self, where: Path) -> tuple[str, ...]:
        """The words (or numbers) among which the value at `where` must be one."""
        said = [form.get("enum", [form["const"]] if "const" in form else []) for form in self.at(where)]
        return tuple(dict.fromkeys(str(choice) for choices in said for choice in choices))

    def limits(self, where: Path) -> str:
        """`'8 to 60'` where a number is bounded on both sides, else an empty text."""
        for form in self.at(where):
            if "minimum" in form and "maximum" in form:
                return f"{form['minimum']:g} to {form['maximum']:g}"
        return ""

    def _forms(self, schema: Schema) -> tuple[Schema, ...]:
        if "$ref" in schema:
            target = self._root["$defs"][str(schema["$ref"]).rsplit("/", 1)[-1]]
            own = {key: value for key, value in schema.items() if key != "$ref"}
            return self._forms({**target, **own})
        inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        return (schema, *(form for choice in inner for form in self._forms(choice)))

    def _child(self, schema: Schema, step: str | int) -> tuple[Schema, ...]:
        if isinstance(step, int):
            prefix = schema.get("prefixItems", ())
            item = prefix[step] if step < len(prefix) else schema.get("items")
        else:
            item = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
        return self._forms(item) if isinstance(item, Mapping) else ()


def explain(error: ErrorDetails, where: Path, value: Value, guide: Guide) -> str:
    """One sentence for one thing that pydantic found; `value` is what stands at `where` in the file."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown key" + _key_meant(str(where[-1]), guide.keys(where[:-1]))
    if kind == "missing":
        meaning = guide.description(where)
        return f"this key is needed and missing{': ' + meaning if meaning else ''}"
    if value is None and kind != "none_required":
        below = "; lines that belong to it begin two spaces further right" if guide.keys(where) else ""
        return f"nothing is written here; {_wanted(kind, context, where, guide)}{below}"
    if kind in ("enum", "literal_error"):
        return f"found {found(value)}{did_you_mean(value, guide.choices(where))}"
    if kind in WANTED and isinstance(value, str) and (meant := _number_meant(value, WANTED[kind])):
        return meant
    if kind in WANTED or kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        return f"found {found(value)}; {_wanted(kind, context, where, guide)}"
    if kind == "string_too_long":
        length = len(" ".join(value.split())) if isinstance(value, str) else 0
        return f"the text has {length} letters; at most {context['max_length']} are read out in one breath, shorten it"
    if kind == "string_too_short":
        return "the text is empty; write a few words"
    if kind in ("too_long", "too_short") and "actual_length" in context:
        limit = f"at most {context['max_length']}" if kind == "too_long" else f"at least {context['min_length']}"
        return f"found {context['actual_length']} items; write {limit}"
    return error["msg"]


WANTED = {
    "float_type": "write a number",
    "float_parsing": "write a number",
    "finite_number": "write an ordinary number",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "bool_type": "write true or false",
    "string_type": "write a text; put quotes around it if it looks like a number or like true, false or null",
    "model_type": "write a block: further keys, each on its own line and two spaces in",
    "model_attributes_type": "write a block: further keys, each on its own line and two spaces in",
    "dict_type": "write a block: further keys, each on its own line and two spaces in",
    "list_type": "write a list: [first, second]",
    "tuple_type": "write a list: [first, second]",
}


def _key_meant(key: str, known: tuple[str, ...]) -> str:
    """What to write instead of a key that no level has."""
    if key.isdigit():
        return f"; {POINT}"
    name, colon, value = key.partition(":")
    if colon and value:
        return f"; write a space after the colon: '{shortened(name)}: {shortened(value)}'"
    return did_you_mean(key, known) or "; docs/levels.md lists them all"


def _number_meant(text: str, wanted: str) -> str:
    """What to write instead of a text that is nearly a number; empty where it is not."""
    if "number" not in wanted:
        return ""
    if DECIMAL_COMMA.fullmatch(text):
        return f"found '{text}'; write {text.replace(',', '.')}, with a point"
    return f"found {text} in quotation marks; write it without them" if NUMBER.fullmatch(text) else ""


def _wanted(kind: str, context: Mapping[str, Any], where: Path, guide: Guide) -> str:
    limits = guide.limits(where)
    if kind in ("enum", "literal_error"):
        return f"it can be {either(guide.choices(where))}"
    if kind in WANTED:
        number = kind.startswith(("float", "finite", "int"))
        return WANTED[kind] + (f" from {limits}, without a unit" if number and limits else "")
    if limits:
        return f"it may be {limits}"
    bounds = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    said = [f"{word} {context[key]:g}" for key, word in bounds.items() if key in context]
    return f"it must be {said[0]}" if said else "write a value"
