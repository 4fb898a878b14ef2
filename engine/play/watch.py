"""Keeping an eye on a trial: how long it has run, and how much of it the camera really saw. Shared by all games."""

from dataclasses import dataclass

from engine.inputs import COASTING, TRACKED, HandInput

VOID_SHARE = 0.20


@dataclass(frozen=True)
class Watch:
    """One trial so far. `seen_s` is the part in which the hand was seen (a short gap that is coasted over is part
    of it), `blind_s` the part in which nothing fresh was known: coasting or lost.

    Only `seen_s` may run against a time limit: nobody is hurried by a camera.
    """

    seen_s: float = 0.0
    blind_s: float = 0.0
    lost_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """How long the trial has run, seen or not."""
        return self.seen_s + self.lost_s

    @property
    def void(self) -> bool:
        """More than a fifth of the trial was not seen: it is not counted, whatever came of it."""
        return self.blind_s > VOID_SHARE * (self.seen_s + self.lost_s)

    def after(self, hand: HandInput, dt_s: float) -> "Watch":
        """The watch one tick later."""
        tracking = hand.tracking
        if tracking is TRACKED:
            return Watch(self.seen_s + dt_s, self.blind_s, self.lost_s)
        if tracking is COASTING:
            return Watch(self.seen_s + dt_s, self.blind_s + dt_s, self.lost_s)
        return Watch(self.seen_s, self.blind_s + dt_s, self.lost_s + dt_s)


NOTHING_SEEN = Watch()
