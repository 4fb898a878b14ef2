"""CONTRIBUTING promises a new game in twenty minutes: here its steps are walked exactly as they are written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("engine", "games", "opposable", "levels", "assets", "tests", "pyproject.toml", "CONTRIBUTING.md")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def commands() -> list[list[str]]:
    """The shell blocks of the first part, one list of lines each."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("# Working on the rest")[0]
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [[line.strip() for line in block.splitlines() if line.strip()] for block in blocks]


def run(line: str, where: Path) -> None:
    """One line of the guide. `uv run` would install it all anew; here the same commands run from what is installed."""
    line = line.replace("python3 -m uv run opposable", f"{sys.executable} -m opposable.cli")
    line = line.replace("python3 -m uv run pytest", f"{sys.executable} -m pytest -p no:cacheprovider")
    env = {**os.environ, "PYTHONPATH": str(where), "OPPOSABLE_HOME": str(where / "home"), "SDL_VIDEODRIVER": "dummy"}
    # Beside this one run others; three further processes would only be in their way.
    env["PYTEST_ADDOPTS"] = "-n 0"
    ran = subprocess.run(line, shell=True, cwd=where, env=env, capture_output=True, text=True, check=False, timeout=55)
    assert ran.returncode == 0, f"{line}\n{ran.stdout}\n{ran.stderr}"


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="the guide is written for a POSIX shell")
def test_a_new_game_plays_and_keeps_the_contract_by_following_the_guide(checkout: Path) -> None:
    copying, looking = commands()
    for line in copying:
        run(line, checkout)
    replace_in(checkout / "games/my_game/__init__.py", "template", "my_game")
    for level in (checkout / "levels/my_game").glob("*.yaml"):
        replace_in(level, "template", "my_game")
    listed = checkout / "games/__init__.py"
    replace_in(
        listed, "AnyGame = Game[Any, Any]", "from games.my_game import GAME as MY_GAME\n\nAnyGame = Game[Any, Any]"
    )
    replace_in(listed, "TEMPLATE)", "TEMPLATE, MY_GAME)")
    sentences = checkout / "assets/strings/en.yaml"
    block = re.search(r"^template:\n(?:  .*\n)+", sentences.read_text(encoding="utf-8"), re.MULTILINE)
    assert block is not None
    replace_in(sentences, block[0], block[0] + "\n" + block[0].replace("template:", "my_game:", 1))
    for line in looking:
        run(line, checkout)
