"""A glove learns its hand: how far each sensor goes from open to closed, and which sensor does not move at all.

Pure: told of readings and their times, it answers with shares 0..1. Every sensor is learnt when it first moves,
whenever that is. No single wrong reading counts: a range is taken between percentiles of what came more than once, and
widens only by what comes several times in a row. A sensor is judged only by what the others did meanwhile, and for as
long as it is listened to: one that stands still while most of the others go to and fro is taken to be stuck, until it
moves.
"""

from collections.abc import Mapping
from functools import lru_cache

from engine.hand import FINGERS, LONG_FINGERS, Finger
from engine.sources.channel import LEARNS_S, Channel
from engine.sources.dialects import Reading

GIVES_UP_S = 12.0
"""Play does not wait longer for a hand to move; it is learnt when it does."""
LEAST_SHARE = 0.04
"""Less than this share of what a sensor counts to is no movement."""
LEAST_OF_OTHERS = 2 / 3
"""No finger's range is taken to be a smaller share of the second largest: one that only goes along is not
stretched. With this much, a finger that goes a third as far still bends far enough for a pinch. The very largest may
be a single sensor that counts further than all others."""
NOISE = 2.5 / 1023
"""A sensor that stays within two counts of 1023 stands still."""
SWING, TO_AND_FRO, SEVERAL, FEWEST, MANY = 0.6, 2, 3, 2, 6
"""A swing is a way through this share of the range, to or fro; SEVERAL of them by most others are enough to judge, and
by FEWEST of them where a sensor does not change by a single count. After MANY by most others a widened range that was
never gone through is learnt anew."""
AT_THE_END = 0.99
"""From this share of what it counts to, a sensor can tell no more."""
FULL_COUNTS = (1.0, 1023.0, 4095.0, 65_535.0)
SURE_OF_FULL_S = 10.0
_SPLAYS = tuple(f"splay.{finger}" for finger in LONG_FINGERS)
_FINGERS = frozenset[str](FINGERS)


class Learning:
    """Follows one glove. `own_range` False: counts are taken as a share of `most` (found out where that is None),
    and only sensors that are stuck are looked for. `inverted`: sensors that count less the more the hand closes.
    `full_counts`: what a sensor counts to, as was said, else the least usual number that no range goes beyond."""

    def __init__(
        self, own_range: bool = True, most: float | None = None, inverted: frozenset[str] = frozenset()
    ) -> None:
        self.own_range, self.most, self.inverted = own_range, most, inverted
        self.channels: dict[str, Channel] = {}
        self.done = self.gave_up = False
        self.full_counts = FULL_COUNTS[1] if most is None else most
        self._began_s: float | None = None
        self._broken = False
        self._swings: tuple[int, ...] = (0,) * len(FINGERS)

    def hear(self, reading: Reading, t_s: float) -> None:
        """One more reading."""
        if self._began_s is None:
            self._began_s = t_s
        heard, changed, swung = [], False, False
        for name, value in reading.items():
            channel = self.channels.get(name)
            if channel is None:
                if not _is_sensor(name):
                    continue
                channel = self.channels[name] = Channel(value, self._swings)
                changed = True
            if not self._broken and value % 1.0 != 0.0:
                self._broken = changed = True
            channel.settle(value)
            heard.append((name, channel, value))
        if changed:
            self._take_stock()
        least, changed = LEAST_SHARE * self.full_counts, False
        for _, channel, value in heard:
            changed |= channel.widen(value) if channel.learnt else channel.learn(t_s, least)
        if changed:
            self._take_stock()
        for _, channel, _ in heard:
            if channel.turns(channel.settled, max(SWING * channel.known, least)):
                swung, channel.through = True, ()
        if swung:
            self._count_swings()
        self._judge(heard, least, swung)
        if not self.done:
            self._begin(t_s)

    def shares(self, reading: Reading, t_s: float) -> dict[str, float]:
        """Every live sensor, 0 open to 1 closed. A stuck one is left out."""
        full, found = self._full_at(t_s), {}
        for name, value in reading.items():
            channel = self.channels.get(name)
            if channel is None or not channel.alive:
                continue
            if not self.own_range:
                share = 1.0 - value / full if name in self.inverted else value / full
            else:
                believed = channel.settled if channel.doubted else value
                way = channel.full - believed if name in self.inverted else believed - channel.rest
                share = way / channel.span
            found[name] = min(max(share, 0.0), 1.0)
        return self._none_leads_by_standing(found, reading)

    @property
    def unmoved(self) -> bool:
        """Play has begun without any movement, and there is none yet."""
        return self.gave_up and not any(channel.moved_s is not None for channel in self.channels.values())

    @property
    def dead(self) -> tuple[Finger, ...]:
        """The fingers whose own sensor stands still while the others move."""
        own = [(finger, self.channels.get(finger)) for finger in FINGERS]
        return tuple([finger for finger, one in own if one is not None and (one.mute or not one.alive)])

    def _says_nothing(self, name: str, channel: Channel) -> bool:
        """Whether a sensor has not changed by a single count while two fingers went to and fro, however many others are
        like it: not even a finger that rests is as still as that. At an end of what can be counted where a living one
        stands as well nobody can tell. It is named, and left as it is: if it is alive after all, nothing is lost."""
        if sum(n >= SEVERAL for n in self._swung(name, channel.same_since)) < FEWEST:
            return False
        others = [one for one in map(self.channels.get, FINGERS) if one is not None and one.swings >= SEVERAL]
        stands_with = [abs(channel.last - end) for one in others for end in (one.rest, one.full)]
        return channel.last not in (0.0, self.full_counts) or min(stands_with) > NOISE * self.full_counts

    def _full_at(self, t_s: float) -> float:
        """A glove that never counts beyond 1023 is believed to count no further after ten seconds of it."""
        full, began_s = self.full_counts, t_s if self._began_s is None else self._began_s
        sure = self.most is not None or self._broken or t_s - began_s >= SURE_OF_FULL_S
        return full if sure else max(full, FULL_COUNTS[2])

    def _take_stock(self) -> None:
        """What follows from all ranges together, worked out when one of them is another than before."""
        if self.most is None:
            biggest = max((channel.full for channel in self.channels.values()), default=0.0)
            likely = FULL_COUNTS if self._broken else FULL_COUNTS[1:]
            self.full_counts = next((most for most in likely if biggest <= most), FULL_COUNTS[-1])
        fingers = [self.channels[finger] for finger in FINGERS if finger in self.channels]
        learnt = sorted(one.full - one.rest for one in fingers if one.learnt)
        largest, second = (learnt[-1], learnt[-2:][0]) if learnt else (0.0, 0.0)
        for name, channel in self.channels.items():
            seen = channel.full - channel.rest
            channel.known = max(seen, LEAST_OF_OTHERS * second) if name in _FINGERS else seen
            # One that is not learnt yet goes as far as the largest.
            channel.span = channel.known if channel.learnt else max(channel.known, largest or self.full_counts)

    def _begin(self, t_s: float) -> None:
        """Whether enough is known to play: whatever moves is learnt, or nothing has moved for long."""
        assert self._began_s is not None
        moved = [channel for channel in self.channels.values() if channel.moved_s is not None]
        first_s = min((channel.moved_s for channel in moved if channel.moved_s is not None), default=t_s)
        if moved:
            self.done = all(channel.learnt for channel in moved) or t_s - first_s >= 2 * LEARNS_S
        else:
            self.done = self.gave_up = t_s - self._began_s >= GIVES_UP_S

    def _count_swings(self) -> None:
        """How often each finger has swung; and which range was widened by what never came again."""
        self._swings = tuple(self.channels[one].swings if one in self.channels else 0 for one in FINGERS)
        for name, channel in self.channels.items():
            if not channel.through:
                channel.through = self._swings
            elif channel.widened and sum(n >= MANY for n in self._swung(name, channel.through)) >= self._most_others:
                channel.forget()

    @property
    def _most_others(self) -> int:
        return (sum(finger in self.channels for finger in FINGERS) - 1) // 2 + 1

    def _judge(self, heard: list[tuple[str, Channel, float]], least: float, swung: bool) -> None:
        """Who stands still while most of the others swing; whoever moves is alive."""
        noise, now = NOISE * self.full_counts, self._swings
        for name, channel, value in heard:
            if value != channel.last:
                channel.last, channel.same_since, channel.mute = value, now, False
            elif swung:
                channel.mute = self._says_nothing(name, channel)
            low, high = channel.still
            if not low <= channel.settled <= high:
                low, high = min(low, channel.settled), max(high, channel.settled)
                # A wire that is loose flickers: once stuck, it takes a real movement to be believed again.
                if high - low > (noise if channel.alive else least):
                    channel.still, channel.since, channel.alive = (channel.settled, channel.settled), now, True
                    continue
                channel.still = low, high
            if swung and channel.alive:
                channel.alive = sum(n >= SEVERAL for n in self._swung(name, channel.since)) < self._most_others

    def _swung(self, name: str, since: tuple[int, ...]) -> list[int]:
        """How often each of the other fingers has swung since they had swung so often."""
        pairs = zip(FINGERS, self._swings, since, strict=True)
        return [now - then for finger, now, then in pairs if finger != name]

    def _none_leads_by_standing(self, shares: dict[str, float], reading: Reading) -> dict[str, float]:
        """A finger that has stood still while another went to and fro may be stuck, and bends no more than the others
        do. One that is held as bent as its sensor can tell is believed, where it has ever moved."""
        full, stands = self.full_counts, set[Finger]()
        for finger in LONG_FINGERS:
            channel = self.channels.get(finger)
            if channel is None or finger not in shares or channel.since is self._swings:
                continue
            bent = 1.0 - reading[finger] / full if finger in self.inverted else reading[finger] / full
            if not (channel.swings and bent >= AT_THE_END):
                stands |= {finger} if max(self._swung(finger, channel.since)) >= TO_AND_FRO else set()
        if not stands:
            return shares
        free = [shares[finger] for finger in LONG_FINGERS if finger in shares and finger not in stands]
        along = sum(free) / len(free) if free else 0.0
        return {name: min(share, along) if name in stands else share for name, share in shares.items()}


@lru_cache(256)
def _is_sensor(name: str) -> bool:
    return name in FINGERS or name.startswith(("splay.", "joint."))


def spread_of(shares: Mapping[str, float]) -> float:
    """How far the fingers stand apart, 0..1, from the splay sensors there are; 0 where there is none."""
    found = [shares[name] for name in _SPLAYS if name in shares]
    return sum(found) / len(found) if found else 0.0


def in_words(dead: tuple[Finger, ...]) -> str:
    """What a person is told of sensors that do not move; empty where all do."""
    if not dead:
        return ""
    names = " and ".join([", ".join(dead[:-1]), dead[-1]] if len(dead) > 1 else dead)
    if len(dead) == 1:
        return (
            f"The glove's {names} sensor does not move. If the finger cannot, nothing is lost; if it can, please look "
            "at its plug and its wire. Play goes on with the others."
        )
    return (
        f"The glove's {names} sensors do not move. If the fingers cannot, nothing is lost; if they can, please look at "
        "their plugs and their wires. Play goes on with the others."
    )
