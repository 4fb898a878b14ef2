"""Who goes first where work is done beside a window: the window, and before it a hand that has come."""

import os
import sys

STEPS_BACK = 5
TURN_S = 0.0005


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


def let_the_hands_in() -> None:
    """Where a window paints, let the thread that has heard of a hand have its turn after half a millisecond. Python's
    own five would be a third of a frame."""
    sys.setswitchinterval(TURN_S)
