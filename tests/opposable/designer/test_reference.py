"""What editors and readers are told of levels is made from the games, and is current."""

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from engine.play.levelfile import find_levels
from engine.play.levelnames import level_files, level_roots
from engine.play.yamlguard import read_yaml
from games import BUILT_IN, all_games
from opposable.designer.reference import schema_of
from tools.make_level_reference import written

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("path", written(), ids=lambda path: path.name)
def test_what_is_made_from_the_models_is_current(path: Path) -> None:
    assert path.is_file(), "run: python -m tools.make_level_reference"
    assert path.read_text(encoding="utf-8") == written()[path], "run: python -m tools.make_level_reference"


@pytest.mark.parametrize("game", BUILT_IN, ids=lambda game: game.name)
def test_every_key_has_words_for_the_editor(game: object) -> None:
    schema = schema_of(game)  # type: ignore[arg-type]
    blocks = [schema, *(block for block in schema["definitions"].values() if "properties" in block)]
    dumb = [name for block in blocks for name, form in block["properties"].items() if "description" not in form]
    assert [name for name in dumb if name not in ("easy", "hard")] == []
    assert "$defs" not in json.dumps(schema)


@pytest.mark.parametrize("game", BUILT_IN, ids=lambda game: game.name)
def test_an_editor_lets_a_block_leave_out_what_the_level_below_says(game: object) -> None:
    text = json.dumps(schema_of(game)).split('"anyOf": [{"required": ["extends"]}')  # type: ignore[arg-type]
    assert len(text) == 2
    assert ("required" in text[0], text[1].count("required")) == (False, 1)


@pytest.mark.parametrize("path", level_files(level_roots()[0]), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_level_carries_the_line_by_which_editors_find_the_schema(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [match[1] for line in lines[:4] if (match := re.search(r"yaml-language-server: \$schema=(\S+)", line))]
    assert [(path.parent / line).resolve() for line in found] == [
        ROOT / "assets" / "schema" / f"{path.parent.name}.json"
    ]


def test_the_schema_knows_every_key_that_the_shipped_levels_use() -> None:
    for file in find_levels(all_games()).levels:
        document = read_yaml(file.text.encode())
        assert isinstance(document.data, dict)
        assert set(document.data) <= set(schema_of(file.game)["properties"])


def test_what_the_schema_refuses_the_loader_refuses_too() -> None:
    """The schema is the model's own, so a key that one does not know the other does not either."""
    for game in BUILT_IN:
        assert schema_of(game)["additionalProperties"] is False
        with pytest.raises(ValidationError):
            game.level.of({"game": game.name, "no_such_key": 1})
