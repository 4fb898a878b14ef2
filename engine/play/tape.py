"""The tape a live session goes through: everything the game was told, so that a replay is the same session again.

JSON lines: a header; one line for each tick in which something changed; the record of what happened (trial results);
an end. A tape that was cut anywhere, even within a line, still plays up to the cut.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.hand import ALL_SENSED, FINGERS, Array, Sensed
from engine.inputs import TICK_HZ, GameInput, Role
from engine.linefile import LineFile
from engine.play.game import Event
from engine.play.record import Header, RecordError, compact, is_whole, read_header, read_lines, read_object
from engine.play.tapeline import HANDS, changed, changes, rounded, without_edges

TapeError = RecordError

POSE_EVERY_TICKS = 6
FLUSH_TICKS = TICK_HZ // 2
# A line at least this often, so that a cut tape knows how long nothing happened.
LONGEST_SILENCE_TICKS = TICK_HZ // 2
END = b'{"end":'
ANGLES = 20
POSE_STEPS = 100
MOST_POSE = 20 * POSE_STEPS

Poses = Mapping[Role, Array]
SensedHands = Mapping[Role, Sensed]


@dataclass(frozen=True, eq=False)
class Tick:
    """One tick as the game was told it. `poses`: the latest joint angles (20,) of each hand that was drawn, radians;
    `events`: what was written down after this tick, as plain data with its `kind`; `sensed`: what was measured of the
    hands that were not measured whole."""

    n: int
    given: GameInput
    poses: Poses = field(default_factory=dict)
    events: tuple[dict[str, Any], ...] = ()
    sensed: SensedHands = field(default_factory=dict)


class TapeWriter:
    """Writes a tape while the session runs. Every tick goes through `tick`, and the game sees what it returns."""

    def __init__(self, path: Path, header: Header) -> None:
        self._file = LineFile(path)
        self._file.write(header.line())
        self._file.flush()
        self._now = GameInput()
        self._given: GameInput | None = None
        self._ticks = 0
        self._said_at = -1
        self._poses: dict[str, list[int]] = {}
        self._sensed: dict[str, Sensed] = {}

    @property
    def problem(self) -> str:
        """What keeps the tape from being written now, in the system's words; empty while all is well."""
        return self._file.problem

    def tick(self, given: GameInput, poses: Poses | None = None, sensed: SensedHands | None = None) -> GameInput:
        """The next tick: put it on the tape and return it as the tape has it."""
        # Between two samples a session gives the very same input again; then nothing has changed.
        if given is self._given and not _has_edges(given):
            exact, said = self._now, {}
        else:
            exact = rounded(given)
            said = changes(without_edges(self._now), exact)
        self._given = given
        if poses and self._ticks % POSE_EVERY_TICKS == 0:
            said |= self._pose_changes(poses)
        if sensed:
            said |= self._sensed_changes(sensed)
        if said or self._ticks == 0 or self._ticks - self._said_at >= LONGEST_SILENCE_TICKS:
            self._file.write(compact({"t": self._ticks, **said}))
            self._said_at = self._ticks
        self._now = exact
        self._ticks += 1
        if self._ticks % FLUSH_TICKS == 0:
            self._file.flush()
        return exact

    def event(self, event: Event) -> None:
        """Write down what happened in the latest tick; it is safe from a crash when this returns."""
        if self._said_at < self._ticks - 1:
            self._said_at = self._ticks - 1
            self._file.write(compact({"t": self._said_at}))
        said = {"kind": type(event).__name__, **asdict(event)}
        self._file.write(compact({"event": said}))
        self._file.flush()

    def close(self) -> None:
        """The session came to its end; without this line a tape counts as interrupted. May be called twice."""
        if self._ticks >= 0:
            self._file.write(compact({"end": {"ticks": self._ticks}}))
            self._ticks = -1
        self._file.close()

    def _pose_changes(self, poses: Poses) -> dict[str, list[int]]:
        said = {}
        for letter, role in HANDS.items():
            if role not in poses:
                continue
            old = self._poses.get(letter, [0] * ANGLES)
            new = _pose_steps(poses[role])
            if new != old:
                said["pose_" + letter] = [n - o for n, o in zip(new, old, strict=True)]
                self._poses[letter] = new
        return said

    def _sensed_changes(self, sensed: SensedHands) -> dict[str, list[int]]:
        said = {}
        for letter, role in HANDS.items():
            new = sensed.get(role, ALL_SENSED)
            if new != self._sensed.get(letter, ALL_SENSED):
                self._sensed[letter] = new
                said["sensed_" + letter] = [int(new.angles), *map(FINGERS.index, new.missing)]
        return said


def _has_edges(given: GameInput) -> bool:
    hands = (given.affected, given.unaffected)
    return given.go_on or any(hand.pressed or hand.released for hand in hands)


def _pose_steps(angle_rad: Array) -> list[int]:
    steps = np.nan_to_num(np.asarray(angle_rad, dtype=float).reshape(ANGLES), posinf=0.0, neginf=0.0) * POSE_STEPS
    return [int(step) for step in np.clip(np.rint(steps), -MOST_POSE, MOST_POSE)]


@dataclass(frozen=True)
class Tape:
    """A tape that was opened: its header, whether it was cut short, and its ticks."""

    path: Path
    header: Header
    interrupted: bool
    lines: tuple[bytes, ...] = field(repr=False)

    def __iter__(self) -> Iterator[Tick]:
        """Every tick from the first, also those in which nothing changed. Raises `TapeError` at a damaged line."""
        tick: Tick | None = None
        for number, line in enumerate(self.lines, start=2):
            said = read_object(self.path, number, line)
            try:
                if "event" in said:
                    tick = _with_event(tick, said["event"])
                    continue
                next_n = _next_tick(tick, said["end"]["ticks"] if "end" in said else said["t"])
                following = _following(tick, next_n, said)
            except (KeyError, TypeError, ValueError) as error:
                raise TapeError(self.path, number, f"this line is damaged ({error})") from None
            if tick is not None:
                yield tick
                quiet = without_edges(tick.given)
                for n in range(tick.n + 1, next_n):
                    yield Tick(n, quiet, tick.poses, sensed=tick.sensed)
            if "end" in said:
                return
            tick = following
        if tick is not None:
            yield tick


def read_tape(path: Path) -> Tape:
    """Open a tape. Raises `TapeError` where its first line cannot be read."""
    lines = read_lines(path)
    header = read_header(path, lines[0])
    last = lines[-1]
    if len(lines) > 1 and not is_whole(last):
        lines = lines[:-1]
    return Tape(path, header, interrupted=not last.startswith(END), lines=tuple(lines[1:]))


def _with_event(tick: Tick | None, event: Any) -> Tick:
    if tick is None or not isinstance(event, dict):
        raise ValueError("an event follows the tick in which it happened")
    return replace(tick, events=(*tick.events, event))


def _next_tick(tick: Tick | None, n: Any) -> int:
    first, last = (0, 0) if tick is None else (tick.n + 1, tick.n + LONGEST_SILENCE_TICKS)
    if type(n) is not int or not first <= n <= max(first, last):
        raise ValueError(f"tick {n!r} cannot follow here")
    return n


def _following(tick: Tick | None, n: int, said: Mapping[str, Any]) -> Tick:
    before = GameInput() if tick is None else without_edges(tick.given)
    poses = dict(tick.poses) if tick is not None else {}
    sensed = dict(tick.sensed) if tick is not None else {}
    for letter, role in HANDS.items():
        if "pose_" + letter in said:
            poses[role] = _pose(poses.get(role), said["pose_" + letter])
        if "sensed_" + letter in said:
            sensed[role] = _sensed(said["sensed_" + letter])
    return Tick(n, changed(before, said), poses, sensed=sensed)


def _sensed(said: Any) -> Sensed:
    if not isinstance(said, list) or not said or any(n not in range(len(FINGERS)) for n in said) or said[0] > 1:
        raise ValueError("what was sensed is 0 or 1, then numbers of fingers")
    return Sensed(bool(said[0]), tuple(FINGERS[n] for n in said[1:]))


def _pose(before: Array | None, steps: Any) -> Array:
    if not isinstance(steps, list) or len(steps) != ANGLES or any(type(step) is not int for step in steps):
        raise ValueError("a pose has 20 whole numbers")
    if max(map(abs, steps)) > 2 * MOST_POSE:
        raise ValueError("no joint bends that far")
    old = np.zeros(ANGLES) if before is None else np.rint(before * POSE_STEPS)
    pose: Array = (old + np.array(steps)) / POSE_STEPS
    return pose
