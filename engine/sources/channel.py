"""One sensor of a glove: the counts it goes between, how often it went to and fro, and since when it stands still."""

from collections import deque
from dataclasses import dataclass, field

KEPT = 4096
WIDENS = 0.15


@dataclass
class Channel:
    """One sensor. `rest`, `full`: its least and most counts, open and closed or, inverted, the other way; `moved_s`:
    when it first moved; `swings`: how often it went through its range, from `turn`; `still`: the counts between which
    it has stayed since the fingers had swung so often as `since` says; `last`: its latest count, the very same since
    they had swung so often as `same_since` says; `mute`: that is longer than a living one is so still."""

    rest: float
    full: float
    turn: float
    still: tuple[float, float]
    since: tuple[int, ...]
    last: float
    same_since: tuple[int, ...]
    seen: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    moved_s: float | None = None
    learnt: bool = False
    alive: bool = True
    mute: bool = False
    swings: int = 0
    rising: bool | None = None

    def widen(self, value: float) -> None:
        """The hand goes further than was known: follow it, a part of the way with every reading."""
        if value < self.rest:
            self.rest += WIDENS * (value - self.rest)
        elif value > self.full:
            self.full += WIDENS * (value - self.full)

    def turns(self, value: float, swing: float) -> bool:
        """Whether this reading completes a way of `swing` counts, against the one before."""
        if self.rising is not False and value - self.turn >= swing:
            self.rising, self.turn = False, value
        elif self.rising is not True and self.turn - value >= swing:
            self.rising, self.turn = True, value
        else:
            # Waiting to rise it keeps the lowest, waiting to fall the highest: a way is measured from its very end.
            if self.rising is not None:
                self.turn = min(self.turn, value) if self.rising else max(self.turn, value)
            return False
        self.swings += 1
        return True
