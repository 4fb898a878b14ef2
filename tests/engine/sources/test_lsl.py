"""Lab streams, in and out, through the real library on this computer alone."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from engine.clock import now_s, wait_s
from engine.hand import FINGERS, Finger, Side
from engine.inputs import GameInput, HandInput, Tracking
from engine.play.game import TrialEnded
from engine.sources import Source, SourceError, SourceState, open_source
from engine.sources.lslnames import OUT_LABELS, Channel, channel_of, channels_of
from engine.sources.scripted import scripted
from tests.engine.sources.contract import SourceContract, hands_in, samples_from, state_within

library: Any = pytest.importorskip("pylsl", reason="lab streams need the extra 'lsl'")


@contextmanager
def rig(name: str, channels: int = 5) -> Iterator[None]:
    """A rig that sends the scripted hand's bends a hundred times a second."""
    from engine.sources.lsl import lab_streaming

    lab = lab_streaming()
    outlets = [lab.StreamOutlet(lab.StreamInfo(name, "MoCap", channels, 100, lab.cf_float32, name))]
    stop = threading.Event()

    def send() -> None:
        began_s = now_s()
        while not stop.is_set():
            hand = scripted(2 * (now_s() - began_s))
            outlets[0].push_sample([*hand.curl.values(), *[0.0] * (channels - 5)][:channels])
            wait_s(0.01)

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        # The stream ends when nobody holds its outlet any more.
        outlets.clear()


class TestLsl(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        name = f"rig-{os.getpid()}-{side}-{now_s():.0f}"
        with rig(name):
            source = open_source(f"lsl:{name}?calibrate=no", side=side)
            yield source
            source.close()


@pytest.mark.long
def test_it_learns_the_hand_says_when_it_is_gone_and_finds_it_again(capfd: pytest.CaptureFixture[str]) -> None:
    name = f"rig-again-{os.getpid()}"
    source = open_source(f"lsl:{name}")
    with rig(name):
        state_within(source, SourceState.RUNNING, 9.0)
        assert hands_in(samples_from(source, 10))
    state_within(source, SourceState.LOST, 4.0)
    with rig(name):
        state_within(source, SourceState.RUNNING, 8.0)
    source.close()
    assert "ERR" not in capfd.readouterr().err, "the library's own words are nothing to a person"


def wait_until(what: Callable[[], bool], limit_s: float) -> None:
    until_s = now_s() + limit_s
    while not what():
        assert now_s() < until_s
        wait_s(0.02)


def test_a_stream_that_was_found_but_not_yet_listened_to_is_let_go_at_the_end() -> None:
    from engine.sources.lsl import LslSource, lab_streaming

    lab, name = lab_streaming(), f"rig-unread-{os.getpid()}"
    outlet = lab.StreamOutlet(lab.StreamInfo(name, "MoCap", 5, 100, lab.cf_float32, name))
    source = LslSource(name)
    wait_until(outlet.have_consumers, 8.0)
    wait_until(lambda: not source._seeker.is_alive(), 8.0)
    source.close()
    # A sender sees that nobody listens when it sends.
    wait_until(lambda: (outlet.push_sample([0.0] * 5), not outlet.have_consumers())[1], 4.0)


def test_a_stream_that_nobody_sends_or_that_has_no_fingers_is_said_in_words() -> None:
    name = f"rig-odd-{os.getpid()}"
    source = open_source(f"lsl:{name}")
    with rig(name, channels=3):
        state_within(source, SourceState.LOST, 8.0)
        until_s = now_s() + 20.0
        while "channels" not in source.status().reason and now_s() < until_s:
            source.read(0.05)
        assert "3 channels whose names say nothing of fingers" in source.status().reason
    source.close()
    with pytest.raises(SourceError, match="name of the stream is missing"):
        open_source("lsl:")


def test_channel_names_are_understood_in_any_order() -> None:
    assert channel_of("r_index_curl") == Channel(Side.RIGHT, Finger.INDEX, "curl")
    assert channel_of("Splay.Pinky.Left") == Channel(Side.LEFT, Finger.LITTLE, "splay")
    assert channel_of("index finger temperature") is None
    assert channel_of("emg1") is None
    assert [channel.kind for channel in channels_of((), 10) if channel] == ["curl"] * 5 + ["splay"] * 5
    named = channels_of(OUT_LABELS, len(OUT_LABELS))
    assert sum(channel is not None and channel.kind == "curl" for channel in named) == 10


def test_play_goes_out_as_controls_and_markers_and_comes_in_again() -> None:
    from engine.sources.lslout import LslOut

    name = f"play-{os.getpid()}"
    out = LslOut(name)
    controls = library.StreamInlet(library.resolve_byprop("name", name, 1, 5.0)[0], max_buflen=5)
    markers = library.StreamInlet(library.resolve_byprop("name", f"{name}-markers", 1, 5.0)[0], max_buflen=5)
    controls.open_stream(5.0)
    markers.open_stream(5.0)
    assert controls.info(5.0).get_channel_labels() == list(OUT_LABELS)
    hand = HandInput(
        Tracking.TRACKED, {f"flexion.{finger}": 0.1 * n for n, finger in enumerate(FINGERS)}, (0.25, 0.75),
        pressed=("pinch.index",),
    )  # fmt: skip
    out.tick(GameInput(affected=hand, affected_side=Side.LEFT), (TrialEnded(3, True, None, 2.5, 4.0),))
    values, stamp = controls.pull_sample(5.0)
    assert stamp
    said = dict(zip(OUT_LABELS, values, strict=True))
    assert said["l_ring_curl"] == pytest.approx(0.3)
    assert (said["l_palm_x"], said["l_palm_y"], said["l_tracked"], said["r_tracked"]) == (0.25, 0.75, 1.0, 0.0)
    texts = [json.loads(markers.pull_sample(5.0)[0][0]) for _ in range(2)]
    assert texts[0] == {"marker": "press", "control": "pinch.index", "side": "left"}
    assert (texts[1]["marker"], texts[1]["n"], texts[1]["success"]) == ("TrialEnded", 3, True)
    out.close()
    out.close()
