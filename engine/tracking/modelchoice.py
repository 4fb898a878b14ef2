"""Full or lite model: whichever this machine keeps up with, decided from how long it took to look at each picture."""

from dataclasses import dataclass, replace
from statistics import median

from engine.tracking.bundle import Size

PICTURE_MS = 1000 / 30
TOO_LONG, PLENTY = 0.75, 0.30
"""Shares of the time from picture to picture. The full model takes about twice as long as the lite one: what lite does
in 0.30 full does in 0.60, still below 0.75, so that the two do not take turns."""
PICTURES_TO_LITE, PICTURES_TO_FULL = 60, 600
MOST_CHANGES = 3
"""To lite, back to full, and to lite for good: a change costs a blink, and a person need not sit through many."""


@dataclass(frozen=True)
class ModelChoice:
    """The model in use, how long the latest pictures took with it, and how often it was changed."""

    size: Size = "full"
    took_ms: tuple[float, ...] = ()
    changes: int = 0


def chosen(choice: ModelChoice, took_ms: float, size: Size) -> ModelChoice:
    """One more picture, looked at with the model `size`. Judged on the median, so that single late pictures, a busy
    moment of another program, change nothing; times of the model that is just being left are not counted."""
    if size != choice.size or choice.changes >= MOST_CHANGES:
        return choice
    needed = PICTURES_TO_LITE if size == "full" else PICTURES_TO_FULL
    times = (*choice.took_ms, took_ms)[-needed:]
    if len(times) < needed:
        return replace(choice, took_ms=times)
    # Each decision is made on pictures of its own.
    usual_ms = median(times)
    if size == "full" and usual_ms > TOO_LONG * PICTURE_MS:
        return ModelChoice("lite", (), choice.changes + 1)
    if size == "lite" and usual_ms < PLENTY * PICTURE_MS:
        return ModelChoice("full", (), choice.changes + 1)
    return replace(choice, took_ms=())
