"""Giving back the memory of a hand model that is no longer used.

A model takes its memory in large pieces. The C library of Linux learns from pieces that were freed to keep the next
ones for later: each change of model would then leave a process some thirty megabytes larger. Other systems' libraries
give large pieces back by themselves, so nothing is done there.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""What the settings are called in <malloc.h>."""
LARGE_BYTES, NEVER_BYTES = 128 << 10, 32 << 20


@contextmanager
def to_be_given_back() -> Iterator[None]:
    """What is made meanwhile takes pieces that go back when it is done with; afterwards pieces are kept for the next
    picture, which is quicker, and what lies free goes back once."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "mallopt"):
        yield
        return
    libc.mallopt(MMAP_THRESHOLD, LARGE_BYTES)
    try:
        yield
    finally:
        libc.mallopt(MMAP_THRESHOLD, NEVER_BYTES)
        libc.mallopt(TRIM_THRESHOLD, 2 * NEVER_BYTES)
        libc.malloc_trim(0)
