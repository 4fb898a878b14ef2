"""Simulated patients: deterministic, within their own range, worse where they are more impaired."""

from dataclasses import fields, replace
from statistics import mean
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hand import LONG_FINGERS, Finger, Side
from engine.inputs import Role
from engine.motion.motion import Motion
from engine.motion.poses import pose_for
from engine.play.drive import run
from engine.play.form import Form
from engine.play.game import Cue, Place, Target, TrialEnded
from engine.play.levelfile import load_level, resolve_level
from engine.play.patient import PatientHand
from engine.play.posing import Shown, show
from engine.play.profiles import Profile, impairments, per_level, profile_named, profiles
from engine.play.reaching import minimum_jerk, plan_reach
from engine.play.session import Session
from engine.play.unrest import RATE_HZ, Unrest
from engine.sources.simulated import SimulatedSource
from games import all_games

PROFILES = tuple(profiles())
PINCH = Cue(Role.AFFECTED, (Target("pinch.index", 0.93),), Place((0.2, 0.6), 0.08))
OPEN = Cue(Role.AFFECTED, (Target("pinch.index", 0.0, 0.35),), Place((0.8, 0.4), 0.08))


def level(name: str, difficulty: float, **said: Any) -> tuple[Any, Any]:
    """A shipped level, short and at one difficulty."""
    file = load_level(resolve_level(name), all_games())
    pinned = file.level.difficulty.model_copy(update=dict.fromkeys(("start", "min", "max"), difficulty))
    return file.game, file.level.model_copy(update={"sets": 1, "repetitions": 8, "difficulty": pinned} | said)


def trials(profile: Profile, seed: int, game_level: tuple[Any, Any], *, calibrated: bool = True) -> list[TrialEnded]:
    """Every counted trial of one simulated session; helped ones are left out."""
    source = SimulatedSource(profile, seed)
    ended: list[TrialEnded] = []
    session = Session(*game_level, seed)
    motion = Motion(source.ranges() if calibrated else None)
    run(session, source, motion, limit_s=400, heard=lambda events: ended.extend(_ended(events)))
    return [trial for trial in ended if trial.success is not None and not trial.assisted]


def _ended(events: tuple[object, ...]) -> list[TrialEnded]:
    return [event for event in events if isinstance(event, TrialEnded)]


def success(ended: list[TrialEnded]) -> float:
    return mean(trial.success is True for trial in ended)


def move(profile: str, seed: int, seconds: float = 6.0) -> np.ndarray[Any, np.dtype[np.float64]]:
    hand, rows = PatientHand(profile_named(profile), seed), []
    for n in range(round(seconds * 30)):
        angles, xy = hand.at(n / 30, PINCH if n % 120 < 60 else OPEN)
        rows.append([*angles.as_array(), *xy])
    return np.array(rows)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_seed_moves_the_same_way(profile: str) -> None:
    assert np.array_equal(move(profile, 1), move(profile, 1))
    assert not np.array_equal(move(profile, 1), move(profile, 2))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_hand_moves_smoothly_and_stays_a_hand(profile: str) -> None:
    rows = move(profile, 3, 20.0)
    assert np.isfinite(rows).all()
    assert np.abs(np.diff(rows[:, :20], axis=0)).max() < 1.3
    assert np.abs(np.diff(rows[:, 20:], axis=0)).max() < 0.15


def test_nobody_moves_before_they_can_have_seen_the_cue() -> None:
    for profile in PROFILES:
        rows = move(profile, 5, 0.25)
        assert np.ptp(rows[:, 20:], axis=0).max() < 0.06


def test_profiles_are_ordered_in_every_number() -> None:
    able, *others = profiles().values()
    for milder, worse in zip((able, *others), others, strict=False):
        assert milder.release_delay_s < worse.release_delay_s
        assert milder.active_range > worse.active_range
        assert milder.bending[0] < worse.bending[0]
        assert milder.unsteadiness < worse.unsteadiness


@pytest.mark.parametrize("profile", PROFILES)
def test_a_calibrated_hand_reaches_both_ends_of_its_own_range(profile: str) -> None:
    source = SimulatedSource(replace(profile_named(profile), lapse=0.0, dropouts=0.0), 1)
    motion, closed, opened = Motion(source.ranges()), 0.0, 1.0
    for n in range(90):
        source.follow(PINCH if n < 45 else OPEN, 0.0)
        for sample in source.read(0.0):
            motion.feed(sample)
        value = motion.hands[Side.RIGHT].values.get("pinch.index", 0.0)
        closed, opened = (max(closed, value), 1.0) if n < 45 else (closed, min(opened, value))
    assert closed > 0.88
    assert opened < 0.40


@given(
    st.sampled_from(["flexion.index", "flexion.ring", "opposition", "spread", "pinch.index", "pinch.little"]),
    st.floats(0.0, 1.0),
)
def test_quick_poses_are_the_poses(control: str, share: float) -> None:
    kind, _, finger = control.partition(".")
    bends = [[share if control == "flexion.index" else 0.0, 0.0, share if control == "flexion.ring" else 0.0, 0.0]]
    shown = Shown(
        np.array(bends),
        opposition=np.array([share if kind == "opposition" else 0.0]),
        spread=np.array([share if kind == "spread" else 0.0]),
        thumb=np.zeros(1),
        pinching=LONG_FINGERS.index(Finger(finger)) if kind == "pinch" else None,
        near=np.array([share]),
    )
    exact = pose_for({control: share}).as_array()
    assert np.abs(show(shown)[0] - exact).max() < 0.13


def test_a_reach_ends_where_it_is_aimed_and_takes_longer_when_impaired() -> None:
    lasts = {}
    for name, profile in profiles().items():
        random = PatientHand(profile, 4).random
        reaches = [plan_reach(profile, random, 1.0, (0.2, 0.3), (0.8, 0.6), 0.05, 1.0) for _ in range(60)]
        lasts[name] = mean(reach.end_s - 1.0 for reach in reaches)
        for reach in reaches:
            assert reach.at(0.5) == reach.begin_xy
            assert reach.at(reach.end_s - 1e-9) == pytest.approx(reach.end_xy, abs=1e-6)
    assert list(lasts.values()) == sorted(lasts.values())
    assert [minimum_jerk(s) for s in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]


@pytest.mark.long
def test_success_follows_impairment() -> None:
    """At the same difficulty: able > stage 3 > stage 2 > stage 1, over several seeds and difficulties."""
    share = {}
    for name, profile in profiles().items():
        played = [level("coin_drop/03_full_palm", difficulty) for difficulty in (4.0, 7.0, 8.8)]
        share[name] = mean(success(trials(profile, seed, one)) for seed in (1, 2) for one in played)
    assert share["able"] > share["stage_3"] > share["stage_2"] > share["stage_1"], share


@given(st.sampled_from(impairments()), st.floats(0.0, 1.0))
def test_an_impairment_is_added_by_degrees_and_touches_nothing_else(impairment: str, degree: float) -> None:
    able = profile_named("able")
    none, some, most = (able.with_(**{impairment: share}) for share in (0.0, degree, 1.0))
    rows = [field.name for field in fields(Profile) if isinstance(getattr(able, field.name), float)]
    changed = {row for row in rows if getattr(most, row) != getattr(able, row)}
    assert changed
    for row in rows:
        assert getattr(none, row) == getattr(able, row)
        low, high = sorted((getattr(able, row), getattr(most, row)))
        assert low - 1e-9 <= getattr(some, row) <= high + 1e-9
    assert most.base == "able"
    assert profile_named(f"able+{impairment}") == most


def test_a_patient_nobody_knows_is_answered_with_what_there_is() -> None:
    with pytest.raises(ValueError, match="no impairment 'tremour'; did you mean 'tremor'"):
        profile_named("able+tremour")
    with pytest.raises(ValueError, match=r"no impairment 'sleepy'.*reduced_range.*tremor"):
        profile_named("able+sleepy")
    with pytest.raises(ValueError, match="a degree lies between 0 and 1"):
        profile_named("stage_2+tremor=3")
    with pytest.raises(ValueError, match="tremor=much: a degree is a number"):
        profile_named("stage_2+tremor=much")


def test_days_differ_and_some_are_bad_and_a_session_starts_cold() -> None:
    able, severe = profile_named("able"), profile_named("stage_1")
    assert {Form(able, seed).slower for seed in range(50)} == {1.0}
    cold = replace(severe, warm_up_levels=0.0)
    days = [Form(cold, seed).slower for seed in range(400)]
    levels = np.log(days) / np.log(per_level())
    assert 0.7 < np.std(levels) < 1.1
    assert np.mean(levels) == pytest.approx(severe.bad_day * severe.bad_day_levels, abs=0.15)
    form = Form(severe, 3)
    at_first = form.slower
    for _ in range(120):
        form.moved()
    assert form.slower < at_first
    for _ in range(900):
        form.moved()
    assert form.slower > at_first


def test_a_neglected_side_is_noticed_late_and_reached_in_steps() -> None:
    def there_after_s(profile: Profile, x: float, seed: int) -> float:
        hand, cue = PatientHand(profile, seed), Cue(Role.AFFECTED, (), Place((x, 0.5), 0.05))
        for n in range(1800):
            if abs(hand.at(n / 30, cue)[1][0] - x) < 0.06:
                return n / 30
        return 60.0

    able = replace(profile_named("able"), lapse=0.0)
    neglecting = able.with_(neglect=1.0)
    for x, late_s in ((0.95, 2.0), (0.05, 0.0)):
        able_s, neglecting_s = (mean(there_after_s(p, x, seed) for seed in range(12)) for p in (able, neglecting))
        assert neglecting_s >= able_s + late_s
        assert late_s > 0.0 or neglecting_s == pytest.approx(able_s, abs=0.3)


def test_a_resting_hand_starts_later_and_a_spastic_one_opens_later() -> None:
    def opened_after_s(profile: Profile, seed: int) -> float:
        hand = PatientHand(profile, seed)
        for n in range(3000):
            hand.at(n / 30, PINCH if n < 150 else OPEN)
            if n > 150 and hand.moves["pinch.index"].value < 0.5:
                return n / 30 - 5.0
        return 90.0

    steady = replace(profile_named("able"), lapse=0.0, open_s=1.0, time_spread=0.0)
    usual, spastic, still = (
        mean(opened_after_s(profile, seed) for seed in range(8))
        for profile in (steady, steady.with_(spasticity=1.0), steady.with_(stillness=1.0))
    )
    assert spastic > usual + 0.4
    assert still > usual + 2.0


@pytest.mark.parametrize("profile", PROFILES)
def test_a_hand_trembles_at_its_own_rate_and_as_far_as_the_file_says(profile: str) -> None:
    patient = profile_named(profile)
    unrest = Unrest(patient, 1, 3)
    tremor, drift = (np.concatenate(parts) for parts in zip(*(unrest.next(20) for _ in range(300)), strict=True))
    power = np.abs(np.fft.rfft(tremor[:, 0])) ** 2
    assert np.fft.rfftfreq(6000, 1 / RATE_HZ)[power.argmax()] == pytest.approx(patient.tremor_hz, abs=0.5)
    assert np.std(tremor, axis=0) == pytest.approx(1.0, abs=0.12)
    assert np.std(drift, axis=0) == pytest.approx(1.0, abs=0.25)
    in_parts = Unrest(patient, 1, 3)
    assert np.array_equal(np.concatenate([in_parts.next(7)[0] for _ in range(800)]), tremor[:5600])
