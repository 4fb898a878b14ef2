"""Poses in a hurry: the same poses as engine.motion.poses, blended from tables that were made with it once.

A simulated patient poses its hand thirty times a simulated second; looking poses up keeps headless play fast.
"""

from functools import cache
from typing import NamedTuple

from engine.hand import LONG_FINGERS, Finger
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles
from engine.motion.poses import pose_for

STEPS = 20
Row = list[float]


class Shown(NamedTuple):
    """What a simulated hand shows, each 0..1 of the able adult's range. `bends`: index to little finger;
    `pinch` is None or (finger, nearness)."""

    bends: tuple[float, float, float, float]
    opposition: float
    spread: float
    thumb: float
    pinch: tuple[Finger, float] | None


def show(shown: Shown) -> HandAngles:
    """The pose that shows it: flexions, then spread, thumb across, and over them the pinch."""
    tables = _tables()
    bends, opposition, spread, thumb_bend, pinch = shown
    palmar, radial, mcp, ip = _between(tables.across, opposition)
    if thumb_bend > 0.0:
        _, _, mcp, ip = _between(tables.thumb_bent, thumb_bend)
    fingers = []
    for (a, b, c, side), (da, db, dc, dside), flexion in zip(tables.straight, tables.bends, bends, strict=True):
        fingers.append(FingerAngles(a + flexion * da, b + flexion * db, c + flexion * dc, side + spread * dside))
    if pinch is not None:
        finger, near = pinch
        n = LONG_FINGERS.index(finger)
        blend = _between(tables.blends[n], near)[0]
        a, b, c, d = tables.thumb_touch[n]
        palmar, radial = palmar + blend * (a - palmar), radial + blend * (b - radial)
        mcp, ip = mcp + blend * (c - mcp), ip + blend * (d - ip)
        a, b, c, side = fingers[n]
        d, e, f, _ = tables.touch[n]
        fingers[n] = FingerAngles(a + blend * (d - a), b + blend * (e - b), c + blend * (f - c), side)
    return HandAngles(ThumbAngles(palmar, radial, mcp, ip), *fingers)


class _Tables(NamedTuple):
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
