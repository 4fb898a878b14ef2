"""What a level last came to, and how often it was played: read from the person's own records."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.play.record import RecordError
from engine.play.results import read_results, summarise


@dataclass(frozen=True)
class LastResult:
    """The newest session of a level that counted: how many trials landed of those that counted, and when."""

    landed: int
    counted: int
    started: datetime


def result_files(folder: Path, level: str) -> list[Path]:
    """The results of a level, oldest first."""
    return sorted(folder.glob(f"*-{level.replace('/', '-')}*.results.jsonl")) if folder.is_dir() else []


def last_result(folder: Path, level: str) -> LastResult | None:
    """None where it was never played, or no trial of it counted yet. A record that cannot be read is passed over."""
    for path in reversed(result_files(folder, level)):
        try:
            results = read_results(path)
        except RecordError:
            continue
        summary = summarise(results.trials)
        if results.header.level == level and summary.counted:
            landed = sum(trial.success is True for trial in results.trials)
            return LastResult(landed, summary.counted, datetime.fromisoformat(results.header.started_utc))
    return None
