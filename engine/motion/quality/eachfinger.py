"""Each finger by itself: how far it moves alone, how still it stays, how alike its pinches are."""

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from engine.hand import LONG_FINGERS, Array, Finger
from engine.motion.quality.fingers import (
    FULL_TAM_DEG,
    READING_ERROR_DEG,
    enslaving,
    excursion_slopes,
    individuation,
    pinch_precision,
    stationarity,
)
from engine.motion.quality.measured import TWO_SIDED_95, Measured, untold
from engine.motion.quality.signals import runs
from engine.motion.ranges import ABLE_ADULT

CLEARLY_MORE, LEAST_STEPS, LEAST_EXCURSION = 1.25, 6, 0.25
"""One finger leads where each of so many steps in a row is clearly its own, and it goes so far of its range by them.
Our choice, from no publication. LEAST_EXCURSION: two readings of a finger's bend may differ by 0.17 of its range
(READING_ERROR, 95 %), and a movement is to stand clear of that. CLEARLY_MORE and LEAST_STEPS (0.2 s at 30 readings a
second): enough that no finger led by chance in 160 simulated closings and openings of a fist, each finger unsteady by
0.03 of its range below 2 Hz (with 1.1 one in forty did); more would leave out more of those that take others along."""
READING_ERROR = READING_ERROR_DEG * sqrt(3) / FULL_TAM_DEG
PINCHED, TOUCHING = 0.75, 0.999
READING_ERROR_M, ADULT_HAND_M = 0.0048, 0.084
APART_SIZES = ABLE_ADULT.aperture[Finger.INDEX].rest - ABLE_ADULT.aperture[Finger.INDEX].full
PINCH_READING_ERROR = READING_ERROR_M / (ADULT_HAND_M * APART_SIZES)
"""Standard deviation of a distance between fingertips by camera (Sci Prog 2023, 28 healthy adults), of an able
adult's way from open to touching."""
OTHERS = len(LONG_FINGERS) - 1
NOT_SENSED = "numbers.why.not_sensed"


def alone(bends: Array, asked: Sequence[tuple[int, Array]] = ()) -> dict[str, Measured]:
    """Enslaving of all, individuation and stationarity of each finger, from the windows in which it alone was asked.
    Where none was, from the movements in which one clearly leads: with a note, since those in which the others went
    along as far as the leading one are missing there. A finger's individuation needs its own movements only; the others
    need those of every finger. All are of the four long fingers: no thumb is in them.

    `bends`: (n, 4), 0..1 of the range of each long finger, NaN where it was not seen; `asked`: the place of the asked
    finger among the long ones, and the bends in its window.
    """
    movements, note = [_when_asked(asked, j) for j in range(len(LONG_FINGERS))], "numbers.long_fingers"
    led = not any(movements)
    if led:
        movements, note = [_led(bends, j) for j in range(len(LONG_FINGERS))], "numbers.only_led"
    if not any(movements):
        seen = np.isfinite(bends).all(axis=1).sum() > 2 * LEAST_STEPS
        return none_alone("numbers.why.no_single_fingers" if seen else "numbers.why.not_seen")
    found = none_alone("numbers.why.not_every_finger")
    slopes = np.array([np.mean(own, axis=0) if own else np.full(len(LONG_FINGERS), np.nan) for own in movements])
    were_asked = {who for who, _ in asked}
    for j, (finger, own) in enumerate(zip(LONG_FINGERS, movements, strict=True)):
        if not own:
            untouched = "not_by_itself" if led or j in were_asked else "not_asked"
            found[f"individuation.{finger}"] = untold("of 1", f"numbers.why.{untouched}")
            continue
        individual = float(individuation(slopes)[j])
        error = TWO_SIDED_95 * sqrt(_variance(own, _others(j)))
        found[f"individuation.{finger}"] = Measured(individual, "of 1", len(own), 1.0, error, note=note)
    if all(movements):
        still, counts = stationarity(slopes), [len(own) for own in movements]
        for j, finger in enumerate(LONG_FINGERS):
            # It comes from the movements of the other fingers, and is no surer than those of the rarest.
            error = TWO_SIDED_95 * sqrt(sum(_variance(movements[i], [j]) for i in _others(j))) / OTHERS
            fewest = min(counts[i] for i in _others(j))
            found[f"stationarity.{finger}"] = Measured(float(still[j]), "of 1", fewest, 1.0, error, note=note)
        # Each finger's movements weigh the same, however many there were.
        error = 100 * TWO_SIDED_95 * sqrt(sum(_variance(own, _others(j)) for j, own in enumerate(movements)))
        error /= len(LONG_FINGERS)
        found["enslaving"] = Measured(enslaving(slopes), "%", min(counts), 1.0, error, note=note)
    return found


def _others(finger: int) -> list[int]:
    return [each for each in range(len(LONG_FINGERS)) if each != finger]


def _variance(own: list[Array], along: list[int]) -> float:
    """The variance of how far these fingers went along, on the mean of one finger's movements: by their scatter where
    it is more than the instrument's. Fingers of one movement go together, so each movement's mean is taken."""
    went = np.abs(np.array(own)[:, along]).mean(axis=1)
    scatter = float(np.var(went, ddof=1)) if len(went) > 1 else 0.0
    return max(scatter, READING_ERROR**2) / len(went)


def none_alone(why: str) -> dict[str, Measured]:
    """What `alone` tells where it cannot."""
    each = {
        f"{name}.{finger}": untold("of 1", why) for name in ("individuation", "stationarity") for finger in LONG_FINGERS
    }
    return {"enslaving": untold("%", why), **each}


def _when_asked(asked: Sequence[tuple[int, Array]], finger: int) -> list[Array]:
    """How far each finger went along in every window in which this one was asked and moved, (4,) each; however far the
    others went."""
    found = []
    for who, window in asked:
        piece = window[np.isfinite(window).all(axis=1)]
        if who == finger and len(piece) >= LEAST_STEPS and np.ptp(piece[:, finger]) >= LEAST_EXCURSION:
            found.append(excursion_slopes(np.repeat(piece[None], len(LONG_FINGERS), axis=0))[finger])
    return found


def _led(bends: Array, finger: int) -> list[Array]:
    """How far each finger went along in every movement led by this one, (4,) each."""
    step = np.nan_to_num(np.diff(bends, axis=0))
    own, others = np.abs(step[:, finger]), np.delete(np.abs(step), finger, axis=1).max(axis=1)
    leads = own > np.maximum(CLEARLY_MORE * others, 1e-3)
    pieces = [step[a:b] for a, b in runs(leads) if b - a >= LEAST_STEPS]
    return [
        piece.T @ piece[:, finger] / float(piece[:, finger] @ piece[:, finger])
        for piece in pieces
        if abs(piece[:, finger].sum()) >= LEAST_EXCURSION
    ]


def pinches(values: Mapping[str, Array], missing: Sequence[Finger] = ()) -> dict[str, Measured]:
    """How alike the closed ends of each finger's pinches are, of the way from open to touching. Pads that touch cannot
    come any closer, so only pinches that end short of it tell anything; fewer than two of them do not. None is told of
    fingers, or of a thumb, of which nothing was sensed (`missing`)."""
    found = {}
    for finger in LONG_FINGERS:
        closing = values.get(f"pinch.{finger}")
        if closing is None:
            continue
        key, unit, ends = f"pinch_precision.{finger}", "of the way to touching", _closed_ends(closing)
        if {finger, Finger.THUMB} & {*missing}:
            found[key] = untold(unit, NOT_SENSED)
            continue
        told = [end for end in ends if end < TOUCHING]
        spread = pinch_precision(told)
        if spread is None:
            why = "numbers.why.all_touched" if len(ends) > 1 else "numbers.why.no_pinches"
            found[key] = untold(unit, why, len(ends))
        else:
            # The standard error of a standard deviation (Ahn & Fessler 2003): s / sqrt(2 (n - 1)).
            error = TWO_SIDED_95 * max(spread, PINCH_READING_ERROR) / sqrt(2 * (len(told) - 1))
            found[key] = Measured(spread, unit, len(told), len(told) / len(ends), error)
    return found


def _closed_ends(closing: Array) -> list[float]:
    """The furthest closing of each pinch."""
    return [float(closing[a:b].max()) for a, b in runs(np.nan_to_num(closing) >= PINCHED)]
