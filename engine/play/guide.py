"""The guided calibration: what is asked, step by step and try by try, and what is seen of each. No clock, no device.

Time passes only while the hand is seen; a hand that leaves the picture loses nothing.
"""

from dataclasses import dataclass, field

from engine.hand import HandFrame, Sample, Side
from engine.inputs import Role
from engine.motion.calibration import ASKED, PINCHES, Found, Seen, Step, find_ranges
from engine.motion.handmotion import HandMotion
from engine.motion.motion import Motion
from engine.play.game import Cue, Target

TRIES = 3
DO_S, BACK_S, FIRST_S, REACT_S = 3.0, 2.0, 3.5, 0.6
_MOST_PAUSE_S = 0.25
OPEN_TARGETS = (Target("fist", 0.0, 0.1),)
_ASKS: dict[Step, tuple[Target, ...]] = {
    Step.OPEN: OPEN_TARGETS,
    Step.FIST: (Target("fist", 0.97),),
    Step.SPREAD: (Target("spread", 0.97), Target("fist", 0.0, 0.1)),
    Step.WRIST: (Target("wrist", 0.97), Target("fist", 0.0, 0.1)),
    **{step: (Target(f"pinch.{finger}", 0.97),) for finger, step in PINCHES.items()},  # type: ignore[arg-type]
}


@dataclass(frozen=True)
class Part:
    """A stretch of the flow: what is asked, for how long, and whether it is a try or the way back between two."""

    step: Step
    n: int
    is_try: bool
    for_s: float

    @property
    def asked(self) -> Step:
        """What the hand does in it; on the way back, open."""
        return self.step if self.is_try else Step.OPEN


def parts() -> tuple[Part, ...]:
    """The whole flow: open first, with the wrist at rest; then each step a few times."""
    flow = [Part(Step.OPEN, 0, True, FIRST_S)]
    for step in ASKED[1:]:
        for n in range(TRIES):
            flow += [Part(step, n, True, DO_S), Part(step, n, False, BACK_S)]
    return tuple(flow)


@dataclass
class Guide:
    """Leads one hand through the flow; feed it every sample."""

    side: Side
    flow: tuple[Part, ...] = field(default_factory=parts)
    at: int = 0
    passed_s: float = 0.0
    tries: dict[Step, list[list[Seen]]] = field(default_factory=dict)
    motion: Motion = field(default_factory=Motion)
    _latest_s: float | None = None

    @property
    def part(self) -> Part | None:
        """What is asked now; None when all is done."""
        return self.flow[self.at] if self.at < len(self.flow) else None

    @property
    def share(self) -> float:
        """How much of this part is done, 0..1."""
        return 1.0 if self.part is None else min(1.0, self.passed_s / self.part.for_s)

    @property
    def hand(self) -> HandMotion:
        return self.motion.hands[self.side]

    def feed(self, sample: Sample) -> None:
        """One more sample."""
        self.motion.feed(sample)
        frame = sample.hand(self.side)
        if frame is not None and self.part is not None:
            self._pass(frame, self.part)

    def skip(self) -> None:
        """On to the next step: this one cannot be done today, and nothing is lost by it."""
        part = self.part
        while self.part is not None and part is not None and self.part.step is part.step:
            self._next()

    def cue(self) -> Cue | None:
        """What is asked now, for the ghost hand and for simulated hands."""
        return None if self.part is None else Cue(Role.AFFECTED, _ASKS[self.part.asked])

    def found(self) -> Found:
        return find_ranges(self.tries)

    def _pass(self, frame: HandFrame, part: Part) -> None:
        since_s = frame.t_s - self._latest_s if self._latest_s is not None else 0.0
        self._latest_s = frame.t_s
        self.passed_s += min(max(since_s, 0.0), _MOST_PAUSE_S)
        measures = self.hand.measures
        if part.is_try and self.passed_s >= REACT_S and measures is not None:
            some = self.tries.setdefault(part.step, [])
            while len(some) <= part.n:
                some.append([])
            some[part.n].append(Seen(measures, self.hand.wrist.flexion_rad))
        if self.passed_s >= part.for_s:
            self._next()

    def _next(self) -> None:
        self.at += 1
        self.passed_s = 0.0


def recorded(samples: list[Sample], side: Side) -> tuple[Found, int]:
    """The range of one hand in a recording in which nothing was asked, and in how many pictures it was seen."""
    motion, seen = Motion(), list[Seen]()
    for sample in samples:
        motion.feed(sample)
        hand = motion.hands[side]
        if sample.hand(side) is not None and hand.measures is not None:
            seen.append(Seen(hand.measures, hand.wrist.flexion_rad))
    return find_ranges({Step.ANYTHING: [seen]}), len(seen)
