"""Nothing leaves the computer, and no picture of a person stays on it, whatever is played or measured: every command
that sees a hand, watched from outside."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.paths import HOME_VARIABLE
from tests.engine.tracking.helpers import clip, need_model
from tests.opposable.commands import ROOT

pytestmark = pytest.mark.long
STRACE = shutil.which("strace")
watched = pytest.mark.skipif(STRACE is None, reason="strace, which shows what is asked of the network, is not here")

# The window is closed, as a person closes it, after three seconds of play.
IN_A_WINDOW = """
import sys
import pygame
from engine.hand import Side
from opposable.commands.play import find_level
from opposable.screens.whole_level import play_in_window

ticks = 0

def close_after_a_while(given, events):
    global ticks
    ticks += 1
    if ticks == 180:
        pygame.event.post(pygame.event.Event(pygame.QUIT))

if __name__ == "__main__":
    level = find_level("coin_drop/00")
    sys.exit(play_in_window(level, sys.argv[1], Side.RIGHT, 1, False, also=[close_after_a_while]))
"""


def cut_off() -> list[str]:
    """What stands before a command to run it where there is no network at all, if this system lets us."""
    alone = ["unshare", "--map-root-user", "--net"]
    possible = shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True, check=False)
    return alone if possible and possible.returncode == 0 else []


def asked_abroad(folder: Path, *words: str) -> tuple[str, list[str]]:
    """What a Python program of ours printed, and every call in it, or in a process it started, that would connect, send
    or listen beyond this computer's own loopback. Where it can be, it is cut off from every network meanwhile. All its
    folders are in `folder / "room"`."""
    trace, room = folder / "trace", folder / "room"
    room.mkdir()
    env = {**os.environ, HOME_VARIABLE: str(room / "home"), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    env |= {"OPPOSABLE_HAND_MODEL": str(need_model()), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    env |= dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "LOCALAPPDATA", "XDG_CACHE_HOME"), str(room))
    before = [*cut_off(), STRACE, "-f", "-qq", "-e", "trace=network", "-o", str(trace)] if STRACE else []
    done = subprocess.run(
        [*before, sys.executable, *words],
        env=env, cwd=room, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    calls = trace.read_text(errors="replace").splitlines() if STRACE else []
    return done.stdout + done.stderr, [call for call in calls if is_abroad(call)]


def is_abroad(call: str) -> bool:
    asks = re.search(r"\b(connect|sendto|sendmsg|sendmmsg|bind|listen)\(", call)
    return bool(asks and re.search(r"AF_INET6?\b", call)) and not re.search(r'"127\.|"::1"', call)


@watched
def test_P1_a_connection_abroad_would_be_seen(tmp_path: Path) -> None:
    # An address kept for documents: nobody is there, and with UDP nothing is sent.
    program = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 9)); print('asked')"
    printed, abroad = asked_abroad(tmp_path, "-c", program)
    assert printed.startswith("asked")
    assert len(abroad) == 1


@watched
def test_P1_a_video_played_without_a_window_opens_no_connection(tmp_path: Path) -> None:
    video = f"video:{clip('spread.mp4')}?pace=fast"
    words = ("-m", "opposable.cli", "play", "coin_drop/00", "--source", video, "--headless")
    printed, abroad = asked_abroad(tmp_path, *words)
    assert "trials counted" in printed
    assert abroad == []


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[str]]:
    """A session in the window with a camera: every folder it could write to, what it printed, and whom it asked."""
    folder = tmp_path_factory.mktemp("played")
    program = folder / "in_a_window.py"
    program.write_text(IN_A_WINDOW)
    return folder / "room", *asked_abroad(folder, str(program), "synthetic:able")


@watched
def test_P1_play_in_the_window_with_a_camera_opens_no_connection(played: tuple[Path, str, list[str]]) -> None:
    room, printed, abroad = played
    assert "trials counted" in printed
    [tape] = room.rglob("*.tape.jsonl")
    assert '"pose_a"' in tape.read_text(), "a hand was seen, and played"
    assert abroad == []


def test_P6_play_in_the_window_with_a_camera_leaves_no_picture(played: tuple[Path, str, list[str]]) -> None:
    """Every file that is left is one we know, and words and numbers; none of its words is long enough for a picture."""
    room, printed, _ = played
    assert "trials counted" in printed
    left = [path for path in room.rglob("*") if path.is_file()]
    records = [path for path in left if path.suffix == ".jsonl"]
    assert sorted("".join(path.suffixes[-2:]) for path in left) == [".log", ".results.jsonl", ".tape.jsonl"]
    assert max(path.stat().st_size for path in left if path not in records) < 20_000
    for path in records:
        for line in path.read_text(encoding="utf-8").splitlines():
            json.loads(line)
            assert max(map(len, re.findall(r"[A-Za-z0-9+/=_-]+", line))) < 400, f"{path.name}: {line[:200]}"


@watched
def test_P1_calibration_from_a_recording_opens_no_connection(tmp_path: Path) -> None:
    words = ("-m", "opposable.cli", "calibrate", "--from", f"video:{clip('fist.mp4')}", "--side", "right")
    printed, abroad = asked_abroad(tmp_path, *words)
    assert "Kept for right hand" in printed
    assert abroad == []
