"""Whether there is a screen: asked before anything that draws is loaded."""

import os
import platform

UNSEEN = ("dummy", "offscreen")
"""SDL's drivers that paint for nobody."""


def has_display() -> bool:
    """Whether a window could be seen by anybody here."""
    driver = os.environ.get("SDL_VIDEODRIVER", "")
    if driver in UNSEEN:
        return False
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True
