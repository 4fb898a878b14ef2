"""How a person sees and hears best: chosen once with `opposable settings`, and used by every window.

`settings.json` in the person's own folder, for this user only, written whole or not at all. A file that cannot be read
is set aside under another name and said; the usual settings are used then.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from engine.paths import home_path
from engine.play.storedranges import set_aside
from engine.view.palette import PaletteName
from engine.wholefile import write_whole
from opposable.console import complain

FORMAT = 1
SMALLEST_TEXT, LARGEST_TEXT = 1.0, 2.0
LOUDEST_PERCENT = 100


@dataclass(frozen=True)
class Comfort:
    """`palette`: the colours; `text`: how many times as large as usual letters are, 1..2; `sound`: how loud, 0..100 per
    cent; `voice`: whether sentences are also spoken, where this computer has a voice."""

    palette: PaletteName = "standard"
    text: Annotated[float, Field(ge=SMALLEST_TEXT, le=LARGEST_TEXT)] = SMALLEST_TEXT
    sound: Annotated[int, Field(ge=0, le=LOUDEST_PERCENT)] = LOUDEST_PERCENT
    voice: bool = True
    format: int = FORMAT


USUAL = Comfort()
_COMFORT = TypeAdapter(Comfort)


def comfort_path() -> Path:
    """The file of these settings."""
    return home_path() / "settings.json"


def keep_comfort(comfort: Comfort) -> None:
    """Write it down, in place of what was chosen before. Raises OSError; what was chosen stays then."""
    write_whole(comfort_path(), _COMFORT.dump_json(comfort, indent=1))


def own_comfort() -> Comfort:
    """What was chosen, else the usual; where the file cannot be read, that is said."""
    path = comfort_path()
    try:
        found = _COMFORT.validate_json(path.read_bytes())
        if found.format != FORMAT:
            raise ValueError(f"it has format {found.format}; this program reads format {FORMAT}")
    except FileNotFoundError:
        return USUAL
    except (OSError, ValidationError, ValueError) as problem:
        complain(set_aside(path, problem, "The usual settings are used. Choose yours again: opposable settings"))
        return USUAL
    return found
