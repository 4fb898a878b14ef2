"""Making sure, before a camera is opened, that the hand model is there; with a progress bar where it must be made."""

from pathlib import Path

from engine.tracking.model import HandModelError, hand_model
from opposable.console import ProgressBar, complain

_NEEDS_MODEL = ("camera", "video", "synthetic")


def hand_model_ready(source: str, size: str = "full", fetch: bool = True) -> bool:
    """True where this source needs no model, or has it; otherwise says what was tried and what to do."""
    if source.partition(":")[0] not in _NEEDS_MODEL:
        return True
    return find_hand_model(size, fetch) is not None


def find_hand_model(size: str = "full", fetch: bool = True) -> Path | None:
    """The model file, made if need be; None after saying why there is none."""
    bar = ProgressBar()
    try:
        return hand_model("lite" if size == "lite" else "full", progress=bar, fetch_it=fetch)
    except HandModelError as problem:
        bar.close()
        complain(str(problem))
        return None
    finally:
        bar.close()
