"""The chart of simulated sessions: nothing that explains it covers what it shows."""

from engine.play.levelfile import load_level, resolve_level
from games import all_games
from opposable.designer.chart import chart
from opposable.designer.simulation import Outcome, Trial

PROFILES = ("able", "stage_3", "stage_2", "stage_1", "able tremor", "stage_2 wanders")


def test_no_legend_lies_on_the_curves_or_bars_or_outside_the_picture() -> None:
    level = load_level(resolve_level("coin_drop/03"), all_games()).level
    outcomes = [
        Outcome(
            profile,
            tuple(Trial(k % 4 != n % 4, None if k % 4 != n % 4 else "too_late", n / 2, False) for k in range(60)),
            (300.0,) * 3,
            3,
        )
        for n, profile in enumerate(PROFILES)
    ]
    figure = chart(level, outcomes)
    figure.draw_without_rendering()
    for axes in figure.axes:
        legend = axes.get_legend()
        assert legend is not None
        box = legend.get_window_extent()
        assert not box.overlaps(axes.get_window_extent())
        assert figure.bbox.contains(*box.min)
        assert figure.bbox.contains(*box.max)
        label = axes.xaxis.label.get_window_extent()
        assert not box.overlaps(label)
