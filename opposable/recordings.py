"""Recordings as series to be measured: the tape of a session, or what `opposable track --json` printed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.hand import ALL_SENSED, LONG_FINGERS, TIPS, Array, Finger, Landmark, Sensed, Side
from engine.inputs import TICK_HZ, TICK_S, Role, Tracking
from engine.motion.quality.fingers import flexion_deg
from engine.motion.quality.summary import Series
from engine.play.game import Cue
from engine.play.record import RESULTS, TAPE, RecordError, read_lines
from engine.play.results import read_results
from engine.play.tape import Tape, Tick, read_tape
from engine.sources.replay import sensed_of
from opposable.tapeplayer import TapePlayer

THINNED = 2
"""A tape holds sixty ticks a second; the hand on it changes thirty times at most."""
PALM = [Landmark.INDEX_MCP, Landmark.MIDDLE_MCP, Landmark.LITTLE_MCP]
ASKED_FOR_TICKS = TICK_HZ // 2
"""What was asked for less long than this was on the move."""


def of_tape(path: Path) -> dict[str, Series]:
    """The hands of a session, by role. Raises `TapeError` where the tape cannot be read, `LevelErrors` where the level
    it was played on is no longer understood."""
    tape = read_tape(path)
    rows: dict[Role, list[dict[str, Any]]] = {role: [] for role in Role}
    asked: dict[Role, list[float]] = {role: [] for role in Role}
    alone: dict[Role, list[tuple[Finger, float, float]]] = {role: [] for role in Role}
    for tick, cue, new in _with_what_was_asked(tape):
        for role in () if cue is None else cue.roles:
            _lengthen(alone[role], _one_finger(cue), tick.n * TICK_S)
        for role in new:
            asked[role].append(tick.n * TICK_S)
        if tick.n % THINNED:
            continue
        for role in Role:
            rows[role].append(_ticked(tick, role))
    latency_s = _latency_s(path)
    return {
        role.value: replace(series, asked_s=tuple(asked[role]), asked_alone=tuple(alone[role]), latency_s=latency_s)
        for role, own in rows.items()
        if (series := _series(own)) is not None
    }


def _with_what_was_asked(tape: Tape) -> Iterator[tuple[Tick, Cue | None, tuple[Role, ...]]]:
    """Every tick, and whom the game asked for something new in it. What moves on all the time is asked but once."""
    player, before, since = TapePlayer(tape), None, 0
    for moment in player.moments():
        tick, cue = moment.tick, player.session.cue
        targets = None if cue is None else cue.targets
        new = cue is not None and targets != before and tick.n - since >= ASKED_FOR_TICKS
        if targets != before:
            before, since = targets, tick.n
        yield tick, cue, cue.roles if new and cue is not None else ()


def _one_finger(cue: Cue | None) -> Finger | None:
    """The long finger that alone is asked to do something; None where more or something else is asked."""
    asked = {target.control for target in (cue.targets if cue else ()) if target.low > 0}
    alone = {finger for finger in LONG_FINGERS if asked and asked <= {f"flexion.{finger}", f"pinch.{finger}"}}
    return next(iter(alone), None)


def _lengthen(windows: list[tuple[Finger, float, float]], finger: Finger | None, t_s: float) -> None:
    """One more tick in which this finger was asked: the last window goes on, or another begins."""
    if finger is None:
        return
    if windows and windows[-1][0] is finger and t_s - windows[-1][2] < 1.5 * TICK_S:
        windows[-1] = (finger, windows[-1][1], t_s)
    else:
        windows.append((finger, t_s, t_s))


def _ticked(tick: Tick, role: Role) -> dict[str, Any]:
    hand = tick.given.hand(role)
    seen = hand.tracking is Tracking.TRACKED
    pose = tick.poses.get(role) if seen else None
    return {
        "t_s": tick.n * TICK_S,
        "values": dict(hand.values) if seen else {},
        "flexion": {} if pose is None else {f: flexion_deg(pose.tolist(), f) for f in LONG_FINGERS},
        "palm": hand.palm_xy if seen else None,
        "sensed": tick.sensed.get(role, ALL_SENSED),
    }


def _latency_s(tape: Path) -> float | None:
    """From a picture to the screen, as it was measured in this session; None where it was not."""
    try:
        seeing = read_results(tape.with_name(tape.name.removesuffix(TAPE) + RESULTS)).seeing
    except (OSError, RecordError):
        return None
    whole = {} if seeing is None else seeing.delays.get("capture_to_shown", {})
    return float(whole["p50_ms"]) / 1000 if "p50_ms" in whole else None


def of_track(path: Path) -> dict[str, Series]:
    """The hands that `opposable track SOURCE --json > FILE` saw, by side. Raises `RecordError`."""
    rows: dict[Side, list[dict[str, Any]]] = {side: [] for side in Side}
    for number, line in enumerate(read_lines(path), start=1):
        try:
            said = json.loads(line)
            if "summary" in said:
                continue
            hands = {hand["side"]: hand for hand in said["hands"]}
            for side in Side:
                rows[side].append(_tracked(float(said["t_s"]), hands.get(side.value)))
        except (ValueError, KeyError, TypeError, AttributeError):
            said = "this is neither a tape nor what `opposable track SOURCE --json` prints"
            raise RecordError(path, number, said) from None
    return {side.value: series for side, own in rows.items() if (series := _series(own)) is not None}


def _tracked(t_s: float, hand: dict[str, Any] | None) -> dict[str, Any]:
    if hand is None or hand["state"] != Tracking.TRACKED:
        return {"t_s": t_s, "values": {}, "flexion": {}, "palm": None}
    values = {f"flexion.{finger}": share for finger, share in hand["flexion"].items()}
    values |= {f"pinch.{finger}": share for finger, share in hand["pinch"].items()}
    flexion = {finger: tuple(hand["flexion_deg"][finger]) for finger in LONG_FINGERS}
    shares = {**values, "fist": hand["fist"]}
    row = {"t_s": t_s, "values": shares, "flexion": flexion, "palm": hand["palm_xy"], "sensed": sensed_of(hand)}
    # In the picture a camera sees best; a glove has no picture.
    return {**row, "points": hand.get("landmarks_px"), "every": hand.get("picture_xy") or hand.get("points_m")}


def _series(rows: list[dict[str, Any]]) -> Series | None:
    """Rows of one hand as a series; None where it was never seen."""
    if not any(row["values"] for row in rows):
        return None
    names = list(dict.fromkeys(name for row in rows for name in row["values"]))
    nothing = (np.nan, np.nan, np.nan)
    angles: dict[Finger, Array] = {f: np.array([row["flexion"].get(f, nothing) for row in rows]) for f in LONG_FINGERS}
    placed = any(row["palm"] is not None for row in rows)
    pictured = any(row.get("points") is not None for row in rows)
    unseen = np.full((21, 2), np.nan)
    every = [row.get("every") for row in rows]
    sensed = {row["sensed"] for row in rows if row["values"]}
    return Series(
        t_s=np.array([row["t_s"] for row in rows]),
        values={name: np.array([row["values"].get(name, np.nan) for row in rows], dtype=float) for name in names},
        flexion_deg={finger: own for finger, own in angles.items() if np.isfinite(own).any()},
        palm_xy=np.array([row["palm"] or nothing[:2] for row in rows], dtype=float) if placed else None,
        points_px=np.array([unseen if (p := row.get("points")) is None else p for row in rows]) if pictured else None,
        tips_sizes=_tips_sizes(every),
        sensed=Sensed(
            all(each.angles for each in sensed),
            tuple(finger for finger in Finger if any(finger in each.missing for each in sensed)),
        ),
    )


def _tips_sizes(every: list[list[list[float]] | None]) -> Array | None:
    """The five fingertips (n, 5, k) of unfiltered points, in hand sizes; None where no points were kept."""
    first = next((points for points in every if points is not None), None)
    if first is None:
        return None
    unseen = np.full(np.shape(first), np.nan)
    points = np.array([unseen if one is None else one for one in every], dtype=float)
    size = float(np.nanmedian(np.linalg.norm(points[:, PALM] - points[:, [Landmark.WRIST]], axis=2)))
    tips: Array = points[:, list(TIPS.values())] / size if size > 0 else np.full((len(points), 5, 2), np.nan)
    return tips
