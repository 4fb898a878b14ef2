"""Thumb and fingers that do not touch are shown apart. Whoever looks at a posed hand tells a touch by the distance of
the fingertips; a fist, and a finger that goes along, would pass the thumb as near as a pinch does."""

from collections.abc import Callable, Mapping
from math import dist

from engine.hand import LONG_FINGERS, Finger, Side
from engine.handmodel import HandAngles, ThumbAngles, hand_points, thumb_joints
from engine.motion.ranges import ABLE_ADULT

CLEAR = 0.45
"""As near as a finger that does not touch may be shown, as a share of a pinch; half of it is no press yet."""
# The thumb held out beside the hand: palmar and radial abduction, radians. No bent finger reaches it there.
_ASIDE_RAD = (0.45, 1.2)
_HALVINGS = 5
# Wrist to three knuckles, and the knuckle line: the palm of the hand model never changes its size.
_OPEN_M = hand_points(HandAngles(), Side.RIGHT)
_SIZE_M = sum(dist(_OPEN_M[a], _OPEN_M[b]) for a, b in ((5, 0), (9, 0), (17, 0), (17, 5))) / 4
_SPANS = tuple(ABLE_ADULT.aperture[finger] for finger in LONG_FINGERS)

Tips = list[list[float]]


def kept_apart(angles: HandAngles, pinches: Mapping[Finger, float]) -> HandAngles:
    """The pose with every finger no nearer to the thumb than `pinches` says, 0..1, or CLEAR where that is less. The
    thumb gives way; as far as it is held by a pinch, the other fingers do, and are shown straighter."""
    tips = _fingertips(angles)
    most = [max(pinches.get(finger, 0.0), CLEAR) for finger in LONG_FINGERS]

    def clear(share: float) -> bool:
        near = nearness(_aside(angles.thumb, share), tips)
        return all(one <= limit for one, limit in zip(near, most, strict=True))

    if clear(0.0):
        return angles
    free = 1.0 - max(pinches.values(), default=0.0)
    thumb = _aside(angles.thumb, free * _least(clear))
    kept = HandAngles(thumb, *angles.fingers)
    for n, near in enumerate(nearness(thumb, tips)):
        if near > most[n]:
            kept = _finger_clear(kept, n, most[n])
    return kept


def nearness(thumb: ThumbAngles, tips: Tips) -> list[float]:
    """How near each long finger's tip is to the thumb's: share of an able adult's pinch, below 0 far away."""
    thumb_tip = thumb_joints(thumb)[-3:]
    return [
        (dist(tip, thumb_tip) / _SIZE_M - span.rest) / (span.full - span.rest)
        for tip, span in zip(tips, _SPANS, strict=True)
    ]


def _fingertips(angles: HandAngles) -> Tips:
    tips: Tips = hand_points(angles, Side.RIGHT)[8::4].tolist()
    return tips


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


def _finger_clear(angles: HandAngles, n: int, most: float) -> HandAngles:
    def clear(share: float) -> bool:
        return nearness(angles.thumb, _fingertips(_straighter(angles, n, share)))[n] <= most

    return _straighter(angles, n, _least(clear))


def _straighter(angles: HandAngles, n: int, share: float) -> HandAngles:
    fingers = list(angles.fingers)
    mcp, pip, dip, _ = fingers[n]
    fingers[n] = fingers[n]._replace(mcp_rad=mcp * (1 - share), pip_rad=pip * (1 - share), dip_rad=dip * (1 - share))
    return HandAngles(angles.thumb, *fingers)
