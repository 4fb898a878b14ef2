"""Where sessions are kept, and what a level last came to in them, and how often it was played."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.paths import home_folder, private_folder
from engine.play.levelfile import LevelFile
from engine.play.record import RESULTS, TAPE, RecordError
from engine.play.results import Results, read_results, summarise
from engine.play.storedranges import plain_name
from opposable.ownranges import ME, is_a_persons

STAMP = "%Y%m%d-%H%M%S"


def records_folder() -> Path:
    """Where tapes and results are kept; only this user may read it."""
    return private_folder(home_folder() / "sessions")


def record_paths(folder: Path, level: LevelFile, started: datetime) -> tuple[Path, Path]:
    """Tape and results of a session that begins now; a number is added where two begin in one second."""
    stem = f"{started.strftime(STAMP)}-{level.name.replace('/', '-')}"
    n = 1
    while True:
        name = stem if n == 1 else f"{stem}-{n}"
        tape, results = folder / f"{name}{TAPE}", folder / f"{name}{RESULTS}"
        if not tape.exists() and not results.exists():
            return tape, results
        n += 1


@dataclass(frozen=True)
class LastResult:
    """The newest session of a level that counted: how many trials landed of those that counted, and when."""

    landed: int
    counted: int
    started: datetime


def own_results(folder: Path, level: str, person: str = ME) -> Iterator[Results]:
    """This person's results of a level, newest first: no simulated hand's, no recording's, and nobody else's. A record
    that cannot be read is passed over."""
    paths = folder.glob(f"*-{level.replace('/', '-')}*{RESULTS}") if folder.is_dir() else ()
    for path in sorted(paths, reverse=True):
        try:
            results = read_results(path)
        except RecordError:
            continue
        header = results.header
        same_person = plain_name(header.person) == plain_name(person)
        if header.level == level and same_person and is_a_persons(header.source):
            yield results


def last_result(folder: Path, level: str, person: str = ME) -> LastResult | None:
    """None where this person never played it, or no trial of it counted yet."""
    for results in own_results(folder, level, person):
        summary = summarise(results.trials)
        if summary.counted:
            landed = sum(trial.success is True for trial in results.trials)
            return LastResult(landed, summary.counted, datetime.fromisoformat(results.header.started_utc))
    return None
