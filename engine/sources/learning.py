"""A glove learns its hand: how far each sensor goes from open to closed, and which sensor says nothing at all.

Pure: told of readings and their times, it answers with shares 0..1. Spikes count little, because a range is taken
between percentiles; it may still widen, slowly, when the hand opens or closes further than before.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Finger
from engine.sources.dialects import Reading

LEARNS_S = 2.5
GIVES_UP_S = 12.0
"""A hand that has not moved by then plays on the glove's own range."""
LEAST_SHARE = 0.04
"""A range smaller than this share of the sensor's own is too small to be true."""
WIDENS = 0.15
LOW, HIGH = 3.0, 97.0
KEPT = 4096
FULL_COUNTS = (1.0, 1023.0, 4095.0, 65_535.0)
SURE_OF_FULL_S = 10.0
_SPLAYS = tuple(f"splay.{finger}" for finger in LONG_FINGERS)


@dataclass
class Channel:
    """One sensor: the counts where the hand is open and closed, and whether the sensor has ever changed."""

    rest: float
    full: float
    alive: bool = True
    last: float | None = None

    def share(self, value: float) -> float:
        return min(max((value - self.rest) / (self.full - self.rest), 0.0), 1.0)

    def widen(self, value: float) -> None:
        """The hand goes further than was known: follow it, a part of the way with every reading."""
        if value < self.rest:
            self.rest += WIDENS * (value - self.rest)
        elif value > self.full:
            self.full += WIDENS * (value - self.full)


class Learning:
    """Follows one glove. `own_range` False: counts are taken as a share of `most` (found out where that is None),
    and only dead sensors are looked for."""

    def __init__(self, own_range: bool = True, most: float | None = None) -> None:
        self.own_range, self.most = own_range, most
        self.channels: dict[str, Channel] = {}
        self.done = False
        self._seen: dict[str, deque[float]] = {}
        self._between: dict[str, tuple[float, float]] = {}
        self._began_s: float | None = None
        self._moved_s: float | None = None
        self._biggest, self._broken = 0.0, False

    def hear(self, reading: Reading, t_s: float) -> None:
        """One more reading."""
        if self._began_s is None:
            self._began_s = t_s
        sensors = {name: value for name, value in reading.items() if _is_sensor(name)}
        for value in sensors.values():
            if value > self._biggest:
                self._biggest = value
            self._broken = self._broken or value % 1.0 != 0.0
        if self.done:
            self._follow(sensors)
            return
        for name, value in sensors.items():
            self._seen.setdefault(name, deque(maxlen=KEPT)).append(value)
            low, high = self._between.get(name, (value, value))
            self._between[name] = low, high = min(low, value), max(high, value)
            if self._moved_s is None and high - low >= LEAST_SHARE * self.full_counts:
                self._moved_s = t_s
        since_s = t_s - (self._began_s if self._moved_s is None else self._moved_s)
        if since_s >= (GIVES_UP_S if self._moved_s is None else LEARNS_S):
            self._finish()

    @property
    def full_counts(self) -> float:
        """What a sensor counts to: as the person said, else the least usual number that nothing went beyond."""
        if self.most is not None:
            return self.most
        likely = FULL_COUNTS if self._broken else FULL_COUNTS[1:]
        return next((most for most in likely if self._biggest <= most), FULL_COUNTS[-1])

    def shares(self, reading: Reading, t_s: float) -> dict[str, float]:
        """Every live sensor, 0 open to 1 closed. A dead one is left out."""
        if self.own_range:
            channels = self.channels
            return {
                name: channels[name].share(value)
                for name, value in reading.items()
                if name in channels and channels[name].alive
            }
        full = self._full_at(t_s)
        dead = {name for name, channel in self.channels.items() if not channel.alive}
        return {
            name: min(max(value / full, 0.0), 1.0)
            for name, value in reading.items()
            if _is_sensor(name) and name not in dead
        }

    @property
    def dead(self) -> tuple[Finger, ...]:
        """The fingers whose own sensor has given one value only."""
        return tuple(finger for finger in FINGERS if finger in self.channels and not self.channels[finger].alive)

    def _full_at(self, t_s: float) -> float:
        """A glove that never counts beyond 1023 is believed to count no further after ten seconds of it."""
        full, began_s = self.full_counts, t_s if self._began_s is None else self._began_s
        sure = self.most is not None or self._broken or t_s - began_s >= SURE_OF_FULL_S
        return full if sure else max(full, FULL_COUNTS[2])

    def _finish(self) -> None:
        """Ranges from what was seen. Where nothing moved at all the hand could not, and no sensor is blamed."""
        self.done, most = True, self.full_counts
        for name, seen in self._seen.items():
            values = np.array(seen)
            low, high = (float(value) for value in np.percentile(values, [LOW, HIGH]))
            if high - low < LEAST_SHARE * most:
                low, high = 0.0, most
            # A live sensor is never quite still; one that never changes while others move has come loose.
            stuck = self._moved_s is not None and values.min() == values.max()
            self.channels[name] = Channel(low, high, not stuck, float(values[-1]))
        self._seen.clear()

    def _follow(self, sensors: Reading) -> None:
        for name, value in sensors.items():
            channel = self.channels.get(name)
            if channel is None:
                channel = self.channels[name] = Channel(0.0, self.full_counts)
            if channel.last is not None and value != channel.last:
                channel.alive = True
            channel.last = value
            channel.widen(value)


@lru_cache(256)
def _is_sensor(name: str) -> bool:
    return name in FINGERS or name.startswith(("splay.", "joint."))


def spread_of(shares: Mapping[str, float]) -> float:
    """How far the fingers stand apart, 0..1, from the splay sensors there are; 0 where there is none."""
    found = [shares[name] for name in _SPLAYS if name in shares]
    return sum(found) / len(found) if found else 0.0


def in_words(dead: tuple[Finger, ...]) -> str:
    """What a person is told of sensors that say nothing; empty where all do."""
    if not dead:
        return ""
    names = " and ".join([", ".join(dead[:-1]), dead[-1]] if len(dead) > 1 else dead)
    one = len(dead) == 1
    return (
        f"The glove's {names} sensor{'' if one else 's'} always give{'s' if one else ''} the same value. Please look "
        f"at the plug and the wire of {'this finger' if one else 'these fingers'}. Play goes on with the others."
    )
