"""What is told of a source that is followed: sample by sample, and in all."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.clock import now_s
from engine.hand import FINGERS, LONG_FINGERS, Finger, Sample, Side
from engine.inputs import HandInput, Tracking
from engine.motion.handmotion import HandMotion
from engine.motion.motion import Motion
from engine.play.delays import Delays
from engine.play.delays import in_words as delays_in_words
from engine.sources.source import Source
from engine.strings import strings
from opposable.console import emit, say
from opposable.ownranges import RangesInUse

_SEEN_FOR_S = 0.25
"""A sample speaks for so long at most; what is longer was silence."""
_LOST_S = 0.5


class TrackLog:
    """Prints samples as they come and keeps what the summary needs. `only`: the hand that is shown, None for all;
    `said`: the side that the person has said, now or before."""

    def __init__(
        self, only: Side | None, as_json: bool, own: RangesInUse | None = None, said: Side | None = None
    ) -> None:
        self.only, self.as_json, self.said = only, as_json, said or only
        self.own = own or RangesInUse()
        self.motion = Motion(self.own.ranges)
        self.frames = 0
        self.with_hand = 0
        self.with_hand_s = 0.0
        self.seen_s: dict[Side, float] = {}
        self.lost: set[Side] = set()
        self.arrived_s = now_s()
        self.presses: dict[Side, Counter[str]] = {each: Counter() for each in Side}
        self.latency_ms: list[float] = []
        self.first_s = self.last_s = 0.0
        self.hint: str | None = None

    def add(self, sample: Sample, source: Source) -> None:
        """One more sample: measure it, count it, print it."""
        if self.frames == 0:
            self.first_s = sample.t_s
        self.frames += 1
        since_s, self.last_s = sample.t_s - (self.last_s if self.frames > 1 else sample.t_s), sample.t_s
        self.arrived_s = now_s()
        self.motion.feed(sample)
        inputs = self.motion.tick(sample.t_s)
        shown = {each: hand for each, hand in inputs.items() if hand.seen and self.only in (None, each)}
        with_hand = any(hand.tracking is Tracking.TRACKED for hand in shown.values())
        self.with_hand += with_hand
        self.with_hand_s += min(since_s, _SEEN_FOR_S) if with_hand else 0.0
        events = []
        for each, hand in shown.items():
            self.presses[each].update(hand.pressed)
            events += [{"control": name, "side": each, "edge": "release"} for name in hand.released]
            events += [{"control": name, "side": each, "edge": "press"} for name in hand.pressed]
        latency = source.status().latency
        if latency is not None:
            self.latency_ms.append(latency.total_ms)
        width_px = getattr(source, "picture_width_px", None)
        hint = getattr(source, "hint", None)
        if self.as_json:
            seen = [_hand(sample, self.motion.hands[each], hand, width_px) for each, hand in shown.items()]
            said = {"t_s": round(sample.t_s, 4), "hands": seen, "events": events, "hint": hint}
            emit(said | {"source": self.own.kind})
        else:
            self._tell_of_gaps(sample.t_s, shown)
            if hint is not None and hint != self.hint:
                say(f"{sample.t_s - self.first_s:8.2f} s  {strings().say(f'hint.{hint}')}")
            for event in events:
                say(f"{sample.t_s - self.first_s:8.2f} s  {event['side']:<5}  {event['control']}  {event['edge']}")
        self.hint = hint

    def _tell_of_gaps(self, t_s: float, shown: Mapping[Side, HandInput]) -> None:
        """A hand that was lost lets go of what it held without an edge: so say that it was, and when it is back."""
        for side in Side:
            tracked = side in shown and shown[side].tracking is Tracking.TRACKED
            gap_s = t_s - self.seen_s.get(side, t_s)
            if gap_s > _LOST_S and side not in self.lost:
                self.lost.add(side)
                say(f"{self.seen_s[side] - self.first_s:8.2f} s  {side:<5}  lost here; what it held is let go")
            if tracked:
                if side in self.lost:
                    self.lost.remove(side)
                    say(f"{t_s - self.first_s:8.2f} s  {side:<5}  back after {gap_s:.1f} s")
                self.seen_s[side] = t_s

    def _share_of_time(self, source: Source) -> float:
        """How much of the time a hand was seen; the silence of a live source counts, to this moment."""
        whole_s = self.last_s - self.first_s
        silent_s = now_s() - self.arrived_s if source.paced and self.frames else 0.0
        whole_s += silent_s if silent_s > _SEEN_FOR_S else 0.0
        if whole_s <= 0.0:
            return self.with_hand / self.frames if self.frames else 0.0
        return min(1.0, self.with_hand_s / whole_s)

    def summary(self, source: Source) -> dict[str, Any]:
        """What was seen in all: rates over the recording's own time."""
        duration_s = self.last_s - self.first_s
        total = sum(self.presses.values(), Counter())
        latency = None
        if self.latency_ms:
            p50, p95 = np.percentile(self.latency_ms, [50, 95])
            latency = {"p50": round(float(p50), 2), "p95": round(float(p95), 2)}
        rate = source.status().rate_hz
        if rate is None and duration_s > 0:
            rate = (self.frames - 1) / duration_s
        return {
            "frames": self.frames,
            "tracked": round(self._share_of_time(source), 4),
            "presses": dict(total),
            "presses_by_side": {each.value: dict(count) for each, count in self.presses.items() if count},
            "side": self.said,
            "ranges": self.own.said,
            "latency_ms": latency,
            "fps": None if rate is None else round(rate, 2),
            "model": source.status().model,
            "delays": delays_of(source).summary(),
        }

    def close(self, source: Source) -> None:
        """Print the summary."""
        summary = self.summary(source)
        if self.as_json:
            emit({"summary": summary})
            return
        if not self.frames:
            return
        presses = ", ".join(f"{name} {count}" for name, count in summary["presses"].items()) or "none"
        say(f"{summary['frames']} samples, a hand in {summary['tracked']:.1%} of the time. Presses: {presses}.")
        if self.only is not None and getattr(source, "others", None) and not self.with_hand:
            say(f"A {self.only.other} hand was there, and no {self.only} one: try --side {self.only.other}.")
        for each in sorted(self.seen_s) or sorted(self.presses if self.only is None else [self.only]):
            if self.own.has_own(each):
                say(f"{each.capitalize()} hand: {self.own.sentence(each)}")
        if summary["latency_ms"]:
            say(f"Picture to sample: {summary['latency_ms']['p50']} ms, 95 % within {summary['latency_ms']['p95']} ms.")
        if summary["delays"]:
            say(f"Step by step: {delays_in_words(summary['delays'])}.")
        if summary["model"]:
            say(f"Hand model: {summary['model']}.")


def delays_of(source: Source) -> Delays:
    """How long each step took in this source; empty where it does not know."""
    delays = getattr(source, "delays", None)
    return delays if isinstance(delays, Delays) else Delays()


def _rounded(xy: tuple[float, float] | None) -> list[float] | None:
    return None if xy is None else [round(value, 4) for value in xy]


def _degrees(angle_rad: float | None) -> float | None:
    return None if angle_rad is None else round(float(np.degrees(angle_rad)), 2)


def _hand(sample: Sample, motion: HandMotion, hand: HandInput, width_px: int | None) -> dict[str, Any]:
    frame, measures = sample.hand(motion.side), motion.measures
    picture = None if frame is None else frame.picture_xy
    degrees = np.degrees(measures.angle_rad if measures else np.zeros(20)).round(2).reshape(5, 4).tolist()
    # The thumb has no middle joint: its palmar abduction, MCP and IP stand in the three places.
    by_joint: dict[str, list[float]] = {Finger.THUMB: [degrees[0][0], *degrees[0][2:]]}
    by_joint |= {finger: row[:3] for finger, row in zip(LONG_FINGERS, degrees[1:], strict=True)}
    values = {name: round(value, 4) for name, value in hand.values.items()}
    return {
        "side": motion.side,
        "state": hand.tracking,
        "confidence": round(motion.confidence, 3),
        "angles_sensed": motion.sensed.angles,
        "missing": list(motion.sensed.missing),
        "palm_xy": _rounded(measures.palm_xy if measures else None),
        "reach_xy": _rounded(hand.palm_xy),
        "landmarks_px": (picture * width_px).round(1).tolist() if picture is not None and width_px else None,
        "picture_xy": None if picture is None else picture.round(5).tolist(),
        "points_m": None if frame is None else frame.points_m.round(5).tolist(),
        "flexion_deg": by_joint,
        "flexion": {finger: values[f"flexion.{finger}"] for finger in FINGERS},
        "pinch": {finger: values[f"pinch.{finger}"] for finger in LONG_FINGERS},
        "aperture": {finger: round(each, 4) for finger, each in measures.aperture_by_finger.items()}
        if measures
        else None,
        "fist": values["fist"],
        "spread": values["spread"],
        "opposition": values["opposition"],
        "wrist": None if "wrist" in hand.unknown else values.get("wrist"),
        "wrist_flexion_deg": _degrees(motion.wrist.flexion_rad),
    }
