"""How a source of pictures is written: `camera:0`, `video:hand.mp4`, `video:hand.mp4?pace=fast`, `shared:NAME`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

PictureKind = Literal["camera", "video", "shared"]


@dataclass(frozen=True)
class PictureSpec:
    """`rest` is the camera's number, the video's path, or the shared memory's name; `fast` leaves out no frame."""

    kind: PictureKind
    rest: str
    fast: bool = False


def picture_spec(written: str) -> PictureSpec:
    """Read what is written; raises ValueError that says what was found and what is allowed."""
    kind, _, rest = written.partition(":")
    if kind not in ("camera", "video", "shared"):
        raise ValueError(f"'{written}': '{kind}' gives no pictures; write camera:0, video:FILE or shared:NAME.")
    if kind == "camera" and not (rest.isascii() and rest.isdecimal() and len(rest) <= 3):
        raise ValueError(f"'{written}': '{rest}' is not the number of a camera; write camera:0 for the first one.")
    fast = False
    if kind == "video":
        rest, _, option = rest.partition("?")
        name, _, pace = option.partition("=")
        if name not in ("", "pace"):
            raise ValueError(f"'{written}': a video has no option '{name}'; write ?pace=fast or ?pace=camera.")
        if pace not in ("", "camera", "fast"):
            raise ValueError(f"'{written}': a video has no pace '{pace}'; write ?pace=fast or ?pace=camera.")
        fast = pace == "fast"
    if not rest:
        raise ValueError(f"'{written}': the part after '{kind}:' is missing.")
    if kind == "video":
        rest = str(Path(rest).expanduser().absolute())
    return PictureSpec(cast(PictureKind, kind), rest, fast)
