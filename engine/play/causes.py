"""What a miss was about makes that part of the task easier, and the others a little harder: the sum stays the same.

A part is one parameter of a level, or a few that belong together; which causes it answers to is said by the game's
level (`eased_after`). An offset is in levels of difficulty, added for this part alone.
"""

from collections.abc import Mapping

EASING_LEVELS = 0.15
MOST_LEVELS = 2.5


def offsets_of(parts: tuple[str, ...], known: Mapping[str, float]) -> dict[str, float]:
    """An offset for each part of the level as it is now; parts that were not known before begin in the middle."""
    return _centred({part: known.get(part, 0.0) for part in parts})


def after_miss(offsets: Mapping[str, float], part: str | None) -> dict[str, float]:
    """The offsets after a miss that was about one part.

    Unknown or missing parts change nothing. The mean stays 0; were one to go beyond 2.5 levels, all shrink alike.
    """
    if part not in offsets:
        return dict(offsets)
    return _centred({name: offset - EASING_LEVELS * (name == part) for name, offset in offsets.items()})


def _centred(offsets: dict[str, float]) -> dict[str, float]:
    mean = sum(offsets.values()) / max(len(offsets), 1)
    centred = {name: offset - mean for name, offset in offsets.items()}
    shrink = min(1.0, MOST_LEVELS / max([MOST_LEVELS, *map(abs, centred.values())]))
    return {name: offset * shrink for name, offset in centred.items()}
