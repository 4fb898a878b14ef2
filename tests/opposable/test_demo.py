"""The demo as the README promises it: a hand is seen, coins fall, files are left, and nothing leaves the computer."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from engine.tracking.model import HandModelError, hand_model
from opposable.cli import ASKED_TO_END
from tests.opposable.commands import ROOT, opposable

pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]


@pytest.fixture(autouse=True)
def _needs_the_model() -> None:
    try:
        hand_model(fetch_it=False)
    except HandModelError:
        pytest.skip("the hand model is not on this computer; `opposable setup` makes it")


def test_the_demo_plays_and_says_how_it_went(tmp_path: Path) -> None:
    ran = opposable("demo", "--seconds", "30", home=tmp_path, timeout_s=110)
    assert ran.code == 0, ran.err
    assert "without a window" in ran.out
    successes, counted = map(int, re.findall(r"Successes: +(\d+) of (\d+)", ran.out)[0])
    assert counted >= 2
    assert successes >= counted - 1
    tracked = float(re.findall(r"Tracked: +([\d.]+)%", ran.out)[0])
    assert tracked > 90
    assert re.search(r"Latency: +\d+ ms", ran.out)
    tape = Path(re.findall(r"Recording: +(\S+)", ran.out)[0])
    assert tape.is_file()
    pictures = [Path(path) for path in re.findall(r"Picture: +(\S+)", ran.out)]
    assert len(pictures) == 2
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)

    again = opposable("replay", str(tape), "--json", home=tmp_path)
    assert again.objects[0]["same_as_recorded"]

    for path in tmp_path.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} <= {".jsonl", ".png", ".log"}


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be asked to end there")
@pytest.mark.parametrize("how", [*ASKED_TO_END, signal.SIGINT])
def test_a_demo_that_is_asked_to_end_says_what_it_came_to(how: signal.Signals, tmp_path: Path) -> None:
    env = _with({"OPPOSABLE_HOME": str(tmp_path), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"})
    # What was begun with `nohup` does not end with its terminal, and these tests may have been.
    heard = "from signal import *; signal(SIGHUP, SIG_DFL); " if hasattr(signal, "SIGHUP") else ""
    words = [sys.executable, "-c", f"{heard}from opposable.cli import main; main()", "demo"]
    with subprocess.Popen(
        words, env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as playing:
        assert playing.stdout is not None
        assert any("coin 1:" in line for line in playing.stdout)
        # As `timeout` does it: the process first, then all that belong to it.
        playing.send_signal(how)
        if how is signal.SIGTERM:
            os.killpg(playing.pid, how)
        rest, troubles = playing.communicate(timeout=60)
    assert playing.returncode == 0, troubles
    assert "Trials:     1" in rest
    tape = Path(re.findall(r"Recording: +(\S+)", rest)[0])
    assert tape.read_text().splitlines()[-1].startswith('{"end":')
    assert troubles == ""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this computer")
def test_P1_a_played_demo_opens_no_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    env = {"OPPOSABLE_HOME": str(tmp_path / "home"), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    words = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace)]
    words += [sys.executable, "-m", "opposable.cli", "demo", "--seconds", "8"]
    done = subprocess.run(words, env=_with(env), cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert "Seen by:" in done.stdout, done.stderr
    calls = trace.read_text(errors="replace").splitlines()
    assert calls, "the trace saw nothing at all"
    abroad = [
        call
        for call in calls
        if re.search(r"AF_INET6?\b", call)
        and not re.search(r'"127\.|inet_addr\("127\.|"::1"', call)
        and re.search(r"\b(connect|sendto|sendmsg|bind)\(", call)
    ]
    assert abroad == []


def _with(more: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **more}
