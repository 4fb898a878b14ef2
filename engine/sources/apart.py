"""Thumb and fingers that do not touch are shown apart. Whoever looks at a posed hand tells a touch by the distance of
the fingertips; a fist, and a finger that goes along, would pass the thumb as near as a pinch does."""

from collections.abc import Callable, Mapping

import numpy as np

from engine.hand import LONG_FINGERS, Array, Finger, Side
from engine.handmodel import HandAngles, hand_points
from engine.motion.ranges import ABLE_ADULT

CLEAR = 0.45
"""As near as a finger that does not touch may be shown, as a share of a pinch; half of it is no press yet."""
# The thumb held out beside the hand: palmar and radial abduction, radians. No bent finger reaches it there.
_ASIDE_RAD = (0.45, 1.2)
_HALVINGS = 5
# Wrist to three knuckles, and the knuckle line: the palm of the hand model never changes its size.
_OPEN_M = hand_points(HandAngles(), Side.RIGHT)
_SIZE_M = sum(float(np.linalg.norm(_OPEN_M[a] - _OPEN_M[b])) for a, b in ((5, 0), (9, 0), (17, 0), (17, 5))) / 4
_REST = np.array([ABLE_ADULT.aperture[finger].rest for finger in LONG_FINGERS])
_WIDTH = np.array([ABLE_ADULT.aperture[finger].full for finger in LONG_FINGERS]) - _REST


def kept_apart(angles: HandAngles, pinches: Mapping[Finger, float]) -> HandAngles:
    """The pose with every finger no nearer to the thumb than `pinches` says, 0..1, or CLEAR where that is less. The
    thumb gives way; as far as it is held by a pinch, the other fingers do, and are shown straighter."""
    asked = np.array([pinches.get(finger, 0.0) for finger in LONG_FINGERS])
    most = np.maximum(asked, CLEAR)
    if (nearness(angles) <= most).all():
        return angles
    free = 1.0 - float(asked.max())
    aside = _least(lambda share: bool((nearness(_thumb_aside(angles, share)) <= most).all()))
    angles = _thumb_aside(angles, free * aside)
    for n in np.flatnonzero(nearness(angles) > most).tolist():
        angles = _finger_clear(angles, n, float(most[n]))
    return angles


def nearness(angles: HandAngles) -> Array:
    """How near each long finger's tip is to the thumb's: share of an able adult's pinch, below 0 far away, (4,)."""
    points = hand_points(angles, Side.RIGHT)
    ways = points[8::4] - points[4]
    near: Array = (np.sqrt((ways * ways).sum(axis=1)) / _SIZE_M - _REST) / _WIDTH
    return near


def _least(is_enough: Callable[[float], bool]) -> float:
    """The least share, 0..1, that is enough; 1 always is."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _thumb_aside(angles: HandAngles, share: float) -> HandAngles:
    palmar, radial, *_ = angles.thumb
    out, side = palmar + share * (_ASIDE_RAD[0] - palmar), radial + share * (_ASIDE_RAD[1] - radial)
    return HandAngles(angles.thumb._replace(palmar_abduction_rad=out, radial_abduction_rad=side), *angles.fingers)


def _finger_clear(angles: HandAngles, n: int, most: float) -> HandAngles:
    return _straighter(angles, n, _least(lambda share: bool(nearness(_straighter(angles, n, share))[n] <= most)))


def _straighter(angles: HandAngles, n: int, share: float) -> HandAngles:
    fingers = list(angles.fingers)
    mcp, pip, dip, _ = fingers[n]
    fingers[n] = fingers[n]._replace(mcp_rad=mcp * (1 - share), pip_rad=pip * (1 - share), dip_rad=dip * (1 - share))
    return HandAngles(angles.thumb, *fingers)
