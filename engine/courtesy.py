"""Letting the window go first, for processes and threads that work beside it."""

import os
import sys

STEPS_BACK = 5


def let_the_window_go_first() -> None:
    """Take this process a few steps back in the queue for the processor, where the system knows such a queue: a hand
    that is found a little later is not noticed, a picture that comes late is."""
    if hasattr(os, "nice"):
        os.nice(STEPS_BACK)


def let_the_windows_thread_go_first() -> None:
    """The same for one thread of the window's own process. Only Linux queues threads one by one; where they share a
    place, nothing is done."""
    if sys.platform == "linux":
        os.nice(STEPS_BACK)
