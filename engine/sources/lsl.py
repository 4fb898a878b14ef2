"""A lab stream as a source, `lsl:NAME` (Lab Streaming Layer): a glove, a rig, or another Opposable.

The stream is looked for, and connected to, in a thread of its own; what it sends is stamped on this computer's clock.
Streams stay on this computer unless a settings file (LSLAPICFG) opens them to the network. Needs the extra `lsl`.
"""

import os
import threading
from contextlib import suppress
from math import isfinite, radians
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from engine.clock import now_s
from engine.hand import FINGERS, HandFrame, Sample, Side
from engine.sources.address import address
from engine.sources.arriving import Arrivals, first_of
from engine.sources.felt import Felt, felt_frame
from engine.sources.glove import LEARN, UNMOVED, felt_of
from engine.sources.learning import Learning, in_words
from engine.sources.lslnames import JOINTS, Channel, channels_of
from engine.sources.source import SourceError, SourceState, SourceStatus

if TYPE_CHECKING:
    from engine.play.game import Cue
    from engine.sources import Request

POLL_S, SEEK_S, SILENT_S, ANSWERS_S = 0.004, 0.5, 1.0, 2.0
MOST_AT_ONCE = 32
TOUCHING = 0.85
# What a hand does is not told to a network unless somebody says so, by a settings file of liblsl's own.
SETTINGS_VARIABLE, THIS_COMPUTER = "LSLAPICFG", "[multicast]\nResolveScope = machine\n[log]\nlevel = -3\n"
MISSING = (
    "Lab streams need one more library. Install it with: pip install 'opposable[lsl]' (on Linux it asks for glibc "
    "2.35, as in Ubuntu 22.04)."
)


def lab_streaming() -> Any:
    """The library, or a SourceError that says how to get it."""
    try:
        import pylsl
    except (ImportError, OSError, RuntimeError):
        raise SourceError(MISSING) from None
    if SETTINGS_VARIABLE not in os.environ:
        pylsl.set_config_content(THIS_COMPUTER)
    return pylsl


class _Connected(NamedTuple):
    inlet: Any
    channels: tuple[Channel | None, ...]
    width: int


class LslSource:
    """One stream, one hand. `name` is that of the stream."""

    has_place = False

    def __init__(self, stream: str, side: Side = Side.RIGHT, own_range: bool = True) -> None:
        self.stream, self.side = stream, side
        self.learning = Learning(own_range)
        self._library = lab_streaming()
        self._found: SimpleQueue[_Connected] = SimpleQueue()
        self._now: _Connected | None = None
        self._open, self._problem = True, ""
        self._good_s = self._last_s = 0.0
        self._began_s = now_s()
        self._arrivals = Arrivals()
        self._seek()

    @property
    def name(self) -> str:
        return f"lsl:{self.stream}"

    @property
    def paced(self) -> bool:
        return True

    def read(self, timeout_s: float) -> list[Sample]:
        """What has arrived; waits at most `timeout_s`."""
        return first_of(lambda _: self._look(), timeout_s, lambda _: POLL_S) if self._open else []

    def _seek(self) -> None:
        self._seeker = threading.Thread(target=self._look_for, name="lab stream", daemon=True)
        self._seeker.start()

    def _look_for(self) -> None:
        """In its own thread: until there is a stream of that name."""
        while self._open:
            try:
                connected = self._connect()
            except RuntimeError as trouble:
                self._problem = str(trouble)
                continue
            if connected is not None:
                self._found.put(connected)
                break
        if not self._open:
            # Nobody waits for it any more.
            self._let_go()

    def _connect(self) -> _Connected | None:
        """The stream, None where there is none; a RuntimeError where it is there and does not answer."""
        library = self._library
        infos = library.resolve_byprop("name", self.stream, 1, SEEK_S)
        # A marker stream may have the same name; hands come as numbers.
        infos = [info for info in infos if info.channel_format() != library.cf_string]
        if not infos:
            return None
        inlet = library.StreamInlet(infos[0], max_buflen=2, recover=False, processing_flags=library.proc_clocksync)
        try:
            info = inlet.info(ANSWERS_S)
            inlet.open_stream(ANSWERS_S)
        except RuntimeError:
            inlet.close_stream()
            raise
        count = info.channel_count()
        labels = info.get_channel_labels() or []
        return _Connected(inlet, channels_of([str(label) for label in labels], count), count)

    def _look(self) -> list[Sample]:
        if self._now is None:
            try:
                self._now = self._found.get_nowait()
            except Empty:
                return []
        try:
            rows, stamps = self._now.inlet.pull_chunk(timeout=0.0, max_samples=1024)
        except RuntimeError as trouble:
            self._problem = str(trouble)
            self._let_go()
            self._seek()
            return []
        age_s = now_s() - self._library.local_clock()
        samples = []
        for row, stamp in list(zip(rows, stamps, strict=True))[-MOST_AT_ONCE:]:
            # Where two clocks could not be set against each other, a stamp of the future is of now.
            t_s = min(stamp + age_s, now_s())
            frame = self._frame(row, t_s)
            if frame is not None and t_s > self._last_s:
                self._last_s = t_s
                samples.append(Sample(t_s, **{self.side.value: frame}))
        return samples

    def _frame(self, row: list[float], t_s: float) -> HandFrame | None:
        assert self._now is not None
        channels, count = self._now.channels, self._now.width
        if not channels and count == JOINTS:
            if not all(isfinite(value) and -90.0 <= value <= 180.0 for value in row):
                return None
            self._heard()
            return felt_frame(Felt(angle_rad=np.array([radians(value) for value in row])), self.side, t_s)
        reading: dict[str, float] = {}
        touching, feels_touch = set(), False
        for channel, value in zip(channels, row, strict=False):
            if channel is None or channel.side is self.side.other or not isfinite(value):
                continue
            if channel.kind == "pinch":
                feels_touch = True
                touching |= {channel.finger} if value >= TOUCHING else set()
            else:
                reading[channel.finger if channel.kind == "curl" else f"splay.{channel.finger}"] = float(value)
        if sum(finger in reading for finger in FINGERS) < 3:
            return None
        self._heard()
        self.learning.hear(reading, t_s)
        if self.learning.own_range and not self.learning.done:
            return None
        felt = felt_of(self.learning.shares(reading, t_s), reading)
        contacts = frozenset(touching) if feels_touch else None
        felt = Felt(felt.curl, felt.spread, contacts, quality=felt.quality)
        return felt_frame(felt, self.side, t_s, self.learning.dead)

    def _heard(self) -> None:
        self._good_s = now_s()
        self._arrivals.came(self._good_s)

    def status(self) -> SourceStatus:
        t_s = now_s()
        if not self._open:
            return SourceStatus(SourceState.ENDED)
        since_s = t_s - max(self._good_s, self._began_s)
        if not self._good_s and since_s <= 3 * SILENT_S:
            return SourceStatus(SourceState.OPENING, f"Looking for the stream '{self.stream}'.")
        if since_s > SILENT_S:
            return SourceStatus(SourceState.LOST, self._what_is_missing())
        if self.learning.own_range and not self.learning.done and self._is_learning:
            return SourceStatus(SourceState.OPENING, LEARN, ask=LEARN)
        news = UNMOVED if self.learning.unmoved else in_words(self.learning.dead)
        return SourceStatus(SourceState.RUNNING, news, self._arrivals.rate_hz, ask=news)

    @property
    def _is_learning(self) -> bool:
        return self._now is not None and bool(self._now.channels)

    def _what_is_missing(self) -> str:
        if self._now is None:
            return (
                f"No stream named '{self.stream}' is to be found. Start the program that sends it, or see which there "
                "are with 'opposable gloves list'."
            )
        if not self._now.channels and self._now.width != JOINTS:
            return (
                f"The stream '{self.stream}' has {self._now.width} channels whose names say nothing of fingers. It "
                "takes 5 (bends), 10 (bends, then splays), 20 (joint angles) or names like r_index_curl."
            )
        return f"The stream '{self.stream}' is there but sends nothing for the {self.side} hand."

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """A real hand needs no telling."""

    def close(self) -> None:
        self._open = False
        self._seeker.join(2 * SEEK_S)
        self._let_go()

    def _let_go(self) -> None:
        """Close the stream that is listened to, and one that was found and waits to be."""
        connected, self._now = self._now, None
        if connected is not None:
            connected.inlet.close_stream()
        with suppress(Empty):
            while True:
                self._found.get_nowait().inlet.close_stream()


def open_lsl(request: "Request") -> LslSource:
    """`lsl:NAME`, `lsl:NAME?calibrate=no`."""
    said = address("lsl", request.rest, "side", "calibrate")
    if not said.place:
        raise SourceError("source 'lsl:': the name of the stream is missing; write lsl:NAME.")
    side = request.only or said.side(Side.RIGHT)
    return LslSource(said.place, side, said.one_of("calibrate", "yes", "no") != "no")
