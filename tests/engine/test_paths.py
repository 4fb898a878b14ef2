"""Where things are found, and that nobody else may read what is the person's own."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from engine.paths import HOME_VARIABLE, assets_folder, home_folder, levels_folder, private_folder

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access rights elsewhere")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_in_a_checkout_its_own_levels_and_assets_are_used() -> None:
    assert (levels_folder(), assets_folder()) == (ROOT / "levels", ROOT / "assets")


def test_installed_they_lie_in_opposable_data(tmp_path: Path) -> None:
    """The same module, and what it needs, in a folder without a checkout around it, asked in a process of its own."""
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").touch()
    for name in ("paths.py", "problem.py"):
        (tmp_path / "engine" / name).write_bytes((ROOT / "engine" / name).read_bytes())
    question = "from engine.paths import levels_folder; print(levels_folder())"
    answer = subprocess.run(
        [sys.executable, "-c", question], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=30
    )
    assert Path(answer.stdout.strip()) == tmp_path.resolve() / "opposable_data" / "levels"


@posix
def test_the_person_s_own_folder_is_theirs_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "a" / "b"))
    assert home_folder() == tmp_path / "a" / "b"
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    assert home_folder() == private_folder(tmp_path / "a" / "b")
