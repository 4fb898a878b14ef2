"""How often helped trials are hit: every shipped level played by the weakest simulated patients, every trial with help.

    python -m bench.helped [LEVEL ...] [--trials 40] [--profiles stage_1,stage_1_bad_day,stage_2,stage_3]

After three misses in a row a game helps, and that trial does not count. How often it is then hit decides how often
four and five misses come in a row (`bench.adaptation --helped`). Days of ten trials, each day a seed of its own;
`stage_1_bad_day` has only bad ones. A trial that is not done within two minutes is counted as not hit, and named
"unfinished", though the game would go on waiting; one that the camera lost too much of counts as little as in play.

Prints hits of trials, the share with its 95 % interval (Wilson 1927), causes of misses, and how long half and nine in
ten of the trials took; "at once": the share of the hits in which nothing had come back to be taken again. Simulated
hands do what their numbers say. Nobody knows how often people hit a helped trial.
"""

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from os import cpu_count

from scipy.stats import binomtest

from engine.inputs import GameInput
from engine.motion.motion import Motion
from engine.play.drive import run
from engine.play.game import Event, Sounded, TrialEnded, TrialStarted
from engine.play.levelfile import LevelFile, find_levels, load_level, resolve_level
from engine.play.profiles import Profile, profile_named
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games

PROFILES = ("stage_1", "stage_1_bad_day", "stage_2", "stage_3")
WEAKEST, FEWER = "stage_1", 2
BAD_DAY, NO_GAME_FOR_PEOPLE = "_bad_day", "template"
DAY_TRIALS, LIMIT_S, UNFINISHED = 10, 120.0, "unfinished"
COMES_BACK = ("coin_roll", "bead_roll")


@dataclass(frozen=True)
class Played:
    """Helped trials of one level by one profile, void ones left out. `at_once`: hits in which nothing came back.
    `took_s`: how long each took that ended."""

    hits: int = 0
    trials: int = 0
    at_once: int = 0
    causes: tuple[str, ...] = ()
    took_s: tuple[float, ...] = ()

    def __add__(self, other: "Played") -> "Played":
        return Played(
            self.hits + other.hits,
            self.trials + other.trials,
            self.at_once + other.at_once,
            self.causes + other.causes,
            self.took_s + other.took_s,
        )

    @property
    def share(self) -> float:
        return self.hits / max(1, self.trials)

    def row(self) -> str:
        low, high = wilson(self.hits, self.trials)
        took_s = sorted(self.took_s) or [0.0]
        half_s, most_s = (took_s[int(share * (len(took_s) - 1))] for share in (0.5, 0.9))
        causes = ", ".join(f"{cause} {count}" for cause, count in Counter(self.causes).most_common())
        return (
            f"{self.hits:5}/{self.trials:<5} {self.share:6.1%} ({low:.1%} to {high:.1%})"
            f"  {half_s:5.1f} s, {most_s:5.1f} s  {self.at_once / max(1, self.hits):4.0%} at once  {causes}"
        )


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if trials == 0:
        return 0.0, 1.0
    found = binomtest(hits, trials).proportion_ci(method="wilson")
    return found.low, found.high


def patient(name: str) -> Profile:
    """A profile by its name; `stage_1_bad_day` is one whose days are all bad."""
    usual = profile_named(name.removesuffix(BAD_DAY))
    return replace(usual, bad_day=1.0) if name.endswith(BAD_DAY) else usual


def helped_day(file: LevelFile, profile: Profile, seed: int, trials: int = DAY_TRIALS) -> Played:
    """One day of helped trials, as easy as the controller can ask for, without the slow movement before them."""
    easiest = file.level.difficulty.min
    asked = {"sets": 1, "repetitions": trials, "settle_s": 0.0}
    known = {name: value for name, value in asked.items() if name in type(file.level).model_fields}
    level = file.level.model_copy(update=known)
    ended: list[TrialEnded] = []
    came_back: set[int] = set()
    waits: int | None = None

    def heard(events: tuple[Event, ...]) -> None:
        nonlocal waits
        for event in events:
            if isinstance(event, TrialStarted):
                waits = event.n
            elif isinstance(event, TrialEnded):
                waits = None
                ended.append(event)
            elif isinstance(event, Sounded) and event.name in COMES_BACK and waits is not None:
                came_back.add(waits)

    def helped(given: GameInput) -> GameInput:
        return GameInput(given.affected, given.unaffected, given.affected_side, easiest, True)

    source = SimulatedSource(profile, seed)
    session = Session(file.game, level, seed, through=helped)
    run(session, source, Motion(source.ranges()), limit_s=trials * LIMIT_S, heard=heard)
    source.close()
    return counted(ended, came_back, unfinished=waits is not None)


def counted(ended: Iterable[TrialEnded], came_back: Collection[int] = (), *, unfinished: bool = False) -> Played:
    """Void trials left out; those that took too long are no hits."""
    seen = [trial for trial in ended if trial.success is not None]
    late = [trial for trial in seen if trial.duration_s > LIMIT_S]
    missed = [trial.cause or "?" for trial in seen if trial.success is False]
    hits = [trial for trial in seen if trial.success is True and trial.duration_s <= LIMIT_S]
    at_once = sum(trial.n not in came_back for trial in hits)
    causes = missed + [UNFINISHED] * (sum(trial.success is True for trial in late) + unfinished)
    took_s = tuple(trial.duration_s for trial in seen)
    return Played(len(hits), len(seen) + unfinished, at_once, tuple(causes), took_s)


def _play(job: tuple[str, str, int]) -> Played:
    level, name, seed = job
    return helped_day(load_level(resolve_level(level), all_games()), patient(name), seed)


def play_all(levels: Sequence[str], names: Sequence[str], trials: int) -> dict[tuple[str, str], Played]:
    """Every level by every profile, in days, on every processor at once; fewer of hands that seldom need help."""
    days = {name: max(1, trials // DAY_TRIALS // (1 if name.startswith(WEAKEST) else FEWER)) for name in names}
    jobs = [(level, name, seed) for level in levels for name in names for seed in range(1, days[name] + 1)]
    found = {(level, name): Played() for level in levels for name in names}
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        for (level, name, _), played in zip(jobs, pool.map(_play, jobs, chunksize=4), strict=True):
            found[level, name] += played
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("levels", nargs="*")
    parser.add_argument(
        "--trials", type=int, default=40, help="of each level by stage 1, in days of ten; half as many by the others"
    )
    parser.add_argument("--profiles", default=",".join(PROFILES))
    asked = parser.parse_args()
    games, names = all_games(), asked.profiles.split(",")
    shipped = [file for file in find_levels(games).levels if file.game.name != NO_GAME_FOR_PEOPLE]
    files = [load_level(resolve_level(level), games) for level in asked.levels] or shipped
    found = play_all([file.name for file in files], names, asked.trials)
    for (level, name), played in found.items():
        print(f"{level:36} {name:16} {played.row()}")
    of_game = {file.name: file.game.name for file in files}
    for name in names:
        for game in dict.fromkeys(of_game.values()):
            parts = [played for (level, who), played in found.items() if who == name and of_game[level] == game]
            print(f"{'all of ' + game:36} {name:16} {sum(parts, Played()).row()}")
        every = [played for (_, who), played in found.items() if who == name]
        worst = min(every, key=lambda played: played.share)
        print(f"{'all':36} {name:16} {sum(every, Played()).row()}; no level below {worst.share:.0%}")


if __name__ == "__main__":
    main()
