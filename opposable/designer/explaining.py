"""What a level does, in words and small tables: for the person who writes it, and for the therapist who chooses it."""

import itertools
from collections.abc import Sequence

from engine.play.adaptation import first_day
from engine.play.level import LevelBase
from engine.strings import strings
from opposable.designer.parameters import adapting, in_words, label, shown_at, values_of
from opposable.designer.simulation import Outcome

BARS = "▁▂▃▄▅▆▇█"
WIDEST_LINE = 30
LABEL, VALUE = 44, 13


def explain(level: LevelBase) -> list[str]:
    """Every parameter in words, with its value at difficulty 0, 5 and 10, or as far as the level may go; behind it the
    key by which it is changed."""
    shown = shown_at(level)
    heads = [f"{words} ({at:g})" for at, words in shown]
    wide = max(VALUE, 2 + max(map(len, heads)))
    lines = [
        f"{level.title} ({level.game}, stage {level.stage})",
        f"For: {level.for_whom}",
        f"Why: {level.why}",
        f"The person is told: {level.instruction}",
        "",
        _dose(level),
        "",
        f"{'With the difficulty:':{LABEL}}" + "".join(f"{head:>{wide}}" for head in heads),
    ]
    ramps = adapting(level)
    changing = [name for name, _ in ramps]
    for name, ramp in ramps:
        said = "".join(f"{in_words(name, ramp.at(at), level):>{wide}}" for at, _ in shown)
        lines.append(f"{label(name, level):{LABEL}}{said}   {name}")
    if not changing:
        lines.append("Nothing in it changes with the difficulty.")
    fixed = [(name, value) for name, value in values_of(level) if name not in changing]
    lines += ["", "Always the same:"]
    for name, value in fixed:
        lines.append(f"{label(name, level):{LABEL}}{in_words(name, value, level):<{len(shown) * wide}}   {name}")
    return lines


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """What the simulated patients made of it, one profile a line; the little bars are the difficulty over time."""
    lines = [f"{'':9}{'success':>8}{'per day':>9}{'minutes':>9}{'reached':>9}   difficulty, trial by trial"]
    for outcome in outcomes:
        rate = "  -" if outcome.success_rate is None else f"{outcome.success_rate:.0%}"
        lines.append(
            f"{outcome.profile:9}{rate:>8}{outcome.repetitions:>9.0f}{outcome.minutes:>9.1f}"
            f"{outcome.difficulty:>9.1f}   {sparkline([trial.difficulty for trial in outcome.trials])}"
        )
        if outcome.causes:
            said = ", ".join(f"{cause_in_words(cause)} ({count})" for cause, count in outcome.causes.items())
            lines.append(f"{'':9}{'':8} {said}")
        if outcome.finished < len(outcome.session_s):
            lines.append(f"{'':9}{'':8} {len(outcome.session_s) - outcome.finished} sessions did not come to their end")
    return lines


def sparkline(values: Sequence[float], low: float = 0.0, high: float = 10.0, width: int = WIDEST_LINE) -> str:
    """Values as a row of little bars between `low` and `high`; long ones are averaged to `width`."""
    if not values:
        return ""
    columns = min(width, len(values))
    edges = [round(n * len(values) / columns) for n in range(columns + 1)]
    means = [sum(values[a:b]) / (b - a) for a, b in itertools.pairwise(edges)]
    top = len(BARS) - 1
    return "".join(BARS[round(min(max((mean - low) / (high - low), 0.0), 1.0) * top)] for mean in means)


def _dose(level: LevelBase) -> str:
    rest = f", {level.rest_s:g} s of rest between them" if level.sets > 1 else ""
    difficulty = level.difficulty
    first = first_day(difficulty).level
    cold = f" ({difficulty.start:g} once the hand is warm)" if first < difficulty.start else ""
    ends = f"starts at difficulty {first:g}{cold}, stays within {difficulty.min:g} and {difficulty.max:g}"
    held = f"is always played at difficulty {difficulty.start:g}"
    follows = held if difficulty.min == difficulty.max else f"{ends}, aims at {difficulty.target_success:.0%}"
    sets = "1 set" if level.sets == 1 else f"{level.sets} sets"
    return f"{sets} of {level.repetitions} repetitions{rest}. It {follows}."


def cause_in_words(cause: str) -> str:
    """A cause of a miss, as the results page says it."""
    key = f"cause.{cause}"
    return strings().say(key) if key in strings() else cause.replace("_", " ")
