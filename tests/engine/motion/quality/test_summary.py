"""What a recording tells, on movements whose truth is known."""

import numpy as np
import pytest
from scipy import signal

from engine.hand import LONG_FINGERS, Array
from engine.motion.quality.eachfinger import alone, pinches
from engine.motion.quality.measured import Measured
from engine.motion.quality.signals import runs
from engine.motion.quality.summary import Series, summarise
from engine.motion.quality.twohands import both, together

RATE_HZ = 30.0


def bell(t_s: Array, at_s: float, lasts_s: float = 0.5) -> Array:
    """0 to 1 by minimum jerk, from `at_s` on."""
    s = np.clip((t_s - at_s) / lasts_s, 0, 1)
    return 10 * s**3 - 15 * s**4 + 6 * s**5


def test_runs_are_where_a_condition_holds() -> None:
    assert runs(np.array([True, True, False, True, False, False, True])) == [(0, 2), (3, 4), (6, 7)]
    assert runs(np.zeros(3, dtype=bool)) == []
    assert runs(np.zeros(0, dtype=bool)) == []


def times(length_s: float) -> Array:
    return np.arange(round(length_s * RATE_HZ)) / RATE_HZ


def taps(t_s: Array, along: float) -> Array:
    """Each finger in turn, twice, taking the others along by a share."""
    bends = np.zeros((len(t_s), 4))
    for n in range(8):
        tap = bell(t_s, 2.0 * n + 0.3) - bell(t_s, 2.0 * n + 1.2)
        bends += tap[:, None] * np.where(np.arange(4) == n % 4, 1.0, along)
    return bends


@pytest.mark.parametrize("along", [0.0, 0.2, 0.6])
def test_fingers_that_take_others_along_say_how_far(along: float) -> None:
    found = alone(taps(times(16.5), along))
    assert found["enslaving"].value == pytest.approx(100 * along, abs=1e-6)
    for name in ("individuation", "stationarity"):
        for finger in LONG_FINGERS:
            told = found[f"{name}.{finger}"]
            assert told.value == pytest.approx(1 - along)
            assert told.n == 4, "two taps, to and fro"
            assert told.error is not None
            assert told.error > 0.02, "no finer than angles are read"


def test_a_hand_that_moves_as_one_says_nothing_of_single_fingers() -> None:
    found = alone(np.repeat(taps(times(16.5), 0.0).sum(axis=1)[:, None], 4, axis=1))
    assert found["enslaving"].value is None
    assert found["individuation.ring"].why == "numbers.why.no_single_fingers"


def test_pinches_tell_their_scatter_unless_the_pads_touched() -> None:
    t_s, ends = times(12.0), (0.90, 0.94, 0.86)
    closing = sum((bell(t_s, 4 * n + 0.5) - bell(t_s, 4 * n + 2.0)) * end for n, end in enumerate(ends))
    told = pinches({"pinch.index": np.asarray(closing), "pinch.ring": np.minimum(np.asarray(closing) * 2, 1.0)})
    assert told["pinch_precision.index"].value == pytest.approx(np.std(ends, ddof=1), abs=1e-3)
    assert told["pinch_precision.index"].n == 3
    assert told["pinch_precision.ring"].why == "numbers.why.all_touched"


@pytest.mark.parametrize("latency_s", [0.0, 0.08])
def test_the_reaction_is_from_asking_to_moving_without_the_systems_own_delay(latency_s: float) -> None:
    t_s, asked_s, after_s = times(24.0), (3.0, 9.0, 15.0), 0.35
    one = sum(bell(t_s, at + after_s + latency_s, 0.7) - bell(t_s, at + 3.0, 0.7) for at in asked_s)
    values = {f"flexion.{finger}": np.asarray(one) for finger in LONG_FINGERS}
    # Asked in the midst of a movement: nobody can tell what that one answers.
    series = Series(t_s, values, asked_s=(*asked_s, 18.3), latency_s=latency_s)
    told = summarise(series)["reaction"]
    assert told.n == 3
    assert told.value == pytest.approx(after_s, abs=0.06)
    assert told.valid_share == 0.75
    assert summarise(Series(t_s, values, asked_s=asked_s))["reaction"].why == "numbers.why.no_latency"


def test_the_thumb_is_told_as_far_as_it_went_and_stayed() -> None:
    rate, points = RATE_HZ, np.zeros((90, 21, 2))
    points[:] = np.random.default_rng(1).normal(scale=1.0, size=(21, 2)) * 0.001
    for n, finger_first in enumerate((5, 9, 13, 17)):
        points[:, finger_first : finger_first + 4] += [[60 * n - 90, -100 - 30 * k] for k in range(4)]
    points[:, 4] = (200, 0)
    points[30:60, 4] = points[30:60, 12] + (3, 2)
    t_s, open_hand, touching = np.arange(90) / rate, np.zeros(90), np.zeros(90)
    touching[30:60] = 1.0
    opposed = Series(t_s, {"fist": open_hand, "pinch.middle": touching}, points_px=points)
    assert summarise(opposed)["kapandji"].value == 4
    for values in ({"fist": touching, "pinch.middle": touching}, {"fist": open_hand, "pinch.middle": open_hand}):
        told = summarise(Series(t_s, values, points_px=points))["kapandji"]
        assert (told.value, told.why) == (None, "numbers.why.no_opposition"), "neither a fist nor a rest asks the thumb"


def bending(fist: Array) -> Series:
    """A hand of which the index finger goes 80, 90 and 40 degrees in a fist, and lacks 0, 10 and 0 of straight."""
    angles = np.outer(fist, [80.0, 80.0, 40.0]) + np.array([0.0, 10.0, 0.0])
    return Series(np.arange(len(fist)) / RATE_HZ, {"fist": fist}, {LONG_FINGERS[0]: angles})


def test_total_active_motion_is_told_at_fists_that_were_held_and_opened_again() -> None:
    t_s = times(12.0)
    fists = np.asarray(sum(bell(t_s, 4 * n + 0.5) - bell(t_s, 4 * n + 2.0) for n in range(3)))
    told = summarise(bending(fists))["tam.index"]
    assert told.value == pytest.approx(80 + 90 + 40 - 10, abs=1)
    assert told.n == 3
    assert told.error == pytest.approx(1.96 * 9 * 6**0.5 / 3**0.5, rel=0.01)


@pytest.mark.parametrize("way", ["half a fist", "never opened", "only opened"])
def test_without_a_fist_and_a_stretch_there_is_no_total_active_motion(way: str) -> None:
    t_s = times(6.0)
    fist = {
        "half a fist": 0.5 * (bell(t_s, 1.0) - bell(t_s, 3.0)),
        "never opened": bell(t_s, 1.0),
        "only opened": 1 - bell(t_s, 0.0, 0.2),
    }[way]
    told = summarise(bending(np.asarray(fist)))["tam.index"]
    assert (told.value, told.why) == (None, "numbers.why.no_fist")


@pytest.mark.parametrize("lag_s", [0.1, 0.4])
def test_one_hand_after_the_other(lag_s: float) -> None:
    t_s = times(40.0)

    def fists(late_s: float) -> Series:
        closed = sum(bell(t_s, 4 * n + late_s) - bell(t_s, 4 * n + 2 + late_s) for n in range(10))
        return Series(t_s, {"fist": np.asarray(closed)})

    told = both(fists(0.5 + lag_s), fists(0.5))
    assert told["together.lag"].value == pytest.approx(lag_s, abs=0.02)
    assert told["together.correlation"].value == pytest.approx(1.0, abs=0.02)
    still = Series(t_s, {"fist": np.zeros(len(t_s))})
    assert both(still, fists(0.5))["together.lag"].value is None


def test_nothing_told_is_without_its_error() -> None:
    """A hand and its fellow, both a little unsteady: each number that is told says how sure it is."""
    t_s, random = times(40.0), np.random.default_rng(5)

    def shaking(late_s: float) -> Series:
        fist = np.asarray(sum(bell(t_s, 4 * n + late_s) - bell(t_s, 4 * n + 2 + late_s) for n in range(9)))
        palm = np.column_stack([0.2 + 0.5 * fist, 0.5 * fist]) + random.normal(0, 0.003, (len(t_s), 2))
        return Series(t_s, {"fist": fist + random.normal(0, 0.005, len(t_s))}, palm_xy=palm)

    one, other = shaking(0.6), shaking(0.5)
    told = {**summarise(one), **both(one, other)}
    known = {key: value for key, value in told.items() if value.value is not None}
    assert {"closing.peak_speed", "closing.peaks", "steadiness", "reach.straightness", "together.gain"} <= known.keys()
    assert [key for key, value in known.items() if not value.error] == []
    # Counts that were all the same are still counts.
    assert known["closing.peaks"].error == pytest.approx(1.96 / 12**0.5 / known["closing.peaks"].n ** 0.5, rel=0.01)


def test_a_finger_that_was_asked_is_judged_however_far_the_others_went() -> None:
    """Each finger is asked by itself in turn, and the others go further than it does."""
    t_s, along = times(16.5), 1.5
    bends = taps(t_s, along) / along
    asked = tuple((LONG_FINGERS[n % 4], 2.0 * n + 0.1, 2.0 * n + 1.1) for n in range(8))
    values = {f"flexion.{finger}": bends[:, n] for n, finger in enumerate(LONG_FINGERS)}
    told = summarise(Series(t_s, values, asked_alone=asked))
    assert told["enslaving"].value == pytest.approx(100 * along)
    assert (told["individuation.ring"].n, told["individuation.ring"].note) == (2, "numbers.long_fingers")
    assert summarise(Series(t_s, values))["enslaving"].value is None, "nobody led"
    assert alone(taps(t_s, 0.2))["enslaving"].note == "numbers.only_led"


def asked_in(t_s: Array, which: set[int], along: float = 0.2) -> dict[str, Measured]:
    """What is told where only these of four fingers were asked by themselves, though all were moved."""
    bends = taps(t_s, along)
    windows = [(n % 4, bends[(t_s >= 2.0 * n + 0.1) & (t_s <= 2.0 * n + 1.1)]) for n in range(8) if n % 4 in which]
    return alone(bends, windows)


def test_a_finger_that_alone_was_asked_is_told_and_the_others_were_not_asked() -> None:
    told = asked_in(times(16.5), {0})
    assert told["individuation.index"].value == pytest.approx(0.8)
    assert told["individuation.index"].n == 2
    assert told["individuation.ring"].why == "numbers.why.not_asked"
    assert {told[key].why for key in ("enslaving", "stationarity.index", "stationarity.ring")} == {
        "numbers.why.not_every_finger"
    }
    assert asked_in(times(16.5), {0, 1, 2, 3})["stationarity.index"].value == pytest.approx(0.8)


def test_a_finger_that_was_asked_and_hardly_moved_is_told_as_that() -> None:
    t_s = times(16.5)
    windows = [(0, taps(t_s, 0.2)), (2, 0.1 * taps(t_s, 0.2))]
    assert alone(taps(t_s, 0.2), windows)["individuation.ring"].why == "numbers.why.not_by_itself"


def unsteady(rng: np.random.Generator, n: int, hz: float, size: float = 1.0) -> Array:
    """Restlessness (n, 4) below a frequency."""
    sections = signal.butter(2, hz, fs=RATE_HZ, output="sos")
    noise: Array = signal.sosfilt(sections, rng.standard_normal((4, n + 600)), axis=1)[:, 600:]
    scaled: Array = size * noise.T / noise.std()
    return scaled


def test_no_finger_leads_a_fist_by_chance() -> None:
    """The measure of CLEARLY_MORE and LEAST_STEPS: 160 times closed or opened."""
    rng, t_s = np.random.default_rng(2), times(40.0)
    fist = np.asarray(sum(bell(t_s, 4 * n + 0.5, 0.6) - bell(t_s, 4 * n + 2.5, 0.6) for n in range(10)))
    for _ in range(8):
        assert alone(fist[:, None] + unsteady(rng, len(t_s), 2.0, 0.03))["individuation.index"].value is None


@pytest.mark.parametrize("hz", [0.3, 1.0, 3.0])
def test_the_error_of_two_hands_follows_from_what_was_recorded_of_them(hz: float) -> None:
    """Windows of two hands that share some of their movement, fast or not: the readings scatter as is told."""
    rng, found = np.random.default_rng(1), []
    for _ in range(120):
        shared, one, other, _ = unsteady(rng, 240, hz).T
        told = together(shared + one, shared + other, RATE_HZ, most_lag_s=1 / RATE_HZ)
        assert told is not None
        found.append((told.correlation, told.correlation_error, told.gain, told.gain_error))
    like, like_error, gain, gain_error = np.array(found).T
    assert 0.6 < like_error.mean() / like.std() < 1.4
    assert 0.6 < gain_error.mean() / gain.std() < 1.4


def test_why_two_hands_are_not_compared_is_said() -> None:
    t_s = times(40.0)
    fists = np.asarray(sum(bell(t_s, 4 * n + 0.5) - bell(t_s, 4 * n + 2.5) for n in range(10)))
    seen_now_and_then = np.where(t_s % 6 < 4, fists, np.nan)
    faster = np.asarray(sum(bell(t_s, 1.3 * n, 0.3) - bell(t_s, 1.3 * n + 0.5, 0.3) for n in range(30)))
    for other, why in ((seen_now_and_then, "not_both_seen"), (np.zeros(len(t_s)), "not_both_moved")):
        told = both(Series(t_s, {"fist": fists}), Series(t_s, {"fist": other}))
        assert {value.why for value in told.values()} == {f"numbers.why.{why}"}
    unlike = both(Series(t_s, {"fist": fists}), Series(t_s, {"fist": faster}))
    assert unlike["together.lag"].why == "numbers.why.not_alike"
    assert (unlike["together.correlation"].n, unlike["together.gain"].n) == (5, 5), "how little alike is told"


def test_windows_in_which_two_hands_do_different_things_are_not_left_out_of_their_likeness() -> None:
    """Of eight windows the hands do the same in the first, something else in six, and one rests in the last."""
    t_s = times(64.0)
    sound = 0.5 - 0.5 * np.cos(2 * np.pi * t_s / 4)
    other = np.where(t_s < 8, sound, 0.5 - 0.5 * np.cos(2 * np.pi * t_s / 2.3 + 1.0))
    told = both(Series(t_s, {"fist": np.where(t_s < 56, other, 0.0)}), Series(t_s, {"fist": sound}))
    lag, like, gain = (told[f"together.{name}"] for name in ("lag", "correlation", "gain"))
    assert (lag.n, lag.valid_share) == (1, 1 / 8)
    assert (like.n, like.valid_share) == (gain.n, gain.valid_share) == (7, 7 / 8)
    assert like.value is not None
    assert like.value < 0.5
    same = both(Series(t_s, {"fist": sound}), Series(t_s, {"fist": sound}))["together.correlation"]
    assert same.value == pytest.approx(1.0)
    assert same.error is not None
    assert 0.005 < same.error < 0.1, "no instrument tells two hands that are wholly alike"


def asked_windows(times_asked: tuple[int, int, int, int], rng: np.random.Generator) -> list[tuple[int, Array]]:
    """Each finger asked so often; each time the others go along together, now more, now less, and each by itself."""
    found = []
    for finger, often in enumerate(times_asked):
        for _ in range(often):
            along = rng.uniform(0.1, 0.5) + rng.uniform(0.0, 0.3, 4)
            along[finger] = 1.0
            found.append((finger, np.linspace(0, 1, 30)[:, None] * along))
    return found


@pytest.mark.parametrize("often", [(20, 20, 20, 20), (20, 3, 3, 3)])
def test_single_fingers_are_as_sure_as_the_movements_they_come_from(often: tuple[int, int, int, int]) -> None:
    """Told again and again, they scatter as their errors say; stationarity comes from the other fingers' movements."""
    rng = np.random.default_rng(3)
    many = [alone(np.zeros((30, 4)), asked_windows(often, rng)) for _ in range(100)]
    for key in ("enslaving", "individuation.index", "individuation.ring", "stationarity.index", "stationarity.ring"):
        values, errors = np.array([(told[key].value, told[key].error) for told in many]).T
        assert 0.75 < errors.mean() / (1.96 * values.std()) < 1.35, key
    told = many[0]
    assert [told[f"individuation.{finger}"].n for finger in LONG_FINGERS] == list(often)
    assert [told[f"stationarity.{finger}"].n for finger in LONG_FINGERS] == [min(often)] * 4


def test_pinches_that_end_all_alike_have_no_scatter_but_the_instruments_error() -> None:
    t_s = times(12.0)
    closing = np.asarray(sum(bell(t_s, 4 * n + 0.5) - bell(t_s, 4 * n + 2.0) for n in range(3)))
    told = pinches({"pinch.index": 0.9 * closing})["pinch_precision.index"]
    assert told.value == pytest.approx(0.0, abs=1e-9)
    assert told.error == pytest.approx(1.96 * 0.48 / (8.4 * 0.86) / 2)
    assert str(told) == "below 0.07 of the way to touching"
    still = summarise(Series(t_s, {"fist": np.zeros(len(t_s))}))["steadiness"]
    assert str(still).startswith("below 0.0")


def test_how_far_one_hand_is_from_the_other_leaves_the_lag_out_and_smaller_ways_in() -> None:
    """A hand that goes 0.7 of the other's way, 0.2 s later: the rest of it is 0.3 of the other, root mean square."""
    t_s = times(40.0)
    sound = 0.5 - 0.5 * np.cos(2 * np.pi * 0.25 * t_s)
    late = 0.5 - 0.5 * np.cos(2 * np.pi * 0.25 * (t_s - 0.2))
    told = both(Series(t_s, {"fist": 0.7 * late}), Series(t_s, {"fist": sound}))["together.difference"]
    assert told.value == pytest.approx(0.3 * np.sqrt(0.375), abs=0.005)
    assert told.n == 5
    assert told.error is not None
    same = both(Series(t_s, {"fist": late}), Series(t_s, {"fist": sound}))["together.difference"]
    assert str(same).startswith("below 0.0")
