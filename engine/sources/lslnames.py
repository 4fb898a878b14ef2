"""The channels of a lab stream, in and out: which name means which part of which hand. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.hand import FINGERS, LONG_FINGERS, Finger, Side
from engine.inputs import HandInput, Tracking

_SIDES = {"l": Side.LEFT, "left": Side.LEFT, "r": Side.RIGHT, "right": Side.RIGHT}
_FINGERS = {**{finger.value: finger for finger in FINGERS}, "pinky": Finger.LITTLE}
_KINDS = ("curl", "splay", "pinch")
JOINTS = 20


class Channel(NamedTuple):
    """One channel: whose hand (None: it does not say), which finger, and what of it: curl, splay or pinch."""

    side: Side | None
    finger: Finger
    kind: str


def channel_of(label: str) -> Channel | None:
    """`r_index_curl`, `left.thumb`, `Index Splay`: in any order; None where it names no finger."""
    words = label.lower().replace(".", "_").replace(" ", "_").replace("-", "_").split("_")
    finger = next((_FINGERS[word] for word in words if word in _FINGERS), None)
    known = {*_FINGERS, *_SIDES, *_KINDS, "flexion", "bend"}
    if finger is None or any(word not in known for word in words):
        return None
    side = next((_SIDES[word] for word in words if word in _SIDES), None)
    return Channel(side, finger, next((word for word in words if word in _KINDS), "curl"))


def channels_of(labels: Sequence[str], count: int) -> tuple[Channel | None, ...]:
    """What each channel is. Without names five are the curls, ten the curls and then the splays; () where nothing can
    be made of them. (Twenty channels without names are joint angles.)"""
    named = tuple(channel_of(label) for label in labels)
    if sum(channel is not None and channel.kind == "curl" for channel in named) >= 3:
        return named
    curls = tuple(Channel(None, finger, "curl") for finger in FINGERS)
    splays = tuple(Channel(None, finger, "splay") for finger in FINGERS)
    return {5: curls, 10: curls + splays}.get(count, ())


def _out_labels() -> tuple[str, ...]:
    each = [
        *(f"{finger}_curl" for finger in FINGERS),
        *(f"{finger}_pinch" for finger in LONG_FINGERS),
        "fist", "spread", "opposition", "palm_x", "palm_y", "tracked",
    ]  # fmt: skip
    return tuple(f"{side.value[0]}_{name}" for side in Side for name in each)


OUT_LABELS = _out_labels()
"""The channels of the stream this program gives out: the left hand's, then the right hand's, 15 each."""
_NOT_KNOWN = float("nan")


def out_values(hands: Mapping[Side, HandInput]) -> list[float]:
    """One sample of that stream: controls 0..1, not-a-number for what was never seen; `tracked` is 1 or 0."""
    values: list[float] = []
    for side in Side:
        hand = hands[side]
        names = [
            *(f"flexion.{finger}" for finger in FINGERS),
            *(f"pinch.{finger}" for finger in LONG_FINGERS),
            "fist", "spread", "opposition",
        ]  # fmt: skip
        values += [hand.values.get(name, _NOT_KNOWN) for name in names]
        values += hand.palm_xy or (_NOT_KNOWN, _NOT_KNOWN)
        values.append(1.0 if hand.tracking is Tracking.TRACKED else 0.0)
    return values
