"""Where a hand presses and lets go within its own range: by how far its closings came, and by how much it trembles."""

from collections.abc import Sequence

import numpy as np

from engine.hand import Array
from engine.motion.edges import Trigger

# A trigger's band is this much wider than the trembling that was seen; below this a control counts as let go anyway.
# Where the press comes lower, this share of an able band stays.
BAND_OVER_TREMBLING, LOWEST_RELEASE, LEAST_BAND = 1.5, 0.15, 0.5
# From this share on a control is closing. A closing has come as far as these many pictures show it, and is repeated
# from so many on.
CLOSING, PICTURES_OF_CLOSING, REPEATED = 0.7, 3, 2
WINDOW, QUIET_PERCENT = 15, 30.0


def own_trigger(able: Trigger, tracks: Sequence[Array], closings: Sequence[Sequence[float]] = ()) -> Trigger:
    """A control's trigger for one hand, from an able adult's. `tracks`: what the control was, picture by picture, in
    every try; `closings`: in those in which all of it was asked.

    The band is as wide as this hand's trembling needs; and a fist's press is as far below the smallest of its closings
    as an able adult's is below a full one, for a closing that only just reached its press would be gone with a blink of
    the camera. A pinch's stays (it has no `closings`): there the next finger is near.
    """
    band = BAND_OVER_TREMBLING * trembling(tracks)
    release = round(max(LOWEST_RELEASE, min(able.release, able.press - band)), 4)
    if not closings:
        return Trigger(able.press, release)
    least = smallest_closing(closings, able.release)
    # Where to let go stays, so what was opened far enough before still is.
    lowest = release + max(band, LEAST_BAND * (able.press - able.release))
    return Trigger(round(min(able.press, max(able.press * least, lowest)), 4), release)


def smallest_closing(tracks: Sequence[Sequence[float]], opened: float) -> float:
    """How far a control came in the least of its closings, 0..1: each from CLOSING upwards until it is `opened` again,
    one in a try or many in a recording. 1 where none was repeated."""
    closings = []
    for track in tracks:
        closed: list[float] = []
        for share in (*track, 0.0):
            if share > (opened if closed else CLOSING):
                closed.append(share)
            else:
                if len(closed) >= PICTURES_OF_CLOSING:
                    closings.append(sorted(closed)[-PICTURES_OF_CLOSING])
                closed = []
    return min(closings) if len(closings) >= REPEATED else 1.0


def trembling(tracks: Sequence[Array]) -> float:
    """How far a control goes to and fro while the hand is held as still as this person holds it: the span of half a
    second of it less its straight line, the quieter ones of all half seconds."""
    time = np.arange(WINDOW) - (WINDOW - 1) / 2
    spans = []
    for track in tracks:
        for start in range(0, len(track) - WINDOW + 1, WINDOW // 3):
            piece = track[start : start + WINDOW]
            # A control that has reached its end says nothing about the hand.
            if 0.0 < piece.mean() < 1.0:
                spans.append(float(np.ptp(piece - time * (time @ piece) / (time @ time))))
    return float(np.percentile(spans, QUIET_PERCENT)) if spans else 0.0
