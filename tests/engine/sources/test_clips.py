"""Real MediaPipe on rendered clips whose hands are known, through the whole way from file to samples."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.hand import Sample, Side
from engine.sources import SourceState, open_source
from engine.tracking.model import HandModelError, hand_model
from tests.engine.tracking.helpers import clip, need_model

pytestmark = pytest.mark.long

CLIP_NAMES = ("dim_room", "fist")
"""Through a source as it is opened; what the tracker sees in all ten is in tests/test_clips.py."""


def samples_of(name: str, hands: int = 1, model: str = "full") -> list[Sample]:
    source = open_source(f"video:{clip(f'{name}.mp4')}?pace=fast", hands, None if hands == 2 else Side.RIGHT, model)
    assert not source.paced
    samples: list[Sample] = []
    try:
        while True:
            # Ask first: what has arrived by the end is still to be read after it.
            over = source.status().state in (SourceState.ENDED, SourceState.GONE)
            samples += source.read(0.2)
            if over:
                break
        assert source.status().state is SourceState.ENDED, source.status()
    finally:
        source.close()
    return samples


def truth(name: str) -> list[dict[str, list[dict[str, object]]]]:
    frames = json.loads(clip(f"{name}.json").read_text())["frames"]
    assert isinstance(frames, list)
    return frames


@pytest.mark.parametrize("name", CLIP_NAMES)
def test_the_hand_is_in_nearly_every_frame_where_it_is(name: str) -> None:
    need_model()
    samples, frames = samples_of(name), truth(name)
    assert [sample.t_s for sample in samples] == pytest.approx([n / 30 for n in range(len(frames))])
    errors = []
    for sample, frame in zip(samples, frames, strict=True):
        if sample.right is not None:
            assert sample.right.picture_xy is not None
            true_xy = np.array(frame["hands"][0]["landmarks_px"]) / 640
            errors.append(np.linalg.norm(sample.right.picture_xy - true_xy, axis=1).mean())
    assert len(errors) >= 0.99 * len(frames)
    assert np.median(errors) < 0.02, "in picture widths"


def test_T1_nothing_is_tracked_while_the_hand_is_out_of_view() -> None:
    need_model()
    samples, frames = samples_of("lost"), truth("lost")
    there = [bool(frame["hands"]) for frame in frames]
    seen = [sample.right is not None for sample in samples]
    assert not any(saw for saw, is_there in zip(seen, there, strict=True) if not is_there)
    assert sum(saw for saw, is_there in zip(seen, there, strict=True) if is_there) >= 0.97 * sum(there)


def test_two_hands_are_two_and_on_their_own_sides() -> None:
    need_model()
    samples, frames = samples_of("two_hands", hands=2), truth("two_hands")
    right_side = 0
    for sample, frame in zip(samples, frames, strict=True):
        for true in frame["hands"]:
            seen = sample.hand(Side(str(true["side"])))
            if seen is not None and seen.picture_xy is not None:
                off = np.linalg.norm(seen.picture_xy * 640 - np.array(true["landmarks_px"]), axis=1).mean()
                right_side += off < 30
    assert right_side >= 0.97 * sum(len(frame["hands"]) for frame in frames)


def test_the_lite_model_follows_too() -> None:
    try:
        hand_model("lite", fetch_it=False)
    except HandModelError:
        pytest.skip("no lite hand model on this computer")
    samples = samples_of("spread", model="lite")
    assert sum(sample.right is not None for sample in samples) >= 0.99 * len(samples)


WHOLE_RUN = """
import sys
from engine.sources import SourceState, open_source
if __name__ == "__main__":
    source = open_source(sys.argv[1])
    hands = 0
    while source.status().state not in (SourceState.ENDED, SourceState.GONE):
        hands += sum(sample.right is not None for sample in source.read(0.2))
    source.close()
    print("hands", hands, "libraries", [name for name in ("cv2", "mediapipe", "matplotlib") if name in sys.modules])
"""


def whole_run(tmp_path: Path, *before: str) -> str:
    """Track a clip in a fresh program whose home, temporary and working folders are all `tmp_path`; what it printed."""
    model = need_model()
    program = tmp_path / "whole_run.py"
    program.write_text(WHOLE_RUN)
    room = tmp_path / "room"
    room.mkdir()
    settings = {"OPPOSABLE_HAND_MODEL": str(model), "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    settings |= {name: str(room) for name in ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "LOCALAPPDATA")}
    settings |= {"PATH": "/usr/bin:/bin", "SYSTEMROOT": "C:\\Windows"} if sys.platform != "win32" else {}
    ran = subprocess.run(
        [*before, sys.executable, str(program), f"video:{clip('spread.mp4')}?pace=fast"],
        cwd=room,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == "", "the libraries' chatter belongs into the log"
    return ran.stdout


def test_P6_no_picture_is_kept_and_the_parent_loads_no_camera_library(tmp_path: Path) -> None:
    printed = whole_run(tmp_path)
    assert printed.startswith("hands 2"), printed
    assert printed.endswith("libraries []\n")
    files = [path for path in (tmp_path / "room").rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["tracking.log"]
    assert files[0].stat().st_size < 20_000
    if sys.platform != "win32":
        assert files[0].stat().st_mode & 0o077 == 0, "nobody else reads it"


def test_P1_tracking_opens_no_network_connection(tmp_path: Path) -> None:
    strace = shutil.which("strace")

    if strace is None:
        pytest.skip("strace, which shows what a program asks of the network, is not installed")
    log = tmp_path / "asked.txt"
    watched = (strace, "-f", "-qq", "-e", "trace=network", "-o", str(log))

    def internet() -> list[str]:
        return [line for line in log.read_text().splitlines() if "AF_INET" in line]

    subprocess.run([*watched, sys.executable, "-c", "import socket; socket.socket()"], check=True)
    assert internet(), "a connection would be seen"
    printed = whole_run(tmp_path, *watched)
    assert printed.startswith("hands 2"), printed
    assert internet() == []
