"""What a glove feels and what it makes of it: a fist is a fist, a pinch a pinch, and touch decides."""

import itertools
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from math import radians

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clock import now_s, wait_s
from engine.hand import ALL_SENSED, FINGERS, LONG_FINGERS, Finger, Sample, Sensed, Side
from engine.motion.motion import Motion
from engine.sources.felt import Felt, felt_frame
from engine.sources.gloveout import osc, vmc
from engine.sources.osc import OscSource
from engine.sources.scripted import LEARNING_S, MOVE_S, ROUND_S, scripted

PINCHES = [f"pinch.{finger}" for finger in LONG_FINGERS]
Curls = dict[Finger, float]


def held_after(hands: Sequence[Felt]) -> list[tuple[str, ...]]:
    """What is held once each of these hands has been kept for half a second, one after the other."""
    motion, t_s, held = Motion(), 0.0, []
    for felt in hands:
        for _ in range(30):
            t_s += 1 / 60
            frame = felt_frame(felt, Side.RIGHT, t_s)
            motion.feed(Sample(t_s, right=frame))
            given = motion.tick(t_s)[Side.RIGHT]
        held.append(given.held)
    return held


def equal(bend: float) -> Curls:
    return dict.fromkeys(FINGERS, bend)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.0, 1.0), st.sampled_from([None, frozenset[Finger]()]), st.floats(0.0, 1.0))
def test_fingers_bent_alike_never_pinch(bend: float, contacts: frozenset[Finger] | None, spread: float) -> None:
    (held,) = held_after([Felt(equal(bend), spread, contacts)])
    assert not set(held) & set(PINCHES), held


def test_a_hand_that_closes_and_opens_again_is_one_fist_and_no_pinch() -> None:
    way = [n / 40 for n in range(41)]
    for contacts in (None, frozenset[Finger]()):
        held = held_after([Felt(equal(bend), contacts=contacts) for bend in (*way, *reversed(way))])
        assert set(itertools.chain(*held)) == {"fist"}


@settings(deadline=None, max_examples=60)
@given(
    st.fixed_dictionaries({finger: st.floats(0.0, 1.0) for finger in FINGERS}),
    st.sets(st.sampled_from(LONG_FINGERS), max_size=1),
)
def test_where_touch_is_felt_it_alone_decides(curl: Curls, touching: set[Finger]) -> None:
    (held,) = held_after([Felt(curl, contacts=frozenset(touching))])
    assert set(held) & set(PINCHES) == {f"pinch.{finger}" for finger in touching}


@pytest.mark.parametrize("finger", LONG_FINGERS)
@pytest.mark.parametrize("along", [0.0, 0.12, 0.3])
def test_a_pinch_of_one_finger_is_still_inferred(finger: Finger, along: float) -> None:
    (held,) = held_after([Felt({**equal(along), Finger.THUMB: 0.62, finger: 0.62})])
    assert held == (f"pinch.{finger}",)


def test_a_fist_with_one_finger_that_stays_behind_is_no_pinch_and_two_fingers_at_the_thumb_are() -> None:
    fist, tripod = held_after([
        Felt({**equal(0.6), Finger.RING: 0.1}),
        Felt({**equal(0.1), Finger.THUMB: 0.62, Finger.INDEX: 0.62, Finger.MIDDLE: 0.62}),
    ])  # fmt: skip
    assert not set(fist) & set(PINCHES)
    assert "pinch.index" in tripod


def test_contacts_decide_for_a_glove_that_measures_every_joint_as_well() -> None:
    degrees = [25.0, 30, 10, 15, *[30, 40, 20, 5] * 4]
    angles = np.array([radians(angle) for angle in degrees])
    untouched, ring = held_after([
        Felt(angle_rad=angles, contacts=frozenset()), Felt(angle_rad=angles, contacts=frozenset({Finger.RING})),
    ])  # fmt: skip
    assert (untouched, ring) == ((), ("pinch.ring",))


@pytest.fixture
def listening() -> Iterator[OscSource]:
    source = OscSource(0)
    yield source
    source.close()


@pytest.mark.parametrize("protocol", [osc, vmc])
def test_a_fist_over_the_network_presses_the_fist_alone(protocol: Callable[..., bytes], listening: OscSource) -> None:
    fist_s = LEARNING_S + 4 * MOVE_S
    assert scripted(fist_s).doing == "fist"
    assert scripted(fist_s + ROUND_S).doing == "fist"
    stop = threading.Event()

    def speak() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            began_s = now_s()
            while not stop.is_set() and (into_s := now_s() - began_s) < MOVE_S:
                data = protocol(scripted(fist_s + into_s), Side.LEFT, fist_s + into_s, None)
                out.sendto(data, (listening.host, listening.port))
                wait_s(0.01)

    thread, motion, pressed = threading.Thread(target=speak), Motion(), list[str]()
    thread.start()
    until_s = now_s() + MOVE_S + 0.2
    while now_s() < until_s:
        for sample in listening.read(0.05):
            motion.feed(sample, now_s())
            pressed += motion.tick(sample.t_s)[Side.LEFT].pressed
    stop.set()
    thread.join()
    assert pressed == ["fist"]


def test_only_joint_angles_are_measured_and_what_is_not_felt_is_said() -> None:
    def sensed(felt: Felt, dead: tuple[Finger, ...] = ()) -> Sensed:
        return felt_frame(felt, Side.LEFT, 0.0, dead).sensed

    assert sensed(Felt(angle_rad=np.zeros(20))) == ALL_SENSED
    assert sensed(Felt(equal(0.5))) == Sensed(angles=False)
    three: dict[Finger, float] = {finger: 0.5 for finger in FINGERS if finger not in (Finger.THUMB, Finger.RING)}
    assert sensed(Felt(three), (Finger.INDEX,)).missing == (Finger.THUMB, Finger.INDEX, Finger.RING)
