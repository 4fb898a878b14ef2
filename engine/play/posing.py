"""Poses in a hurry: the same poses as engine.motion.poses, blended from tables that were made with it once.

A simulated patient poses its hand thirty times a simulated second; looking poses up keeps headless play fast.
"""

from dataclasses import dataclass
from functools import cache

from engine.hand import LONG_FINGERS, Finger
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles
from engine.motion.poses import pose_for

STEPS = 20
Row = list[float]


@dataclass(frozen=True)
class Shown:
    """What a simulated hand shows, each 0..1 of the able adult's range. `pinch` is None or (finger, nearness)."""

    index: float
    middle: float
    ring: float
    little: float
    opposition: float
    spread: float
    thumb: float
    pinch: tuple[Finger, float] | None


def show(shown: Shown) -> HandAngles:
    """The pose that shows it: flexions, then spread, thumb across, and over them the pinch."""
    tables = _tables()
    rows = []
    for n, flexion in enumerate((shown.index, shown.middle, shown.ring, shown.little)):
        (a, b, c, _), (d, e, f, _) = tables.straight[n], tables.bent[n]
        side0, side1 = tables.together[n], tables.spread[n]
        rows.append(
            [
                a + flexion * (d - a),
                b + flexion * (e - b),
                c + flexion * (f - c),
                side0 + shown.spread * (side1 - side0),
            ]
        )
    thumb = _between(tables.across, shown.opposition)
    if shown.thumb > 0.0:
        thumb = [thumb[0], thumb[1], *_between(tables.thumb_bent, shown.thumb)[2:]]
    if shown.pinch is not None:
        finger, near = shown.pinch
        n = LONG_FINGERS.index(finger)
        blend, thumb_touch, touch = _between(tables.blends[n], near)[0], tables.thumb_touch[n], tables.touch[n]
        thumb = [now + blend * (goal - now) for now, goal in zip(thumb, thumb_touch, strict=True)]
        row = rows[n]
        for k in (0, 1, 2):
            row[k] += blend * (touch[k] - row[k])
    return HandAngles(ThumbAngles(*thumb), *(FingerAngles(*row) for row in rows))


@dataclass(frozen=True)
class _Tables:
    """Angle rows of the poses between which everything else lies."""

    straight: list[Row]
    bent: list[Row]
    together: Row
    spread: Row
    across: list[Row]
    thumb_bent: list[Row]
    blends: list[list[Row]]
    thumb_touch: list[Row]
    touch: list[Row]


@cache
def _tables() -> _Tables:
    open_hand = _rows({})
    touches = [_rows({f"pinch.{finger}": 1.0}) for finger in LONG_FINGERS]
    blends = []
    for n, finger in enumerate(LONG_FINGERS):
        begin, end = open_hand[n + 1][1], touches[n][n + 1][1]
        blends.append([[(_rows({f"pinch.{finger}": s})[n + 1][1] - begin) / (end - begin)] for s in _shares()])
    return _Tables(
        straight=open_hand[1:],
        bent=_rows({f"flexion.{finger}": 1.0 for finger in LONG_FINGERS})[1:],
        together=[row[3] for row in open_hand[1:]],
        spread=[row[3] for row in _rows({"spread": 1.0})[1:]],
        across=[open_hand[0], *(_rows({"opposition": share})[0] for share in _shares()[1:])],
        thumb_bent=[_rows({"flexion.thumb": share})[0] for share in _shares()],
        blends=blends,
        thumb_touch=[rows[0] for rows in touches],
        touch=[rows[n + 1] for n, rows in enumerate(touches)],
    )


def _shares() -> list[float]:
    return [n / STEPS for n in range(STEPS + 1)]


def _rows(controls: dict[str, float]) -> list[Row]:
    rows: list[Row] = pose_for(controls).as_array().reshape(5, 4).tolist()
    return rows


def _between(table: list[Row], share: float) -> Row:
    """A row of a table with an entry for each twentieth, and the straight line between two of them."""
    at = min(max(share, 0.0), 1.0) * STEPS
    n = min(int(at), STEPS - 1)
    rest = at - n
    return [low + rest * (high - low) for low, high in zip(table[n], table[n + 1], strict=True)]
