"""A hand that moves by a script: open and close to be learnt, then each pinch, a fist and a spread, over and over.

For demonstrations and tests without a glove: `opposable gloves simulate` writes it to a wire. Pure, and the same for
the same time.
"""

from math import cos, pi
from typing import NamedTuple

from engine.hand import FINGERS, LONG_FINGERS, Finger

LEARNING_S, MOVE_S = 3.0, 2.0
PINCH_CURL, ALONG_CURL = 0.62, 0.12
MOVES = (*(f"pinch.{finger}" for finger in LONG_FINGERS), "fist", "spread")
ROUND_S = MOVE_S * len(MOVES)


class Scripted(NamedTuple):
    """The hand at one moment: bend of each finger and spread, 0..1; the long finger that touches the thumb, or None;
    what it is doing."""

    curl: dict[Finger, float]
    spread: float
    contact: Finger | None
    doing: str


def scripted(t_s: float) -> Scripted:
    """The hand `t_s` seconds after it began."""
    if t_s < LEARNING_S:
        share = _there_and_back(t_s / (LEARNING_S / 2))
        return Scripted(dict.fromkeys(FINGERS, share), share, None, "open and close")
    into_s = (t_s - LEARNING_S) % ROUND_S
    doing, share = MOVES[int(into_s / MOVE_S)], _there_and_back(into_s / MOVE_S)
    if doing == "fist":
        return Scripted(dict.fromkeys(FINGERS, share), 0.0, None, doing)
    if doing == "spread":
        return Scripted(dict.fromkeys(FINGERS, 0.0), share, None, doing)
    finger = Finger(doing.removeprefix("pinch."))
    curl = dict.fromkeys(FINGERS, ALONG_CURL * share)
    curl |= {Finger.THUMB: PINCH_CURL * share, finger: PINCH_CURL * share}
    return Scripted(curl, 0.0, finger if share > 0.9 else None, doing)


def _there_and_back(share: float) -> float:
    return (1.0 - cos(2 * pi * (share % 1.0))) / 2.0
