"""A chart of what simulated patients made of a level: how the difficulty went, and what ended their trials."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from engine.play.level import LevelBase
from opposable.designer.explaining import cause_in_words
from opposable.designer.simulation import Outcome

# Okabe and Ito's colours, and a line style of its own for each profile: never colour alone.
LINES = (("#009E73", "-"), ("#0072B2", "--"), ("#E69F00", "-."), ("#CC79A7", ":"), ("#56B4E9", "-"), ("#D55E00", "--"))
PAPER, INK = "#FBF6EC", "#1E2430"
BELOW = (0.5, -0.14)
"""Where a legend begins, in parts of its axes: under their label, so that it covers none of the data."""


def _in_style() -> AbstractContextManager[None]:
    return mpl.rc_context({"font.size": 13, "text.color": INK, "axes.labelcolor": INK})


def save_chart(level: LevelBase, outcomes: Sequence[Outcome], path: Path) -> None:
    """Write the chart as PNG or SVG, by the ending of the name."""
    with _in_style():
        chart(level, outcomes).savefig(path, dpi=110)


def chart(level: LevelBase, outcomes: Sequence[Outcome]) -> Figure:
    """The course of the difficulty on the left, how the trials ended on the right."""
    with _in_style():
        figure = Figure(figsize=(14, 7), facecolor=PAPER, layout="constrained")
        figure.suptitle(f"{level.title}: simulated hands, not people", fontsize=18, weight="bold")
        course, ends = figure.subplots(1, 2, width_ratios=(3, 2))
        _course(course, outcomes, level)
        _ends(ends, outcomes)
        return figure


def _course(axes: mpl.axes.Axes, outcomes: Sequence[Outcome], level: LevelBase) -> None:
    for outcome, (colour, line) in zip(outcomes, LINES * 3, strict=False):
        levels = [trial.difficulty for trial in outcome.trials]
        rate = outcome.success_rate
        label = outcome.profile.replace("_", " ") + ("" if rate is None else f": {rate:.0%}")
        axes.plot(range(1, len(levels) + 1), levels, color=colour, linestyle=line, linewidth=2.6, label=label)
    per_day = level.trials
    longest = max((len(outcome.trials) for outcome in outcomes), default=0)
    for day in range(per_day, longest, per_day):
        axes.axvline(day + 0.5, color=INK, alpha=0.15)
    axes.set(ylim=(-0.2, 10.2), xlabel="trial (thin lines: a new day)", ylabel="difficulty")
    axes.legend(
        title="share that succeeded", frameon=False, loc="upper center", bbox_to_anchor=BELOW, ncols=2, handlelength=3.5
    )
    _calm(axes)


def _ends(axes: mpl.axes.Axes, outcomes: Sequence[Outcome]) -> None:
    """How the counted trials ended, as shares, one bar a profile."""
    causes = list(dict.fromkeys(cause for outcome in outcomes for cause in outcome.causes))
    shades = ("#D9B25F", "#8EA3B8", "#C27C4E", "#CC79A7", "#56B4E9", "#7E5833", "#D55E00")
    hatches = ("", "//", "..", "xx", "--", "\\\\", "oo")
    names = [outcome.profile.replace("_", " ") for outcome in outcomes]
    counts = [max(1, len(outcome.counted)) for outcome in outcomes]
    done = [sum(trial.success is True for trial in outcome.counted) for outcome in outcomes]
    left = [good / count for good, count in zip(done, counts, strict=True)]
    axes.barh(names, left, height=0.6, color="#009E73", label="succeeded")
    for cause, shade, hatch in zip(causes, shades, hatches, strict=False):
        part = [outcome.causes.get(cause, 0) / count for outcome, count in zip(outcomes, counts, strict=True)]
        axes.barh(
            names, part, height=0.6, left=left, color=shade, hatch=hatch, edgecolor=PAPER, label=cause_in_words(cause)
        )
        left = [before + more for before, more in zip(left, part, strict=True)]
    axes.set(xlim=(0, 1), ylim=(-0.7, max(3, len(names)) - 0.3), xlabel="share of the counted trials")
    axes.invert_yaxis()
    axes.legend(loc="upper center", bbox_to_anchor=BELOW, frameon=False)
    _calm(axes)


def _calm(axes: mpl.axes.Axes) -> None:
    axes.set_facecolor(PAPER)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
