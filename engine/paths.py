"""Where things are: the levels and assets that came with the program, and the folder that is the person's own."""

import os
from pathlib import Path

from platformdirs import user_data_path

from engine.problem import ProblemError

HOME_VARIABLE = "OPPOSABLE_HOME"
ROOT = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """A folder that came with the program: the checkout's own where there is one, else the installed copy."""
    in_checkout = ROOT / name
    if (ROOT / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    return ROOT / "opposable_data" / name


def levels_folder() -> Path:
    """The levels that came with the program."""
    return shipped("levels")


def assets_folder() -> Path:
    """Icons, strings, meshes and tables that came with the program."""
    return shipped("assets")


def home_path() -> Path:
    """Where the person's own folder is, or will be."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen).expanduser() if chosen else user_data_path("opposable", appauthor=False)


def home_folder() -> Path:
    """The person's own folder, made on first use and readable by nobody else."""
    return private_folder(home_path())


def packs_path() -> Path:
    """Where the level packs are that the person added."""
    return home_path() / "levels"


class FolderError(ProblemError, OSError):
    """The person's own folder cannot be made or written to; the message says which, and what to do."""


def private_folder(folder: Path) -> Path:
    """Make a folder (and what is missing above it) that only this user may read: 0700. Raises FolderError."""
    try:
        if not folder.is_dir():
            if not folder.parent.exists():
                private_folder(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
    except FolderError:
        raise
    except OSError as problem:
        raise FolderError(
            f"{folder} cannot be used as a folder for your data ({problem.strerror}). "
            f"Set {HOME_VARIABLE} to a folder of yours that can be written to."
        ) from None
    if not os.access(folder, os.W_OK):
        raise FolderError(f"{folder} cannot be written to. Set {HOME_VARIABLE} to a folder of yours.")
    return folder
