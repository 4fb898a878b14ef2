"""What a miss was about makes that part of the task easier, and the others a little harder: the sum stays the same."""

from collections.abc import Mapping

EASING_LEVELS = 0.15
MOST_LEVELS = 2.5


def no_offsets(causes: tuple[str, ...]) -> dict[str, float]:
    return dict.fromkeys(causes, 0.0)


def after_miss(offsets: Mapping[str, float], cause: str | None) -> dict[str, float]:
    """Levels to add to the difficulty for the parameter behind each cause, after a miss of one cause.

    Unknown or missing causes change nothing. The mean stays 0, each stays within 2.5 levels.
    """
    if cause not in offsets:
        return dict(offsets)
    share = 1 / len(offsets)
    moved = {name: offset - EASING_LEVELS * ((name == cause) - share) for name, offset in offsets.items()}
    mean = sum(moved.values()) / len(moved)
    return {name: min(max(offset - mean, -MOST_LEVELS), MOST_LEVELS) for name, offset in moved.items()}
