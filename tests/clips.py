"""Clips of hands whose movements are known, and what any source makes of a movement: for tests of every source."""

import json
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from engine.hand import Array, HandFrame, Sample, Side
from engine.inputs import TICK_S, HandInput
from engine.motion.identity import Identity
from engine.motion.motion import Motion
from engine.motion.ranges import Ranges
from engine.sources import SourceState, open_source
from engine.sources.camera import sample_of
from engine.tracking.messages import Found
from engine.tracking.supervisor import Supervisor

CLIPS = Path(__file__).resolve().parents[2] / "shared" / "clips"
ONE_HAND = (
    "dim_room",
    "fist",
    "lost",
    "opposition",
    "pick_and_place",
    "pinch_index",
    "small_range",
    "spread",
    "taps",
)
ALL = (*ONE_HAND, "two_hands")
WIDTH_PX = 640

Presses = Counter[tuple[Side, str]]


@dataclass(frozen=True)
class Edge:
    """A press or a release as a game was told of it."""

    t_s: float
    side: Side
    control: str
    is_press: bool


@dataclass(frozen=True)
class TrueHand:
    """One hand in one picture as it was drawn: landmarks in picture widths, MCP, PIP, DIP flexion by finger."""

    side: Side
    picture_xy: Array
    flexion_deg: dict[str, tuple[float, float, float]]


def true_hands(folder: Path, name: str) -> list[tuple[TrueHand, ...]]:
    """What a clip shows, picture by picture."""
    frames = json.loads((folder / f"{name}.json").read_text())["frames"]
    return [tuple(_true_hand(hand) for hand in frame["hands"]) for frame in frames]


def _true_hand(drawn: dict[str, object]) -> TrueHand:
    flexion = drawn["flexion_deg"]
    assert isinstance(flexion, dict)
    bends = {("little" if finger == "pinky" else finger): tuple(values) for finger, values in flexion.items()}
    return TrueHand(Side(str(drawn["side"])), np.array(drawn["landmarks_px"]) / WIDTH_PX, bends)


def samples_of(spec: str, hands: Literal[1, 2] = 1, side: Side | None = None) -> list[Sample]:
    """Every sample of a source that comes to an end."""
    source = open_source(spec, hands, side)
    samples: list[Sample] = []
    try:
        over = False
        while not over:
            # Ask first: what has arrived by the end is still to be read after it.
            over = source.status().state in (SourceState.ENDED, SourceState.GONE)
            samples += source.read(0.2)
        assert source.status().state is SourceState.ENDED, source.status()
    finally:
        source.close()
    return samples


def found_of(written: str, hands: Literal[1, 2] = 1) -> list[Found]:
    """What the tracker finds in every picture of a video that is read fast."""
    supervisor, found, over = Supervisor(written, hands, every_one=True), list[Found](), False
    try:
        while not over:
            over = supervisor.status().state in (SourceState.ENDED, SourceState.GONE)
            found += [detection.found for detection in supervisor.take(0.2)]
        assert supervisor.status().state is SourceState.ENDED, supervisor.status()
    finally:
        supervisor.close()
    return found


def samples_from(found: Sequence[Found], hands: Literal[1, 2] = 1, only: Side | None = None) -> list[Sample]:
    """The same pictures as samples, as a source makes them."""
    identity, samples = Identity(hands, only), []
    for one in found:
        identity, sample = sample_of(identity, one)
        samples.append(sample)
    return samples


class Playback:
    """Samples fed to motion, and what a game is told of them 60 times a second. A copy goes on by itself."""

    def __init__(self, first_s: float, ranges: dict[Side, Ranges] | None = None) -> None:
        self._motion, self._next_s = Motion(ranges), first_s
        self.edges: list[Edge] = []

    def feed(self, sample: Sample) -> None:
        """Every tick that lies before this sample, then the sample."""
        self.until(sample.t_s)
        self._motion.feed(sample)

    def until(self, t_s: float) -> None:
        while self._next_s < t_s:
            for side, hand in self._motion.tick(self._next_s).items():
                self.edges += [Edge(self._next_s, side, name, False) for name in hand.released]
                self.edges += [Edge(self._next_s, side, name, True) for name in hand.pressed]
            self._next_s += TICK_S

    def copy(self) -> "Playback":
        return deepcopy(self)


def told(
    samples: Sequence[Sample], ranges: dict[Side, Ranges] | None = None
) -> list[tuple[float, dict[Side, HandInput]]]:
    """What a game is told, 60 times a second, from the first sample to a second after the last."""
    motion, due, out = Motion(ranges), list(reversed(samples)), []
    first_s, last_s = samples[0].t_s, samples[-1].t_s
    for tick in range(round((last_s - first_s + 1.0) / TICK_S)):
        now_s = first_s + tick * TICK_S
        while due and due[-1].t_s <= now_s:
            motion.feed(due.pop())
        out.append((now_s, motion.tick(now_s)))
    return out


def edges_of(samples: Sequence[Sample], ranges: dict[Side, Ranges] | None = None) -> list[Edge]:
    """Every press and release a game is told of, in order."""
    edges = []
    for t_s, hands in told(samples, ranges):
        for side, hand in hands.items():
            edges += [Edge(t_s, side, name, False) for name in hand.released]
            edges += [Edge(t_s, side, name, True) for name in hand.pressed]
    return edges


def presses_of(samples: Sequence[Sample], ranges: dict[Side, Ranges] | None = None) -> Presses:
    """How often each control of each hand was pressed."""
    return Counter((edge.side, edge.control) for edge in edges_of(samples, ranges) if edge.is_press)


def hands_of(samples: Sequence[Sample]) -> list[HandFrame]:
    """Every hand in every sample."""
    return [hand for sample in samples for hand in (sample.left, sample.right) if hand is not None]


def blinded(samples: Sequence[Sample], numbers: set[int], *, empty: bool) -> list[Sample]:
    """The samples without those of these numbers, or with nobody in them (`empty`)."""
    if empty:
        return [Sample(sample.t_s) if n in numbers else sample for n, sample in enumerate(samples)]
    return [sample for n, sample in enumerate(samples) if n not in numbers]
