"""One sensor of a glove: the counts it goes between, how often it went to and fro, and since when it stands still."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

KEPT, STILL_KEPT = 4096, 20
LEARNS_S = 2.5
LOW, HIGH = 3.0, 97.0
IN_A_ROW = 5
"""So many readings one after the other beyond an end of the range are the hand's; fewer may be a loose wire's."""
JUMP = 0.5
"""No hand goes this share of its range from one reading to the next and back: it is shown when a second one says so."""


@dataclass
class Channel:
    """One sensor. `last`, `before`: its latest count and the one before it; `settled`: the middle one of the latest
    three, which no single wrong reading moves; `rest`, `full`: its least and most counts, open and closed or, inverted,
    the other way; `known`, `span`: the counts from open to closed as far as they were seen, and as they are taken;
    `moved_s`: when it first moved; `swings`: how often it went through its range, from `turn`; `through`: how often the
    fingers had when it last did or was widened, () until they swing again; `widened`: its range was since it was
    learnt; `still`: the counts between which it has stayed since the fingers had swung so often as `since` says;
    `same_since`: how often they had when it last changed by a single count; `mute`: that is longer than a living one
    is so still; `doubted`: the latest reading is far from both before it."""

    last: float
    since: tuple[int, ...]
    rest: float = field(init=False)
    full: float = field(init=False)
    turn: float = field(init=False)
    before: float = field(init=False)
    settled: float = field(init=False)
    still: tuple[float, float] = field(init=False)
    same_since: tuple[int, ...] = field(init=False)
    through: tuple[int, ...] = field(init=False)
    known: float = 0.0
    span: float = 1.0
    seen: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    moved_s: float | None = None
    learnt: bool = False
    widened: bool = False
    alive: bool = True
    mute: bool = False
    doubted: bool = False
    swings: int = 0
    rising: bool | None = None
    _beyond: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.full = self.turn = self.before = self.settled = self.last
        self.still = (self.last, self.last)
        self.same_since = self.through = self.since

    def settle(self, value: float) -> None:
        """One more reading, before anything is made of it. `last` stays the one before until it was judged."""
        before, last = self.before, self.last
        if before > last:
            before, last = last, before
        self.settled = before if value < before else min(value, last)
        self.before = self.last
        self.doubted = abs(value - self.settled) > JUMP * self.span

    def learn(self, t_s: float, least: float) -> bool:
        """The range: of all that was seen until a while after the first movement, which is of `least` counts. True
        where the range is another now."""
        value, before = self.settled, (self.rest, self.full)
        self.seen.append(value)
        self.rest, self.full = min(self.rest, value), max(self.full, value)
        if self.moved_s is None:
            # How long the hand was still before says nothing of its range.
            while len(self.seen) > STILL_KEPT:
                self.seen.popleft()
            if self.full - self.rest >= least:
                self.moved_s = t_s
        if self.moved_s is not None and t_s - self.moved_s >= LEARNS_S:
            low, high = (float(end) for end in np.percentile(np.array(self.seen), [LOW, HIGH]))
            if high - low < least:
                # It was a spike that seemed to move.
                self.forget()
                return True
            self.seen.clear()
            self.rest, self.full, self.learnt = low, high, True
        return before != (self.rest, self.full) or self.learnt

    def widen(self, value: float) -> bool:
        """The hand goes further than was known: follow it as far as it went IN_A_ROW times one after the other. True
        where the range is another now."""
        if self.rest <= value <= self.full:
            if self._beyond:
                self._beyond.clear()
            return False
        above = value > self.full
        if self._beyond and (self._beyond[0] > self.full) is not above:
            self._beyond.clear()
        self._beyond.append(value)
        if len(self._beyond) < IN_A_ROW:
            return False
        if above:
            self.full = min(self._beyond)
        else:
            self.rest = max(self._beyond)
        self._beyond.clear()
        self.widened, self.through = True, ()
        return True

    def forget(self) -> None:
        """Learn the range anew, from the next movement."""
        self.rest = self.full = self.settled
        self.moved_s, self.learnt, self.widened = None, False, False
        self.seen.clear()
        self._beyond.clear()

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
