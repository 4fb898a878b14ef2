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


def kept_apart(angles: HandAngles, pinches: Mapping[Finger, float]) -> HandAngles:
    """The pose with every finger no nearer to the thumb than `pinches` says, 0..1, or CLEAR where that is less. The
    thumb gives way; as far as it is held by a pinch, the other fingers do, and are shown straighter."""
    fingers = list(angles.fingers)
    tips = [_tip(n, finger) for n, finger in enumerate(fingers)]
    least_m = [_tips_apart_m(finger, max(pinches.get(finger, 0.0), CLEAR)) for finger in LONG_FINGERS]

    def clear(share: float) -> bool:
        thumb_tip = thumb_joints(_aside(angles.thumb, share))[-3:]
        return all(dist(tip, thumb_tip) >= apart_m for tip, apart_m in zip(tips, least_m, strict=True))

    if clear(0.0):
        return angles
    free = 1.0 - max(pinches.values(), default=0.0)
    thumb = _aside(angles.thumb, free * _least(clear))
    thumb_tip = thumb_joints(thumb)[-3:]
    for n, (tip, apart_m) in enumerate(zip(tips, least_m, strict=True)):
        if dist(tip, thumb_tip) < apart_m:
            fingers[n] = _finger_clear(n, fingers[n], thumb_tip, apart_m)
    return HandAngles(thumb, *fingers)


def _finger_clear(n: int, finger: FingerAngles, thumb_tip: Point, apart_m: float) -> FingerAngles:
    def clear(share: float) -> bool:
        return dist(_tip(n, _straighter(finger, share)), thumb_tip) >= apart_m

    return _straighter(finger, _least(clear))


def _tips_apart_m(finger: Finger, pinch: float) -> float:
    """How far the finger's tip is from the thumb's, metres, in an able adult's pinch of this share."""
    return _SIZE_M * ABLE_ADULT.aperture[finger].value(pinch)


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
