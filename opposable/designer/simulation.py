"""Simulated patients play a level before a person does: what it came to, per profile and session.

A tool to find what is off in a level, not a forecast for anybody.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from statistics import fmean
from typing import Any

from engine.motion.motion import Motion
from engine.play.adaptation import Adaptation, new_day
from engine.play.drive import run
from engine.play.game import Event, TrialEnded
from engine.play.levelfile import LevelFile, read_level
from engine.play.profiles import profile_named, profiles
from engine.play.session import Session
from engine.sources.simulated import SimulatedSource
from games import all_games

FEW = 3


@dataclass(frozen=True)
class Trial:
    """One trial as it was played; `success` is None where it was void."""

    success: bool | None
    cause: str | None
    difficulty: float
    assisted: bool


@dataclass(frozen=True)
class Outcome:
    """One profile's sessions with one level. `trials` of all sessions in order, `session_s` how long each took,
    `finished` how many sessions came to their end."""

    profile: str
    trials: tuple[Trial, ...]
    session_s: tuple[float, ...]
    finished: int

    @property
    def counted(self) -> list[Trial]:
        """Those that were neither void nor helped."""
        return [trial for trial in self.trials if trial.success is not None and not trial.assisted]

    @property
    def success_rate(self) -> float | None:
        """Share of the counted trials, None where none counted."""
        return fmean(trial.success is True for trial in self.counted) if self.counted else None

    @property
    def repetitions(self) -> float:
        """Trials in a session, on the mean."""
        return len(self.trials) / max(1, len(self.session_s))

    @property
    def minutes(self) -> float:
        """A session's length, on the mean."""
        return fmean(self.session_s) / 60 if self.session_s else 0.0

    @property
    def difficulty(self) -> float:
        """The difficulty reached: the mean of the last third of all trials."""
        last = self.trials[-max(1, len(self.trials) // 3) :]
        return fmean(trial.difficulty for trial in last) if last else 0.0

    @property
    def causes(self) -> dict[str, int]:
        """How often each cause ended a counted trial, most frequent first."""
        return dict(Counter(trial.cause for trial in self.counted if trial.cause).most_common())

    def as_json(self) -> dict[str, Any]:
        rate = self.success_rate
        return {
            "profile": self.profile,
            "sessions": len(self.session_s),
            "finished": self.finished,
            "success": None if rate is None else round(rate, 3),
            "repetitions": round(self.repetitions, 1),
            "minutes": round(self.minutes, 2),
            "difficulty": round(self.difficulty, 2),
            "causes": self.causes,
            "void": sum(trial.success is None for trial in self.trials),
            "difficulty_by_trial": [round(trial.difficulty, 2) for trial in self.trials],
        }


def play_one(file: LevelFile, profile: str, sessions: int, seed: int = 1) -> Outcome:
    """One profile plays the level so many days in a row; each day begins where the last one ended."""
    trials: list[Trial] = []
    session_s: list[float] = []
    finished = 0
    known: Adaptation | None = None
    for day in range(sessions):
        source = SimulatedSource(profile_named(profile), seed + day)
        session = Session(file.game, file.level, seed + day, adaptation=known)
        run(session, source, Motion(source.ranges()), heard=partial(_keep, trials))
        source.close()
        session_s.append(session.played_s)
        finished += session.done
        known, _ = new_day(session.adaptation)
    return Outcome(profile, tuple(trials), tuple(session_s), finished)


def simulate(file: LevelFile, names: Sequence[str] = (), *, sessions: int = 3, seed: int = 1) -> tuple[Outcome, ...]:
    """Every profile (or those named) plays the level; where there is enough to do, on every processor at once. The days
    of one profile follow each other: another process would only take its time to begin."""
    asked = tuple(names) or tuple(profiles())
    if len(asked) == 1 or sessions * len(asked) <= FEW or (cpu_count() or 1) == 1:
        return tuple(play_one(file, name, sessions, seed) for name in asked)
    jobs = [(file.text, str(file.path), name, sessions, seed) for name in reversed(asked)]
    with ProcessPoolExecutor(min(len(jobs), cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return tuple(reversed(list(pool.map(_play_elsewhere, jobs))))


def _play_elsewhere(job: tuple[str, str, str, int, int]) -> Outcome:
    text, path, profile, sessions, seed = job
    return play_one(read_level(text.encode("utf-8"), Path(path), all_games()), profile, sessions, seed)


def _keep(trials: list[Trial], events: Iterable[Event]) -> None:
    for event in events:
        if isinstance(event, TrialEnded):
            trials.append(Trial(event.success, event.cause, event.difficulty, event.assisted))
