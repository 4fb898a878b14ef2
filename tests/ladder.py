"""Where simulated patients stand on a level's ladder: the difficulty at which 31 of 40 trials succeed.

    python -m tests.ladder coin_drop/01 [stage_1 ...]

The adaptation itself finds it: four usual days of forty trials, of which the second halves count.
"""

import sys
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.levelfile import LevelFile, load_level, resolve_level
from engine.play.profiles import profile_named
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games

CLAIMED = {"stage_1": (2.0, 3.0), "stage_2": (5.0, 6.0), "stage_3": (7.0, 8.0), "able": (9.0, 10.0)}
"""Where each profile should stand on every level that it can play."""
OWN = {1: "stage_1", 2: "stage_2", 3: "stage_3"}
"""Whom a level of each stage is for."""
NEAR, NEAR_OWN = 1.0, 0.5
"""How far beside its rung a hand may stand, levels: any hand, and those that the level is for."""
TRIALS, SETTLED_FROM, QUICK_TRIALS = 40, 20, 20
SEEDS = (1, 2, 3, 4)
USUAL_DAY = {"day_levels": 0.0, "bad_day": 0.0, "tires_levels": 0.0, "warm_up_levels": 0.0}


def stands_at(file: LevelFile, name: str, seeds: tuple[int, ...] = SEEDS, trials: int = TRIALS) -> float:
    """The level, 0 to 10, that this simulated patient plays with the success the level aims at."""
    low, high = CLAIMED[name]
    patient = replace(profile_named(name), **USUAL_DAY)  # type: ignore[arg-type]
    begins = file.level.difficulty.model_copy(update={"start": (low + high) / 2, "min": 0.0, "max": 10.0})
    level = file.level.model_copy(update={"sets": 1, "repetitions": trials, "difficulty": begins})
    found: list[float] = []
    for seed in seeds:
        source = SimulatedSource(patient, seed)
        session = Session(file.game, level, seed)
        run(session, source, Motion(source.ranges()))
        found += [change.level for change in session.changes][SETTLED_FROM * trials // TRIALS :]
    return fmean(found)


def stands_quickly_at(file: LevelFile, name: str, near: float) -> float:
    """The same from one day of twenty trials, and only where that is not near the claim from four days of forty. Played
    without the slow movement before it, which no rung depends on."""
    slow = {"settle_s": 0.0} if "settle_s" in type(file.level).model_fields else {}
    file = replace(file, level=file.level.model_copy(update=slow))
    stands = stands_at(file, name, seeds=(1,), trials=QUICK_TRIALS)
    return stands if apart(name, stands) <= near else stands_at(file, name)


def apart(name: str, level: float) -> float:
    """How far from the claimed stretch of the ladder, levels; 0 inside it."""
    low, high = CLAIMED[name]
    return max(0.0, low - level, level - high)


def hold_to_claim(file: LevelFile) -> None:
    """Every patient stands near its rung, the one a level is for and an able hand nearer than the others; and the more
    a hand can do, the higher it stands."""
    rungs = [stands_quickly_at(file, name, near_for(file, name)) for name in CLAIMED]
    if not each_above_the_one_before(rungs):
        rungs = [stands_at(file, name) for name in CLAIMED]
    for name, stands in zip(CLAIMED, rungs, strict=True):
        near = near_for(file, name)
        assert apart(name, stands) <= near, f"{name} stands at {stands:.1f}, claimed {CLAIMED[name]}"
    assert each_above_the_one_before(rungs), rungs


def near_for(file: LevelFile, name: str) -> float:
    """How far beside its rung this hand may stand on this level."""
    return NEAR_OWN if name in (OWN[file.level.stage], "able") else NEAR


def each_above_the_one_before(rungs: list[float]) -> bool:
    return all(lower + 1 < higher for lower, higher in pairwise(rungs))


def main() -> None:
    file = load_level(resolve_level(sys.argv[1]), all_games())
    for name in sys.argv[2:] or CLAIMED:
        print(f"{file.name:<32} {name:<8} {stands_at(file, name):5.2f}   claimed {CLAIMED[name]}", flush=True)


if __name__ == "__main__":
    main()
