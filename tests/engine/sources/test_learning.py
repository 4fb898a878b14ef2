"""Every sensor of a glove is learnt on its own, and judged by what the others do, for as long as it is listened to."""

import random
from collections.abc import Callable
from functools import cache
from math import cos, pi

import pytest

from engine.hand import FINGERS, LONG_FINGERS, Finger, Sample, Side
from engine.motion.motion import Motion
from engine.sources.channel import LEARNS_S
from engine.sources.felt import Felt, felt_frame
from engine.sources.learning import Learning

Counts = Callable[[float], dict[Finger, float]]
RATE_HZ = 50


def waved(t_s: float, counts: float = 800.0) -> float:
    """Open and closed in a second and a half; a live sensor is never quite still."""
    return 50.0 + round(counts * (1 - cos(2 * pi * t_s / 1.5)) / 2) + round(t_s * RATE_HZ) % 2


def dead(learning: Learning) -> tuple[Finger, ...]:
    return learning.dead


def is_unmoved(learning: Learning) -> bool:
    return learning.unmoved


def all_waved(t_s: float) -> dict[Finger, float]:
    return dict.fromkeys(FINGERS, waved(t_s))


def taught(counts: Counts, for_s: float, learning: Learning | None = None, from_s: float = 0.0) -> Learning:
    """The glove after it heard this."""
    learning = Learning() if learning is None else learning
    for n in range(round(for_s * RATE_HZ)):
        t_s = from_s + n / RATE_HZ
        learning.hear({finger.value: value for finger, value in counts(t_s).items()}, t_s)
    return learning


def test_a_sensor_that_trembles_by_a_count_and_does_nothing_else_is_found_within_three_seconds() -> None:
    rng = random.Random(1)
    learning = taught(lambda t_s: {**all_waved(t_s), Finger.RING: 512.0 + rng.choice((-1, 0, 1))}, 3.0)
    assert learning.done
    assert dead(learning) == (Finger.RING,)


def test_a_sensor_that_dies_in_play_is_found_and_one_that_comes_back_is_believed() -> None:
    learning = taught(all_waved, 8.0)
    assert dead(learning) == ()
    taught(lambda t_s: {**all_waved(t_s), Finger.RING: 512.0}, 5.0, learning, 8.0)
    assert dead(learning) == (Finger.RING,)
    assert Finger.RING not in learning.shares({finger.value: 500.0 for finger in FINGERS}, 13.0)
    taught(all_waved, 0.5, learning, 13.0)
    assert dead(learning) == ()


def one_first(t_s: float) -> dict[Finger, float]:
    """Thumb and index move for six seconds, the rest lie still; then all move."""
    if t_s >= 6.0:
        return all_waved(t_s)
    return {**dict.fromkeys(FINGERS, resting(t_s)), Finger.THUMB: waved(t_s, 300.0), Finger.INDEX: waved(t_s)}


def resting(t_s: float) -> float:
    """A finger that nobody moves: its sensor is never quite still either."""
    return 50.0 + round(t_s * RATE_HZ) % 2


def test_fingers_that_wait_for_their_turn_are_alive_and_learnt_when_it_comes() -> None:
    learning = taught(one_first, 6.0)
    assert dead(learning) == ()
    assert learning.shares({"index": 850.0, "middle": 50.0, "ring": 50.0, "little": 50.0}, 6.0) == {
        "index": pytest.approx(1.0, abs=0.02), "middle": 0.0, "ring": 0.0, "little": 0.0,
    }  # fmt: skip
    taught(one_first, 2 * LEARNS_S, learning, 6.0)
    assert dead(learning) == ()
    closed = learning.shares(dict.fromkeys(FINGERS, 850.0), 11.0)
    assert closed == {finger: pytest.approx(1.0, abs=0.02) for finger in FINGERS}


def test_a_finger_that_goes_along_with_a_pinch_is_not_stretched_to_a_fist() -> None:
    pinch = dict.fromkeys(FINGERS, 0.12) | {Finger.THUMB: 0.62, Finger.INDEX: 0.62}
    learning = taught(lambda t_s: {finger: 50 + share * (waved(t_s) - 50) for finger, share in pinch.items()}, 4.0)
    shares = learning.shares({finger.value: 50 + share * 800.0 for finger, share in pinch.items()}, 4.0)
    assert shares["index"] == pytest.approx(1.0, abs=0.02)
    assert shares["middle"] < 0.4


def test_a_glove_learnt_in_a_pinch_takes_the_fist_that_follows_for_a_fist() -> None:
    pinch = dict.fromkeys(FINGERS, 0.12) | {Finger.THUMB: 0.62, Finger.INDEX: 0.62}
    learning = taught(lambda t_s: {finger: 50 + share * (waved(t_s) - 50) for finger, share in pinch.items()}, 4.5)
    motion = Motion()
    for n in range(75):
        t_s = 4.5 + n / RATE_HZ
        taught(all_waved, 1 / RATE_HZ, learning, t_s)
        shares = learning.shares({finger.value: waved(t_s) for finger in FINGERS}, t_s)
        frame = felt_frame(Felt({finger: shares[finger] for finger in FINGERS}), Side.RIGHT, t_s)
        motion.feed(Sample(t_s, right=frame))
        assert not [name for name in motion.tick(t_s)[Side.RIGHT].held if name.startswith("pinch")], t_s


def test_a_sensor_that_stands_bent_leads_no_pinch_before_it_is_judged() -> None:
    learning = taught(all_waved, 6.0)
    stands = dict[str, float]({**dict.fromkeys(FINGERS, 50.0), Finger.RING: 512.0})
    taught(
        lambda t_s: {**dict.fromkeys(FINGERS, 50.0), Finger.RING: 512.0, Finger.THUMB: waved(t_s)}, 3.0, learning, 6.0
    )
    assert dead(learning) == ()
    assert learning.shares({**stands, Finger.THUMB: 850.0}, 9.0)["ring"] < 0.02


def test_a_hand_that_never_moves_is_shown_open_and_learnt_when_it_does() -> None:
    learning = taught(lambda _: dict.fromkeys(FINGERS, 400.0), 13.0)
    assert learning.done
    assert is_unmoved(learning)
    assert dead(learning) == ()
    assert set(learning.shares(dict.fromkeys(FINGERS, 400.0), 13.0).values()) == {0.0}
    taught(all_waved, 4.0, learning, 13.0)
    assert not is_unmoved(learning)
    assert learning.shares(dict.fromkeys(FINGERS, 850.0), 17.0)["ring"] == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("own_range", [True, False])
def test_a_sensor_that_counts_down_when_its_finger_bends_is_turned_round(own_range: bool) -> None:
    learning = Learning(own_range, 1023.0, frozenset({"index"}))
    taught(lambda t_s: {**all_waved(t_s), Finger.INDEX: 1023.0 - 0.2 * waved(t_s)}, 4.0, learning)
    open_hand = learning.shares({"index": 1013.0, "ring": 50.0}, 4.0)
    closed = learning.shares({"index": 853.0, "ring": 850.0}, 4.0)
    assert open_hand["index"] < 0.05
    assert closed["index"] > open_hand["index"] + 0.15
    assert closed["ring"] > open_hand["ring"] + 0.7


@pytest.mark.parametrize("stuck", [2, 3])
@pytest.mark.parametrize("at", [512.0, 0.0])
def test_however_many_sensors_are_stuck_they_are_named_and_the_rest_plays_on(stuck: int, at: float) -> None:
    still = LONG_FINGERS[4 - stuck :]
    learning = taught(lambda t_s: {**all_waved(t_s), **dict.fromkeys(still, at)}, 4.0)
    assert dead(learning) == still
    shares = learning.shares({**dict.fromkeys(FINGERS, 850.0), **dict.fromkeys(still, at)}, 4.0)
    assert shares["index"] == pytest.approx(1.0, abs=0.02)
    taught(all_waved, 3.0, learning, 4.0)
    assert dead(learning) == ()


@pytest.mark.parametrize("rests_at", [50.0, 0.0])
def test_fingers_that_only_rest_are_not_taken_for_stuck(rests_at: float) -> None:
    """Two fingers pinch, the others rest: they tremble by a count, or all stand at the end of what can be counted."""

    def pinching(t_s: float) -> dict[Finger, float]:
        trembles = round(t_s * RATE_HZ) % 2 if rests_at else 0.0
        moved = rests_at + waved(t_s) - waved(0.0)
        return {**dict.fromkeys(FINGERS, rests_at + trembles), Finger.THUMB: moved, Finger.INDEX: moved}

    assert dead(taught(pinching, 20.0)) == ()


def fists_in(counts: Counts, for_s: float, learning: Learning) -> list[float]:
    """When the hand of this glove made a fist, to the tenth of a second, while it is learnt and then played with."""
    motion, pressed_s = Motion(), list[float]()
    for n in range(round(for_s * RATE_HZ)):
        t_s = n / RATE_HZ
        reading = {finger.value: value for finger, value in counts(t_s).items()}
        learning.hear(reading, t_s)
        if not learning.done:
            continue
        shares = learning.shares(reading, t_s)
        frame = felt_frame(Felt({finger: shares[finger] for finger in FINGERS if finger in shares}), Side.RIGHT, t_s)
        motion.feed(Sample(t_s, right=frame))
        if "fist" in motion.tick(t_s)[Side.RIGHT].pressed:
            pressed_s.append(round(t_s, 1))
    return pressed_s


def off_the_ends(t_s: float) -> dict[Finger, float]:
    """All open and close between 200 and 800."""
    return dict.fromkeys(FINGERS, 150.0 + waved(t_s, 600.0))


@cache
def well(for_s: float) -> list[float]:
    """The fists of that hand where nothing goes amiss."""
    return fists_in(off_the_ends, for_s, Learning())


@pytest.mark.parametrize(("wrong", "open_or_closed_s"), [(0.0, 6.7), (4095.0, 6.0), (1023.0, 6.3), (210.0, 6.7)])
@pytest.mark.parametrize("where", [(Finger.RING,), FINGERS])
def test_one_wrong_reading_changes_no_count_and_no_range(
    wrong: float, open_or_closed_s: float, where: tuple[Finger, ...]
) -> None:
    spoilt, learning = dict.fromkeys(where, wrong), Learning()
    at_s = round(open_or_closed_s * RATE_HZ) / RATE_HZ
    fists_s = fists_in(lambda t_s: off_the_ends(t_s) | (spoilt if t_s == at_s else {}), 11.0, learning)
    assert fists_s == well(11.0)
    assert len(fists_s) >= 4
    ring = learning.channels["ring"]
    assert (ring.rest, ring.full) == pytest.approx((200, 800), abs=12)
    assert learning.full_counts == 1023.0


def test_wrong_readings_now_and_then_from_the_first_second_change_no_count() -> None:
    rng = random.Random(3)

    def spoilt(t_s: float) -> dict[Finger, float]:
        return {f: rng.choice((0.0, 4095.0)) if rng.random() < 0.02 else v for f, v in off_the_ends(t_s).items()}

    learning = Learning()
    assert fists_in(spoilt, 11.0, learning) == pytest.approx(well(11.0), abs=0.11)
    for channel in learning.channels.values():
        assert (channel.rest, channel.full) == pytest.approx((200, 800), abs=30)


def test_a_hand_that_goes_further_than_it_was_learnt_is_followed_within_two_closings() -> None:
    learning = taught(lambda t_s: dict.fromkeys(FINGERS, 50.0 + 0.5 * (waved(t_s) - 50.0)), 6.0)
    assert learning.channels["ring"].full == pytest.approx(450, abs=12)
    taught(all_waved, 3.0, learning, 6.0)
    assert learning.channels["ring"].full == pytest.approx(850, abs=24)


def test_a_plug_that_was_loose_for_a_while_costs_a_few_fists_and_not_the_session() -> None:
    def loose(t_s: float) -> dict[Finger, float]:
        return off_the_ends(t_s) | ({Finger.RING: 4095.0} if 9.0 <= t_s < 9.4 else {})

    learning = Learning()
    fists_s = [one for one in fists_in(loose, 26.0, learning) if one > 18.0]
    assert fists_s == [one for one in well(26.0) if one > 18.0]
    assert len(fists_s) >= 4
    assert learning.channels["ring"].full == pytest.approx(800, abs=12)


def test_one_sensor_that_counts_much_further_than_the_others_does_not_keep_them_from_closing() -> None:
    learning = taught(lambda t_s: all_waved(t_s) | {Finger.THUMB: 50.0 + 3 * (waved(t_s) - 50.0)}, 6.0)
    closed = learning.shares(dict.fromkeys(FINGERS, 850.0), 6.0)
    assert all(closed[finger] > 0.95 for finger in LONG_FINGERS), closed
