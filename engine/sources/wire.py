"""A serial port that may come and go: opened beside the program, read in chunks without waiting, found again.

Opening can take seconds (Bluetooth, a network address), so it happens in a thread of its own. Everything a port can
raise ends here: what comes out is bytes, or the news that it is gone.
"""

import contextlib
import os
import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import serial
from serial.tools import list_ports

from engine.clock import now_s

CHUNK, MOST_AT_ONCE = 1024, 65_536
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 1.0
AUTO = "auto"
# What pyserial raises for a missing, taken or unplugged device, on the systems it knows; a bad speed is a ValueError.
TROUBLE = (serial.SerialException, OSError, ValueError)


@dataclass(frozen=True)
class Found:
    """A port the system knows: its name, what it calls itself, and the device's own numbers, "" where unknown."""

    port: str
    about: str
    identity: str

    @property
    def is_usb(self) -> bool:
        """Whether the device told its USB numbers."""
        return bool(self.identity)


def ports() -> tuple[Found, ...]:
    """The serial ports of this computer, USB devices first."""
    found = []
    for port in list_ports.comports():
        if port.vid is None and port.description in (None, "", "n/a"):
            # A socket on the board of which nothing is known has nothing in it.
            continue
        known = port.vid is not None
        identity = f"{port.vid:04x}:{port.pid:04x}:{port.serial_number or ''}" if known else ""
        found.append(Found(port.device, port.description or port.device, identity))
    return tuple(sorted(found, key=lambda one: (not one.is_usb, one.port)))


def where_now(port: str, identity: str) -> str:
    """The port to try: the one that was asked for, else where the same device has come back; `auto` is the first USB
    port. "" where there is none."""
    known = ports()
    if any(one.port == port for one in known):
        return port
    same = next((one.port for one in known if identity and one.identity == identity), None)
    if port == AUTO:
        return same or next((one.port for one in known if one.is_usb), "")
    return same or port


class Wire:
    """One port. `poll` gives what has arrived; `is_open`, and `problem` in the system's words, say how it stands.
    `times_opened` counts connections, so that a new one is noticed."""

    def __init__(self, port: str, baud: int) -> None:
        self.port, self.baud = port, baud
        self.problem = ""
        self.times_opened = 0
        self._is_url = "://" in port
        self._device: Any = None
        self._identity = ""
        self._opening: threading.Thread | None = None
        self._opened: SimpleQueue[tuple[Any, str, str]] = SimpleQueue()
        self._pause_s, self._next_try_s = FIRST_PAUSE_S, 0.0
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether there is a connection now."""
        return self._device is not None

    def poll(self) -> bytes:
        """What has arrived since, at most 64 KB; never waits. A port that is not open is tried again in its time."""
        if self._device is None and not self._connect():
            return b""
        arrived = b""
        try:
            # A socket says only that something waits, a port how much; asking first is cheaper than reading nothing.
            while len(arrived) < MOST_AT_ONCE and (waiting := self._device.in_waiting):
                chunk = self._device.read(CHUNK if self._is_url else min(CHUNK, waiting))
                arrived += chunk
                if len(chunk) < CHUNK:
                    # It was the last one, and asking costs as much as reading.
                    break
        except TROUBLE as trouble:
            self._lose(trouble)
        if arrived:
            self._pause_s = FIRST_PAUSE_S
        return arrived

    def speed(self, baud: int) -> None:
        """Listen at another speed."""
        self.baud = baud
        if self._device is not None:
            try:
                self._device.baudrate = baud
            except TROUBLE as trouble:
                self._lose(trouble)

    def close(self) -> None:
        """Let go of the port, also of one that is still being opened."""
        self._closed = True
        self._let_go()
        with contextlib.suppress(Empty):
            while True:
                _shut(self._opened.get_nowait()[0])

    def _connect(self) -> bool:
        """Look after the opening; True once there is a device."""
        if self._opening is not None:
            try:
                device, self.problem, identity = self._opened.get_nowait()
            except Empty:
                return False
            self._opening = None
            if device is None:
                self._next_try_s = now_s() + self._pause_s
                self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
                return False
            self._device, self._identity = device, identity or self._identity
            self.times_opened += 1
            return True
        if not self._closed and now_s() >= self._next_try_s:
            self._opening = threading.Thread(target=self._open, name="glove port", daemon=True)
            self._opening.start()
        return False

    def _open(self) -> None:
        """In its own thread: one try."""
        try:
            port = self.port if self._is_url else where_now(self.port, self._identity)
            if not port:
                self._opened.put((None, "no serial device is plugged in", ""))
                return
            device = serial.serial_for_url(port, baudrate=self.baud, timeout=0, write_timeout=1.0)
            identity = "" if self._is_url else next((one.identity for one in ports() if one.port == port), "")
            self._opened.put((device, "", identity))
            if self._closed:
                _shut(device)
        except TROUBLE as trouble:
            self._opened.put((None, _words(trouble), ""))

    def _lose(self, trouble: Exception) -> None:
        self.problem = _words(trouble)
        self._let_go()
        self._next_try_s = now_s() + self._pause_s

    def _let_go(self) -> None:
        device, self._device = self._device, None
        _shut(device)


def _shut(device: Any) -> None:
    if device is not None:
        with contextlib.suppress(*TROUBLE):
            device.close()


def _words(trouble: Exception) -> str:
    """The system's own words, without pyserial's around them."""
    number = trouble.errno if isinstance(trouble, serial.SerialException) else None
    reason = os.strerror(number) if number else getattr(trouble, "strerror", None) or str(trouble)
    return " ".join(str(reason).split())[:120]
