"""From what is asked of a hand to a pose that shows it: controls to joint angles, on an able adult's range.

The ghost hand, the keyboard, the glove and the simulated patient all pose the hand model through here, so what they
show measures back as what was asked: `control_values(measure(pose_for(c))) == c` for any one control.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from engine.hand import LONG_FINGERS, Array, Finger, HandFrame, Side
from engine.handmodel import HandAngles, hand_points
from engine.motion.measures import measure
from engine.motion.ranges import ABLE_ADULT

_THUMB_ROW = slice(0, 4)
_THUMB_OPEN = np.array([0.45, 0.75, 0.12, 0.32])
# The thumb laid across the palm, its tip below the little finger's knuckle.
_THUMB_ACROSS = np.array([0.75, -0.45, 0.55, 0.60])
# Share of a finger's whole bend in its MCP, PIP and DIP joints when it closes in a natural curl.
_CURL = np.array([0.34, 0.41, 0.25])
_ABDUCTION_TOGETHER = np.array([-0.20, 0.0, 0.16, 0.32])
_ABDUCTION_SPREAD = np.array([0.18, 0.05, -0.10, -0.17])
# Thumb (palmar, radial, mcp, ip) and finger (mcp, pip, dip) with the pads touching: found by asking the hand model
# for pads 11 mm apart, centre to centre, at the least strain on all seven joints.
_TOUCH: Mapping[Finger, tuple[float, ...]] = {
    Finger.INDEX: (0.68, 0.11, 0.32, 0.34, 0.98, 0.85, 0.37),
    Finger.MIDDLE: (0.76, -0.13, 0.32, 0.39, 1.06, 0.93, 0.35),
    Finger.RING: (0.75, -0.35, 0.31, 0.37, 1.02, 0.89, 0.34),
    Finger.LITTLE: (0.65, -0.59, 0.30, 0.36, 0.97, 0.80, 0.31),
}
_BLENDS = np.linspace(0.0, 1.0, 21)


def finger_row(finger: Finger) -> slice:
    """Where a long finger's mcp, pip, dip, abduction stand in the (20,) angles."""
    n = 4 * (LONG_FINGERS.index(finger) + 1)
    return slice(n, n + 4)


def relaxed() -> Array:
    """An open hand at rest, (20,) radians: every control at or near 0."""
    angle_rad = np.zeros(20)
    angle_rad[_THUMB_ROW] = _THUMB_OPEN
    for finger, abduction in zip(LONG_FINGERS, _ABDUCTION_TOGETHER, strict=True):
        angle_rad[finger_row(finger)] = [*_curl(finger, 0.0), abduction]
    return angle_rad


def pose_for(controls: Mapping[str, float]) -> HandAngles:
    """The joint angles that show these control values, 0..1 each; controls not named stay at rest.

    A named finger's flexion goes before `fist`; a pinch goes before both for its finger and the thumb.
    """
    angle_rad = relaxed()
    fist = controls.get("fist", 0.0)
    for finger in LONG_FINGERS:
        angle_rad[finger_row(finger)][:3] = _curl(finger, controls.get(f"flexion.{finger}", fist))
    if "spread" in controls:
        sideways = _ABDUCTION_TOGETHER + controls["spread"] * (_ABDUCTION_SPREAD - _ABDUCTION_TOGETHER)
        angle_rad[7::4] = sideways
    if "opposition" in controls:
        blend = float(np.interp(controls["opposition"], _shown("opposition"), _BLENDS))
        angle_rad[_THUMB_ROW] = _THUMB_OPEN + blend * (_THUMB_ACROSS - _THUMB_OPEN)
    if "flexion.thumb" in controls:
        bend = ABLE_ADULT.bend[Finger.THUMB].value(controls["flexion.thumb"])
        angle_rad[2:4] = bend * 0.45, bend * 0.55
    for finger in LONG_FINGERS:
        asked = controls.get(f"pinch.{finger}", 0.0)
        if asked > 0.0:
            blend = float(np.interp(asked, _shown(f"pinch.{finger}"), _BLENDS))
            angle_rad = _towards_touch(angle_rad, finger, blend)
    return HandAngles.from_array(angle_rad)


def _curl(finger: Finger, flexion: float) -> Array:
    """MCP, PIP, DIP of a finger closed to this share of the able adult's range."""
    return _CURL * ABLE_ADULT.bend[finger].value(flexion)


def _towards_touch(angle_rad: Array, finger: Finger, blend: float) -> Array:
    moved = angle_rad.copy()
    touch = np.array(_TOUCH[finger])
    row = finger_row(finger)
    moved[_THUMB_ROW] += blend * (touch[:4] - moved[_THUMB_ROW])
    moved[row][:3] += blend * (touch[4:] - moved[row][:3])
    return moved


@cache
def _shown(control: str) -> tuple[float, ...]:
    """What the control measures as, at each of the blends from rest to full: the inverse is looked up in it."""
    values = []
    for blend in _BLENDS:
        angle_rad = relaxed()
        if control == "opposition":
            angle_rad[_THUMB_ROW] += blend * (_THUMB_ACROSS - _THUMB_OPEN)
        else:
            angle_rad = _towards_touch(angle_rad, Finger(control.removeprefix("pinch.")), blend)
        points = hand_points(HandAngles.from_array(angle_rad), Side.RIGHT)
        measures = measure(HandFrame(0.0, Side.RIGHT, points, points[:, :2] + 0.5, 1.0))
        if control == "opposition":
            values.append(ABLE_ADULT.across.share(measures.thumb_across))
        else:
            finger = Finger(control.removeprefix("pinch."))
            values.append(ABLE_ADULT.aperture[finger].share(measures.aperture[finger]))
    return tuple(np.maximum.accumulate(values).tolist())
