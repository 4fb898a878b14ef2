"""Every shipped level played whole by every simulated patient, without a window: how long it takes, and what came out.

Run: `python -m bench.catalogue`. Goal: at most 3 minutes in all.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count

from engine.clock import now_s
from engine.play.levelfile import find_levels, load_level, resolve_level
from engine.play.profiles import profiles
from games import all_games
from opposable.designer.simulation import Outcome, play_one

GOAL_S = 180.0


def played(job: tuple[str, str]) -> Outcome:
    """One level by one profile."""
    name, profile = job
    return play_one(load_level(resolve_level(name), all_games()), profile, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=cpu_count() or 1)
    asked = parser.parse_args()
    names = [file.name for file in find_levels(all_games()).levels]
    jobs = [(name, profile) for name in names for profile in profiles()]
    began_s = now_s()
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        outcomes = list(pool.map(played, jobs))
    took_s = now_s() - began_s
    for (name, profile), outcome in zip(jobs, outcomes, strict=True):
        rate = "-" if outcome.success_rate is None else f"{outcome.success_rate:.0%}"
        ended = "" if outcome.finished else "  did not end"
        print(f"{name:40} {profile:8} {rate:>5} reached {outcome.difficulty:4.1f} {outcome.minutes:5.1f} min{ended}")
    played_s = sum(sum(outcome.session_s) for outcome in outcomes)
    patients, minutes, speed = len(tuple(profiles())), played_s / 60, played_s / took_s
    print(f"{len(names)} levels by {patients} patients: {took_s:.0f} s for {minutes:.0f} min of play", end=" ")
    print(f"({speed:.0f} x real time on {asked.processes} processes); the goal is {GOAL_S:.0f} s")


if __name__ == "__main__":
    main()
