"""What a level file may say, made from the level models themselves: the editor's schema and the reference page."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.play.game import Game
from engine.play.level import LevelBase
from engine.strings import strings
from games import BUILT_IN

Schema = dict[str, Any]
EASED = (
    "A miss makes the part of the task that it was about a little easier by itself, and the other parts a little "
    "harder, by at most 2.5 levels; only keys that are written with `easy` and `hard` take part."
)
SHOWN_FIRST = ("game", "extends", "title", "for_whom", "why", "instruction", "stage")
INTRODUCTION = """\
# What a level may say

This page is made from the games themselves (`opposable schema --page`); an editor shows the same words as you write.

A level is a text file, `levels/<game>/<name>.yaml`, of `key: value` lines. A value that should follow the person is
written `{easy: 40, hard: 18}`: its value at difficulty 0 and at difficulty 10. A plain number stays as it is. Times and
sizes go from easy to hard in equal ratios, angles and holds in equal steps, counts in whole ones. A key that may be
left out has its default below. `opposable levels new GAME` writes a first level; `check`, `explain`, `preview`,
`simulate` and `watch` show what it does.

To change only a little of a level that exists, build on it:

```yaml
extends: coin_drop/01_one_coin
title: One coin, larger
coin_diameter_mm: {easy: 40, hard: 28}
```

Blocks are joined key by key, and so is `{easy: ..., hard: ...}`: `coin_diameter_mm: {easy: 36}` alone takes `hard` from
the level below. Where both are to change, write both; a plain number replaces both.
"""


def schema_of(game: Game[Any, Any]) -> Schema:
    """The JSON Schema of a game's level files, for the YAML language server."""
    schema: Schema = game.level.model_json_schema()
    for name, form in schema["properties"].items():
        if name in LevelBase.model_fields:
            form.setdefault("description", LevelBase.model_fields[name].description)
    needed = schema.pop("required", [])
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["title"] = f"A level of {game.name}"
    # What a level leaves out may stand in the one it extends.
    schema["anyOf"] = [{"required": ["extends"]}, {"required": needed}]
    schema["definitions"] = schema.pop("$defs", {})
    older: Schema = _as_draft_7(schema)
    return older


def schema_text(game: Game[Any, Any]) -> str:
    """The same as it stands in the file."""
    return json.dumps(schema_of(game), indent=1, ensure_ascii=False) + "\n"


def modeline(schema: str) -> str:
    """The line by which an editor finds the schema: `schema` is its path as seen from the level file."""
    return f"# yaml-language-server: $schema={schema}"


def reference_page(games: tuple[Game[Any, Any], ...] = BUILT_IN) -> str:
    """`docs/levels.md`: every key of every game."""
    shared = set(LevelBase.model_fields)
    base = LevelBase.model_json_schema()
    lines = [INTRODUCTION, "## In every game", "", *_rows(base, sorted(shared, key=_order(base))), ""]
    for game in games:
        schema = game.level.model_json_schema()
        own = [name for name in schema["properties"] if name not in shared]
        about = " ".join((game.level.__doc__ or "").split())
        lines += [f"## {game.name}", "", about, ""]
        if own:
            lines += [*_rows(schema, own), ""]
        lines += _eased(game.level)
        for name, block in _blocks(schema, own):
            inner = list(block["properties"])
            lines += [f"### {game.name}: a block of `{name}`", "", *_rows(schema, inner, block), ""]
    difficulty = base["$defs"]["Difficulty"]
    lines += ["## The block `difficulty`", "", *_rows(base, list(difficulty["properties"]), difficulty)]
    return "\n".join(lines) + "\n"


def _eased(level: type[LevelBase]) -> list[str]:
    """Which keys a miss makes easier by themselves, by its cause."""
    causes: dict[tuple[str, ...], list[str]] = {}
    for cause, names in level.eased_after.items():
        causes.setdefault(names, []).append(strings().say(f"cause.{cause}"))
    if not causes:
        return []
    rows = [f"| {', '.join(f'`{name}`' for name in names)} | {'; '.join(said)} |" for names, said in causes.items()]
    return [EASED, "", "| eased by itself | after a miss in which |", "|---|---|", *rows, ""]


def _order(schema: Schema) -> Any:
    names = list(schema["properties"])
    return lambda name: (SHOWN_FIRST.index(name) if name in SHOWN_FIRST else len(SHOWN_FIRST), names.index(name))


def _rows(schema: Schema, names: list[str], block: Schema | None = None) -> list[str]:
    home = block or schema
    needed = home.get("required", [])
    rows = ["| key | may be | left out | meaning |", "|---|---|---|---|"]
    for name in names:
        form = home["properties"][name]
        default = "needed" if name in needed else _default(_as_written(form.get("default")))
        rows.append(f"| `{name}` | {_may_be(schema, form)} | {default} | {form.get('description', '')} |")
    return rows


def _default(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        if value.get("easy") is not None and value.get("easy") == value.get("hard"):
            return f"`{_short(value['easy'])}`"
        return "`{" + ", ".join(f"{key}: {_short(inner)}" for key, inner in value.items()) + "}`"
    return f"`{_short(value)}`"


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else json.dumps(value) if not isinstance(value, str) else value


def _may_be(schema: Schema, form: Mapping[str, Any]) -> str:
    """In words: the numbers, words or blocks that may stand there."""
    forms = [_resolved(schema, inner) for inner in (form.get("anyOf") or form.get("oneOf") or [form])]
    said = [words for inner in forms if (words := _form(schema, inner))]
    return " or ".join(dict.fromkeys(said))


def _form(schema: Schema, form: Mapping[str, Any]) -> str:
    kind = form.get("type")
    if "enum" in form or "const" in form:
        return ", ".join(f"`{choice}`" for choice in form.get("enum", [form.get("const")]))
    if kind in ("number", "integer"):
        whole = "whole number " if kind == "integer" else ""
        ends = [form.get("minimum", form.get("exclusiveMinimum")), form.get("maximum", form.get("exclusiveMaximum"))]
        return f"{whole}{ends[0]:g} to {ends[1]:g}" if None not in ends else whole or "number"
    if kind == "string":
        return f"text, up to {form['maxLength']} letters" if "maxLength" in form else "text"
    if kind == "boolean":
        return "`true`, `false`"
    if kind == "array":
        items: Mapping[str, Any] = form.get("items") or next(iter(form.get("prefixItems", [])), {})
        most = f", up to {form['maxItems']}" if "maxItems" in form else ""
        return f"list of: {_may_be(schema, _resolved(schema, items))}{most}"
    if kind == "object":
        return "`{easy: ..., hard: ...}`" if "easy" in form.get("properties", {}) else "a block"
    return ""


def _resolved(schema: Schema, form: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in form:
        return form
    target: Mapping[str, Any] = schema["$defs"][str(form["$ref"]).rsplit("/", 1)[-1]]
    return target


def _blocks(schema: Schema, names: list[str]) -> Iterator[tuple[str, Schema]]:
    """The blocks of a game's own that its keys hold, each once."""
    told = {"Difficulty"}
    for name in names:
        for ref in _references(schema["properties"][name]):
            block = schema["$defs"][ref]
            if block.get("type") == "object" and ref not in told:
                told.add(ref)
                yield name, block


def _references(form: object) -> Iterator[str]:
    """The names of all definitions that a form points to."""
    if isinstance(form, dict):
        if "$ref" in form:
            yield str(form["$ref"]).rsplit("/", 1)[-1]
        form = list(form.values())
    if isinstance(form, list):
        for inner in form:
            yield from _references(inner)


def _as_written(default: object) -> object:
    """A default as one would write it in a file: how a ramp runs between its ends is no part of it."""
    if isinstance(default, Mapping) and "curve" in default:
        return {end: default[end] for end in ("easy", "hard")}
    return default


def _as_draft_7(form: Any) -> Any:
    """References and fixed lists as the older drafts write them, which editors know best."""
    if isinstance(form, dict):
        out = {key: _as_draft_7(value) for key, value in form.items() if key != "prefixItems"}
        if out.get("type") == "object":
            # The half that a block leaves out may stand in the level that is extended.
            out.pop("required", None)
        if "default" in out:
            out["default"] = _as_written(out["default"])
        if "prefixItems" in form:
            out["items"] = [_as_draft_7(item) for item in form["prefixItems"]]
        if "$ref" in form:
            out["$ref"] = str(form["$ref"]).replace("#/$defs/", "#/definitions/")
        return out
    return [_as_draft_7(item) for item in form] if isinstance(form, list) else form
