"""Which pose a hand of a scene shows: its own angles, the player's hand as it is now, or the other hand reflected."""

from collections.abc import Mapping

from engine.hand import Side
from engine.handmodel import HandAngles
from engine.view.scene import Hand

_FLAT = HandAngles()


def shown_pose(hand: Hand, poses: Mapping[Side, HandAngles]) -> HandAngles:
    """The joint angles to draw. `poses` are the player's hands now, by side.

    A reflected hand has the joint angles of the hand it reflects: flexion and abduction count alike on both sides, and
    only the side they are drawn with changes. One of the two that is not seen leaves the other alone.
    """
    if hand.angles is not None:
        return hand.angles
    own, other = poses.get(hand.side), poses.get(hand.side.other)
    share = hand.mirrored
    if share <= 0.0:
        return own or _FLAT
    if share >= 1.0 or own is None or other is None:
        return other or (_FLAT if share >= 1.0 else own or _FLAT)
    own_rad = own.as_array()
    return HandAngles.from_array(own_rad + share * (other.as_array() - own_rad))
