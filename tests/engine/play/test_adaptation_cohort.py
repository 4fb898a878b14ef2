"""The controller before a simulated cohort. It guards against getting worse; it proves no benefit to anyone.

People differ in ability, steepness and lapses; they warm up, tire, drift, learn, and have good and bad days.
"""

from dataclasses import dataclass
from math import exp, log
from random import Random
from statistics import mean, median

import pytest

from engine.play.adaptation import Adaptation, after_trial, first_day, new_day
from engine.play.level import Difficulty

TARGET, PEOPLE, SESSIONS, TRIALS = 0.775, 450, 5, 100
STAGES = {1: (2.5, 0.06, 2.25), 2: (5.0, 0.04, 1.5), 3: (7.5, 0.02, 0.9)}
HELPED_HIT = 0.95


@dataclass(frozen=True)
class Person:
    """`ability` in levels, `steepness` per level, `lapse` 0..1, `tires` levels per 100 trials, `preset` by stage."""

    preset: float
    ability: float
    steepness: float
    lapse: float
    tires: float
    day_sd: float


def person(n: int) -> Person:
    chance = Random(f"person {n}")
    preset, lapse, most_tiring = STAGES[n % 3 + 1]
    steepness = min(max(exp(chance.gauss(log(1.2), 0.35)), 0.5), 3.0)
    return Person(
        preset, chance.gauss(preset, 0.9), steepness, lapse, chance.uniform(0, most_tiring), chance.uniform(0.3, 0.8)
    )


def abilities(one: Person, n: int, session: int) -> list[float]:
    """What this person can do at every trial of a session, in levels."""
    chance = Random(f"{n}, session {session}")
    day = chance.gauss(0, one.day_sd) - (1.5 if chance.random() < 0.08 else 0.0)
    deficit, warm_trials, tires_from = chance.uniform(0.2, 1), chance.uniform(5, 15), chance.uniform(30, 80)
    walked, levels = 0.0, []
    for trial in range(TRIALS):
        walked += chance.gauss(0, 0.03)
        tired = one.tires * max(0.0, trial - tires_from) / 100
        learned = 0.12 * session
        levels.append(one.ability + day + learned + walked - deficit * exp(-trial / warm_trials) - tired)
    return levels


@dataclass(frozen=True)
class Outcome:
    """One session: true chance minus target at each trial, share of hits, longest run of misses."""

    errors: list[float]
    rate: float
    longest_run: int


def play(one: Person, n: int, session: int, state: Adaptation) -> tuple[Adaptation, Outcome]:
    chance = Random(f"{n}, luck {session}")
    errors, hits, run, longest = [], [], 0, 0
    for ability in abilities(one, n, session):
        p = 0.02 + (1 - 0.02 - one.lapse) / (1 + exp(-one.steepness * (ability - state.level)))
        errors.append(p - TARGET)
        hit = chance.random() < (max(p, HELPED_HIT) if state.assisted else p)
        hits.append(hit)
        run = 0 if hit else run + 1
        longest = max(longest, run)
        state, _ = after_trial(state, hit)
    return state, Outcome(errors, mean(hits), longest)


@pytest.fixture(scope="module")
def cohort() -> list[list[Outcome]]:
    people = []
    for n in range(PEOPLE):
        one, outcomes = person(n), []
        state = first_day(Difficulty(start=one.preset))
        for session in range(SESSIONS):
            state = state if session == 0 else new_day(state)[0]
            state, outcome = play(one, n, session, state)
            outcomes.append(outcome)
        people.append(outcomes)
    return people


def settled_after(errors: list[float]) -> int:
    """The first trial whose next ten are on average within five points of the target."""
    return next((n for n in range(TRIALS - 10) if abs(mean(errors[n : n + 10])) <= 0.05), TRIALS)


@pytest.mark.long
def test_the_cohort_is_met_as_well_as_the_study_says(cohort: list[list[Outcome]]) -> None:
    sessions = [outcome for outcomes in cohort for outcome in outcomes]
    first = [outcomes[0] for outcomes in cohort]
    late = [error for outcome in first for error in outcome.errors[40:]]
    figures = {
        "trials until settled, median": median(settled_after(outcome.errors) for outcome in first),
        "rms after 40 trials": mean(error**2 for error in late) ** 0.5,
        "session error": mean(abs(outcome.rate - TARGET) for outcome in sessions),
        "longest run of misses": mean(outcome.longest_run for outcome in sessions),
        "sessions with four misses in a row": mean(outcome.longest_run >= 4 for outcome in sessions),
        "sessions with five": mean(outcome.longest_run >= 5 for outcome in sessions),
    }
    most = dict(zip(figures, (3.4, 0.095, 0.029, 2.5, 0.05, 0.004), strict=True))
    assert {name: value for name, value in figures.items() if value > most[name]} == {}, figures
