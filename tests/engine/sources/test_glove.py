"""A glove at the far end of a real wire: found out, learnt, lost and found again, flooded, and never in the way."""

import itertools
import math
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.clock import now_s, wait_s
from engine.hand import FINGERS, Finger, Side
from engine.motion.motion import Motion
from engine.sources import Source, SourceError, SourceState, open_source
from engine.sources.dialects import write_alpha, write_csv, write_legacy
from engine.sources.glove import GloveSource
from engine.sources.learning import Learning
from engine.sources.lines import MOST_BYTES
from engine.sources.scripted import ROUND_S
from tests.engine.sources.contract import SourceContract, hands_in, samples_from, state_within
from tests.engine.sources.peers import Line, alpha_at, glove_at, reading_at, tcp_glove
from tests.holdups import HoldUps

COUNTED = ("pinch.index", "pinch.middle", "pinch.ring", "pinch.little", "fist")


class TestGloveAtAPty(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        with glove_at(self.folder) as glove:
            source = open_source(f"glove:{glove.port}?calibrate=no", side=side)
            yield source
            source.close()

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path


class TestGloveAtASocket(SourceContract):
    @contextmanager
    def opened(self, side: Side) -> Iterator[Source]:
        with tcp_glove() as address:
            source = open_source(f"glove:{address}?calibrate=no", side=side)
            yield source
            source.close()


def presses_of(source: Source, for_s: float) -> list[str]:
    """The presses of the right hand, in order."""
    motion = Motion()
    pressed: list[str] = []
    until_s = now_s() + for_s
    while now_s() < until_s:
        for sample in source.read(0.05):
            motion.feed(sample, now_s())
            pressed += motion.tick(sample.t_s)[Side.RIGHT].pressed
    return pressed


LINES: dict[str, Line] = {
    "alpha": alpha_at,
    "legacy": lambda t_s: write_legacy(reading_at(t_s, 1023.0)),
    "csv": lambda t_s: write_csv({"t_ms": t_s * 1000, **reading_at(t_s, 180.0)}, ("t_ms", *FINGERS)),
}


@pytest.mark.long
@pytest.mark.parametrize("dialect", list(LINES))
def test_it_learns_the_hand_and_every_movement_is_seen_once(dialect: str, tmp_path: Path) -> None:
    # Twice as fast as the script was written, so that a round is over in six seconds.
    with glove_at(tmp_path, lambda t_s: LINES[dialect](2 * t_s)) as glove:
        source = GloveSource(glove.port)
        state_within(source, SourceState.OPENING, 2.0)
        state_within(source, SourceState.RUNNING, 6.0)
        # One whole round of the script, wherever it begins: the move it begins in may be seen twice. What goes by while
        # the machine holds us up nobody sees; then the next round is read.
        for _ in range(3):
            held_up = HoldUps()
            pressed = presses_of(source, 6.1)
            if len(set(pressed)) == len(COUNTED) or held_up.so_far_s < 0.1:
                break
        source.close()
    assert source.dialect is not None
    assert source.dialect.name == dialect
    assert sorted(set(pressed)) == sorted(COUNTED), pressed
    assert len(pressed) in (len(COUNTED), len(COUNTED) + 1), pressed


def test_it_asks_for_open_and_close_while_it_learns(tmp_path: Path) -> None:
    with glove_at(tmp_path) as glove:
        source = GloveSource(glove.port)
        until_s = now_s() + 20.0
        while not source.status().ask and now_s() < until_s:
            assert source.read(0.02) == [], "nothing is given out that means nothing yet"
        assert "Open and close" in source.status().ask
        source.close()


@pytest.mark.long
def test_sensors_that_count_the_other_way_are_turned_round(tmp_path: Path) -> None:
    turned = Finger.INDEX, Finger.RING

    def line(t_s: float) -> bytes:
        reading = reading_at(t_s, 1023.0)
        return write_csv({name: 1023.0 - n if name in turned else n for name, n in reading.items()}, FINGERS)

    with glove_at(tmp_path, line) as glove:
        source = open_source(f"glove:{glove.port}?invert=index,ring")
        state_within(source, SourceState.RUNNING, 6.0)
        pressed = presses_of(source, ROUND_S + 0.1)
        source.close()
    assert sorted(set(pressed)) == sorted(COUNTED), pressed
    assert len(pressed) in (len(COUNTED), len(COUNTED) + 1), pressed


def test_a_dialect_that_was_said_is_kept_to(tmp_path: Path) -> None:
    with glove_at(tmp_path) as glove:
        source = open_source(f"glove:{glove.port}?dialect=csv&baud=115200&calibrate=no")
        state_within(source, SourceState.LOST, 6.0)
        assert "not in the form that was said" in source.status().reason
        glove.line = lambda t_s: write_csv(reading_at(t_s), FINGERS)
        assert samples_from(source, 3), source.status()
        source.close()


@pytest.mark.parametrize("dead", [Finger.RING, Finger.INDEX])
def test_a_dead_sensor_is_named_within_three_seconds_and_play_goes_on(dead: Finger, tmp_path: Path) -> None:
    with glove_at(tmp_path, lambda t_s: write_alpha(reading_at(t_s, dead=dead))) as glove:
        source = GloveSource(glove.port)
        state_within(source, SourceState.OPENING, 2.0)
        assert state_within(source, SourceState.RUNNING, 4.0) <= 3.0
        assert f"{dead.value} sensor does not move" in source.status().reason
        frames = hands_in(samples_from(source, 10))
        assert frames[0].confidence == pytest.approx(0.8)
        source.close()


def waving(t_s: float, dead: Finger | None = None) -> bytes:
    """All fingers open and close in a second, forever."""
    counts = 100.0 + round(1800 * (1 - math.cos(2 * math.pi * t_s)))
    return write_alpha({finger: 2048.0 if finger is dead else counts for finger in FINGERS})


def named_within(source: GloveSource, words: str, limit_s: float) -> list[str]:
    """Read until the source says so; what was pressed in the second that followed."""
    held_up, began_s = HoldUps(), now_s()
    while words not in source.status().reason:
        source.read(0.02)
        assert now_s() - began_s - held_up.so_far_s < limit_s, source.status()
    return presses_of(source, 1.0)


@pytest.mark.long
def test_a_sensor_that_dies_in_play_or_while_the_glove_is_unplugged_is_named_and_never_presses(tmp_path: Path) -> None:
    with glove_at(tmp_path, waving) as glove:
        source = GloveSource(glove.port)
        state_within(source, SourceState.RUNNING, 6.0)
        assert not source.status().reason
        glove.line = lambda t_s: waving(t_s, Finger.RING)
        assert "pinch.ring" not in named_within(source, "ring sensor does not move", 4.0)
        glove.line = waving
        while source.status().reason:
            source.read(0.02)
        glove.unplug()
        state_within(source, SourceState.LOST, 2.0)
        glove.line = lambda t_s: waving(t_s, Finger.INDEX)
        glove.plug()
        state_within(source, SourceState.RUNNING, 4.0)
        assert "pinch.index" not in named_within(source, "index sensor does not move", 4.0)
        source.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pty tells the speed it is listened to at; Windows has none")
def test_the_speed_is_found(tmp_path: Path) -> None:
    import termios

    with glove_at(tmp_path) as glove:

        def at_9600(t_s: float) -> bytes:
            speed = termios.tcgetattr(glove.master)[5]
            return alpha_at(t_s) if speed == termios.B9600 else os.urandom(20)

        glove.line = at_9600
        source = GloveSource(glove.port, own_range=False)
        assert samples_from(source, 5), source.status()
        assert source.wire.baud == 9600
        source.close()


def test_the_range_is_1023_where_nothing_ever_counts_further() -> None:
    small, large = Learning(own_range=False), Learning(own_range=False)
    for n in range(1100):
        small.hear({"index": 1023.0 if n % 2 else 0.0}, n / 100)
        large.hear({"index": 4095.0 if n % 2 else 0.0}, n / 100)
    assert small.shares({"index": 511.5}, 5.0) == {"index": pytest.approx(511.5 / 4095)}
    assert small.shares({"index": 511.5}, 11.0) == {"index": pytest.approx(0.5)}
    assert large.shares({"index": 2047.5}, 11.0) == {"index": pytest.approx(0.5)}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("glove:COM3?speed=9600", "no option 'speed'"),
        ("glove:COM3?baud=fast", "whole number from 300"),
        ("glove:COM3?baud=٩٦٠٠", "whole number"),
        ("glove:COM3?side=both", "left or right"),
        ("glove:COM3?columns=a,b,c", "fewer than three fingers"),
        ("glove:COM3?invert=yes", "write all, or the columns"),
        ("glove:COM3?invert=", "write all, or the columns"),
        ("glove:socket://127.0.0.1", "write a computer and a port"),
        ("glove:socket://127.0.0.1:port", "write a computer and a port"),
        ("glove:socket://:3333", "write a computer and a port"),
        ("glove:nonsense://x:1", "is no address of a glove"),
    ],
)
def test_what_cannot_be_meant_is_answered_in_a_sentence(written: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        open_source(written)


def test_a_port_that_is_not_there_is_said_in_words_and_looked_for_again(tmp_path: Path) -> None:
    source = GloveSource(str(tmp_path / "nothing"))
    state_within(source, SourceState.LOST, 3.0)
    assert "Plug it in" in source.status().reason
    source.close()


FLOOD_S = float(os.environ.get("FLOOD_S", "2.5"))
"""How long each flood lasts; the promise is for a minute."""


def cpu_s() -> float:
    """Processor time of this thread so far."""
    import resource

    used = resource.getrusage(resource.RUSAGE_THREAD)
    return used.ru_utime + used.ru_stime


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="the time of one thread is told on Linux only")
@pytest.mark.parametrize("what", ["random", "no newline", "half lines", "no numbers", "10 kHz"])
def test_D1_garbage_cannot_hurt(what: str, tmp_path: Path) -> None:
    """A megabyte a second of it: no exception, a bounded buffer, little work, and the next good line is read."""
    half = alpha_at(1.0)[:-9]
    floods = {
        "random": os.urandom(1_000_000),
        "no newline": b"A" * 1_000_000,
        "half lines": (half + b"\n" + half[4:] + b"\n") * 10_000,
        "no numbers": "A1_0Bnan,inf,1e999,١٢٣,NaN,,,\n".encode() * 20_000,
        "10 kHz": b"".join(alpha_at(n / 1000) for n in range(20_000)),
    }
    with glove_at(tmp_path, lambda _: b"", 20.0) as glove:
        source = GloveSource(glove.port, own_range=False, most=4095)
        flooding = threading.Event()

        def flood() -> None:
            data, at, began_s, sent = floods[what], 0, now_s(), 0
            while not flooding.is_set():
                if sent > (now_s() - began_s) * 1_000_000:
                    wait_s(0.001)
                    continue
                at = at if at < len(data) - 4096 else 0
                took = glove.write(data[at : at + 4096])
                at, sent = at + took, sent + took
                if not took:
                    wait_s(0.001)

        thread = threading.Thread(target=flood)
        thread.start()
        used_s, began_s, biggest, late_s = 0.0, now_s(), 0, 0.0
        while now_s() - began_s < FLOOD_S:
            held_up, before_s, used_before_s = HoldUps(), now_s(), cpu_s()
            samples = source.read(1 / 60)
            used_s += cpu_s() - used_before_s
            late_s = max(late_s, now_s() - before_s - held_up.so_far_s)
            assert all(sample.right is not None for sample in samples)
            biggest = max(biggest, len(source.lines))
        share = used_s / (now_s() - began_s)
        flooding.set()
        thread.join()
        glove.write(b"\n")
        glove.line = alpha_at
        assert samples_from(source, 5), source.status()
        source.close()
    assert biggest <= MOST_BYTES
    assert share <= 0.15, f"{share:.1%} of a core"
    assert late_s < 0.25, "a read keeps its time"


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="the time of one thread is told on Linux only")
def test_D2_a_glove_unplugged_and_plugged_in_again_comes_back(tmp_path: Path) -> None:
    with glove_at(tmp_path) as glove:
        source = GloveSource(glove.port, own_range=False)
        times = [sample.t_s for sample in samples_from(source, 5)]
        lost_s, back_s = [], []
        threads = threading.active_count()
        for n in range(50):
            glove.unplug()
            lost_s.append(state_within(source, SourceState.LOST, 2.0))
            if n == 10:
                used_s, began_s = cpu_s(), now_s()
                while now_s() - began_s < 1.0:
                    source.read(1 / 60)
                assert (cpu_s() - used_s) / (now_s() - began_s) <= 0.05
                assert "Plug it in" in source.status().reason
            glove.plug()
            began_s, held_up = now_s(), HoldUps()
            samples = samples_from(source, 3)
            assert samples, source.status()
            back_s.append(samples[0].t_s - began_s - held_up.so_far_s)
            times += [sample.t_s for sample in samples]
        source.close()
        assert threading.active_count() <= threads + 1
    assert max(lost_s) <= 1.0
    assert max(back_s) <= 3.0
    assert all(later > earlier for earlier, later in itertools.pairwise(times)), "none came twice"
