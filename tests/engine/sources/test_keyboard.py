"""One hand on the keys, or contacts between thumb and finger: a hand like any other."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from engine.clock import now_s, wait_s
from engine.hand import LONG_FINGERS, Sample, Side
from engine.inputs import CONTROLS
from engine.motion.motion import Motion
from engine.sources import Source, SourceError, open_source
from engine.sources.keyboard import KEEP, LAYOUTS, KeyboardSource, KeyHand
from engine.sources.source import has_place
from tests.engine.sources.contract import SourceContract


class TestKeyboard(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield open_source("keys:", side=side)


class TestContacts(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        yield open_source("keys:contacts", side=side)


def after(hand: KeyHand, layout: str, keys: set[str], for_s: float) -> KeyHand:
    for _ in range(round(for_s * 60)):
        hand = hand.after(frozenset(keys), 1 / 60, LAYOUTS[layout])
    return hand


def test_every_control_that_is_measured_has_a_key() -> None:
    assert set(LAYOUTS[""].keys.values()) == set(CONTROLS)
    assert KEEP not in LAYOUTS[""].keys


@pytest.mark.parametrize("key", list(LAYOUTS[""].keys))
def test_a_held_key_goes_gradually_and_measures_as_what_it_means(key: str) -> None:
    control = LAYOUTS[""].keys[key]
    half, whole = after(KeyHand(), "", {key}, 0.15), after(KeyHand(), "", {key}, 0.4)
    assert 0.3 < half.values[control] < 0.7
    motion, rests = Motion(), 150
    # How far a wrist is bent can be told only of one that was seen at rest.
    for n in range(rests + 30):
        motion.feed(_sample(whole if n >= rests else KeyHand(), n / 60))
    assert motion.tick((rests + 30) / 60)[Side.RIGHT].value(control) > 0.9


def _sample(hand: KeyHand, t_s: float) -> Sample:
    return Sample(t_s, right=hand.frame(t_s, Side.RIGHT))


@pytest.mark.parametrize("layout", ["contacts", "makey"])
@pytest.mark.parametrize("n", range(4))
def test_a_contact_is_a_pinch_of_its_finger_at_once_and_has_no_place(layout: str, n: int) -> None:
    keys = [key for key, control in LAYOUTS[layout].keys.items() if control == f"pinch.{LONG_FINGERS[n]}"]
    assert keys
    for key in keys:
        hand = after(KeyHand(palm_xy=None), layout, {key}, 0.1)
        assert hand.values[f"pinch.{LONG_FINGERS[n]}"] == 1.0
        assert sum(hand.values.values()) == 1.0
        assert hand.frame(0.0, Side.LEFT).picture_xy is None


def read_until(source: KeyboardSource, ready: Callable[[], bool], limit_s: float = 20.0) -> list[Sample]:
    """The samples that come until it is so; fails where it never is."""
    samples, until_s = list[Sample](), now_s() + limit_s
    while not ready():
        assert now_s() < until_s, "waited in vain"
        samples += source.read(0.02)
    return samples


def test_one_hand_can_pinch_and_then_move_by_keeping_what_is_held() -> None:
    source = KeyboardSource(Side.RIGHT)
    source.press("1")
    source.press(KEEP)
    source.release("1")
    source.press("left")
    read_until(source, lambda: source.hand.palm_xy is not None and source.hand.palm_xy[0] < 0.3)
    assert source.hand.values["pinch.index"] == 1.0
    source.press(KEEP)
    source.release("left")
    read_until(source, lambda: source.hand.values["pinch.index"] == 0.0)


def test_a_contact_pressed_for_a_moment_is_one_press_and_one_release() -> None:
    source, motion = KeyboardSource(Side.RIGHT, "contacts"), Motion()
    edges: list[str] = []

    def press() -> None:
        wait_s(0.4)
        source.press("b")
        wait_s(0.3)
        source.release("b")

    thread = threading.Thread(target=press)
    thread.start()
    until_s = now_s() + 20.0
    while now_s() < until_s:
        if len(edges) == 2:
            # Whatever else there may be comes at once.
            until_s = min(until_s, now_s() + 0.3)
        for sample in source.read(0.02):
            motion.feed(sample)
            hand = motion.tick(sample.t_s)[Side.RIGHT]
            edges += [f"press {name}" for name in hand.pressed] + [f"release {name}" for name in hand.released]
    thread.join()
    assert edges == ["press pinch.middle", "release pinch.middle"]


def test_four_keys_of_ones_own_and_who_has_a_place() -> None:
    source = open_source("keys:j,k,l,m")
    assert isinstance(source, KeyboardSource)
    assert source.layout.keys == {"j": "pinch.index", "k": "pinch.middle", "l": "pinch.ring", "m": "pinch.little"}
    assert not has_place(source)
    assert has_place(open_source("keys:"))
    assert has_place(open_source("sim:able"))
    for written in ("keys:j,k", "keys:piano", "keys:a,a,b,c"):
        with pytest.raises(SourceError, match="index to little finger"):
            open_source(written)


def test_the_keys_move_both_hands_alike_where_both_are_needed() -> None:
    source = open_source("keys:", hands=2, side=Side.LEFT)
    assert isinstance(source, KeyboardSource)
    source.press("f")
    samples = read_until(source, lambda: source.hand.values.get("fist") == 1.0)
    samples += [sample for _ in range(10) for sample in source.read(0.02)]
    motion = Motion()
    for sample in samples:
        motion.feed(sample)
    fists = [motion.hands[side].values["fist"] for side in Side]
    assert min(fists) > 0.6
    assert fists[0] == pytest.approx(fists[1], abs=0.02)
