"""Where things are in a hand of a scene: places of the hand in the room, and the spot between thumb and finger.

Local places are those of a right hand, metres: x towards the thumb, y away from the fingers, z out of its back.
"""

from dataclasses import replace
from functools import cache
from math import cos, sin

from engine.hand import TIPS, Finger, Side
from engine.handmodel import hand_points
from engine.motion.poses import pose_for
from engine.view.scene import Hand, Metres3


def in_room(hand: Hand, local: Metres3) -> Metres3:
    """A place of a hand that is not pitched, in the room."""
    x, y, z = local
    side = 1.0 if hand.side is Side.RIGHT else -1.0
    c, s = cos(hand.roll_rad), sin(hand.roll_rad)
    across, up, ahead = side * (z * s - x * c), x * s + z * c, -y
    wrist = hand.wrist_m
    c, s = cos(hand.fingers_yaw_rad), sin(hand.fingers_yaw_rad)
    return wrist[0] + across * c + ahead * s, wrist[1] + up, wrist[2] + across * s - ahead * c


def holding(hand: Hand, finger: Finger, at_m: Metres3) -> Hand:
    """The hand put where thumb and finger meet at this point of the room."""
    x, y, z = in_room(replace(hand, wrist_m=(0.0, 0.0, 0.0)), pinch_spot(finger))
    return replace(hand, wrist_m=(at_m[0] - x, at_m[1] - y, at_m[2] - z))


@cache
def pinch_spot(finger: Finger) -> Metres3:
    """Between thumb and finger when their pads touch, from the hand model itself."""
    points = hand_points(pose_for({f"pinch.{finger}": 1.0}), Side.RIGHT)
    x, y, z = ((points[TIPS[Finger.THUMB]] + points[TIPS[finger]]) / 2).tolist()
    return x, y, z
