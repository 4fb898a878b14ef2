"""The movements a level may ask for, each by the control it is measured with."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi
from typing import Literal

from engine.inputs import ControlName

MovementName = Literal[
    "fist",
    "spread",
    "thumb_across",
    "touch_index",
    "touch_middle",
    "touch_ring",
    "touch_little",
    "tap_index",
    "tap_middle",
    "tap_ring",
    "tap_little",
    "wrist",
]
LONG_FLEXIONS: tuple[ControlName, ...] = ("flexion.index", "flexion.middle", "flexion.ring", "flexion.little")


@dataclass(frozen=True)
class Movement:
    """`control`: from open (0) to the pose (1). `others`: fingers that should stay behind. `roll_rad`: how far the hand
    is turned thumb up, so that the movement is seen from above. `picture`: its icon."""

    control: ControlName
    picture: str
    roll_rad: float = 0.0
    others: tuple[ControlName, ...] = ()


def _tap(control: ControlName) -> Movement:
    picture = control.replace("flexion.", "tap_")
    return Movement(control, picture, 0.18 * pi, tuple(name for name in LONG_FLEXIONS if name != control))


MOVEMENTS: Mapping[MovementName, Movement] = {
    "fist": Movement("fist", "fist", 0.22 * pi),
    "spread": Movement("spread", "spread"),
    "thumb_across": Movement("opposition", "thumb_across", 0.72 * pi),
    "touch_index": Movement("pinch.index", "touch", 0.34 * pi),
    "touch_middle": Movement("pinch.middle", "touch_middle", 0.34 * pi),
    "touch_ring": Movement("pinch.ring", "touch_ring", 0.38 * pi),
    "touch_little": Movement("pinch.little", "touch_little", 0.42 * pi),
    "tap_index": _tap("flexion.index"),
    "tap_middle": _tap("flexion.middle"),
    "tap_ring": _tap("flexion.ring"),
    "tap_little": _tap("flexion.little"),
    "wrist": Movement("wrist", "wrist", 0.40 * pi),
}
