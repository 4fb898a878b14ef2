"""What all tests share: a data folder of their own, the clips of hands, and what the tracker sees in them.

Property tests are not timed one by one, because a busy machine is not a fault. Three run at a time: those that promise
something in real time come first, one after another, and what runs beside them steps back for them.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from engine.hand import Sample
from engine.paths import HOME_VARIABLE
from engine.tracking.messages import Found
from tests import clips as known

REAL_TIME = ("engine/sources/", "engine/tracking/", "opposable/", "test_reliability_tracking.py")
"""What listens to clocks, processes, sockets and gloves: never two of these at once."""
NOT_REAL_TIME = (
    "engine/sources/test_clips.py",
    "engine/sources/test_replay.py",
    "engine/sources/test_simulated.py",
    "engine/tracking/test_model.py",
    "opposable/designer/",
    "opposable/test_calibrate.py",
    "opposable/test_cli.py",
    "opposable/test_menu.py",
    "opposable/test_numbers.py",
    "opposable/test_recordings.py",
    "opposable/test_settings.py",
)
"""What lies beside it and only computes, or plays and tracks as fast as it can."""
OF_CLIPS = (
    "test_clips.py",
    "test_clips_dropped.py",
    "engine/view/test_chart.py",
    "games/coin_drop/test_on_clips.py",
    "games/mirror_avatar/test_impairments.py",
)
"""Whose tests ask for `found_in` or `seen_in`."""
STEPS_BACK = 10

settings.register_profile("opposable", deadline=None)
settings.load_profile("opposable")


def group_of(nodeid: str) -> str | None:
    """What must run in one process, one after another: real time; what is made of clips, each tracked once; what shares
    what it has made; and what asks of every file of the house, each read once."""
    file = nodeid.split("::")[0].removeprefix("tests/")
    if file.startswith(NOT_REAL_TIME):
        return file
    if file.startswith(REAL_TIME):
        return "real time"
    return "clips" if file in OF_CLIPS else "house" if file == "test_architecture.py" else None


class SideBySide(LoadScopeScheduling):  # type: ignore[misc]
    """Which test goes to which of the processes that run side by side."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid) or nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    return SideBySide(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real time first, so that it is not what is waited for at the end; and what it promises may be shown once more,
    for what a busy neighbour does to it cannot all be told apart. The summary names each that needed it."""
    order = {"real time": 0, "clips": 1}
    items.sort(key=lambda item: order.get(group_of(item.nodeid) or "", 2))
    for item in items:
        if group_of(item.nodeid) == "real time":
            item.add_marker(pytest.mark.flaky(reruns=1))


_begun = "PYTEST_XDIST_WORKER" not in os.environ


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A process that does not begin with real time leaves the processor to the one that does."""
    global _begun
    if not _begun and group_of(item.nodeid) != "real time" and hasattr(os, "nice"):
        os.nice(STEPS_BACK)
    _begun = True


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """A shell that runs this in the background has it ignored, and every program that is started here as well."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test may read or write the data of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("opposable")))
        yield


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for one test alone."""
    folder = tmp_path / "opposable"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def clips() -> Path:
    """The folder of rendered clips; tests that need it are skipped where it is not beside the checkout."""
    if not known.CLIPS.is_dir():
        pytest.skip(f"the clips of hands are not beside this checkout (looked in {known.CLIPS})")
    return known.CLIPS


@pytest.fixture(scope="session")
def found_in(clips: Path) -> Callable[[str], Sequence[Found]]:
    """What the real tracker finds in a clip, picture by picture and before anybody asks whose hand it is, by the clip's
    name; each clip is tracked once."""

    @cache
    def found(name: str) -> Sequence[Found]:
        return tuple(known.found_of(f"video:{clips / name}.mp4?pace=fast", 2 if name == "two_hands" else 1))

    return found


@pytest.fixture(scope="session")
def seen_in(found_in: Callable[[str], Sequence[Found]]) -> Callable[[str], Sequence[Sample]]:
    """What comes of that: samples of the person's own left and right hand, by the clip's name."""

    @cache
    def seen(name: str) -> Sequence[Sample]:
        return tuple(known.samples_from(found_in(name), 2 if name == "two_hands" else 1))

    return seen
