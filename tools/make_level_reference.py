"""Write what is made from the level models: the editor's schemas in assets/schema and the page docs/levels.md.

Run: `python -m tools.make_level_reference`.
"""

from pathlib import Path

from games import BUILT_IN
from opposable.designer.reference import reference_page, schema_text

ROOT = Path(__file__).resolve().parent.parent


def written() -> dict[Path, str]:
    """Every file that is made here, with its text."""
    schemas = {ROOT / "assets" / "schema" / f"{game.name}.json": schema_text(game) for game in BUILT_IN}
    return {**schemas, ROOT / "docs" / "levels.md": reference_page()}


if __name__ == "__main__":
    for path, text in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
