"""The hand as it will be one camera picture from now: for drawing only, so that the drawn hand does not trail behind.

Nothing that counts is foreseen: controls, edges and the tape are made from what was seen (engine.motion.motion).
"""

import numpy as np

PICTURE_S = 1 / 30
"""How far ahead: one picture of a camera, and never more."""
LONGEST_GAP_S = 0.1
JITTER_RAD = 0.04
"""Movement from picture to picture about which nothing is foreseen: a resting hand must not be made to tremble."""
MOST_RAD = 0.25


def foreseen(
    before_s: float, before_rad: tuple[float, ...], latest_s: float, latest_rad: tuple[float, ...]
) -> tuple[float, ...]:
    """Joint angles one picture after the latest, from the latest two: the movement goes on as it was, the less of it
    the smaller it is. Pictures too far apart foretell nothing."""
    gap_s = latest_s - before_s
    if not 0.0 < gap_s <= LONGEST_GAP_S:
        return latest_rad
    latest = np.asarray(latest_rad)
    step = (latest - np.asarray(before_rad)) * (PICTURE_S / gap_s)
    step *= step**2 / (step**2 + JITTER_RAD**2)
    return tuple((latest + np.clip(step, -MOST_RAD, MOST_RAD)).tolist())


class Foresight:
    """Remembers the latest two pictures of one hand."""

    def __init__(self) -> None:
        self._before: tuple[float, tuple[float, ...]] | None = None
        self._latest: tuple[float, tuple[float, ...]] | None = None

    def pose(self, seen_s: float | None, angle_rad: tuple[float, ...] | None) -> tuple[float, ...] | None:
        """The 20 joint angles to draw now, radians, of a hand last seen so at `seen_s`; None before it was seen."""
        if seen_s is None or angle_rad is None:
            return None
        latest = (seen_s, angle_rad)
        if self._latest is None or seen_s != self._latest[0]:
            self._before, self._latest = self._latest, latest
        return angle_rad if self._before is None else foreseen(*self._before, *latest)
