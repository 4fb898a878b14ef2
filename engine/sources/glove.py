"""A glove on a wire as a source, `glove:PORT`: it finds out speed, dialect and range by itself, and learns the hand.

A flood of lines costs no more than a few: of what has arrived only the newest whole line is read, about as often as a
game ticks, sixty times a second.
"""

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.clock import now_s
from engine.hand import FINGERS, LONG_FINGERS, Finger, Sample, Side
from engine.inputs import TICK_S
from engine.motion.poses import CURL
from engine.motion.ranges import ABLE_ADULT
from engine.sources.arriving import Arrivals, first_of
from engine.sources.dialects import Dialect, detect
from engine.sources.felt import Felt, Joints, felt_frame
from engine.sources.learning import Learning, in_words, spread_of
from engine.sources.lines import Lines
from engine.sources.source import SourceState, SourceStatus
from engine.sources.wire import AUTO, Wire

if TYPE_CHECKING:
    from engine.play.game import Cue

BAUDS = (115_200, 9_600, 57_600, 38_400, 19_200)
POLL_S, LOST_POLL_S, LEAST_APART_S = 0.004, 0.02, 0.015
SILENT_S = 0.8
# An Arduino that was just opened restarts, and says nothing for a while.
WAKING_S = 3.0
BAUD_TRY_S = 1.0
LINES_TO_JUDGE, TRIED_LINES = 8, 32
JOINTS = {finger: tuple(f"joint.{finger}.{n}" for n in range(4)) for finger in FINGERS}

LEARN = "Open and close your hand a few times: the glove is learning it."
UNMOVED = "The glove has not felt the hand move yet. Play goes on, and the glove learns the hand as soon as it moves."
LISTENING = "Listening to the glove at {port}."
SILENT = "The glove at {port} is plugged in but says nothing. Please look at its power and its wire."
UNKNOWN = (
    "What comes from {port} is not in the form that was said, or in none that is known (OpenGloves alpha, legacy, or "
    "columns of numbers). Leave dialect= and columns= out to have it found; see docs/sources.md, and "
    "'opposable gloves monitor {port}'."
)
GONE = "There is no glove at {port} ({problem}). Plug it in and it will be found; 'opposable gloves list' shows ports."
GARBLED = "The glove was heard, but its lines can no longer be read. Please look at its wire."


class GloveSource:
    """One glove, one hand. `dialect`, `columns`, `baud`, `most` None or (): find out;
    `only_columns`: it writes columns of numbers, whichever; `own_range`: learn the hand;
    `inverted`: the sensors that count less the more they are bent."""

    has_place = False

    def __init__(
        self,
        port: str,
        side: Side = Side.RIGHT,
        *,
        baud: int | None = None,
        dialect: Dialect | None = None,
        columns: tuple[str, ...] = (),
        only_columns: bool = False,
        most: float | None = None,
        own_range: bool = True,
        inverted: frozenset[str] = frozenset(),
    ) -> None:
        self.port, self.side = port, side
        self.wire = Wire(port, baud or BAUDS[0])
        self.lines = Lines()
        self.learning = Learning(own_range, most, inverted)
        self.dialect = dialect
        self.readings = 0
        self._given_dialect, self._columns, self._baud = dialect, columns, baud
        self._only_columns = only_columns
        self._heard: deque[bytes] = deque(maxlen=LINES_TO_JUDGE)
        self._tried_s = self._opened_s = now_s()
        self._bytes_s = self._lines_s = self._good_s = 0.0
        self._connection = 0
        self._arrivals = Arrivals()
        self._open = True

    @property
    def name(self) -> str:
        return f"glove:{self.port}"

    @property
    def paced(self) -> bool:
        return True

    def read(self, timeout_s: float) -> list[Sample]:
        """The newest reading as a hand; waits for one at most `timeout_s`."""
        return first_of(self._look, timeout_s, self._pause_s) if self._open else []

    def _pause_s(self, left_s: float) -> float:
        """How long to sleep before looking again. Waking up costs more than reading: who asks for a hand within a tick
        gets it at the tick's end, and is woken for nothing else."""
        if not self.wire.is_open:
            return LOST_POLL_S
        next_s = self._lines_s + LEAST_APART_S - now_s()
        return left_s if next_s > 0.0 and left_s <= TICK_S else max(POLL_S, next_s)

    def _look(self, t_s: float) -> list[Sample]:
        if t_s - self._lines_s < LEAST_APART_S:
            return []
        chunk = self.wire.poll()
        if self.wire.times_opened != self._connection:
            self._connection = self.wire.times_opened
            self._opened_s = self._tried_s = t_s
            if self.dialect is not None:
                self.lines.restart()
        if not chunk:
            return []
        if t_s - self._bytes_s > BAUD_TRY_S:
            self._tried_s = t_s
        self._bytes_s = t_s
        lines = self.lines.feed(chunk)
        if lines:
            self._lines_s = t_s
        if self.dialect is None or t_s - max(self._good_s, self._tried_s) > BAUD_TRY_S:
            self._find_out(lines, t_s)
            return []
        for line in reversed(lines[-TRIED_LINES:]):
            reading = self.dialect.read(line)
            if reading is not None:
                return self._take(reading, t_s)
        return []

    def _find_out(self, lines: list[bytes], t_s: float) -> None:
        """Dialect and speed, from what is heard."""
        self._heard.extend(lines)
        known = self._given_dialect
        found = detect(self._heard, self._columns, self._only_columns) if known is None else None
        if known is not None and any(known.read(line) is not None for line in self._heard):
            found = known
        if found is not None:
            self.dialect, self._tried_s = found, t_s
            self._heard.clear()
        elif t_s - self._tried_s > BAUD_TRY_S:
            self._tried_s = t_s
            self._heard.clear()
            if self._baud is None:
                self.wire.speed(BAUDS[(BAUDS.index(self.wire.baud) + 1) % len(BAUDS)])
                self.lines.restart()

    def _take(self, reading: Mapping[str, float], t_s: float) -> list[Sample]:
        self._good_s = t_s
        self.readings += 1
        self._arrivals.came(t_s)
        self.learning.hear(reading, t_s)
        if self.learning.own_range and not self.learning.done:
            return []
        frame = felt_frame(felt_of(self.learning.shares(reading, t_s), reading), self.side, t_s, self.learning.dead)
        return [Sample(t_s, **{self.side.value: frame})]

    def status(self) -> SourceStatus:
        t_s, port = now_s(), "any USB port" if self.port == AUTO else self.port
        if not self._open:
            return SourceStatus(SourceState.ENDED)
        if not self.wire.is_open:
            problem = self.wire.problem
            if not problem:
                return SourceStatus(SourceState.OPENING, LISTENING.format(port=port))
            return SourceStatus(SourceState.LOST, GONE.format(port=port, problem=problem))
        heard = self._good_s >= self._opened_s
        if t_s - (self._good_s if heard else self._opened_s) > (SILENT_S if heard else WAKING_S):
            return SourceStatus(SourceState.LOST, self._silence(t_s).format(port=port))
        if not heard:
            # A glove that is plugged in again is not back before it is heard.
            state = SourceState.OPENING if self._connection <= 1 else SourceState.LOST
            return SourceStatus(state, LISTENING.format(port=port))
        if self.learning.own_range and not self.learning.done:
            return SourceStatus(SourceState.OPENING, LEARN, self._arrivals.rate_hz, ask=LEARN)
        news = UNMOVED if self.learning.unmoved else in_words(self.learning.dead)
        return SourceStatus(SourceState.RUNNING, news, self._arrivals.rate_hz, ask=news)

    def _silence(self, t_s: float) -> str:
        if t_s - self._bytes_s > SILENT_S:
            return SILENT
        return UNKNOWN if self.readings == 0 else GARBLED

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """A real hand needs no telling."""

    def close(self) -> None:
        self._open = False
        self.wire.close()


def felt_of(shares: Mapping[str, float], reading: Mapping[str, float]) -> Felt:
    """What the glove feels, from its live sensors, 0..1 each. A finger measured joint by joint has no curl of its own:
    it is the mean of its joints; a joint that is not measured goes with its finger."""
    curl: dict[Finger, float] = {}
    bends: dict[Finger, Joints] = {}
    for finger in FINGERS:
        joints = [shares.get(name) for name in JOINTS[finger]]
        known = [value for value in joints if value is not None]
        whole = shares.get(finger, sum(known) / len(known) if known else None)
        if whole is None:
            continue
        curl[finger] = whole
        if known and finger in LONG_FINGERS:
            span = ABLE_ADULT.bend[finger]
            mcp, pip, dip = (
                part * span.value(whole if value is None else value)
                for part, value in zip(CURL, joints[1:], strict=True)
            )
            bends[finger] = (mcp, pip, dip)
    sensed = sum(finger in reading or JOINTS[finger][1] in reading for finger in FINGERS)
    return Felt(curl, spread_of(shares), bends_rad=bends, quality=len(curl) / max(sensed, 1))
