"""OSC gloves as a source, `osc:9010`: a socket that is read without waiting, and that no packet can stop.

It listens to this computer alone, unless another address is asked for. A flood costs no more than a trickle: packets
beyond 500 a second are thrown away unread, the oldest first, so that the newest always counts.
"""

import contextlib
import errno
import socket
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.clock import now_s
from engine.hand import Sample, Side
from engine.sources.address import address
from engine.sources.arriving import Arrivals, first_of
from engine.sources.felt import Felt, felt_frame
from engine.sources.learning import Learning, in_words
from engine.sources.onehand import OneHand
from engine.sources.oscglove import Spoken, hear
from engine.sources.oscmessages import LARGEST_PACKET, messages_in
from engine.sources.source import Source, SourceError, SourceState, SourceStatus

if TYPE_CHECKING:
    from engine.play.game import Cue
    from engine.sources import Request

PORT, LOOPBACK = 9010, "127.0.0.1"
POLL_S = 0.004
MOST_PER_S, BURST, ALWAYS = 500.0, 64, 2
MOST_TAKEN = 4096
"""Packets taken off the wire in one go, whether read or not."""
SILENT_S = 1.0
NOT_HERE = (errno.EADDRNOTAVAIL, 10_049)
"""An address that is another computer's; Windows has a number of its own for it."""
HEARD = (b"/glove/", b"/VMC/Ext/Bone/Pos\0", b"#bundle\0")


class OscSource:
    """Hands spoken of over UDP. `sides` are those that are let through; `packets`, `unread` count what came."""

    has_place = False

    def __init__(self, port: int = PORT, host: str = LOOPBACK, sides: tuple[Side, ...] = tuple(Side)) -> None:
        self.sides = sides
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.bind((host, port))
        except OSError as trouble:
            self._socket.close()
            if isinstance(trouble, socket.gaierror) or trouble.errno in NOT_HERE:
                raise SourceError(
                    f"source 'osc:{port}?listen={host}': this computer has no address '{host}'. Write one of its own "
                    "addresses, listen=0.0.0.0 to hear every computer, or leave listen out to hear this one."
                ) from None
            raise SourceError(
                f"source 'osc:{port}': this program cannot listen at {host}:{port} ({trouble.strerror}). Close the "
                "program that does, or choose another port, such as osc:9011."
            ) from None
        self._socket.setblocking(False)
        self.host, self.port = self._socket.getsockname()
        self.packets = self.unread = 0
        self._hands: dict[Side, Spoken] = {}
        self._learning = {side: Learning(own_range=False, most=1.0) for side in Side}
        self._allowed, self._last_poll_s = float(BURST), now_s()
        self._began_s = now_s()
        self._good_s = self._last_s = 0.0
        self._arrivals = Arrivals()
        self._open = True

    @property
    def name(self) -> str:
        return f"osc:{self.port}"

    @property
    def paced(self) -> bool:
        return True

    def read(self, timeout_s: float) -> list[Sample]:
        """The newest of each hand that was spoken of; waits at most `timeout_s`."""
        return first_of(self._look, timeout_s, lambda _: POLL_S) if self._open else []

    def _look(self, t_s: float) -> list[Sample]:
        waiting = self._take()
        self._allowed = min(self._allowed + (t_s - self._last_poll_s) * MOST_PER_S, BURST)
        self._last_poll_s = t_s
        read = min(len(waiting), max(int(self._allowed), ALWAYS))
        self._allowed = max(self._allowed - read, 0.0)
        self.unread += len(waiting) - read
        touched: set[Side] = set()
        for packet in list(waiting)[len(waiting) - read :]:
            for message in messages_in(packet):
                self._hands, side = hear(self._hands, message, t_s)
                if side in self.sides:
                    touched.add(side)
        frames = {}
        for side in touched:
            felt = self._hands[side].felt()
            if felt is not None:
                frames[side.value] = felt_frame(self._believed(felt, side, t_s), side, t_s, self._learning[side].dead)
        if not frames or t_s <= self._last_s:
            return []
        self._good_s = self._last_s = t_s
        self._arrivals.came(t_s)
        return [Sample(t_s, **frames)]

    def _believed(self, felt: Felt, side: Side, t_s: float) -> Felt:
        """What is felt without the fingers whose sensors are stuck. Angles of all joints are taken as they are."""
        if felt.angle_rad is not None or not felt.curl:
            return felt
        reading = {finger.value: share for finger, share in felt.curl.items()}
        learning = self._learning[side]
        learning.hear(reading, t_s)
        shares = learning.shares(reading, t_s)
        curl = {finger: shares[finger] for finger in felt.curl if finger in shares}
        # What stands still and was made to lead no pinch is no longer as its joints were measured.
        bends = {finger: bend for finger, bend in felt.bends_rad.items() if curl.get(finger) == felt.curl.get(finger)}
        return replace(felt, curl=curl, bends_rad=bends, quality=felt.quality * len(curl) / len(felt.curl))

    def _take(self) -> deque[bytes]:
        """The newest packets that may be meant for us; the rest is thrown away unread."""
        waiting: deque[bytes] = deque(maxlen=BURST)
        with contextlib.suppress(BlockingIOError):
            for _ in range(MOST_TAKEN):
                # Windows tells of a packet too long, or of a far end that has gone, by an error: go on with the next.
                with contextlib.suppress(ConnectionResetError):
                    try:
                        packet = self._socket.recv(LARGEST_PACKET + 1)
                    except BlockingIOError:
                        raise
                    except OSError:
                        continue
                    self.packets += 1
                    if len(packet) <= LARGEST_PACKET and packet.startswith(HEARD):
                        waiting.append(packet)
                    else:
                        self.unread += 1
        return waiting

    def status(self) -> SourceStatus:
        if not self._open:
            return SourceStatus(SourceState.ENDED)
        since_s, here = now_s() - max(self._good_s, self._began_s), f"{self.host}:{self.port}"
        if self._good_s and since_s <= SILENT_S:
            dead = in_words(tuple({finger: None for side in self.sides for finger in self._learning[side].dead}))
            return SourceStatus(SourceState.RUNNING, dead, self._arrivals.rate_hz, ask=dead)
        if since_s <= 3 * SILENT_S and not self._good_s:
            return SourceStatus(SourceState.OPENING, f"Listening at {here}.")
        came = "Packets come, but none speaks of a hand" if self.packets and not self._good_s else "Nothing comes"
        return SourceStatus(
            SourceState.LOST,
            f"{came} to {here}. Start the glove's program and let it send OSC there (docs/sources.md).",
        )

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """A real hand needs no telling."""

    def close(self) -> None:
        self._open = False
        self._socket.close()


def open_osc(request: "Request") -> Source:
    """`osc:9010`; `osc:9010?listen=0.0.0.0` hears other computers too."""
    said = address("osc", request.rest, "listen")
    text = said.place or str(PORT)
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 <= int(text) <= 65_535):
        raise SourceError(
            f"source '{said.written}': '{text}' is not a port; write a number up to 65535, as in osc:9010."
        )
    host = said.options.get("listen", LOOPBACK)
    one = request.only is not None and request.hands == 1
    source = OscSource(int(text), host, (request.side,) if one else tuple(Side))
    return OneHand(source) if request.hands == 1 and not one else source
