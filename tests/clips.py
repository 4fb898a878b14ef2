"""Clips of hands whose movements are known, and what any source makes of a movement: for tests of every source."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from engine.hand import Array, HandFrame, Sample, Side
from engine.motion.motion import Motion
from engine.motion.ranges import Ranges
from engine.play.inputs import TICK_S, HandInput
from engine.sources import SourceState, open_source

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
