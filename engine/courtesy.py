"""Letting the window go first, for processes that work beside it."""

import os

STEPS_BACK = 5


def let_the_window_go_first() -> None:
    """Take this process a few steps back in the queue for the processor, where the system knows such a queue: a hand
    that is found a little later is not noticed, a picture that comes late is."""
    if hasattr(os, "nice"):
        os.nice(STEPS_BACK)
