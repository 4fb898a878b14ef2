"""Find the hand model, or make it once: an explicit path, the user's cache, the installed MediaPipe, the user's own
package index, the publisher, in this order. Checked before use, written whole or not at all. Imports no MediaPipe."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path

import platformdirs

from engine.problem import ProblemError
from engine.tracking import fetch
from engine.tracking.bundle import (
    NETWORKS,
    BundleError,
    Size,
    bundle_from_bundle,
    bundle_from_networks,
    bundle_from_wheel,
    read_bundle,
)
from engine.tracking.fetch import FetchError, Progress
from engine.wholefile import write_whole

MODEL_VARIABLE = "OPPOSABLE_HAND_MODEL"
WITHOUT_MODEL = "Gloves, keyboard, recordings and simulated hands play without it."


class HandModelError(ProblemError, RuntimeError):
    """The hand model is neither here nor to be had. `tried` is what was looked for and what was met there."""

    def __init__(self, tried: tuple[str, ...], to_do: str) -> None:
        self.tried = tried
        looked = "".join(f"\n  - {line}" for line in tried)
        super().__init__(f"The camera needs a hand model, and there is none yet.{looked}\n{to_do} {WITHOUT_MODEL}")


def cache_folder() -> Path:
    """Where this user keeps the model between sessions."""
    return Path(platformdirs.user_cache_path("opposable"))


def cached_path(size: Size = "full", folder: Path | None = None) -> Path:
    """Where the model of this size is kept, or will be."""
    return (folder or cache_folder()) / f"hand_landmarker_{size}.task"


def no_progress(_fraction: float, _words: str) -> None:
    pass


def hand_model(
    size: Size = "full",
    explicit: str | Path | None = None,
    progress: Progress = no_progress,
    official_address: str = fetch.OFFICIAL_ADDRESS,
    fetch_it: bool = True,
) -> Path:
    """Where the checked model file lies, made first if need be; raises HandModelError where it cannot be had.

    `explicit`, or else the variable OPPOSABLE_HAND_MODEL, names a file to use and nothing else. With `fetch_it` False
    nothing goes to the network.
    """
    chosen = explicit or os.environ.get(MODEL_VARIABLE)
    if chosen:
        return _explicit(Path(chosen), size)
    tried: list[str] = []
    target = cached_path(size)
    try:
        read_bundle(target, size)
        return target
    except FileNotFoundError:
        tried.append(f"your cache: no file {target}")
    except (BundleError, OSError) as problem:
        tried.append(f"your cache: {target}: {problem}")
    for where, make in _makers(size, progress, official_address, fetch_it):
        try:
            bundle = make()
        except (BundleError, FetchError, OSError) as problem:
            tried.append(f"{where}: {problem}")
            continue
        try:
            write_whole(target, bundle)
        except OSError as problem:
            tried.append(f"{where}: found, but it could not be kept in {target.parent}: {problem}")
            raise HandModelError(tuple(tried), "Please make room on the disk (20 MB) and start again.") from problem
        progress(1.0, "The hand model is ready.")
        return target
    to_do = (
        f"Please connect to the internet once and start again, or copy the file {target.name} from another computer "
        f"and set {MODEL_VARIABLE} to where it lies."
    )
    raise HandModelError(tuple(tried), to_do)


def _explicit(path: Path, size: Size) -> Path:
    try:
        read_bundle(path, size)
    except (BundleError, OSError) as problem:
        to_do = f"Please point {MODEL_VARIABLE} to a '{size}' hand model, or unset it to let Opposable fetch its own."
        raise HandModelError((f"the file you named, {path}: {problem}",), to_do) from problem
    return path


def _makers(
    size: Size, progress: Progress, official_address: str, fetch_it: bool
) -> list[tuple[str, Callable[[], bytes]]]:
    makers = [("the installed MediaPipe", lambda: _from_installed(size))]
    if fetch_it:
        makers.append(("your package index", lambda: _from_index(size, progress)))
        if size == "full":
            makers.append(("its publisher", lambda: _from_publisher(official_address, size, progress)))
    return makers


def _from_installed(size: Size) -> bytes:
    """Older MediaPipe wheels carry the networks; look without importing it."""
    found = PathFinder.find_spec("mediapipe")
    if found is None or not found.submodule_search_locations:
        raise BundleError("MediaPipe is not installed")
    root = Path(next(iter(found.submodule_search_locations))).parent
    try:
        return bundle_from_networks({n.wheel_path: (root / n.wheel_path).read_bytes() for n in NETWORKS[size]}, size)
    except FileNotFoundError:
        raise BundleError("it brings no hand networks") from None


def _from_index(size: Size, progress: Progress) -> bytes:
    with tempfile.TemporaryDirectory(prefix="opposable-", ignore_cleanup_errors=True) as folder:
        wheel = fetch.download_wheel(Path(folder), progress)
        _keep(wheel, "full" if size == "lite" else "lite")
        return bundle_from_wheel(wheel, size)


def _keep(wheel: Path, size: Size) -> None:
    """The same wheel holds the other size as well: kept too, so that nobody has to fetch it again."""
    with contextlib.suppress(BundleError, OSError):
        if not cached_path(size).exists():
            write_whole(cached_path(size), bundle_from_wheel(wheel, size))


def _from_publisher(address: str, size: Size, progress: Progress) -> bytes:
    return bundle_from_bundle(fetch.download_file(address, progress), size)
