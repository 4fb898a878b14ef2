"""Press and release with two thresholds each, so that a hand that trembles at one of them does not chatter."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Trigger:
    """A control is held from `press` upwards until it falls to `release`; both 0..1, press above release."""

    press: float
    release: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.release < self.press <= 1.0:
            raise ValueError(f"a trigger needs 0 <= release < press <= 1, not press={self.press}, {self.release=}")


# Pinch: pads closer than 0.25 hand sizes, then further than 0.45. Fist: fingers most of the way, then half open.
TRIGGERS: Mapping[str, Trigger] = {
    "pinch.index": Trigger(0.85, 0.62),
    "pinch.middle": Trigger(0.85, 0.62),
    "pinch.ring": Trigger(0.85, 0.62),
    "pinch.little": Trigger(0.85, 0.62),
    "fist": Trigger(0.85, 0.60),
}


def held_now(
    held: tuple[str, ...], values: Mapping[str, float], triggers: Mapping[str, Trigger] = TRIGGERS
) -> tuple[str, ...]:
    """Which controls are held, from which were held and where they are; in the order of the triggers."""
    now: list[str] = []
    for name, trigger in triggers.items():
        value = values.get(name)
        if value is not None and value > (trigger.release if name in held else trigger.press):
            now.append(name)
    return tuple(now)
