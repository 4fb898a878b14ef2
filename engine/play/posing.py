"""Poses in a hurry: the same poses as engine.motion.poses, blended from tables that were made with it once.

A simulated patient poses its hand thirty times a simulated second; looking poses up, many at a time, keeps headless
play fast.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from engine.hand import LONG_FINGERS, Array
from engine.motion.poses import pose_for

STEPS = 20


class Shown(NamedTuple):
    """What a simulated hand shows at n moments, each 0..1 of the able adult's range. `bends`: (n, 4), index to little
    finger; the others are (n,). `pinching`: which of these four meets the thumb, or None; `near`: how near."""

    bends: Array
    opposition: Array
    spread: Array
    thumb: Array
    pinching: int | None
    near: Array


def show(shown: Shown) -> Array:
    """The poses that show it, (n, 20) as in `HandAngles.as_array`: flexions, then spread, thumb across, and over them
    the pinch."""
    tables, n = _tables(), len(shown.near)
    pose = np.empty((n, 5, 4))
    thumb, fingers = pose[:, 0], pose[:, 1:]
    thumb[:] = _between(tables.across, shown.opposition) if shown.opposition.any() else tables.across[0]
    if shown.thumb.any():
        bent = shown.thumb > 0.0
        thumb[bent, 2:] = _between(tables.thumb_bent, shown.thumb[bent])[:, 2:]
    fingers[:] = tables.straight + shown.bends[..., None] * tables.bends + shown.spread[:, None, None] * tables.spread
    which = shown.pinching
    if which is not None:
        blend = _between(tables.blends[which], shown.near)
        thumb += blend * (tables.thumb_touch[which] - thumb)
        fingers[:, which, :3] += blend * (tables.touch[which] - fingers[:, which, :3])
    return pose.reshape(n, 20)


class _Tables(NamedTuple):
    """Angle rows of the poses between which everything else lies. `bends` and `spread`: what each finger's full bend
    and full spread add to its joints. `across`, `thumb_bent` and `blends` have an entry for each twentieth."""

    straight: Array
    bends: Array
    spread: Array
    across: Array
    thumb_bent: Array
    blends: Array
    thumb_touch: Array
    touch: Array


@cache
def _tables() -> _Tables:
    open_hand = _rows({})
    bent = _rows({f"flexion.{finger}": 1.0 for finger in LONG_FINGERS})
    shares = [n / STEPS for n in range(STEPS + 1)]
    touches = np.array([_rows({f"pinch.{finger}": 1.0}) for finger in LONG_FINGERS])
    long = np.arange(1, 5)
    # How far a pinch has gone shows in the finger's PIP joint.
    begin, end = open_hand[long, 1], touches[np.arange(4), long, 1]
    at_share = np.array(
        [[_rows({f"pinch.{finger}": s})[1 + n, 1] for n, finger in enumerate(LONG_FINGERS)] for s in shares]
    )
    return _Tables(
        straight=open_hand[1:],
        bends=(bent - open_hand)[1:],
        spread=(_rows({"spread": 1.0}) - open_hand)[1:],
        across=np.array([_rows({"opposition": share} if share else {})[0] for share in shares]),
        thumb_bent=np.array([_rows({"flexion.thumb": share})[0] for share in shares]),
        blends=((at_share - begin) / (end - begin)).T[..., None],
        thumb_touch=touches[:, 0],
        touch=touches[np.arange(4), long, :3],
    )


def _rows(controls: dict[str, float]) -> Array:
    return pose_for(controls).as_array().reshape(5, 4)


def _between(table: Array, share: Array) -> Array:
    """Rows of a table with an entry for each twentieth, and the straight line between two of them."""
    at = np.minimum(np.maximum(share, 0.0), 1.0) * STEPS
    below = np.minimum(at.astype(np.intp), STEPS - 1)
    low = table[below]
    between: Array = low + (at - below)[:, None] * (table[below + 1] - low)
    return between
