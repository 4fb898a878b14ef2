"""The simulated patient is a source like any other."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from engine.hand import HandFrame, Side
from engine.inputs import Role
from engine.motion.measures import measure
from engine.motion.motion import Motion
from engine.motion.ranges import ABLE_ADULT, reach_xy
from engine.play.game import Cue, Place, Target
from engine.play.profiles import profile_named
from engine.play.unrest import RATE_HZ
from engine.sources.simulated import BREAK_S, MOST_AHEAD, SimulatedHand, SimulatedSource, pictures_of
from engine.sources.source import Source, SourceState


def pictures(source: Source, count: int) -> list[object]:
    return [sample for _ in range(count) for sample in source.read(0.0)]


@pytest.mark.parametrize("side", Side)
def test_it_shows_one_hand_thirty_times_a_second_and_sometimes_none(side: Side) -> None:
    source = SimulatedSource(profile_named("stage_1"), 1, side)
    source.follow(Cue(Role.AFFECTED, ()), 0.0)
    samples = [sample for _ in range(3000) for sample in source.read(0.0)]
    assert [sample.t_s for sample in samples[:3]] == pytest.approx([0.0, 1 / RATE_HZ, 2 / RATE_HZ])
    assert all(sample.hand(side.other) is None for sample in samples)
    gone = sum(sample.hand(side) is None for sample in samples) / len(samples)
    assert 0.015 < gone < 0.045


@pytest.mark.parametrize("side", Side)
def test_the_hand_is_seen_where_the_cue_sends_it(side: Side) -> None:
    profile = profile_named("able")
    source = SimulatedSource(profile, 2, side)
    source.follow(Cue(Role.AFFECTED, (), Place((0.2, 0.8), 0.05)), 0.0)
    frames = [sample.hand(side) for _ in range(200) for sample in source.read(0.0)]
    last = next(frame for frame in reversed(frames) if frame is not None)
    assert last.points_m.shape == (21, 3)
    assert last.picture_xy is not None
    assert np.isfinite(last.points_m).all()
    assert reach_xy(measure(last), ABLE_ADULT) == pytest.approx((0.2, 0.8), abs=0.06)


def test_it_ends_when_closed_or_when_its_time_is_over() -> None:
    source = SimulatedSource(profile_named("able"), 1, limit_s=1.0)
    assert len(pictures(source, 100)) == 31
    assert source.status().state is SourceState.ENDED
    other = SimulatedSource(profile_named("able"), 1)
    other.close()
    other.close()
    assert other.read(0.0) == []


def test_an_unknown_patient_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="it can be 'able', 'stage_3', 'stage_2' or 'stage_1'"):
        profile_named("nobody")
    with pytest.raises(ValueError, match="did you mean 'able'"):
        profile_named("abel")
    with pytest.raises(ValueError, match="there is no impairment 'tremr'; did you mean 'tremor'"):
        profile_named("able+tremr")


def moved_at_s(source: SimulatedSource, asked_s: float) -> float:
    """When the palm of a still hand sets out, which is asked to go elsewhere at this time."""
    here = None
    while True:
        for sample in source.read(0.0):
            place = Place((0.9, 0.9) if sample.t_s >= asked_s else (0.5, 0.3), 0.01)
            source.follow(Cue(Role.AFFECTED, (), place), sample.t_s)
            frame = sample.hand(source.side)
            assert frame is not None
            assert frame.picture_xy is not None
            here = frame.picture_xy[0] if here is None else here
            if np.abs(frame.picture_xy[0] - here).max() > 0.01:
                return sample.t_s


def test_it_answers_as_late_as_its_reaction_time_says_however_far_it_looks_ahead() -> None:
    """Pictures come many at a time; that must neither show the future nor hold the present back."""
    still = replace(
        profile_named("stage_1"), dropouts=0.0, jitter_mm=0.0, tremor_palms=0.0, fitts_a_s=0.1, fitts_b_s=0.1
    )
    late_s = [moved_at_s(SimulatedSource(still, seed), asked_s := 1.0 + seed / 90) - asked_s for seed in range(150)]
    assert min(late_s) >= still.reaction_s
    assert np.mean(late_s) == pytest.approx(still.reaction_s + still.reaction_more_s, abs=0.15)


@pytest.mark.parametrize("name", ["able", "stage_1"])
def test_it_looks_as_far_ahead_as_is_certain_and_no_further(name: str) -> None:
    source, certain, last_s = SimulatedSource(profile_named(name), 1), set[int](), -1 / RATE_HZ
    for seed in range(40):
        times_s = [sample.t_s for sample in source.read(0.0)]
        reacts_s = source.hand.patient.reaction_s
        assert times_s[0] == pytest.approx(last_s + 1 / RATE_HZ)
        last_s = times_s[-1]
        assert last_s < times_s[0] + reacts_s, "what was asked at the first of them could show in the last"
        assert len(times_s) == MOST_AHEAD or last_s + 1 / RATE_HZ >= times_s[0] + reacts_s
        certain.add(len(times_s))
        source.follow(Cue(Role.AFFECTED, (Target("fist", seed % 2),)), last_s)
    assert len(certain) > 2


def test_the_other_hand_is_an_able_one_and_a_hand_is_seen_once_it_is_asked_for() -> None:
    source = SimulatedSource(replace(profile_named("stage_1"), dropouts=0.0), 1, Side.LEFT)
    motion = Motion(source.ranges())
    for sample in source.read(0.0):
        motion.feed(sample)
        assert sample.left is not None
        assert sample.right is None
    close = Cue(Role.UNAFFECTED, (Target("fist", 0.9),))
    source.follow(close, 0.1)
    for _ in range(20):
        for sample in source.read(0.0):
            motion.feed(sample)
            source.follow(close, sample.t_s)
            # The affected one has nothing to do here, and need not be there.
            assert sample.left is None
    assert motion.hands[Side.RIGHT].values["fist"] > 0.8
    assert motion.hands[Side.LEFT].values["fist"] < 0.3


def test_where_two_hands_are_looked_for_both_are_held_up_whichever_is_asked() -> None:
    """A window waits until it sees every hand that a level needs, also one that is never asked."""
    source, close = SimulatedSource(profile_named("able"), 1, hands=2), Cue(Role.UNAFFECTED, (Target("fist", 0.9),))
    seen = dict.fromkeys(Side, 0)
    for _ in range(40):
        for sample in source.read(0.0):
            source.follow(close, sample.t_s)
            seen = {side: count + (sample.hand(side) is not None) for side, count in seen.items()}
    assert min(seen.values()) > 200


def test_in_a_long_break_the_hand_is_laid_down_and_goes_on_from_where_it_was() -> None:
    """Nobody holds up a hand for a minute's rest; but for as long as a coin takes to come it stays."""
    source = SimulatedSource(replace(profile_named("able"), dropouts=0.0), 1)
    close, frames = Cue(Role.AFFECTED, (Target("fist", 0.9),)), dict[float, HandFrame | None]()

    def play(cue: Cue | None, until_s: float) -> None:
        while max(frames, default=0.0) < until_s:
            for sample in source.read(0.0):
                frames[sample.t_s] = sample.right
                source.follow(cue, sample.t_s)

    play(close, 4.0)
    before_s = max(frames)
    play(None, before_s + 60.0)
    there = [frame is not None for t_s, frame in frames.items() if before_s < t_s < before_s + BREAK_S - 1.0]
    away = [frame is None for t_s, frame in frames.items() if before_s + BREAK_S + 1.0 < t_s]
    assert all(there)
    assert all(away)
    asked_s = max(frames)
    play(close, asked_s + 2.0)
    back = [frame for t_s, frame in frames.items() if t_s > asked_s and frame is not None]
    assert back[0].t_s < asked_s + 1.0
    last = [frame for t_s, frame in frames.items() if t_s < before_s + BREAK_S - 1.0][-1]
    assert last is not None
    assert np.abs(back[0].points_m - last.points_m).max() < 0.02


def test_a_cue_for_both_moves_both_hands_each_at_its_own_pace() -> None:
    source = SimulatedSource(profile_named("stage_1"), 1, Side.RIGHT)
    motion, close = Motion(source.ranges()), Cue(Role.AFFECTED, (Target("fist", 0.9),), both=True)
    arrived_s: dict[Side, float] = {}
    for _ in range(400):
        for sample in source.read(0.0):
            motion.feed(sample)
            source.follow(close, sample.t_s)
            for side in Side:
                if motion.hands[side].values.get("fist", 0.0) > 0.8:
                    arrived_s.setdefault(side, sample.t_s)
    assert arrived_s[Side.LEFT] + 0.2 < arrived_s[Side.RIGHT]


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("profile", ["able", "stage_1"])
def test_a_wrist_bends_as_far_as_its_own_range_while_the_forearm_rests(profile: str, side: Side) -> None:
    source = SimulatedSource(replace(profile_named(profile), lapse=0.0, unsteadiness=0.0), 1, side)
    motion, told = Motion(source.ranges()), {}
    for phase, band in (("rest", None), ("bent", (0.85, 1.0)), ("back", (0.0, 0.1))):
        for _ in range(60):
            for sample in source.read(0.0):
                motion.feed(sample)
                source.follow(None if band is None else Cue(Role.AFFECTED, (Target("wrist", *band),)), sample.t_s)
        told[phase] = motion.hands[side].values["wrist"]
    assert told["rest"] == pytest.approx(0.0, abs=0.1)
    assert told["bent"] == pytest.approx(0.925, abs=0.15)
    assert told["back"] == pytest.approx(0.05, abs=0.15)


@pytest.mark.parametrize("hands", [1, 2])
def test_pictures_looked_at_together_are_felt_as_one_by_one(hands: Literal[1, 2]) -> None:
    """Within rounding, gaps and a return after being lost included, each hand by its own range; a look that no longer
    fits is not used."""
    source = SimulatedSource(replace(profile_named("stage_1"), dropouts=0.3), 3, hands=hands)
    together, single = Motion(source.ranges()), Motion(source.ranges())
    for n in range(30):
        samples = source.read(0.0)
        together.expect(samples)
        for sample in samples[n % 3 :]:
            for motion in (together, single):
                motion.feed(sample)
            asked = (Target("pinch.index", 0.9 * (n % 2), 1.0),)
            source.follow(Cue(Role.AFFECTED, asked, both=hands == 2), sample.t_s)
            for side in Side:
                one, other = together.hands[side], single.hands[side]
                assert one.held == other.held
                assert one.seen_s == other.seen_s
                assert list(one.values.values()) == pytest.approx(list(other.values.values()), abs=1e-9)
    assert [side for side in Side if together.hands[side].seen_s] == list(Side)[2 - hands :]


def test_two_hands_in_one_picture_are_what_each_is_alone() -> None:
    profiles = [profile_named("stage_1"), profile_named("able")]
    times_s = [n / RATE_HZ for n in range(6)]

    def hands() -> list[SimulatedHand]:
        made = [SimulatedHand(profile, 4, side) for profile, side in zip(profiles, Side, strict=True)]
        for hand, target in zip(made, (Target("wrist", 0.9), Target("fist", 0.9)), strict=True):
            hand.patient.at(0.0, Cue(Role.AFFECTED, (target,), Place((0.8, 0.7), 0.1)))
        return made

    together = pictures_of(hands(), times_s)
    alone = [pictures_of([hand], times_s)[0] for hand in hands()]
    for one, other in zip(
        (f for frames in together for f in frames), (f for frames in alone for f in frames), strict=True
    ):
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert (one.t_s, one.side) == (other.t_s, other.side)
            assert one.points_m == pytest.approx(other.points_m, abs=1e-12)
            assert one.picture_xy == pytest.approx(other.picture_xy, abs=1e-12)
