"""What the camera process saw reaches the one who plays, once and in order, and what looked is known to the end."""

import signal
import threading
from typing import Literal

import pytest

from engine.sources.source import SourceState
from engine.tracking.inbox import QUEUE_EVERY_ONE, QUEUE_LIVE, Detection, Inbox
from engine.tracking.messages import Found


def seen(frame: int, size: Literal["full", "lite"] = "full") -> Detection:
    t_s = frame / 30
    return Detection(Found(frame, t_s, t_s, t_s + 0.001, t_s + 0.009, 640, 480, (), size=size), t_s + 0.010)


@pytest.mark.parametrize(("every_one", "kept"), [(True, QUEUE_EVERY_ONE + 5), (False, QUEUE_LIVE)])
def test_the_newest_are_kept_or_all_where_none_may_be_left_out(every_one: bool, kept: int) -> None:
    inbox = Inbox(every_one, "It starts.")
    for frame in range(QUEUE_EVERY_ONE + 5):
        inbox.put(seen(frame))
    assert inbox.has_room != every_one
    frames = [detection.found.frame for detection in inbox.take(0.0)]
    assert frames == list(range(QUEUE_EVERY_ONE + 5))[-kept:]
    assert inbox.take(0.0) == []


def test_the_model_that_looked_last_is_known_after_the_end_and_the_rate_while_it_runs() -> None:
    inbox = Inbox(False, "It starts.")
    assert (inbox.status().state, inbox.status().model) == (SourceState.OPENING, None)
    for frame in range(30):
        inbox.put(seen(frame, "full" if frame < 20 else "lite"))
    status = inbox.status()
    assert (status.state, status.model) == (SourceState.RUNNING, "lite")
    assert status.rate_hz == pytest.approx(30.0)
    assert status.latency is not None
    assert status.latency.total_ms == pytest.approx(10.0)
    inbox.tell(SourceState.ENDED, "It is over.")
    status = inbox.status()
    assert (status.state, status.reason, status.rate_hz, status.model) == (
        SourceState.ENDED, "It is over.", None, "lite",
    )  # fmt: skip


def test_whoever_waits_is_let_go_when_it_is_closed() -> None:
    inbox, taken = Inbox(False, "It starts."), list[list[Detection]]()
    waiting = threading.Thread(target=lambda: taken.append(inbox.take(30.0)))
    waiting.start()
    inbox.close()
    waiting.join(5.0)
    assert taken == [[]]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nobody can be asked to end at a moment there")
def test_who_is_asked_to_end_while_waiting_can_end() -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    def wait_until_asked(after_s: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, after_s)
        while True:
            assert inbox.take(0.0001) == []

    inbox = Inbox(False, "It starts.")
    usual = signal.signal(signal.SIGALRM, end)
    try:
        for n in range(400):
            with pytest.raises(KeyboardInterrupt):
                wait_until_asked(0.0001 + n % 40 * 0.00001)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, usual)
    inbox.put(seen(0))
    assert len(inbox.take(0.0)) == 1


def test_what_waits_or_comes_after_it_was_closed_is_left() -> None:
    inbox = Inbox(True, "It starts.")
    inbox.put(seen(0))
    inbox.close()
    inbox.put(seen(1))
    assert inbox.take(0.0) == []
