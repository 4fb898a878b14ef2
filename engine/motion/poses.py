"""From what is asked of a hand to a pose that shows it: controls to joint angles, on an able adult's range.

The ghost hand, the keyboard, the glove and the simulated patient all pose the hand model through here, so what they
show measures back as what was asked: `control_values(measure(pose_for(c))) == c` for any one control.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from engine.hand import LONG_FINGERS, Finger, HandFrame, Side
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles, hand_points
from engine.motion.measures import Measures, measure
from engine.motion.ranges import ABLE_ADULT

Angles = tuple[float, ...]

# The thumb (palmar, radial, mcp, ip) at rest, and laid across the palm, its tip below the little finger's knuckle.
_THUMB_OPEN: Angles = (0.45, 0.75, 0.12, 0.32)
_THUMB_ACROSS: Angles = (0.75, -0.45, 0.55, 0.60)
# Share of a finger's whole bend in its MCP, PIP and DIP joints when it closes in a natural curl.
CURL: Angles = (0.34, 0.41, 0.25)
_THUMB_CURL: Angles = (0.45, 0.55)
_TOGETHER: Angles = (-0.20, 0.0, 0.16, 0.32)
_SPREAD: Angles = (0.18, 0.05, -0.10, -0.17)


@dataclass(frozen=True)
class _Touch:
    """Thumb and finger with their pads touching: found by asking the hand model for pads 11 mm apart, centre to
    centre, at the least strain on all seven joints."""

    thumb: Angles
    finger: Angles


_TOUCH: Mapping[Finger, _Touch] = {
    Finger.INDEX: _Touch((0.68, 0.11, 0.32, 0.34), (0.98, 0.85, 0.37)),
    Finger.MIDDLE: _Touch((0.76, -0.13, 0.32, 0.39), (1.06, 0.93, 0.35)),
    Finger.RING: _Touch((0.75, -0.35, 0.31, 0.37), (1.02, 0.89, 0.34)),
    Finger.LITTLE: _Touch((0.65, -0.59, 0.30, 0.36), (0.97, 0.80, 0.31)),
}
_FINGERS = tuple((finger, f"flexion.{finger}", f"pinch.{finger}") for finger in LONG_FINGERS)
_BLENDS = 40
# A hand comes a good way nearer before a pinch or an opposition begins to measure: as much of the way is gone while
# the control is asked from 0 to a little more than this, so that the pose never jumps.
_HARDLY = 0.05
# Between these values of a pinch a shown hand is brought to touch.
_NEARING, _TOUCHING = 0.45, 0.85


def pose_for(controls: Mapping[str, float]) -> HandAngles:
    """The joint angles that show these control values, 0..1 each; controls not named stay at rest.

    A named finger's flexion goes before `fist`; a pinch goes before both for its finger and the thumb.
    """
    fist, spread = controls.get("fist", 0.0), controls.get("spread", 0.0)
    thumb = _thumb(controls)
    fingers = []
    for n, (finger, flexion_name, pinch_name) in enumerate(_FINGERS):
        bends = _curl(finger, controls.get(flexion_name, fist))
        pinch = controls.get(pinch_name, 0.0)
        if pinch > 0.0:
            blend = _blend_for(pinch_name, pinch)
            thumb = _between(thumb, _TOUCH[finger].thumb, blend)
            bends = _between(bends, _TOUCH[finger].finger, blend)
        mcp_rad, pip_rad, dip_rad = bends
        sideways_rad = _TOGETHER[n] + spread * (_SPREAD[n] - _TOGETHER[n])
        fingers.append(FingerAngles(mcp_rad, pip_rad, dip_rad, sideways_rad))
    return HandAngles(ThumbAngles(*thumb), *fingers)


def wrist_for(controls: Mapping[str, float]) -> float:
    """How far the wrist is bent towards the palm, radians, to show these controls: see `engine.motion.wrist.bent` and
    `Hand.wrist_rad` of a scene."""
    return ABLE_ADULT.wrist.value(controls.get("wrist", 0.0))


def _thumb(controls: Mapping[str, float]) -> Angles:
    """The thumb's four angles, before any pinch."""
    thumb = _THUMB_OPEN
    if "opposition" in controls:
        thumb = _between(thumb, _THUMB_ACROSS, _blend_for("opposition", controls["opposition"]))
    if "flexion.thumb" in controls:
        bend = ABLE_ADULT.bend[Finger.THUMB].value(controls["flexion.thumb"])
        thumb = (*thumb[:2], bend * _THUMB_CURL[0], bend * _THUMB_CURL[1])
    return thumb


def as_felt(angle_rad: Sequence[float], values: Mapping[str, float]) -> HandAngles:
    """A tracked hand's pose (20 joint angles) as it is shown: where thumb and finger touch in the camera's picture,
    they touch on the table. A tracker blurs depth, and its joint angles alone leave a gap between touching pads."""
    thumb: Angles = tuple(angle_rad[:4])
    fingers = []
    for n, (finger, _, pinch_name) in enumerate(_FINGERS, start=1):
        bends: Angles = tuple(angle_rad[4 * n : 4 * n + 3])
        near = (values.get(pinch_name, 0.0) - _NEARING) / (_TOUCHING - _NEARING)
        if near > 0.0:
            thumb = _between(thumb, _TOUCH[finger].thumb, min(near, 1.0))
            bends = _between(bends, _TOUCH[finger].finger, min(near, 1.0))
        mcp_rad, pip_rad, dip_rad = bends
        fingers.append(FingerAngles(mcp_rad, pip_rad, dip_rad, angle_rad[4 * n + 3]))
    return HandAngles(ThumbAngles(*thumb), *fingers)


def _curl(finger: Finger, flexion: float) -> Angles:
    """MCP, PIP, DIP of a finger closed to this share of the able adult's range."""
    bend = ABLE_ADULT.bend[finger].value(flexion)
    return CURL[0] * bend, CURL[1] * bend, CURL[2] * bend


def _between(rest: Angles, full: Angles, blend: float) -> Angles:
    return tuple([a + blend * (b - a) for a, b in zip(rest, full, strict=True)])


def _blend_for(control: str, asked: float) -> float:
    """How far to go from rest to full, 0..1, for the control to measure as what is asked (as near as it can be)."""
    shown = _shown(control)
    if asked <= 0.0:
        return 0.0
    above = bisect_right(shown, asked)
    below = bisect_left(shown, shown[above - 1])
    if above == len(shown):
        return below / _BLENDS
    share = (asked - shown[below]) / (shown[above] - shown[below])
    return (below + share * (above - below)) / _BLENDS


@cache
def _shown(control: str) -> Angles:
    """What the control measures as, at each of the blends from rest to full, never falling; hardly anything as 0."""
    values = accumulate((_measured(control, n / _BLENDS) for n in range(_BLENDS + 1)), max)
    return tuple(value if value > _HARDLY else 0.0 for value in values)


def _measured(control: str, blend: float) -> float:
    """What `opposition` or a pinch measures as on the hand model, this far from rest to full."""
    rest = pose_for({})
    if control == "opposition":
        angles = replace(rest, thumb=ThumbAngles(*_between(_THUMB_OPEN, _THUMB_ACROSS, blend)))
        return ABLE_ADULT.across.share(_measures(angles).thumb_across)
    finger = Finger(control.removeprefix("pinch."))
    touch, n = _TOUCH[finger], LONG_FINGERS.index(finger)
    mcp_rad, pip_rad, dip_rad = _between(_curl(finger, 0.0), touch.finger, blend)
    bent = FingerAngles(mcp_rad, pip_rad, dip_rad, _TOGETHER[n])
    fingers = [bent if other is finger else rest_of for other, rest_of in zip(LONG_FINGERS, rest.fingers, strict=True)]
    angles = HandAngles(ThumbAngles(*_between(_THUMB_OPEN, touch.thumb, blend)), *fingers)
    return ABLE_ADULT.aperture[finger].share(_measures(angles).aperture_by_finger[finger])


def _measures(angles: HandAngles) -> Measures:
    points = hand_points(angles, Side.RIGHT)
    return measure(HandFrame(0.0, Side.RIGHT, points, points[:, :2] + 0.5, 1.0))
