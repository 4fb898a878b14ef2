"""What a calibration of a simulated hand would find: its own range, measured on the poses it can show."""

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Finger, HandFrame, Side
from engine.handmodel import hands_points
from engine.motion.measures import Measures, measure
from engine.motion.ranges import ABLE_ADULT, Ranges, Span
from engine.play.posing import Shown, show
from engine.play.profiles import Profile


def own_ranges(profile: Profile) -> Ranges:
    """Control 0 and 1 are the ends of this hand's own range; places in the picture are everyone's."""
    able, (least, most), (wide, near) = ABLE_ADULT, profile.bending, profile.pinching
    apertures = {}
    for finger in LONG_FINGERS:
        rest, full = (_measured(least, (finger, share)).aperture_by_finger[finger] for share in (wide, near))
        # An open hand stands further apart than a pinch is counted from; its range begins where it is.
        apertures[finger] = Span(min(rest, able.aperture[finger].value(wide)), full)
    return Ranges(
        bend={finger: _part(able.bend[finger], least, most) for finger in FINGERS},
        aperture=apertures,
        spread=_part(able.spread, 0.0, profile.active_range),
        across=_part(able.across, 0.0, profile.thumb_reach),
        wrist=_part(able.wrist, 0.0, profile.wrist_range),
        reach_x=able.reach_x,
        reach_y=able.reach_y,
    )


def _measured(bend: float, pinch: tuple[Finger, float]) -> Measures:
    """A hand with all long fingers bent alike and one pinching."""
    finger, near = pinch
    none, which = np.zeros(1), LONG_FINGERS.index(finger)
    shown = Shown(np.full((1, 4), bend), none, none, none, which, np.array([near]))
    [points] = hands_points(show(shown), [Side.RIGHT])
    return measure(HandFrame(0.0, Side.RIGHT, points, points[:, :2], 1.0))


def _part(span: Span, rest: float, full: float) -> Span:
    return Span(span.value(rest), span.value(full))
