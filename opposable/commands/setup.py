"""`opposable setup`: the hand model made ready, and a plain report of what works on this computer."""

import platform
from importlib.metadata import PackageNotFoundError, distributions, version

from engine.clock import now_s
from engine.paths import FolderError, home_folder
from engine.sources import open_source
from engine.sources.source import SourceState
from engine.tracking.model import HandModelError, hand_model
from opposable.commands.ready import find_hand_model
from opposable.console import FINE, FOUND, complain, say

CAMERA_S = 8.0
_OWN_CV2 = "opencv-contrib-python"


def setup(fetch: bool) -> int:
    """Report line by line. The hand model and the data folder must work; the rest is told, with what to do."""
    say(f"Python         {platform.python_version()} on {platform.system()} {platform.machine()}")
    try:
        model = find_hand_model(fetch=fetch)
    except HandModelError as problem:
        complain(str(problem))
        model = None
    say(f"Hand model     {'ready: ' + str(model) if model else 'not here; see above'}")
    say(f"Quicker model  {_quicker_model(fetch)}")
    say(f"Tracker        {_tracker()}")
    say(f"OpenCV         {_opencv()}")
    say(f"Camera         {_camera() if model else 'not tried without the hand model'}")
    say(f"Screen         {_screen()}")
    say(f"Sound          {_sound()}")
    from opposable.display import has_display

    folder, writable = _folder()
    say(f"Your data      {folder}")
    if model and writable:
        say(f"Ready. Begin with: opposable {'play coin_drop/01' if has_display() else 'demo'}")
        return FINE
    return FOUND


def _quicker_model(fetch: bool) -> str:
    try:
        hand_model("lite", fetch_it=fetch)
    except HandModelError:
        return "not here; the other one is used"
    return "ready, for when this computer is busy"


def _tracker() -> str:
    try:
        found = version("mediapipe")
    except PackageNotFoundError:
        return "MediaPipe is not installed; install this project again with uv or pip"
    if found == "0.10.21" or found.startswith("0.10.32"):
        return f"MediaPipe {found}, which sends nothing anywhere"
    return f"MediaPipe {found}: not the tested one. Newer ones send usage metrics; install mediapipe 0.10.32"


def _opencv() -> str:
    owners = sorted(
        {
            name
            for distribution in distributions()
            if (name := distribution.metadata["Name"].lower()).startswith("opencv-")
        }
    )
    if owners == [_OWN_CV2]:
        return f"{_OWN_CV2} {version(_OWN_CV2)}"
    return f"found {', '.join(owners) or 'none'}; exactly one is wanted: {_OWN_CV2}"


def _camera() -> str:
    source = open_source("camera:0")
    try:
        until_s = now_s() + CAMERA_S
        while now_s() < until_s:
            if source.read(0.1):
                return "camera:0 gives pictures"
            status = source.status()
            if status.state in (SourceState.LOST, SourceState.GONE):
                return f"{status.reason} Without one: --source keys:, sim:able or synthetic:able"
        return "camera:0 opens, but no picture came in time"
    finally:
        source.close()


def _screen() -> str:
    from opposable.display import has_display

    return "a window can be opened" if has_display() else "none here; use --headless"


def _sound() -> str:
    from engine.view.sound import SoundBoard

    return "works" if SoundBoard().sounding else "no device; every sound also has its picture"


def _folder() -> tuple[str, bool]:
    """Where the data are, or why they cannot be kept; and whether they can."""
    try:
        folder = home_folder()
    except FolderError as problem:
        return str(problem), False
    synced = [name for name in ("OneDrive", "Dropbox", "iCloud") if name.lower() in str(folder).lower()]
    hint = f" ({synced[0]} copies it elsewhere; set OPPOSABLE_HOME to a local folder)" if synced else ""
    return f"{folder}{hint}", True
