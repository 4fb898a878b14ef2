"""Making sure, before a camera is opened, that the hand model is there; with a progress bar where it must be made."""

from pathlib import Path

from engine.tracking.model import hand_model
from opposable.console import ProgressBar

_NEEDS_MODEL = ("camera", "video", "synthetic")


def find_hand_model_for(source: str, size: str = "full") -> None:
    """Make the model if this source needs it. Raises HandModelError, which says what was tried and what to do."""
    if source.partition(":")[0] in _NEEDS_MODEL:
        find_hand_model(size)


def find_hand_model(size: str = "full", fetch: bool = True) -> Path:
    """The model file, made if need be. Raises HandModelError."""
    bar = ProgressBar()
    try:
        return hand_model("lite" if size == "lite" else "full", progress=bar, fetch_it=fetch)
    finally:
        bar.close()
