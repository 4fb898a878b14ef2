"""A level that builds on another: `extends: coin_drop/01_one_coin`. What it says itself goes before what it takes over.

Blocks are joined key by key, so `difficulty: {max: 6}` changes the one number; lists and plain values are replaced.
"""

import re
from pathlib import Path as FilePath

from engine.play.yamlguard import Document, Fault, Mark, Path, Value, YamlRefusedError, shortened

KEY = "extends"
LONGEST_CHAIN = 4
LEVEL_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}(/[a-z0-9][a-z0-9_-]{0,39}){0,2}")


def base_name(document: Document) -> str | None:
    """The level that this one builds on, by name; None where it stands alone. Raises `YamlRefusedError`."""
    data = document.data
    if not isinstance(data, dict) or KEY not in data:
        return None
    name = data[KEY]
    if isinstance(name, str) and LEVEL_ID.fullmatch(name):
        return name
    said = f"'{shortened(name)}'" if isinstance(name, str) else "no text"
    raise refusal(document, f"found {said}; write a level's name, as coin_drop/01_one_coin, without .yaml")


def beside(path: FilePath, name: str) -> FilePath | None:
    """The level of that name in the same folder or pack, if there is one; also where it begins with the pack's own
    name, by which others know it."""
    folders = path.parents[:2]
    own_names = [folder.parent for folder in folders if name.startswith(f"{folder.name}/")]
    for folder in (*folders, *own_names):
        for suffix in (".yaml", ".yml"):
            if (file := folder / (name + suffix)).is_file() and file.resolve() != path.resolve():
                return file
    return None


def joined(document: Document, base: Document) -> Document:
    """The document with all it takes over. What was taken over has its place where `extends` stands."""
    assert isinstance(document.data, dict)
    assert isinstance(base.data, dict)
    own = {key: value for key, value in document.data.items() if key != KEY}
    whole = Document(_join(base.data, own), dict(document.key_at), dict(document.value_at), list(document.faults))
    mark = document.value_at[KEY,]
    _place(whole, whole.data, (), mark)
    return whole


def refusal(document: Document, message: str) -> YamlRefusedError:
    """Something is amiss with the level it builds on."""
    return YamlRefusedError(Fault(document.value_at[KEY,], (KEY,), message))


def _join(base: dict[str, Value], own: dict[str, Value]) -> dict[str, Value]:
    """The base's keys in its order, then those that are new."""
    whole = {**base, **own}
    for key, value in own.items():
        before = base.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            whole[key] = _join(before, value)
    return whole


def _place(document: Document, value: Value, where: Path, mark: Mark) -> None:
    document.value_at.setdefault(where, mark)
    if where:
        document.key_at.setdefault(where, mark)
    if isinstance(value, dict):
        for key, inner in value.items():
            _place(document, inner, (*where, key), mark)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            _place(document, inner, (*where, n), mark)
