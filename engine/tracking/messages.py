"""What the camera process and the game process say to each other. Plain data; neither library is needed to read it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from engine.hand import Array
from engine.tracking.bundle import Size


@dataclass(frozen=True, eq=False)
class RawHand:
    """One detected hand as MediaPipe gives it: its label ("Left" or "Right": the person's own side, of one picture,
    not to be trusted alone) and score, landmarks (21, 3) in the picture (x, y 0..1 of width and height, z in picture
    widths) and in the world (metres, origin in the hand's middle)."""

    label: str
    score: float
    image_xyz: Array
    world_xyz: Array


@dataclass(frozen=True)
class Light:
    """How light the picture is, before any help: its mean, 0..255, and the share of it that is washed out."""

    mean: float = 128.0
    washed_out: float = 0.0


class Stage(StrEnum):
    """What the camera process is busy with; how long it may be silent depends on it."""

    LOADING = "loading"
    OPENING = "opening"
    WAITING = "waiting"
    DETECTING = "detecting"
    CHANGING = "changing"
    """Looking at pictures as ever, while another model is made ready beside it."""


@dataclass(frozen=True)
class Start:
    """To the camera process: begin. `pictures` is "camera:0", "video:FILE" or "shared:NAME"; `first_frame` is where
    a video goes on after a restart; `preview` names the shared memory for the small mirror, if there is one;
    `lite_path` is the lite model, where the process may change to it when this machine cannot keep up."""

    pictures: str
    model_path: str
    size: Size = "full"
    hands: Literal[1, 2] = 1
    first_frame: int = 0
    preview: str | None = None
    lite_path: str | None = None


@dataclass(frozen=True)
class Look:
    """To the camera process: from now on look for so many hands."""

    hands: Literal[1, 2]


@dataclass(frozen=True)
class Stop:
    """To the camera process: let go of everything and end."""


@dataclass(frozen=True)
class Ready:
    """From the camera process: its libraries are loaded; it can begin at once when told to."""


@dataclass(frozen=True)
class Beat:
    """From the camera process, ten times a second: alive, and for how long in this stage."""

    stage: Stage
    in_stage_s: float


@dataclass(frozen=True, eq=False)
class Found:
    """What was found in one picture. `t_s` is the moment the picture is of (for a video read fast: frame over rate);
    `captured_s`, `started_s` (the tracker began with it) and `detected_s` are stamps of the machine's clock; `size` is
    the model that looked, `changing` says that another is being made ready, which keeps the machine busy a while."""

    frame: int
    t_s: float
    captured_s: float
    started_s: float
    detected_s: float
    width: int
    height: int
    hands: tuple[RawHand, ...]
    light: Light = Light()
    size: Size = "full"
    changing: bool = False


@dataclass(frozen=True)
class Lost:
    """No usable picture at the moment, and why, in words. The camera process keeps looking."""

    reason: str


@dataclass(frozen=True)
class Ended:
    """The video is over."""


@dataclass(frozen=True)
class Refused:
    """It cannot work, and trying again would not help; why, in words."""

    reason: str


Order = Start | Look | Stop
Report = Ready | Beat | Found | Lost | Ended | Refused
