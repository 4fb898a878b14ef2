"""Poses that several tests of the view bend the hand into."""

from engine.handmodel import FingerAngles, HandAngles, ThumbAngles

OPEN = HandAngles(
    ThumbAngles(0.35, 0.60, 0.10, 0.10),
    FingerAngles(abduction_rad=0.08),
    FingerAngles(),
    FingerAngles(abduction_rad=-0.06),
    FingerAngles(abduction_rad=-0.14),
)
FIST = HandAngles(
    ThumbAngles(0.65, 0.30, 0.60, 0.70),
    FingerAngles(1.40, 1.60, 1.00),
    FingerAngles(1.40, 1.65, 1.00),
    FingerAngles(1.40, 1.65, 1.00),
    FingerAngles(1.35, 1.60, 1.00),
)
# Thumb and index tip 6 mm apart, bone to bone: the pads press.
TOUCHING = HandAngles(
    ThumbAngles(0.70, 0.15, 0.38, 0.40),
    FingerAngles(1.02, 0.93, 0.49),
    FingerAngles(0.35, 0.35, 0.20),
    FingerAngles(0.30, 0.35, 0.20, -0.04),
    FingerAngles(0.30, 0.30, 0.20, -0.10),
)


def between(one: HandAngles, other: HandAngles, share: float) -> HandAngles:
    """`one` at share 0, `other` at share 1."""
    return HandAngles.from_array(one.as_array() * (1 - share) + other.as_array() * share)
