"""What was done in each clip, and how that is compared with what a game was told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from engine.hand import LONG_FINGERS, Sample, Side
from engine.motion.ranges import Ranges
from engine.play.guide import recorded
from tests.clips import ALL, Edge, Presses

RIGHT, LEFT = Side.RIGHT, Side.LEFT
MADE: dict[str, Presses] = {
    "dim_room": Counter({(RIGHT, "fist"): 4}),
    "fist": Counter({(RIGHT, "fist"): 5}),
    "lost": Counter({(RIGHT, "fist"): 4}),
    "opposition": Counter({(RIGHT, f"pinch.{finger}"): 1 for finger in LONG_FINGERS}),
    "pick_and_place": Counter({(RIGHT, "pinch.index"): 4}),
    "pinch_index": Counter({(RIGHT, "pinch.index"): 5}),
    # A stiff hand that closes a third of the way presses nothing until it is measured by its own range.
    "small_range": Counter(),
    "spread": Counter(),
    "taps": Counter(),
    "two_hands": Counter({(RIGHT, "fist"): 4, (LEFT, "fist"): 4}),
}
STIFF = "small_range in its own range"
OWN: dict[str, Presses] = {STIFF: Counter({(RIGHT, "fist"): 3})}
"""The same clip measured by what its hand can do: every fist that was made."""
CASES = (*ALL, *OWN)


def clip_of(case: str) -> str:
    """Which clip that is."""
    return case.partition(" ")[0]


def ranges_of(case: str, seen: Sequence[Sample]) -> dict[Side, Ranges] | None:
    """An able adult's, or the clip's own as `opposable calibrate --from` finds it."""
    return {RIGHT: recorded(list(seen), RIGHT)[0].ranges} if case in OWN else None


def hands_of_clip(case: str) -> Literal[1, 2]:
    """How many hands are looked for in it."""
    return 2 if case == "two_hands" else 1


def deeds(edges: Iterable[Edge]) -> Counter[tuple[Side, str, bool]]:
    """How often each control of each hand was pressed, and how often released."""
    return Counter((edge.side, edge.control, edge.is_press) for edge in edges)


def deeds_made(case: str) -> Counter[tuple[Side, str, bool]]:
    """Every press that was made, and the release of each."""
    made = (MADE | OWN)[case]
    return Counter({(*press, is_press): count for press, count in made.items() for is_press in (True, False)})
