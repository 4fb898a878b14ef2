"""Fetch the file the hand model is made from: a MediaPipe wheel from the user's own package index, or the official
bundle from its publisher. The only place in the engine that ever goes to the network, once, before the first game."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from engine import clock

Progress = Callable[[float, str], None]
"""Told the fraction done (0..1) and what is happening, in words."""

WHEEL = "mediapipe==0.10.21"
"""The last release whose wheels carry the hand networks. Any platform's wheel will do: two data files are read from
it and nothing is run, so the one for Python 3.12 on Linux serves every computer."""

WHEEL_TAGS = ("--python-version", "3.12", "--implementation", "cp", "--abi", "cp312", "--platform")
WHEEL_PLATFORM = "manylinux_2_28_x86_64"

OFFICIAL_ADDRESS = (
    "https://storage.googleapis.com/mediapipe-models/hand_landmarker/hand_landmarker/float16/1/hand_landmarker.task"
)
DOWNLOAD_LIMIT_BYTES = 64 * 1024 * 1024
SILENCE_LIMIT_S = 30.0
INDEX_LIMIT_S = 900.0

_PROGRESS_LINE = re.compile(rb"Progress (\d+) of (\d+)")


class FetchError(RuntimeError):
    """Nothing usable came; the message says what was met."""


def download_wheel(folder: Path, progress: Progress) -> Path:
    """Ask the user's own package index (whatever pip is set to) for the wheel; returns the file in `folder`."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "raw", "--retries", "2", *WHEEL_TAGS, WHEEL_PLATFORM]
    command += ["--dest", str(folder), WHEEL]
    progress(0.0, "Asking the package index for the hand model.")
    try:
        _run(command, progress)
    except OSError as problem:
        raise FetchError(f"pip could not be started: {problem}") from problem
    wheels = sorted(folder.glob("mediapipe-*.whl"))
    if not wheels:
        raise FetchError("pip ended without a file")
    return wheels[0]


def _run(command: list[str], progress: Progress) -> None:
    lines: list[bytes] = []
    started_s = clock.now_s()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=_pip_settings(os.environ),
    ) as pip:
        assert pip.stdout is not None
        try:
            for line in pip.stdout:
                counted = _PROGRESS_LINE.match(line)
                if counted:
                    done, total = int(counted[1]), int(counted[2])
                    progress(done / total if total else 0.0, "Fetching the hand model.")
                elif line.strip():
                    lines.append(line.strip())
                if clock.now_s() - started_s > INDEX_LIMIT_S:
                    raise FetchError(f"the package index took longer than {INDEX_LIMIT_S / 60:.0f} minutes")
        except BaseException:
            pip.kill()
            raise
    if pip.returncode != 0:
        said = [line for line in lines if line.startswith((b"ERROR", b"/"))] or lines or [b"nothing"]
        raise FetchError(f"pip ended with code {pip.returncode}: {said[-1].decode(errors='replace')[:300]}")


def _pip_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The person's environment; an index that only uv was told about is passed on to pip."""
    settings = dict(environment)
    uv_index = environment.get("UV_DEFAULT_INDEX") or environment.get("UV_INDEX_URL")
    if uv_index and "PIP_INDEX_URL" not in environment:
        settings["PIP_INDEX_URL"] = uv_index.partition("=")[2] if re.match(r"\w+=", uv_index) else uv_index
    return settings


def download_file(address: str, progress: Progress) -> bytes:
    """Download one file of bounded size into memory."""
    progress(0.0, "Fetching the hand model from its publisher.")
    try:
        with urllib.request.urlopen(address, timeout=SILENCE_LIMIT_S) as answer:
            total = int(answer.headers.get("Content-Length") or 0)
            data = bytearray()
            while chunk := answer.read(256 * 1024):
                data += chunk
                if len(data) > DOWNLOAD_LIMIT_BYTES:
                    raise FetchError(f"more than {DOWNLOAD_LIMIT_BYTES} bytes came")
                progress(min(len(data) / total, 1.0) if total else 0.0, "Fetching the hand model from its publisher.")
    except (OSError, ValueError) as problem:
        raise FetchError(f"{problem}") from problem
    if total and len(data) != total:
        raise FetchError(f"only {len(data)} of {total} bytes came")
    return bytes(data)
