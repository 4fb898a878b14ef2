"""How well the difficulty follows people: the shipped controller before a simulated cohort, beside the bar to beat.

    python -m bench.adaptation [--quick] [--seeds N] [--people N]

Stages 1 to 3 mean abilities of 2.5, 5 and 7.5 levels, sd 0.9; steepness lognormal(ln 1.2, 0.35) in 0.5..3 a level.
People warm up, tire, drift, learn, get distracted, and have good and bad days. The figures rank controllers and guard
against getting worse; they say nothing about benefit to anyone.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from random import Random
from statistics import mean, median

from engine.play.adaptation import after_trial, first_day, new_day
from engine.play.level import Difficulty

TRIALS, SESSIONS, NEVER = 100, 5, 999
STAGES = ((2.5, 0.06, 2.25), (5.0, 0.04, 1.5), (7.5, 0.02, 0.9))
HELPED_HIT, LUCK = 0.95, 0.02
DISTRACTION_TRIALS, DISTRACTED_MISSES = 6, 0.4
BAR = "3.4/37  .087       .029              2.5       5.0 %  0.40 %"


@dataclass(frozen=True)
class Scenario:
    """`start`: levels added to the stage's own, or, `unknown`, the same start for all. `drop`: levels lost at trial
    50. `grid`: levels are rounded to it."""

    name: str
    bar: str
    start: float = 0.0
    unknown: float | None = None
    drop: float = 0.0
    grid: float = 0.0
    target: float = 0.775
    trials: int = TRIALS


SCENARIOS = (
    Scenario("A standard", BAR),
    Scenario("M stage unknown", "5/46    .087", unknown=3.8),
    Scenario("C 3 levels too hard", "2/17    .081", start=3.0),
    Scenario("D 3 levels too easy", "12/59   .083", start=-3.0),
    Scenario("E -2 levels at trial 50", "back within 10 points: 9/27", drop=2.0),
    Scenario("levels rounded to 0.5", "3/35    .091", grid=0.5),
    Scenario("levels rounded to 1", "        .101", grid=1.0),
    Scenario("target 70 %", "        .108", target=0.70),
    Scenario("target 75 %", "        .094", target=0.75),
    Scenario("target 80 %", "        .079", target=0.80),
    Scenario("target 85 %", "        .062", target=0.85),
    Scenario("50 trials a session", "4/38    .092       .044", trials=50),
)


@dataclass
class Tally:
    """What a cohort came to; errors are true chance less target."""

    settled: list[int] = field(default_factory=list)
    recovered: list[int] = field(default_factory=list)
    late_squares: list[float] = field(default_factory=list)
    rates_off: list[float] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    by_stage: tuple[list[float], ...] = field(default_factory=lambda: tuple([] for _ in STAGES))

    def row(self) -> str:
        back = f"   back {median(self.recovered):.0f}/{high(self.recovered)}" if self.recovered else ""
        return (
            f"{median(self.settled):.0f}/{high(self.settled):<4}  {mean(self.late_squares) ** 0.5:.4f}"
            f"     {mean(self.rates_off):.4f}            {mean(self.runs):.2f}"
            f"      {mean(run >= 4 for run in self.runs):.1%}   {mean(run >= 5 for run in self.runs):.2%}{back}"
        )

    def stages(self) -> str:
        """Apart, for a hand that cannot do level 0 is off the target whatever a controller does."""
        return "  ".join(f"{mean(late) ** 0.5:.4f}" for late in self.by_stage)


def high(numbers: Sequence[int]) -> int:
    """The 90th percentile."""
    return sorted(numbers)[int(0.9 * (len(numbers) - 1))]


def first_within(errors: Sequence[float], points: float) -> int:
    """The first trial whose next ten are on average this near the target."""
    within = (n for n in range(len(errors) - 9) if abs(mean(errors[n : n + 10])) <= points)
    return next(within, NEVER)


def person(scenario: Scenario, seed: int, n: int, tally: Tally) -> None:
    """Five sessions of one person."""
    chance = Random(f"{seed}:{n}")
    stage, lapse, most_tiring = STAGES[n % 3]
    ability = chance.gauss(stage, 0.9)
    steepness = min(max(exp(chance.gauss(log(1.2), 0.35)), 0.5), 3.0)
    day_sd, tires = chance.uniform(0.3, 0.8), chance.uniform(0, most_tiring)
    start = stage + scenario.start if scenario.unknown is None else scenario.unknown
    state = first_day(Difficulty(start=min(max(start, 0.0), 10.0), target_success=scenario.target))
    for session in range(SESSIONS):
        state = new_day(state)[0] if session else state
        day = chance.gauss(0, day_sd) - 1.5 * (chance.random() < 0.08)
        deficit, warm_trials, tires_from = chance.uniform(0.2, 1), chance.uniform(5, 15), chance.uniform(30, 80)
        bout = chance.randrange(scenario.trials)
        ability += chance.gauss(0.12, 0.08) if session else 0.0
        walked, run, longest, errors, hits = 0.0, 0, 0, [], []
        for trial in range(scenario.trials):
            walked += chance.gauss(0, 0.03)
            now = ability + day + walked - deficit * exp(-trial / warm_trials)
            now -= tires * max(0.0, trial - tires_from) / 100 + scenario.drop * (trial >= 50)
            level = round(state.level / scenario.grid) * scenario.grid if scenario.grid else state.level
            p = LUCK + (1 - LUCK - lapse) / (1 + exp(-steepness * (now - level)))
            errors.append(p - scenario.target)
            if bout <= trial < bout + DISTRACTION_TRIALS:
                p *= 1 - DISTRACTED_MISSES
            hit = chance.random() < (max(p, HELPED_HIT) if state.assisted else p)
            hits.append(hit)
            run = 0 if hit else run + 1
            longest = max(longest, run)
            state, _ = after_trial(state, hit, level)
        tally.runs.append(longest)
        tally.rates_off.append(abs(mean(hits) - scenario.target))
        if session == 0:
            tally.settled.append(first_within(errors, 0.05))
            late = [error**2 for error in errors[40:]]
            tally.late_squares.extend(late)
            tally.by_stage[n % 3].extend(late)
            if scenario.drop:
                tally.recovered.append(min(first_within(errors[50:], 0.10), 50))


def play(scenario: Scenario, people: int, seeds: int) -> Tally:
    tally = Tally()
    for seed in range(seeds):
        for n in range(people):
            person(scenario, seed, n, tally)
    return tally


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="150 people, one seed: seconds")
    asked.add_argument("--people", type=int, default=1500)
    asked.add_argument("--seeds", type=int, default=1)
    told = asked.parse_args()
    people, seeds = (150, 1) if told.quick else (told.people, told.seeds)
    print(f"{people} people, {SESSIONS} sessions, {seeds} seed(s)")
    print(f"{'':26}T5      rms >40    session error     misses    >= 4   >= 5")
    for scenario in SCENARIOS:
        tally = play(scenario, people, seeds)
        print(f"{scenario.name:26}{tally.row()}")
        print(f"{'  rms, stages 1, 2, 3':34}{tally.stages()}")
        print(f"{'  bar':26}{scenario.bar}", flush=True)


if __name__ == "__main__":
    main()
