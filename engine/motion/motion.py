"""Samples in, game input out: filter -> measures -> the person's own range -> controls and edges, for both hands."""

from collections.abc import Sequence

from engine.changed import changed
from engine.hand import HandFrame, Sample, Side
from engine.inputs import NO_HAND, HandInput, Tracking
from engine.motion.edges import held_now
from engine.motion.handmotion import PICTURES_TO_SETTLE, ROUNDING_S, HandMotion, is_lost
from engine.motion.looking import Look, look, look_ahead
from engine.motion.ranges import ABLE_ADULT, Ranges, control_values, reach_xy
from engine.motion.wrist import feel

# A hand lost for no longer than this has not gone away, the camera blinked: what it has done meanwhile counts. A hand
# that was away longer starts afresh, without an edge.
BLINK_S = 0.5
UNKNOWN = ("wrist",)
# Every camera is late by about the same time, picture after picture. That much lateness is allowed for before a hand
# counts as coasting; more of it could not be played with. A share of each new lateness is believed.
MOST_LAG_S, LAG_SHARE = 0.3, 0.1


def see(hand: HandMotion, frame: HandFrame, looked: Look) -> HandMotion:
    """One more frame of this hand."""
    measures, returned = looked.measures, is_lost(hand.seen_s, frame.t_s)
    wrist = feel(hand.wrist, measures, frame.t_s)
    values = control_values(measures, hand.ranges, hand.values, wrist.flexion_rad, looked.shares)
    away = _was_away(hand, frame.t_s) if returned else hand.away
    looks_held = held_now(hand.looks_held, values, hand.ranges.triggers)
    # Where no picture was looked at, the next one is as good as any. A hand that was looked for and not found is found
    # anew, and its first pictures may show it in any shape.
    anew = returned and (away or hand.absent)
    settled = hand.alike == PICTURES_TO_SETTLE and not anew
    goes_on = looks_held == hand.looks_held and not anew
    alike = PICTURES_TO_SETTLE if settled else 1 + (hand.alike if goes_on else 0)
    # What is found held after an absence was held on the way back and makes no edge; after a blink, it makes one, once
    # it has settled.
    held = looks_held if away or alike == PICTURES_TO_SETTLE else hand.held
    edges = hand.edges if held == hand.held or (away and not settled) else hand.edges + _edges(hand.held, held)
    return changed(
        hand,
        smoothed=looked.smoothed,
        measures=measures,
        values=values,
        palm_xy=reach_xy(measures, hand.ranges),
        held=held,
        edges=edges,
        confidence=frame.confidence,
        seen_s=frame.t_s,
        looks_held=looks_held,
        alike=alike,
        away=away,
        absent=False,
        wrist=wrist,
        sensed=frame.sensed,
    )


def _is_newer(hand: HandMotion, t_s: float) -> bool:
    return hand.seen_s is None or t_s > hand.seen_s


def _was_away(hand: HandMotion, t_s: float) -> bool:
    """Whether a lost hand that is back at `t_s` had been away, or was not yet settled from when it was."""
    gone = hand.seen_s is None or t_s - hand.seen_s > BLINK_S + ROUNDING_S
    return gone or (hand.away and hand.alike < PICTURES_TO_SETTLE)


def _edges(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    released = tuple((name, False) for name in before if name not in after)
    return released + tuple((name, True) for name in after if name not in before)


def hand_input(hand: HandMotion, now_s: float) -> HandInput:
    """What the game is told of this hand at `now_s`."""
    if hand.seen_s is None:
        return NO_HAND
    tracking = hand.tracking(now_s)
    unknown = UNKNOWN if hand.wrist.flexion_rad is None else ()
    if not hand.edges:
        return HandInput(tracking, hand.values, hand.palm_xy, hand.held, unknown=unknown)
    pressed = tuple([name for name, is_press in hand.edges if is_press])
    released = tuple([name for name, is_press in hand.edges if not is_press])
    return HandInput(tracking, hand.values, hand.palm_xy, hand.held, pressed, released, unknown)


class Motion:
    """Both hands of one person. Feed it every sample; take one input per tick. Each edge is given out exactly once,
    however many samples came between two ticks, or none."""

    def __init__(self, ranges: dict[Side, Ranges] | None = None) -> None:
        self.hands = {side: HandMotion(side, (ranges or {}).get(side, ABLE_ADULT)) for side in Side}
        self._told = {side: (hand, NO_HAND) for side, hand in self.hands.items()}
        self._lag_s: float | None = None
        self._looked: dict[HandFrame, Look] = {}

    def expect(self, samples: Sequence[Sample]) -> None:
        """Samples that are known already and will be fed one by one: looked at together, they cost much less."""
        self._looked = look_ahead(self.hands.values(), samples)

    def feed(self, sample: Sample, now_s: float | None = None) -> None:
        """One more sample, of one or both hands; `now_s` is when it came, where that is later than it was taken."""
        if now_s is not None:
            late_s = min(max(now_s - sample.t_s, 0.0), MOST_LAG_S)
            self._lag_s = late_s if self._lag_s is None else self._lag_s + LAG_SHARE * (late_s - self._lag_s)
        for side, hand in self.hands.items():
            frame = sample.hand(side)
            if frame is not None:
                looked = self._looked.get(frame)
                if looked is None or looked.before is not hand.smoothed:
                    looked = look(hand, frame)
                if looked is not None:
                    self.hands[side] = see(hand, frame, looked)
            elif not hand.absent and _is_newer(hand, sample.t_s):
                self.hands[side] = changed(hand, absent=True)

    def tick(self, now_s: float) -> dict[Side, HandInput]:
        """Both hands now, with every edge since the last tick."""
        picture_s, inputs = self._picture_time_s(now_s), {}
        for side, hand in self.hands.items():
            told_of, told = self._told[side]
            # Between two samples there is nothing new to tell of a hand, unless time has made it stale; and of one
            # that was never seen there is nothing at all.
            if hand is not told_of or (hand.seen_s is not None and hand.tracking(picture_s) is not told.tracking):
                told = hand_input(hand, picture_s)
                self._told[side] = hand, told
                if hand.edges:
                    self.hands[side] = changed(hand, edges=())
            inputs[side] = told
        return inputs

    def tracking(self, side: Side, now_s: float) -> Tracking:
        """How well this hand is seen now."""
        return self.hands[side].tracking(self._picture_time_s(now_s))

    def _picture_time_s(self, now_s: float) -> float:
        """The moment a picture that arrives now would be of."""
        return now_s - (self._lag_s or 0.0)

    def pose(self, side: Side) -> tuple[float, ...] | None:
        """The hand's 20 joint angles, radians, as last seen, for showing; None before it was seen."""
        measures = self.hands[side].measures
        return None if measures is None else measures.angle_rad
