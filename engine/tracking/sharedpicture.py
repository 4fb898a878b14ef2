"""Pictures handed from one process to another through shared memory: two places, a number, and the time of capture.

The writer fills the place that is not the newest and then names it the newest; the reader copies the newest and keeps
the copy only if it was not written over meanwhile. Neither ever waits for the other. Needs no camera library, so that
a synthetic camera can write what the tracker reads, and the tracker can show a small mirror of what it sees.
"""

import math
import struct
import sys
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

_HEADER = struct.Struct("<8sQQ")  # magic, bytes per place, number of the newest picture (0: none yet)
_PLACE = struct.Struct(
    "<QdIII"
)  # number, captured_s, height, width, channels (_FLAT: a grey picture without that axis)
_MAGIC = b"OPPOSPIC"
_NEWEST_AT = 16
_FLAT = 0xFFFFFFFF
_ATTEMPTS = 5


@dataclass(frozen=True, eq=False)
class SharedImage:
    """One picture out of shared memory: `number` counts from 1, `captured_s` is on the machine's clock."""

    number: int
    captured_s: float
    image: Image


class SharedPicture:
    """A named place in memory for the newest picture. One process creates it, and that one removes it on close."""

    def __init__(self, memory: SharedMemory, owner: bool) -> None:
        self._memory = memory
        self._buffer = _buffer(memory)
        self._owner = owner
        magic, capacity_bytes, _ = _HEADER.unpack_from(self._buffer, 0)
        self._capacity = int(capacity_bytes)
        if magic != _MAGIC:
            memory.close()
            raise ValueError(f"shared memory '{memory.name}' does not hold pictures")

    @property
    def name(self) -> str:
        return self._memory.name

    @staticmethod
    def create(capacity_bytes: int = 640 * 480 * 3, name: str | None = None) -> "SharedPicture":
        """New memory for pictures of up to `capacity_bytes` (height x width x channels)."""
        memory = SharedMemory(name=name, create=True, size=_HEADER.size + 2 * (_PLACE.size + capacity_bytes))
        _HEADER.pack_into(_buffer(memory), 0, _MAGIC, capacity_bytes, 0)
        return SharedPicture(memory, owner=True)

    @staticmethod
    def attach(name: str) -> "SharedPicture":
        """The memory of that name; raises FileNotFoundError where there is none, ValueError where it is another's."""
        if sys.version_info >= (3, 13):
            return SharedPicture(SharedMemory(name=name, track=False), owner=False)
        return SharedPicture(SharedMemory(name=name), owner=False)

    def write(self, image: Image, captured_s: float) -> None:
        """Show a picture, (height, width) or (height, width, channels), red first."""
        if image.nbytes > self._capacity:
            raise ValueError(f"a picture of {image.nbytes} bytes does not fit into {self._capacity}")
        height, width, channels = image.shape if image.ndim == 3 else (*image.shape, _FLAT)
        number = self._newest() + 1
        place = self._place(number)
        _PLACE.pack_into(self._buffer, place, 0, 0.0, 0, 0, 0)
        start = place + _PLACE.size
        flat = np.ascontiguousarray(image).reshape(-1)
        np.frombuffer(self._buffer, np.uint8, image.nbytes, start)[:] = flat
        _PLACE.pack_into(self._buffer, place, number, captured_s, height, width, channels)
        struct.pack_into("<Q", self._buffer, _NEWEST_AT, number)

    def newest(self, after: int = 0) -> SharedImage | None:
        """A copy of the newest picture if its number is above `after`, else None."""
        for _ in range(_ATTEMPTS):
            newest = self._newest()
            if newest <= after:
                return None
            place = self._place(newest)
            number, captured_s, height, width, channels = _PLACE.unpack_from(self._buffer, place)
            shape = (height, width) if channels == _FLAT else (height, width, channels)
            count = math.prod(shape)
            if number != newest or count > self._capacity:
                continue
            image = np.frombuffer(self._buffer, np.uint8, count, place + _PLACE.size).copy().reshape(shape)
            if _PLACE.unpack_from(self._buffer, place)[0] == number:
                return SharedImage(number, captured_s, image)
        return None

    def close(self) -> None:
        """Let go; the creator also removes the memory. May be called twice."""
        self._buffer.release()
        self._memory.close()
        if self._owner:
            self._owner = False
            self._memory.unlink()

    def _newest(self) -> int:
        _, _, newest = _HEADER.unpack_from(self._buffer, 0)
        return int(newest)

    def _place(self, number: int) -> int:
        return _HEADER.size + (number % 2) * (_PLACE.size + self._capacity)


def _buffer(memory: SharedMemory) -> memoryview:
    buffer = memory.buf
    assert buffer is not None
    return buffer
