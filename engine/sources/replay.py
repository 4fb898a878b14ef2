"""A recording as a source like any other, `replay:FILE`: a session's tape, or what `opposable track --json` printed.

A tape keeps joint angles ten times a second and controls sixty times; the hand is posed from both, so that what was a
touch is a touch again. It comes as fast as it is asked for; the window holds it to real time.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isfinite, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.hand import ALL_SENSED, FINGERS, Array, Finger, HandFrame, Sample, Sensed, Side
from engine.handmodel import HandAngles, hand_points
from engine.inputs import TICK_S, HandInput, Role, Tracking
from engine.linefile import whole_lines
from engine.motion.measures import palm_centre
from engine.motion.poses import as_felt, pose_for
from engine.motion.ranges import ABLE_ADULT, picture_place
from engine.play.tape import Tape, TapeError, read_tape
from engine.sources.onehand import OneHand
from engine.sources.source import Source, SourceError, SourceState, SourceStatus

if TYPE_CHECKING:
    from engine.play.game import Cue
    from engine.sources import Request

AT_ONCE = 4
LONGEST_FIRST_LINE = 1 << 20


class ReplaySource:
    """The samples of a recording, in order. `only`: the side of the one hand that is wanted, None for both; in `others`
    samples so far the other one was there."""

    def __init__(self, path: Path, only: Side | None = None) -> None:
        self.path, self.only = path, only
        self.others = 0
        self._problem = ""
        self._t_s = -1.0
        self._samples: Iterator[Sample] | None = samples_in(path)

    @property
    def name(self) -> str:
        return f"replay:{self.path}"

    @property
    def paced(self) -> bool:
        return False

    def read(self, timeout_s: float) -> list[Sample]:  # noqa: ARG002 - it never needs to wait
        """The next few samples."""
        given: list[Sample] = []
        while self._samples is not None and len(given) < AT_ONCE:
            try:
                sample = next(self._samples, None)
            except SourceError as problem:
                self._problem, sample = str(problem), None
            if sample is None:
                self._samples = None
            elif sample.t_s > self._t_s:
                self._t_s = sample.t_s
                self.others += self.only is not None and sample.hand(self.only.other) is not None
                given.append(sample if self.only is None else _only(sample, self.only))
        return given

    def status(self) -> SourceStatus:
        over = self._samples is None
        return SourceStatus(SourceState.ENDED if over else SourceState.RUNNING, self._problem)

    def follow(self, cue: "Cue | None", hand_time_s: float) -> None:
        """A recording has its own time."""

    def close(self) -> None:
        self._samples = None


def samples_in(path: Path) -> Iterator[Sample]:
    """Open a recording. Raises SourceError where it is not there, TapeError where it is neither kind; damage further on
    is raised when it is reached."""
    try:
        lines = whole_lines(path)
    except OSError as trouble:
        raise SourceError(
            f"source 'replay:{path}': it cannot be opened ({trouble.strerror}). Name a recording."
        ) from None
    first = _object(lines[0]) if lines else None
    if first is not None and "hands" in first:
        return _tracked(path, lines)
    try:
        return _taped(read_tape(path))
    except TapeError as problem:
        said = f"{problem.message}. It can be a tape (.tape.jsonl) or what `opposable track --json` printed."
        raise TapeError(path, problem.line, said) from None


def recorded_from(path: Path) -> str:
    """The source a recording was made from, or its kind alone, as its first line says; empty where it does not say."""
    try:
        with path.open("rb") as file:
            first = _object(file.readline(LONGEST_FIRST_LINE)) or {}
    except OSError:
        return ""
    said = first.get("header", first)
    source = said.get("source") if isinstance(said, dict) else None
    return source if isinstance(source, str) else ""


def _taped(tape: Tape) -> Iterator[Sample]:
    """One sample a tick, whose hands are as the game was told of them."""
    try:
        for tick in tape:
            t_s, frames = tick.n * TICK_S, {}
            for role in Role:
                hand, side = tick.given.hand(role), tick.given.side(role)
                if hand.tracking is Tracking.TRACKED:
                    pose = tick.poses.get(role)
                    angles = pose_for(hand.values) if pose is None else as_felt(pose.tolist(), hand.values)
                    frame = _frame(t_s, side, angles, _place(hand))
                    frames[side.value] = replace(frame, sensed=tick.sensed.get(role, ALL_SENSED))
            yield Sample(t_s, **frames)
    except TapeError as problem:
        raise SourceError(str(problem)) from None


def _place(hand: HandInput) -> Array | None:
    return None if hand.palm_xy is None else picture_place(hand.palm_xy, ABLE_ADULT)


def _frame(t_s: float, side: Side, angles: HandAngles, place_xy: Array | None) -> HandFrame:
    points = hand_points(angles, side)
    picture = None if place_xy is None else points[:, :2] - palm_centre(points)[:2] + place_xy
    return HandFrame(t_s, side, points, picture, 1.0)


def _tracked(path: Path, lines: list[bytes]) -> Iterator[Sample]:
    """The samples of `track --json`."""
    for number, line in enumerate(lines, start=1):
        said = _object(line)
        if said is not None and "summary" in said:
            return
        try:
            if said is None:
                raise ValueError("it is no object")
            t_s = float(said["t_s"])
            hands = [_hand(t_s, hand) for hand in said["hands"] if hand["state"] == Tracking.TRACKED]
        except (KeyError, TypeError, ValueError) as trouble:
            raise SourceError(f"{path}:{number}: this line is damaged ({trouble}).") from None
        yield Sample(t_s, **{hand.side.value: hand for hand in hands})


def _hand(t_s: float, said: Mapping[str, Any]) -> HandFrame:
    """One hand as it was printed: its points where they were written down, else posed from its angles."""
    side, confidence = Side(said["side"]), float(said["confidence"])
    sensed = sensed_of(said)
    if said.get("points_m") is not None:
        points = _array(said["points_m"], 3)
        picture = None if said.get("picture_xy") is None else _array(said["picture_xy"], 2)
        return HandFrame(t_s, side, points, picture, confidence, sensed)
    pose = pose_for({"spread": float(said["spread"])}).as_array().reshape(5, 4)
    for finger, row in zip(FINGERS, pose, strict=True):
        a, b, c = (radians(float(value)) for value in said["flexion_deg"][finger])
        # The thumb's three are its palmar abduction, MCP and IP.
        row[[0, 2, 3] if finger is FINGERS[0] else [0, 1, 2]] = a, b, c
    values = {f"pinch.{finger}": float(share) for finger, share in said["pinch"].items()}
    reach = said.get("reach_xy")
    place = None if reach is None else _place(HandInput(palm_xy=(float(reach[0]), float(reach[1]))))
    return replace(
        _frame(t_s, side, as_felt(pose.ravel().tolist(), values), place), confidence=confidence, sensed=sensed
    )


def sensed_of(said: Mapping[str, Any]) -> Sensed:
    """What `track --json` printed of how a hand was sensed. Raises ValueError."""
    return Sensed(said.get("angles_sensed") is not False, tuple(map(Finger, said.get("missing", ()))))


def _array(said: Any, width: int) -> Array:
    points = np.asarray(said, dtype=np.float64)
    if points.shape != (21, width) or not np.isfinite(points).all():
        raise ValueError(f"a hand has 21 points of {width} finite numbers")
    return points


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and _finite(said.get("t_s", 0.0)) else None


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def _only(sample: Sample, side: Side) -> Sample:
    frame = sample.hand(side)
    return sample if sample.hand(side.other) is None else Sample(sample.t_s, **{side.value: frame})


def open_replay(request: "Request") -> Source:
    """`replay:FILE`."""
    if not request.rest:
        raise SourceError("source 'replay:': the recording is missing; write replay:FILE.")
    one = request.hands == 1
    source = ReplaySource(Path(request.rest), request.only if one else None)
    return OneHand(source) if one and request.only is None else source
