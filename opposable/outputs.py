"""Files and folders that a command is asked to write, tried before the work that fills them."""

from pathlib import Path

from engine.problem import ProblemError


def check_file(file: Path) -> None:
    """Raises ProblemError where this file cannot be written."""
    try:
        file.touch()
    except OSError as problem:
        said = f"{file}: it cannot be written ({problem.strerror}); choose another place with -o."
        raise ProblemError(said) from None


def check_folder(folder: Path) -> None:
    """Make this folder where it is not there. Raises ProblemError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        said = f"{folder}: this folder cannot be made ({problem.strerror}); choose another with --output."
        raise ProblemError(said) from None
