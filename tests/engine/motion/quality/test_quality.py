"""The numbers come back as published, agree with a second opinion, and never claim more than they know."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monalysa.quality import smoothness as oracle

from engine.hand import Array
from engine.motion import quality as q


def minimum_jerk(amplitude: float, duration_s: float, t_s: Array) -> Array:
    """Speed of a movement of least jerk (Flash & Hogan 1985)."""
    share = np.clip(t_s / duration_s, 0, 1)
    fast: Array = amplitude / duration_s * 30 * (share**2 - 2 * share**3 + share**4)
    return fast


def several(onsets_s: tuple[float, ...], n: int, rate_hz: float = 100.0) -> Array:
    t_s = np.arange(n) / rate_hz
    fast: Array = np.sum([minimum_jerk(1.0, 1.0, t_s - onset) for onset in onsets_s], axis=0)
    return fast


GAUSS = np.exp(-5 * np.arange(-1, 1, 0.01) ** 2)
ONE = minimum_jerk(1, 1, np.arange(0, 1, 0.01))
VECTORS = [
    ("gauss", GAUSS, 100.0, -1.41403, -5.81636),
    ("minimum jerk", ONE, 100.0, -1.40583, -5.22414),
    ("30 Hz", minimum_jerk(1, 1, np.arange(30) / 30), 30.0, -1.40041, -5.01460),
    ("small and slow", minimum_jerk(0.12, 3, np.arange(300) / 100), 100.0, -1.40254, -5.28893),
    ("two, close", several((0.0, 0.6), 160), 100.0, -1.76399, -6.97025),
    ("two, apart", several((0.0, 1.0), 200), 100.0, -2.24455, -8.04636),
    ("three", several((0.0, 1.0, 2.0), 300), 100.0, -2.70384, -9.68423),
]


@pytest.mark.parametrize(("name", "fast", "rate_hz", "sparc", "ldlj"), VECTORS, ids=[v[0] for v in VECTORS])
def test_smoothness_comes_back_to_the_digit(name: str, fast: Array, rate_hz: float, sparc: float, ldlj: float) -> None:
    assert q.sparc(fast, rate_hz) == pytest.approx(sparc, abs=6e-6)
    assert q.log_dimensionless_jerk(fast, rate_hz) == pytest.approx(ldlj, abs=6e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.1, 2.0), min_size=1, max_size=4), st.sampled_from([30.0, 60.0, 100.0]))
def test_a_second_opinion_agrees(durations_s: list[float], rate_hz: float) -> None:
    parts = [minimum_jerk(1, d, np.arange(round(d * rate_hz) + 8) / rate_hz) for d in durations_s]
    fast = np.concatenate(parts)
    if len(fast) < 20:
        return
    mine = q.sparc(fast, rate_hz)
    assert mine is not None
    assert mine == pytest.approx(oracle.sparc(fast, rate_hz)[0], abs=1e-9)
    jerk = oracle.log_dimensionless_jerk(fast.reshape(-1, 1), rate_hz, "vel", False)
    assert q.log_dimensionless_jerk(fast, rate_hz) == pytest.approx(jerk, abs=1e-6)


@given(st.floats(0.01, 100))
def test_smoothness_does_not_ask_how_large_a_movement_is(scale: float) -> None:
    assert q.sparc(ONE * scale, 100.0) == pytest.approx(q.sparc(ONE, 100.0), abs=1e-9)
    assert q.log_dimensionless_jerk(ONE * scale, 100) == pytest.approx(q.log_dimensionless_jerk(ONE, 100), abs=1e-9)


@pytest.mark.parametrize(
    ("jitter_mm", "expected", "within"), [(0.5, -1.42, 0.08), (1.0, -1.48, 0.13), (2.0, -1.68, 0.2)]
)
def test_after_the_filter_a_trembling_camera_does_little_to_smoothness(
    jitter_mm: float, expected: float, within: float
) -> None:
    """A reach of 80 mm in a second, 30 pictures a second, many cameras that tremble."""
    random, rate_hz = np.random.default_rng(4), 30.0
    t_s = np.arange(-15, 45) / rate_hz
    share = np.clip(t_s, 0, 1)
    way = np.column_stack([80 * (10 * share**3 - 15 * share**4 + 6 * share**5), 0 * t_s])
    found = []
    for _ in range(60):
        seen = way + random.normal(0, jitter_mm, way.shape)
        found += [reach.sparc for reach in q.reaches(seen, rate_hz, 40.0)[:1]]
    values = np.array([value for value in found if value is not None])
    assert values.mean() == pytest.approx(expected, abs=within)
    assert values.std() < 2.2 * q.sparc_error(jitter_mm)


def test_a_reach_is_timed_measured_and_counted() -> None:
    rate_hz = 100.0
    t_s = np.arange(0, 3, 0.01)
    share = np.clip(t_s - 1.0, 0, 1)
    path = np.column_stack([0.3 * (10 * share**3 - 15 * share**4 + 6 * share**5), 0 * t_s])
    [reach] = q.reaches(path, rate_hz, 0.1, cue_s=0.6, latency_s=0.05, filtered=False)
    assert reach.reaction_s == pytest.approx(1.0 + 0.06 - 0.6 - 0.05, abs=0.03)
    assert reach.movement_s == pytest.approx(0.88, abs=0.04)
    assert reach.peak_speed == pytest.approx(0.3 * 1.875, rel=0.01)
    assert reach.time_to_peak == pytest.approx(0.5, abs=0.02)
    assert (reach.velocity_peaks, round(reach.efficiency, 3)) == (1, 1.0)
    there_and_back = np.concatenate([path, path[::-1]])
    assert [r.velocity_peaks for r in q.reaches(there_and_back, rate_hz, 0.1)] == [1, 1]


def test_parts_of_a_movement_are_counted_as_peaks() -> None:
    assert q.velocity_peaks(several((0.0, 0.6, 1.2), 240), 100.0) == 3
    assert q.velocity_peaks(ONE, 100.0) == 1
    assert q.velocity_peaks(np.zeros(50), 100.0) == 0


def test_individuation_and_stationarity_come_back_as_worked_out_by_hand() -> None:
    slopes = np.array(
        [
            [1, 0.1, 0.05, 0, 0],
            [0.1, 1, 0.2, 0.1, 0],
            [0, 0.3, 1, 0.4, 0.1],
            [0, 0.1, 0.5, 1, 0.4],
            [0, 0.05, 0.1, 0.5, 1],
        ]
    )
    assert q.individuation(slopes) == pytest.approx([0.9625, 0.9, 0.8, 0.75, 0.8375])
    assert q.stationarity(slopes) == pytest.approx([0.975, 0.8625, 0.7875, 0.75, 0.875])
    assert q.enslaving(slopes) == pytest.approx(100 * (np.abs(slopes).sum() - 5) / 20)
    assert q.individuation(np.eye(5)) == pytest.approx(np.ones(5))
    assert q.individuation(np.ones((5, 5))) == pytest.approx(np.zeros(5))


def test_slopes_are_read_from_movements() -> None:
    way = np.sin(np.linspace(0, 2 * np.pi, 90))
    truth = np.array([[1.0, 0.3, 0.1], [0.2, 1.0, 0.4], [0.0, 0.5, 1.0]])
    angles = np.stack([np.outer(way, row) + 0.2 for row in truth])
    assert q.excursion_slopes(angles) == pytest.approx(truth, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.floats(-0.6, 0.6))
def test_the_lag_of_two_hands_is_found_between_the_pictures(lag_s: float) -> None:
    t_s = np.arange(0, 12, 1 / 30)

    def wave(t_s: Array) -> Array:
        return np.sin(2 * np.pi * 0.4 * t_s) + 0.5 * np.sin(2 * np.pi * 0.93 * t_s + 1)

    found = q.together(wave(t_s), 0.7 * wave(t_s - lag_s), 30.0)
    assert found is not None
    assert found.lag_s == pytest.approx(lag_s, abs=0.002)
    assert found.correlation > 0.99
    assert found.gain == pytest.approx(0.7, abs=0.03)


def test_the_published_lag_comes_back() -> None:
    t_s = np.arange(0, 12, 1 / 30)
    leader, follower = (
        np.sin(2 * np.pi * 0.4 * s) + 0.5 * np.sin(2 * np.pi * 0.93 * s + 1) for s in (t_s, t_s - 0.173)
    )
    found = q.together(leader, follower, 30.0)
    assert found is not None
    assert found.lag_s == pytest.approx(0.1730, abs=0.0005)
    assert q.together(leader, np.zeros_like(leader), 30.0) is None


@pytest.mark.parametrize("hz", [4.5, 6.0, 9.0])
def test_tremor_is_found_where_it_is(hz: float) -> None:
    random, t_s = np.random.default_rng(1), np.arange(0, 8, 1 / 60)
    still = random.normal(0, 0.02, (len(t_s), 2)) + np.outer(t_s, [0.1, 0.0])
    trembling = still + np.outer(np.sin(2 * np.pi * hz * t_s), [0.3, 0.1])
    found = q.tremor([trembling], 60.0)
    assert found is not None
    assert found.peak_hz == pytest.approx(hz, abs=0.3)
    assert found.peak_error_hz >= 0.25
    assert found.share > 0.9
    assert q.tremor([still], 60.0) is None
    assert q.tremor([trembling[:60]], 60.0) is None
    assert q.tremor([trembling], 15.0) is None


@pytest.mark.parametrize("rate_hz", [30.0, 60.0])
def test_noise_has_no_tremor_whatever_its_colour_and_length(rate_hz: float) -> None:
    """Neither a camera's jitter nor a hand that drifts may be called a tremor."""
    random = np.random.default_rng(2)
    for seconds in (2, 3, 5, 12):
        for _ in range(60):
            white = random.normal(0, 1.0, round(seconds * rate_hz))
            assert q.tremor([white], rate_hz) is None
            assert q.tremor([np.cumsum(white)], rate_hz) is None
            assert q.tremor([q.smooth(white, rate_hz)], rate_hz) is None


def test_total_active_motion_as_in_the_textbook() -> None:
    assert q.total_active_motion((45, 60, 40), (0, 10, 10)) == 125
    assert q.total_active_motion((85, 110, 65), (-20, 0, 0)) == 260
    assert [q.tam_word(tam) for tam in (260, 200, 195, 140, 130, 90)] == [
        f"tam.{word}" for word in ("excellent", "good", "fair", "fair", "poor", "poor")
    ]


def test_kapandji_counts_what_was_held_and_stops_at_six() -> None:
    points = np.zeros((60, 21, 2))
    points[:, :, 0] = np.arange(21) * 10.0
    assert q.kapandji(points, 1.0, 30.0) == 0
    for stage, tip in ((3, 8), (4, 12), (5, 16), (6, 20)):
        reached = points.copy()
        reached[20:40, 4] = reached[20:40, tip]
        assert q.kapandji(reached, 1.0, 30.0) == stage
        reached[25, 4] = 500
        assert q.kapandji(reached, 1.0, 30.0) == 0


def test_pinches_are_as_alike_as_their_ends() -> None:
    assert q.pinch_precision([0.1]) is None
    assert q.pinch_precision([0.10, 0.14]) == pytest.approx(0.0283, abs=1e-4)


def test_gaps_are_filled_when_short_and_left_when_long() -> None:
    t_s = np.delete(np.arange(0, 4, 1 / 30), [*range(10, 13), *range(60, 90)])
    times, values = q.even(t_s, t_s**2, 30.0)
    assert np.isfinite(values[10:13]).all()
    assert np.isnan(values[61:88]).all()
    assert values[10:13] == pytest.approx(times[10:13] ** 2, abs=0.01)
    assert len(q.even(np.array([0.0]), np.array([1.0]), 30.0)[0]) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-5, 5) | st.just(float("nan")), max_size=30), st.sampled_from([15.0, 30.0, 60.0]))
def test_whatever_is_given_a_number_or_none_comes_back(values: list[float], rate_hz: float) -> None:
    series = np.array(values, dtype=float)
    for found in (q.sparc(np.abs(series), rate_hz), q.log_dimensionless_jerk(series, rate_hz), q.jitter(series)):
        assert found is None or np.isfinite(found)
    q.tremor([series], rate_hz)
    q.reaches(np.column_stack([series, series]) if len(series) else np.empty((0, 2)), rate_hz, 0.1)
    q.together(np.nan_to_num(series), np.nan_to_num(series[::-1]), rate_hz)


def test_no_number_is_said_finer_than_its_error() -> None:
    assert str(q.Measured(87.31, "degrees", 1, 1.0, 17.6)) == "90 degrees (±20)"
    assert str(q.Measured(87.31, "degrees", 5, 1.0, 7.9)) == "87 degrees (±8)"
    assert str(q.Measured(0.1730, "s", 9, 1.0, 0.021)) == "0.17 s (±0.02)"
    assert str(q.Measured(-1.4834, "", 3, 1.0, 0.09)) == "-1.48 (±0.09)"
    assert str(q.untold("s", "too short")) == "not told (too short)"
    assert str(q.Measured(0.94, "of 1", 1, 1.0, 0.0)) == "about 0.9 of 1", "no error is no error of zero"


def test_what_rounds_to_nothing_is_said_to_be_below_what_can_be_told() -> None:
    assert str(q.Measured(0.004, "of the range", 3, 1.0, 0.01)) == "below 0.02 of the range"
    assert str(q.Measured(0.0, "%", 3, 1.0, 7.0)) == "below 7 %"
    assert str(q.Measured(3.0, "degrees", 1, 1.0, 43.0)) == "below 50 degrees"
    assert str(q.Measured(0.004, "s", 3, 1.0, 0.02)) == "0.00 s (±0.02)", "one hand may be before the other"


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e3))
def test_what_is_shown_differs_from_the_value_by_less_than_the_error(value: float, error: float) -> None:
    assert abs(float(q.shown(value, error)) - value) <= error / 2 + 1e-9


def test_repetitions_carry_their_number_their_share_and_their_error() -> None:
    found = q.of_repetitions([60.0, 70.0, None, 80.0, 70.0], "degrees", error_of_one=9.0)
    assert (found.value, found.n, found.valid_share) == (70.0, 4, 0.8)
    assert found.error == pytest.approx(1.96 * 9.0 / 2, abs=1e-9)
    scattered = q.of_repetitions([10.0, 90.0], "degrees", error_of_one=9.0)
    assert scattered.error is not None
    assert scattered.error > 50
    assert q.of_repetitions([None, None], "s").value is None
