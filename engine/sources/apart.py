"""Thumb and fingers that do not touch are shown apart. Whoever looks at a posed hand tells a touch by the distance of
the fingertips; a fist, and a finger that goes along, would pass the thumb as near as a pinch does."""

from collections.abc import Callable, Mapping
from math import dist

from engine.hand import LONG_FINGERS, Finger, Side
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles, finger_joints, hand_points, thumb_joints
from engine.motion.ranges import ABLE_ADULT
from engine.motion.vector import Point

CLEAR = 0.45
"""As near as a finger that does not touch may be shown, as a share of a pinch; half of it is no press yet."""
# The thumb held out beside the hand: palmar and radial abduction, radians. No bent finger reaches it there.
_ASIDE_RAD = (0.45, 1.2)
_HALVINGS = 5
# Wrist to three knuckles, and the knuckle line: the palm of the hand model never changes its size.
_OPEN_M = hand_points(HandAngles(), Side.RIGHT)
_SIZE_M = sum(dist(_OPEN_M[a], _OPEN_M[b]) for a, b in ((5, 0), (9, 0), (17, 0), (17, 5))) / 4
_SPANS = tuple(ABLE_ADULT.aperture[finger] for finger in LONG_FINGERS)


def kept_apart(angles: HandAngles, pinches: Mapping[Finger, float]) -> HandAngles:
    """The pose with every finger no nearer to the thumb than `pinches` says, 0..1, or CLEAR where that is less. The
    thumb gives way; as far as it is held by a pinch, the other fingers do, and are shown straighter."""
    fingers = list(angles.fingers)
    tips = [_tip(n, finger) for n, finger in enumerate(fingers)]
    most = [max(pinches.get(finger, 0.0), CLEAR) for finger in LONG_FINGERS]

    def clear(share: float) -> bool:
        thumb_tip = thumb_joints(_aside(angles.thumb, share))[-3:]
        return all(_near(n, tip, thumb_tip) <= most[n] for n, tip in enumerate(tips))

    if clear(0.0):
        return angles
    free = 1.0 - max(pinches.values(), default=0.0)
    thumb = _aside(angles.thumb, free * _least(clear))
    thumb_tip = thumb_joints(thumb)[-3:]
    for n, tip in enumerate(tips):
        if _near(n, tip, thumb_tip) > most[n]:
            fingers[n] = _finger_clear(n, fingers[n], thumb_tip, most[n])
    return HandAngles(thumb, *fingers)


def _finger_clear(n: int, finger: FingerAngles, thumb_tip: Point, most: float) -> FingerAngles:
    def clear(share: float) -> bool:
        return _near(n, _tip(n, _straighter(finger, share)), thumb_tip) <= most

    return _straighter(finger, _least(clear))


def _near(n: int, tip: Point, thumb_tip: Point) -> float:
    """How near a long finger's tip is to the thumb's: share of an able adult's pinch, below 0 far away."""
    span = _SPANS[n]
    return (dist(tip, thumb_tip) / _SIZE_M - span.rest) / (span.full - span.rest)


def _tip(n: int, finger: FingerAngles) -> Point:
    return finger_joints(n, finger)[-3:]


def _least(is_enough: Callable[[float], bool]) -> float:
    """The least share, 0..1, that is enough; 1 always is."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _aside(thumb: ThumbAngles, share: float) -> ThumbAngles:
    palmar, radial, mcp, ip = thumb
    return ThumbAngles(palmar + share * (_ASIDE_RAD[0] - palmar), radial + share * (_ASIDE_RAD[1] - radial), mcp, ip)


def _straighter(finger: FingerAngles, share: float) -> FingerAngles:
    mcp, pip, dip, abduction = finger
    return FingerAngles(mcp * (1 - share), pip * (1 - share), dip * (1 - share), abduction)
