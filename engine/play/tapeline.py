"""One tick of game input as a short line: what changed since the tick before, in whole ten-thousandths.

The game sees the rounded input, so a tape that is played back shows it exactly the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from engine.hand import Side
from engine.inputs import CONTROLS, GameInput, HandInput, Role, Tracking

STEPS = 10_000
MOST = 1000 * STEPS
HANDS = {"a": Role.AFFECTED, "u": Role.UNAFFECTED}
_PLACE: dict[str, int] = {control: n for n, control in enumerate(CONTROLS)}
_LETTER = {Tracking.TRACKED: "t", Tracking.COASTING: "c", Tracking.LOST: "l"}
_TRACKING = {letter: tracking for tracking, letter in _LETTER.items()}


def rounded(given: GameInput) -> GameInput:
    """The input as a tape can hold it; what is no number counts as not seen. Doing it twice changes nothing."""
    return replace(
        given,
        affected=_rounded_hand(given.affected),
        unaffected=_rounded_hand(given.unaffected),
        difficulty=_steps(given.difficulty) / STEPS,
        offsets=tuple((part, _steps(offset) / STEPS) for part, offset in given.offsets),
    )


def _rounded_hand(hand: HandInput) -> HandInput:
    values: dict[str, float] = {
        control: _steps(hand.values[control]) / STEPS for control in CONTROLS if control in hand.values
    }
    palm = hand.palm_xy
    return HandInput(
        hand.tracking,
        values,
        None if palm is None else (_steps(palm[0]) / STEPS, _steps(palm[1]) / STEPS),
        _known(hand.held),
        _known(hand.pressed),
        _known(hand.released),
        _known(hand.unknown),
    )


def _known(controls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(control for control in controls if control in _PLACE)


def _steps(value: float) -> int:
    return min(max(round(value * STEPS), -MOST), MOST) if isfinite(value) else 0


def changes(before: GameInput, now: GameInput) -> dict[str, Any]:
    """What a line must say so that `before` becomes `now`; both rounded. Edges are said anew at every tick."""
    said: dict[str, Any] = {}
    for letter, role in HANDS.items():
        if hand := _hand_changes(before.hand(role), now.hand(role)):
            said[letter] = hand
    if now.difficulty != before.difficulty:
        said["d"] = _steps(now.difficulty)
    if now.offsets != before.offsets:
        said["o"] = {part: _steps(offset) for part, offset in now.offsets}
    if now.assisted != before.assisted:
        said["help"] = now.assisted
    if now.affected_side != before.affected_side:
        said["side"] = str(now.affected_side)
    if now.go_on:
        said["go_on"] = True
    return said


def _hand_changes(before: HandInput, now: HandInput) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if now.tracking is not before.tracking:
        said["s"] = _LETTER[now.tracking]
    if now.values != before.values:
        said["v"] = [
            _steps(now.values[c]) - _steps(before.values.get(c, 0.0)) if c in now.values else None for c in CONTROLS
        ]
    if now.palm_xy != before.palm_xy:
        old = before.palm_xy or (0.0, 0.0)
        new = now.palm_xy
        said["p"] = None if new is None else [_steps(new[0]) - _steps(old[0]), _steps(new[1]) - _steps(old[1])]
    if now.held != before.held:
        said["h"] = [_PLACE[control] for control in now.held]
    if now.unknown != before.unknown:
        said["n"] = [_PLACE[control] for control in now.unknown]
    for letter, controls in (("e", now.pressed), ("r", now.released)):
        if controls:
            said[letter] = [_PLACE[control] for control in controls]
    return said


def without_edges(given: GameInput) -> GameInput:
    """The input as it goes on when nothing new is said: presses, releases and the end of a rest last one tick."""
    return replace(
        given,
        affected=replace(given.affected, pressed=(), released=()),
        unaffected=replace(given.unaffected, pressed=(), released=()),
        go_on=False,
    )


def changed(before: GameInput, said: Mapping[str, Any]) -> GameInput:
    """The inverse of `changes`. Raises `ValueError` for a line that no tape of ours can hold."""
    return replace(
        before,
        affected=_changed_hand(before.affected, said.get("a", {})),
        unaffected=_changed_hand(before.unaffected, said.get("u", {})),
        difficulty=_number(said["d"]) / STEPS if "d" in said else before.difficulty,
        assisted=said.get("help", before.assisted) is True,
        offsets=_offsets(said["o"]) if "o" in said else before.offsets,
        affected_side=Side(said["side"]) if "side" in said else before.affected_side,
        go_on=said.get("go_on", False) is True,
    )


def _offsets(said: Any) -> tuple[tuple[str, float], ...]:
    if not isinstance(said, dict):
        raise ValueError("offsets must be an object")
    return tuple((part, _number(steps) / STEPS) for part, steps in said.items())


def _changed_hand(before: HandInput, said: Any) -> HandInput:
    if not isinstance(said, dict):
        raise ValueError("a hand must be an object")
    values = before.values
    if "v" in said:
        steps = _list(said["v"], len(CONTROLS))
        values = {
            control: (_steps(before.values.get(control, 0.0)) + _number(step)) / STEPS
            for control, step in zip(CONTROLS, steps, strict=True)
            if step is not None
        }
    palm = before.palm_xy
    if "p" in said:
        old = palm or (0.0, 0.0)
        palm = None
        if said["p"] is not None:
            x, y = _list(said["p"], 2)
            palm = ((_steps(old[0]) + _number(x)) / STEPS, (_steps(old[1]) + _number(y)) / STEPS)
    return HandInput(
        _tracking(said["s"]) if "s" in said else before.tracking,
        values,
        palm,
        _controls(said["h"]) if "h" in said else before.held,
        _controls(said.get("e", [])),
        _controls(said.get("r", [])),
        _controls(said["n"]) if "n" in said else before.unknown,
    )


def _tracking(letter: Any) -> Tracking:
    if not isinstance(letter, str) or letter not in _TRACKING:
        raise ValueError("a hand is tracked (t), coasting (c) or lost (l)")
    return _TRACKING[letter]


def _controls(places: Any) -> tuple[str, ...]:
    numbers = [_number(place) for place in _list(places)]
    if any(not 0 <= number < len(CONTROLS) for number in numbers):
        raise ValueError("there is no such control")
    return tuple(CONTROLS[number] for number in numbers)


def _list(said: Any, length: int | None = None) -> Sequence[Any]:
    if not isinstance(said, list) or (length is not None and len(said) != length):
        raise ValueError("a list of another length was expected")
    return said


def _number(said: Any) -> int:
    if type(said) is not int or abs(said) > 2 * MOST:
        raise ValueError("a whole number within bounds was expected")
    return said
