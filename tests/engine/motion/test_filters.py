"""The 1 euro filter against published values, against its formulas written out plainly, and its manners."""

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import Array
from engine.motion.filters import OneEuro, Smoothed, smooth

# A stretch of the reference signal that Casiez and colleagues publish with their filter as one truth for several
# languages (cut-off 1 Hz, beta 0.1, derivative cut-off 1 Hz): (noisy, filtered), 120 a second from time 0.
PUBLISHED = (
    (-0.0385099, -0.0385099),
    (-0.0280664, -0.0379872),
    (0.048622, -0.0334427),
    (0.111498, -0.0252696),
    (0.053026, -0.0207099),
    (0.120548, -0.0119912),
    (0.00972308, -0.0106507),
    (0.074193, -0.00526521),
    (-0.0236801, -0.00641239),
    (0.0462396, -0.00308863),
    (0.0892027, 0.00291027),
    (0.158329, 0.0135545),
    (0.0423086, 0.01552),
    (0.0887203, 0.0206024),
    (0.039102, 0.0218784),
    (0.140277, 0.030313),
    (0.156938, 0.0396331),
    (0.0961089, 0.0438101),
    (0.216881, 0.0572083),
    (0.067538, 0.057997),
    (0.0737634, 0.0591871),
    (0.0989231, 0.0621793),
    (0.148209, 0.0687489),
    (0.0959887, 0.0708137),
    (0.225627, 0.0829925),
)
PUBLISHED_FILTER = OneEuro(rest_hz=1.0, hz_per_speed=0.1, speed_hz=1.0)

values = st.floats(-10, 10)
steps_s = st.floats(0.001, 0.5)
filters = st.builds(OneEuro, rest_hz=st.floats(0.1, 10), hz_per_speed=st.floats(0, 50), speed_hz=st.floats(0.1, 5))
signals = st.lists(st.tuples(steps_s, values), min_size=1, max_size=40)


def run(filter_: OneEuro, timed: list[tuple[float, float]], start_s: float = 0.0) -> list[float]:
    """What comes out of the filter for (seconds since the one before, value)."""
    state, t_s, out = None, start_s, []
    for step_s, value in timed:
        state = smooth(filter_, state, t_s, np.array([value]))
        out.append(float(state.value[0]))
        t_s += step_s
    return out


def as_in_the_paper(filter_: OneEuro, timed: list[tuple[float, float]]) -> list[float]:
    """The paper's algorithm, one number at a time: alpha = 1 / (1 + tau / Te), tau = 1 / (2 pi fc)."""

    def alpha(cutoff_hz: float, period_s: float) -> float:
        return 1 / (1 + 1 / (2 * pi * cutoff_hz) / period_s)

    out, derivative, period_s = [timed[0][1]], 0.0, timed[0][0]
    for step_s, x in timed[1:]:
        a = alpha(filter_.speed_hz, period_s)
        derivative = a * (x - out[-1]) / period_s + (1 - a) * derivative
        a = alpha(float(filter_.rest_hz + filter_.hz_per_speed * abs(derivative)), period_s)
        out.append(a * x + (1 - a) * out[-1])
        period_s = step_s
    return out


def test_the_published_values_come_out() -> None:
    timed = [(1 / 120, noisy) for noisy, _ in PUBLISHED]
    assert run(PUBLISHED_FILTER, timed) == pytest.approx([filtered for _, filtered in PUBLISHED], rel=1e-4, abs=1e-7)


@given(filters, signals, st.floats(-100, 100))
def test_it_is_the_papers_filter_at_any_rate_and_from_any_time(
    filter_: OneEuro, timed: list[tuple[float, float]], start_s: float
) -> None:
    assert run(filter_, timed, start_s) == pytest.approx(as_in_the_paper(filter_, timed), rel=1e-6, abs=1e-6)


@given(filters, values, values, st.floats(-5, 5))
def test_time_zero_is_a_time_like_any_other(filter_: OneEuro, first: float, second: float, start_s: float) -> None:
    timed = [(0.25, first), (0.25, second)]
    assert run(filter_, timed, 0.0) == pytest.approx(run(filter_, timed, start_s))
    assert run(filter_, timed, -0.25) == pytest.approx(run(filter_, timed, 0.0))


@given(filters, signals, signals)
def test_starting_afresh_leaves_no_trace(
    filter_: OneEuro, before: list[tuple[float, float]], after: list[tuple[float, float]]
) -> None:
    run(filter_, before)
    assert run(filter_, after)[0] == after[0][1]
    assert run(filter_, after) == run(filter_, after)


@given(filters, signals, st.floats(0, 3), values)
def test_a_value_that_is_not_newer_changes_nothing(
    filter_: OneEuro, timed: list[tuple[float, float]], late_s: float, value: float
) -> None:
    state: Smoothed | None = None
    t_s = 0.0
    for step_s, signal in timed:
        state = smooth(filter_, state, t_s, np.array([signal]))
        t_s += step_s
    assert state is not None
    assert smooth(filter_, state, state.t_s - late_s, np.array([value])) is state


@given(filters, values, st.lists(steps_s, min_size=1, max_size=20))
def test_a_constant_stays_exactly_what_it_is(filter_: OneEuro, value: float, steps: list[float]) -> None:
    assert set(run(filter_, [(step_s, value) for step_s in steps])) == {value}


@given(filters, signals)
def test_what_comes_out_lies_within_what_went_in(filter_: OneEuro, timed: list[tuple[float, float]]) -> None:
    seen = [value for _, value in timed]
    assert all(min(seen) - 1e-9 <= value <= max(seen) + 1e-9 for value in run(filter_, timed))


@given(filters, st.lists(st.tuples(values, values, values), min_size=2, max_size=10))
def test_channels_are_filtered_each_by_itself(filter_: OneEuro, rows: list[tuple[float, float, float]]) -> None:
    state = None
    for n, row in enumerate(rows):
        state = smooth(filter_, state, n / 30, np.array(row))
    assert state is not None
    alone = [run(filter_, [(1 / 30, row[channel]) for row in rows])[-1] for channel in range(3)]
    assert state.value.tolist() == pytest.approx(alone)


def test_it_is_still_at_rest_and_quick_in_motion() -> None:
    filter_ = OneEuro(rest_hz=1.0, hz_per_speed=1.0)
    jitter: Array = np.random.default_rng(1).normal(0, 0.01, 300)
    still = run(filter_, [(1 / 30, float(value)) for value in jitter])
    assert np.std(still[30:]) < 0.5 * np.std(jitter)
    move = [(1 / 30, 0.0)] * 10 + [(1 / 30, 10.0)] * 4
    assert run(filter_, move)[-1] > 9.0
