"""`opposable numbers`: what a recording tells of a hand, each number with how sure it is."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from engine.hand import LONG_FINGERS, Array, Finger, Side
from engine.linefile import whole_lines
from engine.motion.quality.fingers import flexion_deg, tam_word
from engine.motion.quality.measured import Measured
from engine.motion.quality.summary import Series, summarise
from engine.play.inputs import TICK_S, Role, Tracking
from engine.play.tape import TapeError, read_tape
from engine.strings import strings
from opposable.console import FINE, FOUND, complain, emit, say

THINNED = 2
"""A tape holds sixty ticks a second; the hand on it changes thirty times at most."""


def numbers(path: Path, *, as_json: bool) -> int:
    """Read a tape, or what `track --json` printed, and say what each hand in it did."""
    try:
        hands = of_tape(path) if path.name.endswith(".tape.jsonl") else of_track(path)
    except (TapeError, OSError, ValueError) as problem:
        complain(str(problem))
        return FOUND
    told = {name: summarise(series) for name, series in hands.items()}
    told = {name: found for name, found in told.items() if found}
    if not told:
        complain(f"{path}: there is no hand in it for long enough to measure.")
        return FOUND
    if as_json:
        emit({name: {key: _json(value) for key, value in found.items()} for name, found in told.items()})
        return FINE
    for name, found in told.items():
        say(f"{name}:")
        for key, value in found.items():
            if value.value is not None:
                of_norm = f", {strings().say(tam_word(value.value))}" if key.startswith("tam.") else ""
                behind = f"n = {value.n}, {value.valid_share:.0%} usable"
                say(f"  {strings().say(f'numbers.{key}'):44} {value}{of_norm}  ({behind})")
    say(strings().say("numbers.caution"))
    return FINE


def of_tape(path: Path) -> dict[str, Series]:
    """The hands of a session, by role."""
    tape = read_tape(path)
    rows: dict[Role, list[dict[str, Any]]] = {role: [] for role in Role}
    for tick in tape:
        if tick.n % THINNED:
            continue
        for role in Role:
            hand = tick.given.hand(role)
            seen = hand.tracking is Tracking.TRACKED
            pose = tick.poses.get(role) if seen else None
            rows[role].append(
                {
                    "t_s": tick.n * TICK_S,
                    "values": dict(hand.values) if seen else {},
                    "flexion": {} if pose is None else {f: flexion_deg(pose.tolist(), f) for f in LONG_FINGERS},
                    "palm": hand.palm_xy if seen else None,
                }
            )
    return {role.value: series for role, own in rows.items() if (series := _series(own)) is not None}


def of_track(path: Path) -> dict[str, Series]:
    """The hands that `opposable track SOURCE --json > FILE` saw, by side. Raises `ValueError` with file and line."""
    rows: dict[Side, list[dict[str, Any]]] = {side: [] for side in Side}
    for number, line in enumerate(whole_lines(path), start=1):
        try:
            said = json.loads(line)
            if "summary" in said:
                continue
            hands = {hand["side"]: hand for hand in said["hands"]}
            for side in Side:
                rows[side].append(_tracked(float(said["t_s"]), hands.get(side.value)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(
                f"{path}:{number}: this is neither a tape nor what `opposable track SOURCE --json` prints"
            ) from None
    return {side.value: series for side, own in rows.items() if (series := _series(own)) is not None}


def _tracked(t_s: float, hand: dict[str, Any] | None) -> dict[str, Any]:
    if hand is None or hand["state"] != Tracking.TRACKED:
        return {"t_s": t_s, "values": {}, "flexion": {}, "palm": None}
    values = {f"flexion.{finger}": share for finger, share in hand["flexion"].items()}
    values |= {f"pinch.{finger}": share for finger, share in hand["pinch"].items()}
    flexion = {finger: tuple(hand["flexion_deg"][finger]) for finger in LONG_FINGERS}
    return {"t_s": t_s, "values": {**values, "fist": hand["fist"]}, "flexion": flexion, "palm": hand["palm_xy"]}


def _series(rows: list[dict[str, Any]]) -> Series | None:
    """Rows of one hand as a series; None where it was never seen."""
    if not any(row["values"] for row in rows):
        return None
    names = list(dict.fromkeys(name for row in rows for name in row["values"]))
    nothing = (np.nan, np.nan, np.nan)
    angles: dict[Finger, Array] = {f: np.array([row["flexion"].get(f, nothing) for row in rows]) for f in LONG_FINGERS}
    placed = any(row["palm"] is not None for row in rows)
    return Series(
        t_s=np.array([row["t_s"] for row in rows]),
        values={name: np.array([row["values"].get(name, np.nan) for row in rows], dtype=float) for name in names},
        flexion_deg={finger: own for finger, own in angles.items() if np.isfinite(own).any()},
        palm_xy=np.array([row["palm"] or nothing[:2] for row in rows], dtype=float) if placed else None,
    )


def _json(measured: Measured) -> dict[str, Any]:
    said = {"value": measured.value, "unit": measured.unit, "n": measured.n, "valid_share": measured.valid_share}
    return {**said, "error": measured.error, "why": measured.why}
