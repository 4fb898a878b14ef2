"""The bend of the wrist, of a hand whose forearm rests on the table.

The 21 points end at the wrist, so how the hand stands in space mixes wrist, forearm and elbow. While the forearm lies
still, only the wrist is left: where the palm points now, seen from where it pointed at rest, is the wrist's bend.
Whether the forearm is still shows at the wrist's own place in the picture. In all other cases the wrist is unknown.

With d the ray from the wrist to the middle knuckle, p and r the palm's palmar and radial directions square to it, and
a 0 for those at rest:
flexion = atan2(d . p0, d . d0), deviation = atan2(d . r0, d . d0).
"""

from math import atan2, cos, hypot, radians
from typing import NamedTuple

import numpy as np

from engine.hand import Array
from engine.motion.measures import Measures
from engine.motion.vectors import across, dot, unit

# The hand at rest is taken in for this long; in this time it may turn and move no further than this.
REST_S = 2.0
_REST_TURN_COS, _REST_MOVE = cos(radians(15)), 0.15
# The forearm is still while the wrist's place in the picture stays within this many hand sizes of where it was.
STILL = 0.3
# A hand that lies elsewhere by now is taken in anew there, if it points nearly where it pointed at rest before.
_SAME_COS = cos(radians(25))
_GAP_S = 0.5

Direction = tuple[float, float, float]
Palm = tuple[Direction, Direction, Direction]


class Rest(NamedTuple):
    """A hand at rest: its palm (radial, distal, palmar), its wrist's place and its size in the picture."""

    palm: Palm
    place_xy: tuple[float, float]
    size: float


class Wrist(NamedTuple):
    """What is known of one wrist. `flexion_rad` (towards the palm positive), `deviation_rad` (towards the thumb
    positive); None while unknown. `rest`: what they are measured from. The others are the taking in of a rest: since
    when, its latest and first picture, and all its palms."""

    flexion_rad: float | None = None
    deviation_rad: float | None = None
    rest: Rest | None = None
    since_s: float = 0.0
    latest_s: float = 0.0
    first: Rest | None = None
    palms: tuple[Palm, ...] = ()


UNKNOWN_WRIST = Wrist()


def feel(wrist: Wrist, measures: Measures, t_s: float) -> Wrist:
    """One more picture of the hand. Without a picture (a glove) the wrist stays unknown."""
    place = measures.wrist_xy
    if place is None:
        return UNKNOWN_WRIST
    rest, distal = wrist.rest, measures.palm[1]
    if rest is not None and hypot(place[0] - rest.place_xy[0], place[1] - rest.place_xy[1]) < STILL * rest.size:
        flexion, deviation = bends(rest.palm, distal)
        return Wrist(flexion, deviation, rest)
    return _take_in(wrist, Rest(measures.palm, place, measures.hand_size), t_s)


def bends(rest: Palm, distal: Direction) -> tuple[float, float]:
    """Flexion and deviation, radians, of a hand that points to `distal`."""
    (rx, ry, rz), (dx, dy, dz), (px, py, pz) = rest
    x, y, z = distal
    ahead = x * dx + y * dy + z * dz
    return atan2(x * px + y * py + z * pz, ahead), atan2(x * rx + y * ry + z * rz, ahead)


def _take_in(wrist: Wrist, now: Rest, t_s: float) -> Wrist:
    """Wait for a hand at rest, without knowing the bend meanwhile."""
    first = wrist.first
    if first is None or t_s - wrist.latest_s > _GAP_S or not _is_near(first, now):
        return Wrist(rest=wrist.rest, since_s=t_s, latest_s=t_s, first=now, palms=(now.palm,))
    palms = (*wrist.palms, now.palm)
    if t_s - wrist.since_s < REST_S:
        return Wrist(rest=wrist.rest, since_s=wrist.since_s, latest_s=t_s, first=first, palms=palms)
    before, palm = wrist.rest, _mean(palms)
    if before is not None and _dot(before.palm[1], palm[1]) < _SAME_COS:
        return Wrist(rest=before)
    return Wrist(*bends(palm, now.palm[1]), Rest(palm, first.place_xy, first.size))


def _is_near(first: Rest, now: Rest) -> bool:
    moved = hypot(now.place_xy[0] - first.place_xy[0], now.place_xy[1] - first.place_xy[1])
    return moved < _REST_MOVE * first.size and _dot(first.palm[1], now.palm[1]) > _REST_TURN_COS


def _mean(palms: tuple[Palm, ...]) -> Palm:
    """The mean of many palms' directions, at length 1 and square to each other; the ray to the middle finger leads."""
    radial, distal, palmar = np.sum(palms, axis=0)
    distal = unit(distal)
    palmar = across(palmar, distal)
    radial = across(radial - dot(radial, palmar) * palmar, distal)
    return tuple(radial.tolist()), tuple(distal.tolist()), tuple(palmar.tolist())


def _dot(a: Direction, b: Direction) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def bent(points: Array, flexion_rad: Array | float) -> Array:
    """Hands (n, 21, 3) in hand-local axes, turned about their wrists towards the palm (`flexion_rad` negative: towards
    the back); one angle for all, or (n,) angles. Either side: a left hand is the mirror image and bends as one."""
    c, s = np.cos(flexion_rad), np.sin(flexion_rad)
    c, s = np.asarray(c)[..., None], np.asarray(s)[..., None]
    turned = np.empty_like(points)
    turned[..., 0] = points[..., 0]
    turned[..., 1] = c * points[..., 1] - s * points[..., 2]
    turned[..., 2] = s * points[..., 1] + c * points[..., 2]
    return turned
