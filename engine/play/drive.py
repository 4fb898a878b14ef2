"""Playing without a window: samples from any source through motion into a session, until one of them ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.clock import now_s
from engine.hand import Sample, Side
from engine.inputs import TICK_S, HandInput
from engine.play.game import Event
from engine.play.level import MAX_LEVEL_MIN
from engine.play.session import Session
from engine.sources.source import Source, SourceState

MOST_TICKS_AT_ONCE = 15
# A camera's sixtieth of a second may be a little shorter than ours. Up to two parts in a thousand are gone along with,
# or its hands would be told later and later, and after some minutes at once again.
FOLLOWED_S = TICK_S / 500
# More than a picture may have, so that a hand is told whatever the pictures had.
HAND_SOONEST_S = 2 * TICK_S
OPENING_WAIT_S = 0.25
# With no window there is nobody to ask for another source: one that stays lost this long ends the play.
PATIENCE_S = 10.0
# No level may take longer, and nobody is there to see that a hand has long gone home.
LONGEST_PLAY_S = MAX_LEVEL_MIN * 60.0


class MotionLike(Protocol):
    """What turns samples into hands: engine.motion.motion.Motion."""

    def expect(self, samples: Sequence[Sample]) -> None: ...

    def feed(self, sample: Sample, now_s: float | None = None) -> None: ...

    def tick(self, now_s: float) -> Mapping[Side, HandInput]: ...


@dataclass
class Beat:
    """The even tick. Asked at any rate, it says how many ticks are due; after a long stall it lets the time go
    instead of rushing the game after it. `next_s`: the even place of the next tick; `sooner_s`: how early it comes
    where it is wanted. That adds no ticks, except where they are wanted more often than sixty times a second: then
    their places follow, by two parts in a thousand at most."""

    next_s: float
    sooner_s: float = 0.0

    def due(self, time_s: float) -> int:
        """Ticks to play at `time_s`, 0 or more."""
        count = 0
        while self.next_s - self.sooner_s <= time_s:
            self.next_s, self.sooner_s = self.next_s + TICK_S, 0.0
            count += 1
            if count > MOST_TICKS_AT_ONCE:
                self.next_s = time_s + TICK_S
                return 1
        return count

    def wait_s(self, time_s: float) -> float:
        """How long until the next tick is due."""
        return max(0.0, self.next_s - self.sooner_s - time_s)

    def hand_came(self, time_s: float) -> None:
        """A hand came: the next tick comes for it at once, unless the ticks are ahead by two already."""
        if self.sooner_s < HAND_SOONEST_S:
            self._wanted(time_s, HAND_SOONEST_S)
            self.next_s -= min(self.wait_s(time_s), FOLLOWED_S)

    def picture_begins(self, time_s: float) -> None:
        """A picture begins that would show nothing new: the next tick comes at once, unless the ticks are ahead by a
        whole one already."""
        self._wanted(time_s, TICK_S)

    def _wanted(self, time_s: float, soonest_s: float) -> None:
        self.sooner_s = max(self.sooner_s, min(self.sooner_s + self.wait_s(time_s), soonest_s))


Heard = Callable[[tuple[Event, ...]], None]


def run(
    session: Session, source: Source, motion: MotionLike, *, limit_s: float = LONGEST_PLAY_S, heard: Heard | None = None
) -> None:
    """Play until the session is done, the source has ended, or `limit_s` of play are over.

    An unpaced source (video, recording, simulated hand) gives the time itself, as fast as the machine can; a paced
    one (camera, glove) plays by the clock. `heard` is told the events of each tick in which something happened.
    """
    if source.paced:
        _run_by_clock(session, source, motion, limit_s, heard)
    else:
        _run_by_samples(session, source, motion, limit_s, heard)


def _run_by_samples(session: Session, source: Source, motion: MotionLike, limit_s: float, heard: Heard | None) -> None:
    """Session time follows the samples: every tick that lies before a sample is played before it is fed."""
    next_s: float | None = None
    while not session.done and session.played_s < limit_s:
        samples = source.read(0.0)
        if not samples and source.status().state in (SourceState.ENDED, SourceState.GONE):
            return
        motion.expect(samples)
        for sample in samples:
            if next_s is None:
                next_s = sample.t_s
            while next_s < sample.t_s:
                _tick(session, motion, next_s, heard)
                next_s += TICK_S
            motion.feed(sample)
            source.follow(session.cue, sample.t_s)


def _run_by_clock(session: Session, source: Source, motion: MotionLike, limit_s: float, heard: Heard | None) -> None:
    beat: Beat | None = None
    well_s = now_s()
    while not session.done and session.played_s < limit_s:
        for sample in source.read(OPENING_WAIT_S if beat is None else beat.wait_s(now_s())):
            motion.feed(sample, now_s())
            # Play begins with the first sample: nobody is kept waiting in a game by a camera that opens.
            beat = beat or Beat(now_s())
        state, time_s = source.status().state, now_s()
        well_s = well_s if state is SourceState.LOST else time_s
        if state in (SourceState.ENDED, SourceState.GONE) or time_s - well_s > PATIENCE_S:
            return
        if beat is None:
            continue
        for _ in range(beat.due(time_s)):
            _tick(session, motion, time_s, heard)
        source.follow(session.cue, time_s)


def _tick(session: Session, motion: MotionLike, time_s: float, heard: Heard | None) -> None:
    events = session.tick(motion.tick(time_s))
    if events and heard is not None:
        heard(events)
