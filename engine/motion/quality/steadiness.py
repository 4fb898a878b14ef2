"""How steady a hand is that is held still, and what that says of every speed that was measured."""

from math import sqrt

import numpy as np
from scipy import signal

from engine.hand import Array
from engine.motion.quality.measured import Measured, of_repetitions
from engine.motion.quality.signals import columns, runs, smooth, speed

STILL_SHARE_PER_S = 0.15
LEAST_STEP = 1e-4
"""Recordings are rounded to ten-thousandths of a range."""
RESTING_HZ = 2.0
"""The filter of the controls lets so much through of a hand at rest: twice as many independent readings a second."""


def jitter(held: Array) -> float | None:
    """How far a still hand seems to move: standard deviation of a path (n, k) about its slow drift, per coordinate."""
    held = columns(held)
    if len(held) < 5 or not np.isfinite(held).all():
        return None
    return float(np.sqrt(np.mean(signal.detrend(held, axis=0) ** 2)))


def steadiness(pieces: list[Array], rate_hz: float) -> dict[str, Measured]:
    """How much a hand moves that is held still, as the games are told it."""
    holds = still(pieces, rate_hz)
    told = [found for hold in holds if (found := jitter(hold)) is not None]
    # The standard error of a standard deviation (Ahn & Fessler 2003) of as many readings as the band holds.
    readings = float(np.median([2 * RESTING_HZ * len(hold) / rate_hz for hold in holds])) if holds else 0.0
    sampled = float(np.mean(told)) / sqrt(2 * max(1.0, readings - 1)) if told else 0.0
    error = max(sampled, LEAST_STEP / sqrt(12))
    return {"steadiness": of_repetitions(told, "of the range", error)}


def speed_of_stillness(pieces: list[Array], rate_hz: float) -> float:
    """How fast this hand seems to move while it is held still, root mean square after the 4 Hz filter: what a single
    reading of a speed may be off by. 0 where it never was still; then the repetitions' own scatter is all that is
    known."""
    holds = still(pieces, rate_hz)
    return sqrt(np.mean([np.mean(speed(smooth(columns(h), rate_hz), rate_hz) ** 2) for h in holds])) if holds else 0.0


def still(pieces: list[Array], rate_hz: float) -> list[Array]:
    """The stretches in which the hand was held still, half a second and more."""
    holds = []
    for piece in pieces:
        slow = speed(smooth(columns(piece), rate_hz), rate_hz) < STILL_SHARE_PER_S
        holds += [piece[a:b] for a, b in runs(slow) if b - a >= rate_hz / 2]
    return holds
