"""Files and folders that a command is asked to write, tried before the work that fills them."""

from pathlib import Path

from opposable.console import complain


def can_write(file: Path) -> bool:
    """Whether this file can be written; where it cannot, that is said."""
    try:
        file.touch()
    except OSError as problem:
        complain(f"{file}: it cannot be written ({problem.strerror}); choose another place with -o.")
        return False
    return True


def can_hold(folder: Path) -> bool:
    """Whether this folder is there, or could be made; where it could not, that is said."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        complain(f"{folder}: this folder cannot be made ({problem.strerror}); choose another with --output.")
        return False
    return True
