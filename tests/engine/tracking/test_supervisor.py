"""The camera process dies, hangs and loses its pictures; the game process notices in time and is never held up."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import numpy as np
import psutil
import pytest

from engine import clock
from engine.sources.source import SourceState
from engine.tracking.bundle import Size
from engine.tracking.fetch import Progress
from engine.tracking.model import HandModelError
from engine.tracking.sharedpicture import Image
from engine.tracking.supervisor import Supervisor
from tests.engine.tracking.helpers import NoiseCamera, clip, need_model, noise, wait_for, wait_for_state
from tests.holdups import HoldUps

DETECTED_WITHIN_S, BACK_WITHIN_S, LOST_WITHIN_S = 0.5, 3.0, 1.0
MORTAL = [name for name in ("SIGKILL", "SIGSEGV", "SIGSTOP") if hasattr(signal, name)]

pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]


@pytest.fixture
def camera() -> Iterator[NoiseCamera]:
    need_model()
    made = NoiseCamera()
    yield made
    made.close()


@pytest.fixture
def tracking(camera: NoiseCamera) -> Iterator[Supervisor]:
    supervisor = Supervisor(camera.written)
    try:
        wait_for_state(supervisor, SourceState.RUNNING)
        yield supervisor
    finally:
        supervisor.close()


def hit(supervisor: Supervisor, name: str) -> None:
    pid = supervisor.child_pid
    assert pid is not None
    os.kill(pid, getattr(signal, name))


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system has no signals to stop a process with")
@pytest.mark.parametrize("name", MORTAL)
def test_T2_a_killed_crashed_or_hung_camera_process_is_noticed_and_replaced(tracking: Supervisor, name: str) -> None:
    wait_for(lambda: tracking.spare_is_ready)
    before = tracking.child_pid
    ours, all_of_us = HoldUps(), HoldUps(helpers=True)
    hit(tracking, name)
    detected_s = wait_for(lambda: tracking.status().state is SourceState.LOST)
    held_up_s = ours.so_far_s
    tracking.take(0.0)
    back_s = detected_s + wait_for_state(tracking, SourceState.RUNNING)
    assert tracking.take(1.0)
    assert tracking.child_pid != before
    assert detected_s <= DETECTED_WITHIN_S + held_up_s
    assert back_s <= BACK_WITHIN_S + all_of_us.so_far_s


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signals to end a process with")
def test_T2_after_three_crashes_in_a_minute_it_gives_up_in_words_and_leaves_nothing(tracking: Supervisor) -> None:
    children_before = set(psutil.Process().children())
    for crash in range(3):
        wait_for_state(tracking, SourceState.RUNNING)
        before = tracking.child_pid
        hit(tracking, "SIGKILL")
        if crash < 2:
            wait_for(lambda before=before: tracking.child_pid not in (before, None))  # type: ignore[misc]
    wait_for_state(tracking, SourceState.GONE)
    assert "another way to play" in tracking.status().reason
    wait_for(lambda: tracking.child_pid is None)
    tracking.close()
    cameras = [child for child in children_before if child.is_running()]
    assert not any(child.status() == psutil.STATUS_ZOMBIE for child in psutil.Process().children())
    assert len(cameras) <= 1  # what may stay is Python's own keeper of shared memory


def black(_number: int) -> Image:
    return np.zeros((480, 640, 3), np.uint8)


def frozen(_number: int) -> Image:
    return noise(0)


def empty(_number: int) -> Image:
    return np.zeros((0, 0, 3), np.uint8)


def grey(number: int) -> Image:
    return noise(number)[:, :, 0]


def four_channels(number: int) -> Image:
    return np.repeat(noise(number)[:200, :200], 2, axis=2)[:, :, :4]


def tiny(number: int) -> Image:
    return noise(number)[:32, :32]


def nothing(_number: int) -> None:
    return None


FAULTS: dict[str, tuple[Callable[[int], Image | None], str]] = {
    "black": (black, "black"),
    "frozen": (frozen, "stands still"),
    "0x0": (empty, "0 x 0"),
    "grey": (grey, "480 x 640"),
    "four channels": (four_channels, "200 x 200 x 4"),
    "tiny": (tiny, "32 x 32"),
    "nothing": (nothing, "No picture"),
}


def test_T1_bad_pictures_are_told_in_words_within_a_second_used_never_and_recovered_from(
    camera: NoiseCamera, tracking: Supervisor
) -> None:
    child = tracking.child_pid
    for name, (show, words) in FAULTS.items():
        camera.show = show
        began_s, held_up = clock.now_s(), HoldUps(helpers=True)
        lost_s = wait_for(lambda words=words: words in tracking.status().reason)  # type: ignore[misc]
        assert tracking.status().state is SourceState.LOST, name
        assert lost_s <= LOST_WITHIN_S + held_up.so_far_s, name
        frames_after = [one for one in tracking.take(0.0) if one.found.captured_s > began_s + 0.1]
        # A still picture is new once, when it first appears.
        assert len(frames_after) <= (name == "frozen"), name
        camera.show = noise
        held_up = HoldUps(helpers=True)
        back_s = wait_for(lambda: tracking.status().state is SourceState.RUNNING)
        assert back_s <= BACK_WITHIN_S + held_up.so_far_s, name
        assert tracking.take(1.0), name
    assert tracking.child_pid == child, "a bad picture is no reason to lose the process"


def test_T1_a_camera_that_is_not_there_yet_is_waited_for() -> None:
    need_model()
    supervisor = Supervisor("shared:opposable-no-such-memory")
    try:
        wait_for_state(supervisor, SourceState.LOST)
        assert "No picture" in supervisor.status().reason
        assert supervisor.take(0.05) == []
    finally:
        supervisor.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_T1_a_camera_that_hangs_while_opening_holds_nobody_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    need_model()
    pipe = tmp_path_factory.mktemp("camera") / "hangs.mp4"
    os.mkfifo(pipe)
    supervisor = Supervisor(f"video:{pipe}")
    began_s, held_up = clock.now_s(), HoldUps()
    assert supervisor.take(0.2) == []
    assert clock.now_s() - began_s < 0.5 + held_up.so_far_s
    wait_for(lambda: "takes its time" in supervisor.status().reason)
    began_s, held_up = clock.now_s(), HoldUps(helpers=True)
    supervisor.close()
    assert clock.now_s() - began_s < 2.0 + held_up.so_far_s


def test_T3_opening_and_closing_leaves_no_process_thread_or_file_behind(camera: NoiseCamera) -> None:
    me = psutil.Process()

    def left() -> tuple[int, int, int]:
        files = me.num_fds() if hasattr(me, "num_fds") else 0
        return len(me.children(recursive=True)), threading.active_count(), files

    def once() -> None:
        supervisor = Supervisor(camera.written)
        wait_for_state(supervisor, SourceState.RUNNING)
        supervisor.close()
        supervisor.close()

    once()
    before = left()
    for _ in range(3):
        once()
    assert left() == before


def test_pictures_are_mirrored_small_and_only_when_asked_for(camera: NoiseCamera) -> None:
    supervisor = Supervisor(camera.written, preview=True)
    try:
        wait_for(lambda: supervisor.preview() is not None)
        small = supervisor.preview()
        assert small is not None
        assert small.image.shape == (240, 320, 3)
        wait_for(lambda: supervisor.preview(after=small.number) is not None)
    finally:
        supervisor.close()
    assert supervisor.preview() is None


def test_detections_carry_their_stamps_in_order(tracking: Supervisor) -> None:
    for one in tracking.take(2.0):
        assert one.found.captured_s <= one.found.detected_s <= one.received_s
    wait_for(lambda: tracking.status().latency is not None)
    status = tracking.status()
    assert status.latency is not None
    assert status.latency.total_ms == status.latency.capture_to_detect_ms + status.latency.detect_to_read_ms
    assert status.rate_hz is not None
    assert 5 < status.rate_hz < 40


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signals to end a process with")
def test_T2_a_video_read_fast_loses_no_frame_when_its_process_is_killed() -> None:
    need_model()
    supervisor = Supervisor(f"video:{clip('spread.mp4')}?pace=fast", every_one=True)
    frames: list[int] = []
    killed = False
    try:
        while supervisor.status().state is not SourceState.ENDED or not frames or frames[-1] < 239:
            frames += [one.found.frame for one in supervisor.take(0.5)]
            if len(frames) > 60 and not killed:
                hit(supervisor, "SIGKILL")
                killed = True
            assert supervisor.status().state is not SourceState.GONE
    finally:
        supervisor.close()
    assert killed
    assert frames == list(range(240))


def test_without_a_model_it_is_gone_and_says_what_to_do() -> None:
    def no_model(_size: Size, progress: Progress) -> "os.PathLike[str]":
        progress(0.5, "Looking.")
        raise HandModelError(("everywhere",), "Please connect once.")

    supervisor = Supervisor("shared:nothing", find_model=no_model)  # type: ignore[arg-type]
    try:
        wait_for_state(supervisor, SourceState.GONE)
        assert "Please connect once." in supervisor.status().reason
        assert supervisor.take(5.0) == []
    finally:
        supervisor.close()


def test_leaving_while_the_model_is_fetched_ends_the_fetching() -> None:
    told = threading.Event()
    ended = threading.Event()

    def for_ever(_size: Size, progress: Progress) -> "os.PathLike[str]":
        try:
            while True:
                progress(0.5, "Fetching the hand model.")
                told.set()
                clock.wait_s(0.01)
        finally:
            ended.set()

    supervisor = Supervisor("shared:nothing", find_model=for_ever)  # type: ignore[arg-type]
    assert told.wait(20)
    assert supervisor.status().reason == "Fetching the hand model. 50%"
    supervisor.close()
    assert ended.is_set()


def open_camera_and_wait(pids: "Connection[list[int], object]", written: str) -> None:
    """A game process that opens the camera, tells which processes it has, and never closes anything."""
    supervisor = Supervisor(written)
    wait_for(lambda: supervisor.spare_is_ready)
    pids.send([child.pid for child in psutil.Process().children()])
    threading.Event().wait()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signals to end a process with")
def test_when_the_game_process_dies_the_camera_process_lets_go_of_the_camera(camera: NoiseCamera) -> None:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    game = context.Process(target=open_camera_and_wait, args=(sender, camera.written))
    game.start()
    sender.close()
    children = [psutil.Process(pid) for pid in receiver.recv()]
    assert len(children) >= 2
    game.kill()
    game.join()
    _, left = psutil.wait_procs(children, timeout=3.0)
    assert left == []
