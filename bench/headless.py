"""How fast simulated patients play, hand model and motion pipeline included: python -m bench.headless

Prints, for each profile and level, simulated seconds per second of this processor, trials, and the share that
succeeded without help. At the end: all of it together, and how quick the processor was meanwhile. Time that other
programs take does not count, but they do slow the processor down where its cores share a chip: a fixed piece of plain
Python, run between the sessions, tells a busy machine from slow code.
"""

import argparse
import gc
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from multiprocessing import get_context
from os import cpu_count
from time import process_time

from engine.clock import now_s
from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.game import TrialEnded
from engine.play.level import LevelBase
from engine.play.levelfile import AnyGame, load_level, resolve_level
from engine.play.profiles import profile_named, profiles
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games

YARDSTICK_ROUNDS = 200_000
LEVELS = ("coin_drop/01_one_coin", "coin_drop/02_small_change", "coin_drop/03_full_palm")


def play(game: AnyGame, level: LevelBase, profile: str, seed: int) -> tuple[float, list[TrialEnded]]:
    """Seconds played, and every trial, of one simulated session."""
    source = SimulatedSource(profile_named(profile), seed)
    session = Session(game, level, seed)
    trials: list[TrialEnded] = []
    run(session, source, Motion(source.ranges()), heard=lambda events: trials.extend(_ended(events)))
    return session.played_s, trials


def together(levels: Sequence[str]) -> float:
    """Simulated seconds per second of waiting, with a session on every processor; starting up is not counted."""
    jobs = [(level, profile) for level in levels for profile in profiles()]
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        list(pool.map(_played_s, jobs[: cpu_count()]))
        begin_s = now_s()
        played_s = sum(pool.map(_played_s, jobs))
        return played_s / (now_s() - begin_s)


def _played_s(job: tuple[str, str]) -> float:
    file = load_level(resolve_level(job[0]), all_games())
    return play(file.game, file.level, job[1], 0)[0]


def _ended(events: tuple[object, ...]) -> list[TrialEnded]:
    return [event for event in events if isinstance(event, TrialEnded)]


def yardstick_s() -> float:
    """Processor seconds for a fixed piece of work in plain Python: numbers, tuples and a dictionary, as in play."""
    begin_s, held = process_time(), {"sum": 0.0}
    for n in range(YARDSTICK_ROUNDS):
        x, y, z = n * 0.5, n + 1.0, 2.0
        held["sum"] += sqrt(x * x + y * y) * z
    return process_time() - begin_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("levels", nargs="*", default=LEVELS)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--difficulty", type=float, default=None, help="pin the difficulty; otherwise it adapts")
    asked = parser.parse_args()
    games = all_games()
    # What was loaded stays: nothing of it need be looked through for garbage while playing.
    gc.freeze()
    all_played_s = all_took_s = 0.0
    yardsticks_s = [yardstick_s()]
    for name in asked.levels:
        file = load_level(resolve_level(name), games)
        level = file.level
        if asked.difficulty is not None:
            pinned = level.difficulty.model_copy(update=dict.fromkeys(("start", "min", "max"), asked.difficulty))
            level = level.model_copy(update={"difficulty": pinned})
        for profile in profiles():
            begin_s, played_s, trials = process_time(), 0.0, []
            for seed in range(asked.seeds):
                seconds, ended = play(file.game, level, profile, seed)
                played_s += seconds
                trials += ended
            counted = [trial for trial in trials if trial.success is not None and not trial.assisted]
            hits = sum(trial.success is True for trial in counted) / max(1, len(counted))
            causes = {c: sum(t.cause == c for t in counted) for c in sorted({t.cause for t in counted if t.cause})}
            last = sum(trial.difficulty for trial in trials[-5:]) / max(1, len(trials[-5:]))
            took_s, void = process_time() - begin_s, sum(trial.success is None for trial in trials)
            all_played_s, all_took_s, speed = all_played_s + played_s, all_took_s + took_s, played_s / took_s
            yardsticks_s.append(yardstick_s())
            print(f"{name:28} {profile:8} {speed:5.0f} x real time, {played_s / asked.seeds:5.0f} s,", end=" ")
            print(f"{len(trials):4} trials ({void} void), {hits:4.0%}, difficulty {last:4.1f}  {causes}")
    busy = sum(yardsticks_s) / len(yardsticks_s) / min(yardsticks_s)
    per_yard_s = all_played_s / all_took_s * sum(yardsticks_s) / len(yardsticks_s)
    print(
        f"all: {all_played_s / all_took_s:.0f} x real time; {per_yard_s:.1f} s played in the time of a yardstick",
        end=" ",
    )
    print(f"({1000 * min(yardsticks_s):.0f} ms at its quickest, {busy:.2f} times that on average)")
    speed = together(asked.levels)
    print(f"on {cpu_count()} processors at once, as `opposable levels simulate` plays: {speed:.0f} x real time")


if __name__ == "__main__":
    main()
