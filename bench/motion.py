"""What one hand costs on its way from landmarks to game input, microseconds per call, part by part.

Run: `python -m bench.motion`. Each figure is the quickest and the middle one of many short runs: the quickest is what
the work itself costs, the middle one what it costs on this machine as busy as it is now.
"""

import timeit
from collections.abc import Callable, Mapping
from itertools import count

from engine.hand import HandFrame, Sample, Side
from engine.handmodel import HandAngles, bone_frames, hand_points
from engine.inputs import TICK_HZ
from engine.motion.filters import smooth
from engine.motion.identity import Identity, Seen, identify
from engine.motion.kinematics import joint_angles
from engine.motion.looking import SPACE_FILTER
from engine.motion.measures import measure
from engine.motion.motion import Motion
from engine.motion.poses import pose_for
from engine.motion.ranges import ABLE_ADULT, control_values

CALLS, RUNS = 50, 200
SAMPLES_HZ = 30


def main() -> None:
    print(f"{'part':<44}{'quickest':>10}{'middle':>10}   microseconds")
    middle_us = {}
    for name, call in parts().items():
        quickest, middle_us[name] = timed_us(call)
        print(f"{name:<44}{quickest:>10.1f}{middle_us[name]:>10.1f}")
    second_us = SAMPLES_HZ * sum(middle_us[name] for name in ("pose_for, pinch", "hand_points", "feed, one hand"))
    second_us += TICK_HZ * middle_us["tick, one hand"]
    print(f"a simulated hand, posed, felt and read: {1e6 / second_us:.0f} times real time, before any game rules")


def parts() -> Mapping[str, Callable[[], object]]:
    """The parts by name; each takes nothing and does its work once."""
    angles = pose_for({"pinch.index": 0.6, "flexion.ring": 0.3})
    points = hand_points(angles, Side.RIGHT)
    picture = points[:, :2] + 0.5
    frame = HandFrame(0.0, Side.RIGHT, points, picture, 1.0)
    measures = measure(frame)
    before = smooth(SPACE_FILTER, None, 0.0, points)
    identity = Identity()
    seen = [Seen((0.5, 0.4), Side.RIGHT, 0.95)]
    motion = Motion()
    ticks = count(1)

    def feed() -> None:
        t_s = next(ticks) / SAMPLES_HZ
        motion.feed(Sample(t_s, right=HandFrame(t_s, Side.RIGHT, points, picture, 1.0)))

    return {
        "pose_for, fist": lambda: pose_for({"fist": 0.4}),
        "pose_for, pinch": lambda: pose_for({"pinch.index": 0.8, "flexion.middle": 0.3}),
        "hand_points": lambda: hand_points(angles, Side.RIGHT),
        "bone_frames": lambda: bone_frames(angles, Side.LEFT),
        "identify, one hand": lambda: identify(identity, seen, 0.0),
        "smooth, 21 points": lambda: smooth(SPACE_FILTER, before, 0.03, points),
        "joint_angles": lambda: joint_angles(points, Side.RIGHT),
        "measure (with joint_angles)": lambda: measure(frame),
        "control_values": lambda: control_values(measures, ABLE_ADULT, {}),
        "feed, one hand": feed,
        "tick, one hand": lambda: motion.tick(next(ticks) / SAMPLES_HZ),
        "HandAngles()": HandAngles,
    }


def timed_us(call: Callable[[], object]) -> tuple[float, float]:
    """Microseconds per call: the quickest run and the middle one."""
    call()
    runs = sorted(timeit.repeat(call, number=CALLS, repeat=RUNS))
    return runs[0] / CALLS * 1e6, runs[len(runs) // 2] / CALLS * 1e6


if __name__ == "__main__":
    main()
