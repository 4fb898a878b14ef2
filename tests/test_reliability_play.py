"""What is promised of a session, by its number: T4, lost tracking is no lost ability, and T6, honest reaction times."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
import pytest

from engine.hand import LONG_FINGERS, Sample, Side
from engine.inputs import TICK_S
from engine.motion import quality
from engine.motion.handmotion import STALE_S
from engine.motion.motion import Motion
from engine.play.delays import Delays, OnTheWay
from engine.play.drive import run
from engine.play.game import Cue, Event, TrialEnded, TrialStarted
from engine.play.levelfile import load_level, resolve_level
from engine.play.profiles import profile_named
from engine.play.results import TrialResult, result_of, summarise
from engine.play.session import Session
from engine.play.watch import VOID_SHARE
from engine.sources.simulated import SimulatedSource
from engine.sources.source import SourceStatus
from games import all_games
from tests.engine.motion.hands import sample_at

PLAYED_S = 60.0
# A trial may begin and end in the middle of a picture: this much of its time is known no better.
MARGIN = 0.02


@dataclass
class Dropping:
    """A simulated hand of whose pictures a share is dropped: in some pictures nobody is found (`empty`), or they never
    come. Dropped are blocks of a picture to two seconds: so whole trials are seen, and others hardly at all."""

    inner: SimulatedSource
    share: float
    empty: bool
    given: list[Sample] = field(default_factory=list)
    _dropped: dict[int, bool] = field(default_factory=dict)
    _random: Random = field(default_factory=lambda: Random(4))

    name, paced, has_place = "dropping", False, True

    def read(self, timeout_s: float) -> list[Sample]:
        out = []
        for sample in self.inner.read(timeout_s):
            dropped = self._is_dropped(round(30 * sample.t_s))
            if not dropped or self.empty:
                out.append(Sample(sample.t_s) if dropped else sample)
        self.given += out
        return out

    def _is_dropped(self, number: int) -> bool:
        if number not in self._dropped:
            length = self._random.choice((1, 3, 9, 30, 60))
            dropped = self._random.random() < self.share
            self._dropped |= dict.fromkeys(range(number, number + length), dropped)
        return self._dropped[number]

    def status(self) -> SourceStatus:
        return self.inner.status()

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        self.inner.follow(cue, hand_time_s)

    def close(self) -> None:
        self.inner.close()


@dataclass
class Played:
    """A session played with a dropping source: its trials as they are kept, and the share of each trial's ticks, by the
    samples alone, in which the newest picture had no hand or the newest hand was no longer fresh."""

    trials: list[TrialResult] = field(default_factory=list)
    blind: list[float] = field(default_factory=list)
    session: Session | None = None


def played(share: float, empty: bool) -> Played:
    level = load_level(resolve_level("coin_drop/02"), all_games())
    source = Dropping(SimulatedSource(profile_named("able"), 3, limit_s=PLAYED_S), share, empty)
    session = Session(level.game, level.level, 3)
    out, started = Played(session=session), 0

    def heard(events: tuple[Event, ...]) -> None:
        nonlocal started
        for event in events:
            if isinstance(event, TrialStarted):
                started = session.ticks
            if isinstance(event, TrialEnded):
                blind = [is_blind(source.given, n * TICK_S) for n in range(started, session.ticks)]
                out.trials.append(result_of(event, 1.0 - float(np.mean(blind))))
                out.blind.append(float(np.mean(blind)))

    run(session, source, Motion(source.inner.ranges()), heard=heard)
    return out


def is_blind(given: Sequence[Sample], played_s: float) -> bool:
    """Whether no fresh hand was known at this moment of play, which begins with the first sample."""
    now_s = given[0].t_s + played_s
    known = given[: bisect_right(given, now_s + 1e-9, key=lambda sample: sample.t_s)]
    seen = [sample.t_s for sample in known[-40:] if sample.right is not None]
    return known[-1].right is None or not seen or now_s - seen[-1] > STALE_S + 1e-9


@pytest.mark.parametrize("empty", [True, False], ids=["nobody found", "no picture"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.35, 0.5, 0.8, 1.0])
def test_T4_what_the_camera_lost_is_void_and_in_no_number(share: float, empty: bool) -> None:
    out = played(share, empty)
    for trial, blind in zip(out.trials, out.blind, strict=True):
        if abs(blind - VOID_SHARE) > MARGIN:
            assert (trial.success is None) is (blind > VOID_SHARE), (trial, blind)
        if trial.success is None:
            assert trial.cause is None, "nothing is said of what was not seen"
    summary = summarise(out.trials)
    seen = [trial for trial in out.trials if trial.success is not None]
    assert (summary.trials, summary.counted, summary.void) == (len(out.trials), len(seen), len(out.trials) - len(seen))
    assert summary.success_rate == (round(np.mean([t.success is True for t in seen]), 4) if seen else None)
    assert out.session is not None
    for change in out.session.changes:
        if change.hit is None:
            assert (change.step, change.next_level) == (0.0, change.level), (
                "a void trial makes nothing harder or easier"
            )
    assert [change.hit for change in out.session.changes] == [trial.success for trial in out.trials]
    if share == 0.0:
        assert summary.counted >= 8
        assert summary.void == 0
    if 0.2 <= share < 1.0:
        assert summary.void >= 2
    if share == 1.0:
        assert out.trials == [], "without a hand no trial begins"


FRAME_S = 1 / 30
REST_S, MOVING_S, AFTER_S = 1.0, 0.6, 0.8
LATE_S, JITTER_S = 0.045, 0.030
# A movement of least jerk has 5 % of its greatest speed after this share of its time: s (1 - s) = sqrt(0.05) / 4.
ONSET_AT = 0.0594


@dataclass(frozen=True)
class Asked:
    """One thing asked and answered by a hand whose movement is known: `true_s`, when it passed 5 % of its greatest
    speed. Seen in two ways: `reaction_s` from the pictures by when they were taken, `as_told_s` by when the game was
    told of them."""

    true_s: float
    reaction_s: float
    as_told_s: float


def asked(random: Random, delays: Delays) -> Asked:
    """A fist closed with the least jerk, at a known moment after the cue, by a camera whose beat knows of neither; each
    picture comes late, by more or less, to a game that ticks sixty times a second."""
    on_the_way, motion = OnTheWay(delays), Motion()
    cue_s, true_s, next_s = REST_S + random.uniform(0.0, 0.2), random.uniform(0.15, 0.6), random.uniform(0.0, TICK_S)
    due: list[tuple[float, Sample]] = []
    taken_s = random.uniform(0.0, FRAME_S)
    while taken_s < cue_s + true_s + MOVING_S + AFTER_S:
        share = min(max((taken_s - cue_s - true_s) / MOVING_S, 0.0), 1.0)
        closed = 10 * share**3 - 15 * share**4 + 6 * share**5
        bends = {f"flexion_{finger}": closed for finger in LONG_FINGERS}
        due.append((taken_s + LATE_S + random.uniform(0.0, JITTER_S), sample_at(taken_s, **bends)))
        taken_s += FRAME_S
    by_capture: list[tuple[float, float]] = []
    by_tick: list[tuple[float, float]] = []
    while due:
        while due and due[0][0] <= next_s:
            came_s, sample = due.pop(0)
            motion.feed(sample, came_s)
            on_the_way.arrived(sample.t_s, came_s)
            by_capture.append((sample.t_s, motion.hands[Side.RIGHT].values["fist"]))
        on_the_way.ticked(next_s)
        on_the_way.painting()
        on_the_way.shown(next_s)
        told = motion.tick(next_s)[Side.RIGHT]
        if told.seen:
            by_tick.append((next_s, told.value("fist")))
        next_s += TICK_S
    return Asked(
        true_s + ONSET_AT * MOVING_S, reaction_s(by_capture, cue_s, 1 / FRAME_S), reaction_s(by_tick, cue_s, 1 / TICK_S)
    )


def reaction_s(seen: Sequence[tuple[float, float]], cue_s: float, rate_hz: float) -> float:
    """The reaction as it is reported, nothing being taken off for the system's delay."""
    taken_s, shares = np.array(seen).T
    times_s, values = quality.even(taken_s, shares, rate_hz)
    found = quality.reaches(values[:, None], rate_hz, 0.3, cue_s=cue_s - float(times_s[0]))
    [reaction] = [reach.reaction_s for reach in found if reach.reaction_s is not None]
    return reaction


@pytest.mark.long
def test_T6_reaction_times_are_within_a_picture_and_the_delay_is_said_and_not_added() -> None:
    random, delays = Random(6), Delays()
    all_asked = [asked(random, delays) for _ in range(60)]
    errors_s = np.array([one.reaction_s - one.true_s for one in all_asked])
    assert np.percentile(np.abs(errors_s), 95) <= FRAME_S, errors_s
    said_s = delays.summary()["capture_to_shown"]["p50_ms"] / 1000
    assert said_s == pytest.approx(LATE_S + JITTER_S / 2 + TICK_S / 2, abs=0.004), "the delay as it was made"
    added_s = np.median([one.as_told_s - one.reaction_s for one in all_asked])
    assert added_s == pytest.approx(said_s, abs=FRAME_S / 2), (
        "by the game's own clock all of the delay is in, and no more"
    )
