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
    tables, spread = _tables(), shown.spread
    pinching, blend = -1, 0.0
    thumb = _between(tables.across, shown.opposition)
    if shown.thumb > 0.0:
        thumb = [thumb[0], thumb[1], *_between(tables.thumb_bent, shown.thumb)[2:]]
    if shown.pinch is not None:
        finger, near = shown.pinch
        pinching = LONG_FINGERS.index(finger)
        blend = _between(tables.blends[pinching], near)[0]
        thumb = [now + blend * (goal - now) for now, goal in zip(thumb, tables.thumb_touch[pinching], strict=True)]
    fingers = []
    for n, flexion in enumerate((shown.index, shown.middle, shown.ring, shown.little)):
        (a, b, c, side), (da, db, dc, dside) = tables.straight[n], tables.bends[n]
        mcp, pip, dip = a + flexion * da, b + flexion * db, c + flexion * dc
        if n == pinching:
            d, e, f, _ = tables.touch[n]
            mcp, pip, dip = mcp + blend * (d - mcp), pip + blend * (e - pip), dip + blend * (f - dip)
        fingers.append(FingerAngles(mcp, pip, dip, side + spread * dside))
    return HandAngles(ThumbAngles(*thumb), *fingers)


@dataclass(frozen=True)
class _Tables:
    """Angle rows of the poses between which everything else lies. `bends`: what each finger's full bend adds to its
    joints, and full spread to its abduction."""

    straight: list[Row]
    bends: list[Row]
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
    bent = _rows({f"flexion.{finger}": 1.0 for finger in LONG_FINGERS})
    wide = _rows({"spread": 1.0})
    bends = [
        [high - low for low, high in zip(open_hand[n], [*bent[n][:3], wide[n][3]], strict=True)] for n in (1, 2, 3, 4)
    ]
    return _Tables(
        straight=open_hand[1:],
        bends=bends,
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
