"""What gloves say over OSC, as felt hands: our own addresses, and the finger bones of the VMC protocol. Pure.

Ours, with SIDE left or right: `/glove/SIDE/curl fffff` (0 straight to 1 closed, thumb to little),
`/glove/SIDE/splay fffff` (-1 together to 1 apart), `/glove/SIDE/joints f*20` (degrees, in the order of
docs/conventions.md), `/glove/SIDE/contact/FINGER i` (1: touches the thumb), `/glove/SIDE/quality f` (0..1).
VMC: `/VMC/Ext/Bone/Pos sfffffff` with Unity's bone names; a finger's bend is its bones' turn about their hinge.
A packet may be lost, and another program may speak next: contacts and bones hold for two seconds, unless repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import acos, atan2, pi, radians

import numpy as np

from engine.hand import FINGERS, LONG_FINGERS, Finger, Side
from engine.motion.ranges import ABLE_ADULT
from engine.sources.felt import Felt, Joints
from engine.sources.oscmessages import Message

BONE = "/VMC/Ext/Bone/Pos"
FORGOTTEN_S = 2.0
_MOST_BEND_RAD = radians(150)
PARTS = ("Proximal", "Intermediate", "Distal")
# Where a bone stands in the words of Unity's avatars: LeftIndexProximal.
BONES: Mapping[str, tuple[Side, Finger, int]] = {
    f"{side.value.capitalize()}{finger.value.capitalize()}{part}": (side, finger, n)
    for side in Side
    for finger in FINGERS
    for n, part in enumerate(PARTS)
}


@dataclass(frozen=True, eq=False)
class Spoken:
    """What has been said of one hand so far. `bones`: how far each bone of a finger is turned, radians; `touch_s`,
    `bone_s`: when a finger's touch, be it yes or no, and its bones were last told of."""

    curl: Mapping[Finger, float] = field(default_factory=dict)
    spread: float = 0.0
    contacts: frozenset[Finger] | None = None
    angle_rad: tuple[float, ...] | None = None
    bones: Mapping[Finger, Joints] = field(default_factory=dict)
    quality: float = 1.0
    touch_s: Mapping[Finger, float] = field(default_factory=dict)
    bone_s: Mapping[Finger, float] = field(default_factory=dict)

    def at(self, t_s: float) -> "Spoken":
        """What of it still holds."""
        touch_s = {finger: said_s for finger, said_s in self.touch_s.items() if t_s - said_s <= FORGOTTEN_S}
        bone_s = {finger: said_s for finger, said_s in self.bone_s.items() if t_s - said_s <= FORGOTTEN_S}
        if len(touch_s) == len(self.touch_s) and len(bone_s) == len(self.bone_s):
            return self
        contacts = frozenset(finger for finger in self.contacts or () if finger in touch_s) if touch_s else None
        bones = {finger: bends for finger, bends in self.bones.items() if finger in bone_s}
        return replace(self, contacts=contacts, bones=bones, touch_s=touch_s, bone_s=bone_s)

    def felt(self) -> Felt | None:
        """The hand, None while nothing has been said of how it is bent."""
        if self.angle_rad is not None:
            return Felt(contacts=self.contacts, angle_rad=np.array(self.angle_rad), quality=self.quality)
        curl = {**self.curl, **{finger: _closed(finger, bends) for finger, bends in self.bones.items()}}
        if not curl and self.contacts is None:
            return None
        bends = {finger: bends for finger, bends in self.bones.items() if finger in LONG_FINGERS}
        return Felt(curl, self.spread, self.contacts, bends, quality=self.quality)


def hear(hands: Mapping[Side, Spoken], message: Message, t_s: float) -> tuple[dict[Side, Spoken], Side | None]:
    """What is known after one more message, which came at `t_s`, and which hand it was about: None where it says
    nothing of a hand, or says it in a way that cannot be meant."""
    if message.address == BONE:
        return _hear_bone(hands, message, t_s)
    parts = message.address.split("/")
    if len(parts) < 4 or parts[1] != "glove" or parts[2] not in tuple(Side):
        return dict(hands), None
    side, about = Side(parts[2]), parts[3]
    numbers = [value for value in message.arguments if isinstance(value, float)]
    if len(numbers) != len(message.arguments):
        return dict(hands), None
    after = _said(hands.get(side, Spoken()).at(t_s), about, parts[4:], numbers, t_s)
    return ({**hands, side: after}, side) if after is not None else (dict(hands), None)


def _said(hand: Spoken, about: str, rest: list[str], numbers: list[float], t_s: float) -> Spoken | None:
    if rest and about != "contact":
        return None
    if about == "curl" and len(numbers) == 5 and _within(numbers, 0.0, 1.0):
        return replace(hand, curl=dict(zip(FINGERS, numbers, strict=True)), angle_rad=None)
    if about == "splay" and len(numbers) == 5 and _within(numbers, -1.0, 1.0):
        # All five together at -1, as far apart as they go at 1; the thumb's has no part in the spread.
        return replace(hand, spread=(sum(numbers[1:]) / 4 + 1.0) / 2)
    if about == "joints" and len(numbers) == 20 and _within(numbers, -90.0, 180.0):
        return replace(hand, angle_rad=tuple(radians(value) for value in numbers))
    if about == "quality" and len(numbers) == 1 and _within(numbers, 0.0, 1.0):
        return replace(hand, quality=numbers[0])
    names = {finger.value: finger for finger in LONG_FINGERS} | {"pinky": Finger.LITTLE}
    if about == "contact" and len(rest) == 1 and rest[0] in names and len(numbers) == 1:
        before, finger = hand.contacts or frozenset(), names[rest[0]]
        after = before | {finger} if numbers[0] >= 0.5 else before - {finger}
        return replace(hand, contacts=after, touch_s={**hand.touch_s, finger: t_s})
    return None


def _hear_bone(hands: Mapping[Side, Spoken], message: Message, t_s: float) -> tuple[dict[Side, Spoken], Side | None]:
    if len(message.arguments) != 8:
        return dict(hands), None
    name, *numbers = message.arguments
    bone = BONES.get(str(name)) or BONES.get(str(name).replace("Little", "Pinky"))
    turn = [value for value in numbers[3:] if isinstance(value, float)]
    if bone is None or len(turn) != 4 or sum(value * value for value in turn) < 0.25:
        return dict(hands), None
    side, finger, n = bone
    hand = hands.get(side, Spoken()).at(t_s)
    bends = list(hand.bones.get(finger, (0.0, 0.0, 0.0)))
    bends[n] = bend_of((turn[0], turn[1], turn[2], turn[3]), side, finger)
    bones, bone_s = {**hand.bones, finger: (bends[0], bends[1], bends[2])}, {**hand.bone_s, finger: t_s}
    return {**hands, side: replace(hand, bones=bones, bone_s=bone_s, angle_rad=None)}, side


def bend_of(turn: tuple[float, float, float, float], side: Side, finger: Finger) -> float:
    """Radians of flexion in a bone's local rotation (x, y, z, w). Avatars stand with arms out and palms down: long
    fingers bend about z, a left hand's with positive sign; the thumb bends about no one axis, so its whole turn
    counts."""
    x, y, z, w = turn
    if finger is Finger.THUMB:
        length = (x * x + y * y + z * z + w * w) ** 0.5
        return min(2 * acos(min(abs(w) / length, 1.0)), _MOST_BEND_RAD)
    about_z = 2 * atan2(z, w)
    about_z = (about_z + pi) % (2 * pi) - pi
    bend = about_z if side is Side.LEFT else -about_z
    return min(max(bend, -_MOST_BEND_RAD / 4), _MOST_BEND_RAD)


def _closed(finger: Finger, bends_rad: Joints) -> float:
    """How far a finger is closed, from its bones. A thumb's first bone swings it across the palm and does not bend."""
    bent = sum(bends_rad[1:]) if finger is Finger.THUMB else sum(bends_rad)
    if finger is Finger.THUMB:
        return min(max(bent / ABLE_ADULT.bend[finger].full, 0.0), 1.0)
    return ABLE_ADULT.bend[finger].share(bent)


def _within(numbers: list[float], least: float, most: float) -> bool:
    """In range, but for a hair: a float that travelled may come out a little beyond its end."""
    return all(least - 1e-3 <= value <= most + 1e-3 for value in numbers)
