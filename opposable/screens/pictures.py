"""When the pictures of a window are begun: sixty times a second, and just after a hand has come where that can be."""

from dataclasses import dataclass

from engine.inputs import TICK_S

SOONEST_S = 0.005
"""A picture that shows a hand is begun at most this much too early: more would be seen as an uneven pace."""
SOONER_SHARE, MARGIN_S, LATER_S = 0.05, 0.001, 0.0005
"""The even places move from hand to hand: sooner by this share of what a hand would have had to wait beyond the margin,
later by so much where one came while a picture was painted. A camera and a window would else stay out of step."""


@dataclass
class Places:
    """Even places in time for pictures. `next_s`: that of the next one; `hand`: whether a hand has come since the last
    was begun."""

    next_s: float
    hand: bool = False

    def wait_s(self, time_s: float) -> float:
        """How long until the next picture is to be begun."""
        return max(0.0, self.next_s - (SOONEST_S if self.hand else 0.0) - time_s)

    def begun(self, time_s: float) -> None:
        """A picture is begun. Where its place was missed by a whole one, the next ones have other places."""
        self.next_s = max(self.next_s, time_s - TICK_S) + TICK_S
        self.hand = False

    def hand_came(self, time_s: float, painting: bool) -> None:
        """A hand came, perhaps while a picture was painted: the next one is to show it soon. Of several in a picture's
        time the first moves the places."""
        if not self.hand:
            self.next_s += LATER_S if painting else -SOONER_SHARE * max(0.0, self.wait_s(time_s) - MARGIN_S)
        self.hand = True
