"""How far a person has come in each level: one small file each, so that a new day begins where the last one ended.

`people/<person>/progress/<level>.json`, for this user only, written whole or not at all. A file that cannot be read is
set aside and said; the level then begins as on a first day.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from engine.play.adaptation import HIGHEST_RATING, LOWEST_RATING, Adaptation
from engine.play.level import Difficulty
from engine.play.storedranges import in_a_path, person_folder, set_aside
from engine.wholefile import write_whole

FORMAT = 1


@dataclass(frozen=True)
class Progress:
    """What was known of a person in one level when they last played it."""

    adaptation: Adaptation
    format: int = FORMAT


_PROGRESS = TypeAdapter(Progress)


def progress_path(person: str, level: str) -> Path:
    """The file that says how far this person has come in this level."""
    return person_folder(person) / "progress" / f"{in_a_path(level)}.json"


def keep_progress(person: str, level: str, adaptation: Adaptation) -> None:
    """Write it down, in place of what was known before. Raises OSError; what was known stays then."""
    write_whole(progress_path(person, level), _PROGRESS.dump_json(Progress(adaptation), indent=1))


def stored_progress(person: str, level: str, difficulty: Difficulty) -> tuple[Adaptation | None, str]:
    """What is known of this person in this level, within the limits the level has now; None where it was never
    played. And what is amiss with the file, in words, if it had to be set aside."""
    path = progress_path(person, level)
    try:
        found = _PROGRESS.validate_json(path.read_bytes())
        if found.format != FORMAT:
            raise ValueError(f"it has format {found.format}; this program reads format {FORMAT}")
        if not LOWEST_RATING <= found.adaptation.rating <= HIGHEST_RATING:
            raise ValueError(f"a rating of {found.adaptation.rating} cannot be")
    except FileNotFoundError:
        return None, ""
    except (OSError, ValidationError, ValueError) as problem:
        return None, set_aside(path, problem, "This level begins as on a first day.")
    known = replace(found.adaptation, target_success=difficulty.target_success)
    return replace(known, min_level=difficulty.min, max_level=difficulty.max), ""
