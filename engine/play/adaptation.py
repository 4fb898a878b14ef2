"""The difficulty follows the person: a hit makes the next trial a little harder, a miss 3.4 times as much easier.

An Elo rating (Elo 1978) of the person meets the level of each trial, through a logistic curve with a small share of
lucky and of unlucky trials. Played at the level it proposes, it is a weighted up-down staircase (Kaernbach 1991) whose
steps are large while the person is unknown and small later. Two misses in a row give one easy trial, three a helped
one. Levels are 0 (easiest) to 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import exp, log
from typing import Literal

from engine.play.causes import after_miss
from engine.play.level import Difficulty

LUCK = 0.02
LAPSE = 0.04
SLOPE_PER_LEVEL = 1.2
WARM_UP_LEVELS, WARM_UP_TRIALS = 0.5, 8
FIRST_STEP, STEP_DECAY, SMALLEST_STEP = 2.5, 0.25, 0.32
LOWEST_RATING, HIGHEST_RATING = -1.0, 13.0
SURE_AFTER_REOPENING, SURE_ON_A_NEW_DAY = 10, 12
MISSES_TO_RESCUE, MISSES_TO_ASSIST, MISSES_TO_REOPEN, HITS_TO_REOPEN = 2, 3, 4, 12
SETTLED_FROM_TRIAL = 15
# A level on its way through the tape is rounded; nobody chose another one.
SAME_LEVEL = 0.001

NOT_TO_BE_TOLD_APART = 0.05

Reason = Literal["hit", "miss", "void", "rescue", "assist", "reopen", "warmup", "newday", "therapist"]
Then = Literal["pinned", "hardest", "easiest", "rescue_over", "assist_over", "followed"]
STAYS: tuple[Then, ...] = ("pinned", "hardest", "easiest")


@dataclass(frozen=True)
class Adaptation:
    """What is known about a person in one level.

    `rating`: the level they can just about do, plus the lead that makes the target likely. `seen`: trials behind the
    rating (fewer mean larger steps). `misses`, `hits`: in a row. `session_trials`: since the session began.
    `settled_sum`, `settled_count`: ratings from the 15th trial of this session on, for the next day. `offsets`: levels
    added to the difficulty of single parts of the task, by what misses were about.
    """

    target_success: float
    min_level: float
    max_level: float
    rating: float
    seen: int = 0
    misses: int = 0
    hits: int = 0
    session_trials: int = 0
    settled_sum: float = 0.0
    settled_count: int = 0
    offsets: Mapping[str, float] = field(default_factory=dict)

    @property
    def assisted(self) -> bool:
        """Whether the game helps with the next trial: wide target, no time limit."""
        return self.misses >= MISSES_TO_ASSIST

    @property
    def rescue_levels(self) -> float:
        """How much easier the next trial is for one time, after misses in a row."""
        return 0.0 if self.misses < MISSES_TO_RESCUE else 1.0 if self.misses == MISSES_TO_RESCUE else 2.0

    @property
    def level(self) -> float:
        """The difficulty of the next trial."""
        wished = self.rating - warm_up(self.session_trials) - lead(self.target_success) - self.rescue_levels
        return min(max(wished, self.min_level), self.max_level)

    def expected(self, level: float) -> float:
        """The chance of a hit at a level, 0..1, with the warm-up this trial has."""
        edge = self.rating - warm_up(self.session_trials) - level
        return LUCK + (1 - LUCK - LAPSE) / (1 + exp(-SLOPE_PER_LEVEL * edge))


@dataclass(frozen=True)
class Change:
    """What one trial (or one new day) did, and why: the entry of the log.

    `level`: as played. `expected`: chance of a hit before it, 0..1. `hit`: None for a void trial. `step`: what was
    added to the rating. `next_level`, `next_assisted`: what comes now. `eased`: the part of the task that this miss
    was about, where it has an offset of its own; `offsets`: those of all parts from now on. `then`: what `reason` alone
    would not tell: the level stays, for it is pinned or at the hardest or easiest allowed; the easy or the helped trial
    is over; or the level follows the person again after a chosen one.
    """

    level: float
    expected: float
    hit: bool | None
    step: float
    reason: Reason
    next_level: float
    next_assisted: bool
    eased: str | None = None
    offsets: Mapping[str, float] = field(default_factory=dict)
    then: Then | None = None

    @property
    def patient_key(self) -> str:
        """The sentence for the person who plays, by its key in the strings."""
        return f"adaptation.patient.{self._kind}"

    @property
    def therapist_key(self) -> str:
        """The sentence for the therapist; it is filled in with the values of this change."""
        return f"adaptation.therapist.{self._kind}"

    @property
    def _kind(self) -> str:
        return self.reason if self.then is None else f"{self.reason}.stays" if self.then in STAYS else self.then

    def key_at_the_end(self, to: Literal["patient", "therapist"]) -> str:
        """The sentence after the last trial, where nothing comes now."""
        if self.hit is None:
            return self.patient_key if to == "patient" else self.therapist_key
        return f"adaptation.{to}.last_{'hit' if self.hit else 'miss'}"


def lead(target_success: float) -> float:
    """How many levels below their rating a person succeeds with this share, 0.5..0.95."""
    share = (target_success - LUCK) / (1 - LUCK - LAPSE)
    return log(share / (1 - share)) / SLOPE_PER_LEVEL


def warm_up(session_trials: int) -> float:
    """How many levels a hand is below itself after so many trials of a session."""
    return WARM_UP_LEVELS * exp(-session_trials / WARM_UP_TRIALS)


def first_day(difficulty: Difficulty, *, measured: bool = False) -> Adaptation:
    """A person's first session in a level; `measured` if a test chose the start, which then moves more calmly."""
    return Adaptation(
        target_success=difficulty.target_success,
        min_level=difficulty.min,
        max_level=difficulty.max,
        rating=difficulty.start + lead(difficulty.target_success),
        seen=4 if measured else 0,
    )


def new_day(state: Adaptation) -> tuple[Adaptation, Change]:
    """A further session: from the middle of the last one, with larger steps again."""
    rating = state.settled_sum / state.settled_count if state.settled_count else state.rating
    fresh = Adaptation(
        state.target_success, state.min_level, state.max_level, rating, seen=min(state.seen, SURE_ON_A_NEW_DAY),
        offsets=state.offsets,
    )  # fmt: skip
    expected = fresh.expected(fresh.level)
    then = _limit(fresh, fresh.level)
    return fresh, Change(fresh.level, expected, None, rating - state.rating, "newday", fresh.level, False, then=then)


def set_by_therapist(state: Adaptation, level: float) -> tuple[Adaptation, Change]:
    """The next trial is played at this level, and the difficulty follows the person from there."""
    rating = level + warm_up(state.session_trials) + lead(state.target_success)
    moved = replace(state, rating=_within_rating(rating), misses=0, hits=0)
    step = moved.rating - state.rating
    return moved, Change(state.level, moved.expected(moved.level), None, step, "therapist", moved.level, False)


def after_trial(
    state: Adaptation, hit: bool | None, played_level: float | None = None, part: str | None = None
) -> tuple[Adaptation, Change]:
    """What a trial teaches. A void trial (`hit` None) changes nothing; a helped one leaves the rating as it is.

    `played_level` is only needed where the trial was not played at `state.level`. `part`: what a miss was about.
    """
    level = state.level if played_level is None else played_level
    expected = state.expected(level)
    if hit is None:
        return state, Change(level, expected, None, 0.0, "void", state.level, state.assisted)
    step_size = max(SMALLEST_STEP, FIRST_STEP / (1 + STEP_DECAY * state.seen))
    wished = state.rating if state.assisted else state.rating + step_size * (hit - expected)
    rating = _within_rating(wished)
    eased = part if hit is False and not state.assisted and part in state.offsets else None
    settled = state.session_trials + 1 >= SETTLED_FROM_TRIAL
    after = replace(
        state,
        rating=rating,
        seen=state.seen + 1,
        misses=0 if hit else state.misses + 1,
        hits=state.hits + 1 if hit else 0,
        session_trials=state.session_trials + 1,
        settled_sum=state.settled_sum + (rating if settled else 0.0),
        settled_count=state.settled_count + settled,
        offsets=after_miss(state.offsets, eased),
    )
    reopened = after.misses >= MISSES_TO_REOPEN or after.hits >= HITS_TO_REOPEN
    if reopened:
        after = replace(after, seen=min(after.seen, SURE_AFTER_REOPENING), hits=0)
    overridden = abs(level - state.level) > SAME_LEVEL
    reason = _reason(state, after, hit=hit, reopened=reopened, overridden=overridden)
    then = _then(state, after, reason, level)
    step = rating - state.rating
    return after, Change(level, expected, hit, step, reason, after.level, after.assisted, eased, after.offsets, then)


def _within_rating(rating: float) -> float:
    return min(max(rating, LOWEST_RATING), HIGHEST_RATING)


def _reason(before: Adaptation, after: Adaptation, *, hit: bool, reopened: bool, overridden: bool) -> Reason:
    """The one thing that explains the next level best."""
    if after.assisted:
        return "assist"
    if after.rescue_levels > 0:
        return "rescue"
    if reopened:
        return "reopen"
    if overridden:
        return "therapist"
    warmer = warm_up(before.session_trials) - warm_up(after.session_trials)
    eased_before, stays = before.rescue_levels > 0, abs(after.level - before.level) <= SAME_LEVEL
    if hit and warmer > abs(after.rating - before.rating) and not eased_before and not stays:
        return "warmup"
    return "hit" if hit else "miss"


def _then(before: Adaptation, after: Adaptation, reason: Reason, level: float) -> Then | None:
    """What the reason alone would not tell of the next level."""
    if reason == "assist":
        return None
    if reason == "therapist":
        return None if after.min_level == after.max_level else "followed"
    if before.assisted:
        return "assist_over"
    if (limit := _limit(after, level)) is not None:
        return limit
    return "rescue_over" if before.rescue_levels > 0 else None


def _limit(after: Adaptation, level: float) -> Then | None:
    """What keeps the next level where the last one was; None where it moves."""
    if after.min_level == after.max_level:
        return "pinned"
    if abs(after.level - level) > NOT_TO_BE_TOLD_APART:
        return None
    if after.level >= after.max_level - SAME_LEVEL or after.rating >= HIGHEST_RATING:
        return "hardest"
    return "easiest" if after.level <= after.min_level + SAME_LEVEL or after.rating <= LOWEST_RATING else None
