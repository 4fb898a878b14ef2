"""Load MediaPipe without what it brings along for others: plotting, and sound recording, which asks for a microphone.

MediaPipe 0.10.32 imports both while loading, for drawing helpers and an audio task nobody here uses; without them the
camera process starts in a quarter of the time. For the camera process only, before MediaPipe is imported.
"""

import sys
from types import ModuleType

PLOTTING = ("matplotlib", "matplotlib.pyplot")
SOUND_RECORDING = "sounddevice"


def leave_out_what_is_not_used() -> None:
    """Put empty modules where plotting would be loaded; let the import of sound recording find nothing."""
    for name in PLOTTING:
        sys.modules.setdefault(name, ModuleType(name))
    # None is how Python marks a module that is not to be had; MediaPipe then does without.
    sys.modules[SOUND_RECORDING] = None  # type: ignore[assignment]
