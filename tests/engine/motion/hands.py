"""Hands for tests: any anatomical pose, any place and turn in space, and frames of them as a source would send."""

from math import radians

import numpy as np
from hypothesis import strategies as st

from engine.hand import Array, HandFrame, Sample, Side
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles, hand_points
from engine.inputs import HandInput
from engine.motion.motion import Motion
from engine.motion.poses import pose_for

sides = st.sampled_from(list(Side))


def degrees_between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_subnormal=False).map(radians)


# Active range of an adult's joints as goniometry gives it, a little widened; the thumb's two bends are unsigned.
finger_angles = st.builds(
    FingerAngles,
    mcp_rad=degrees_between(-45, 100),
    pip_rad=degrees_between(-15, 115),
    dip_rad=degrees_between(-15, 95),
    abduction_rad=degrees_between(-25, 25),
)
thumb_angles = st.builds(
    ThumbAngles,
    palmar_abduction_rad=degrees_between(-20, 75),
    radial_abduction_rad=degrees_between(-50, 75),
    mcp_rad=degrees_between(0, 75),
    ip_rad=degrees_between(0, 90),
)
hand_angles = st.builds(
    HandAngles,
    thumb=thumb_angles,
    index=finger_angles,
    middle=finger_angles,
    ring=finger_angles,
    little=finger_angles,
)


@st.composite
def rotations(draw: st.DrawFn) -> Array:
    """Any rotation in space, (3, 3), from a unit quaternion."""
    w, x, y, z = draw(st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(c * c for c in q) > 0.01))
    w, x, y, z = np.array([w, x, y, z]) / np.linalg.norm([w, x, y, z])
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


places = st.tuples(*[st.floats(-2, 2)] * 3).map(np.array)


def frame_at(t_s: float, side: Side = Side.RIGHT, /, **controls: float) -> HandFrame:
    """The hand model with these controls (`pinch_index=1` for `pinch.index`), seen from the front at `t_s`."""
    angles = pose_for({name.replace("_", "."): value for name, value in controls.items()})
    points = hand_points(angles, side)
    return HandFrame(t_s, side, points, points[:, :2] + 0.5, 1.0)


def sample_at(t_s: float, side: Side = Side.RIGHT, /, **controls: float) -> Sample:
    frame = frame_at(t_s, side, **controls)
    return Sample(t_s, left=frame) if side is Side.LEFT else Sample(t_s, right=frame)


def settled(until_s: float = 1.0, rate_hz: float = 30.0, side: Side = Side.RIGHT, /, **controls: float) -> Motion:
    """A motion that has seen this hand, still, from 0 to `until_s`, with no edge left to give."""
    motion = Motion()
    for n in range(round(until_s * rate_hz) + 1):
        motion.feed(sample_at(n / rate_hz, side, **controls))
    motion.tick(until_s)
    return motion


def edges(given: HandInput) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was pressed and what was released."""
    return given.pressed, given.released
