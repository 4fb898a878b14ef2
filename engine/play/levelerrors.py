"""What must be changed in a level file: each thing with its place and a sentence that says what to write instead."""

from dataclasses import dataclass
from pathlib import Path

from engine.play.yamlguard import Fault, Mark, shortened
from engine.problem import NotUnderstoodError, ProblemError


@dataclass(frozen=True)
class LevelError:
    """One thing to change. `line` and `col` count from 1; `where` is the place in the data, as `coins.fall_s`."""

    path: Path
    line: int
    col: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.path}:{self.line}:{self.col}: {place}{self.message}"


class LevelErrors(ProblemError):  # noqa: N818 - it holds all of them
    """Everything that must be changed in one file, in the order of its lines. `root`: what must be changed before all,
    where that stands in a level it builds on."""

    def __init__(self, errors: tuple[LevelError, ...], root: LevelError | None = None) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors
        self.root = root or errors[0]


class NoSuchLevelError(LevelErrors, NotUnderstoodError):
    """There is no level of this name, or no such file: no line of any file is to blame."""

    def __init__(self, asked: Path | str, message: str) -> None:
        super().__init__((LevelError(Path(asked), 1, 1, "", message),))
        self.args = (f"'{asked}': {message}",)


def one_error(path: Path, message: str) -> LevelErrors:
    """Something about the file as a whole."""
    return errors_in(path, [Fault(Mark(1, 1), (), message)])


def errors_in(path: Path, faults: list[Fault], root: LevelError | None = None) -> LevelErrors:
    """The faults in the order of the file, each said once; `root` as in `LevelErrors`."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.mark)
    errors = (
        LevelError(
            path, fault.mark.line, fault.mark.col, ".".join(shortened(str(step)) for step in fault.where), fault.message
        )
        for fault in ordered
    )
    return LevelErrors(tuple(errors), root)
