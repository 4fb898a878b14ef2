"""A scene is plain data in metres: what stands on the table now, and the little that is written over it.

Axes of the room: x to the player's right, y up, z towards the player; the origin is the middle of the play area,
on the table top. The play area is 0.60 m wide (x) and 0.35 m deep (z). Angles in radians.
"""

from dataclasses import dataclass, replace
from typing import Literal

from engine.hand import Side
from engine.handmodel import HandAngles

Metres3 = tuple[float, float, float]
Material = Literal["brass", "silver", "copper", "oak", "dark_oak", "felt", "paper", "ink", "glass", "glow"]
Bead = Literal["todo", "done", "void", "now", "knot"]

PLAY_WIDTH_M, PLAY_DEPTH_M = 0.60, 0.35
SLOT_HEIGHT_M = 0.055
"""How high the lid of a coin box lies over its `at_m`; what goes below that, over the opening, is inside."""
BOWL_HEIGHT_SHARE = 0.34
"""How high a bowl's rim lies over its `at_m`, of its width."""


@dataclass(frozen=True)
class Coin:
    """A coin. `at_m` is the centre of its lower face; `tilt_rad` about x, `spin_rad` about its own axis;
    `figure` 0..4 picks the embossed figure."""

    at_m: Metres3
    diameter_mm: float
    material: Material
    tilt_rad: float = 0.0
    spin_rad: float = 0.0
    roll_rad: float = 0.0
    figure: int = 0


@dataclass(frozen=True)
class Slot:
    """A wooden coin box with a slot in its lid; `width_mm` is the length of the opening, `lit` 0..1 how much it
    invites (the ring around it warms when a coin comes near). `at_m` is the middle of its foot, on the table;
    `yaw_rad` turns its far side to the player's right."""

    at_m: Metres3
    width_mm: float
    yaw_rad: float = 0.0
    lit: float = 0.0


@dataclass(frozen=True)
class Zone:
    """A round place on the mat to put things: paper inlay with a stitched edge."""

    at_m: Metres3
    radius_mm: float
    lit: float = 0.0


@dataclass(frozen=True)
class Hand:
    """A hand. `wrist_m` is the wrist, `fingers_yaw_rad` 0 points the fingers away from the player (-z), positive
    turns them to the player's right; `pitch_rad` lifts the fingertips; `roll_rad` 0 is palm down, pi is palm up.
    `wrist_rad` bends the wrist towards the palm, the forearm staying where it is.
    `angles` None means the player's own hand as it is now: the view fills it in. `mirrored` 0..1 is how much such a
    hand shows the player's other hand instead, reflected: 1 the other one alone, in between a blend of the two.
    `ghost` shows what to do, `shown` 0..1 lets it come and go softly; `warm` 0..1 marks the touching pads of
    thumb and index; `affected` wears the band."""

    side: Side
    wrist_m: Metres3
    fingers_yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    roll_rad: float = 0.0
    wrist_rad: float = 0.0
    angles: HandAngles | None = None
    ghost: bool = False
    warm: float = 0.0
    affected: bool = False
    shown: float = 1.0
    mirrored: float = 0.0


@dataclass(frozen=True)
class Marble:
    """A bead to pick up. `at_m` is its middle; `colour` 0..5 is its Okabe-Ito colour and the band it wears; `form` 0
    round, 1 a cube with soft edges, 2 a barrel; wood or glass. `roll_rad` turns it about the depth of the picture."""

    at_m: Metres3
    diameter_mm: float
    colour: int
    form: int = 0
    wooden: bool = False
    roll_rad: float = 0.0


@dataclass(frozen=True)
class Bowl:
    """A turned wooden bowl; `at_m` is the middle of its foot, `width_mm` its rim. `colour` 0..5 rings it with the sort
    of beads that belong in it, None with nothing; `form` marks a shape instead. `lit` 0..1 how much it invites."""

    at_m: Metres3
    width_mm: float
    colour: int | None = None
    form: int | None = None
    lit: float = 0.0


@dataclass(frozen=True)
class Tray:
    """A shallow wooden tray lined with felt; `at_m` its middle on the table."""

    at_m: Metres3
    width_mm: float
    depth_mm: float


@dataclass(frozen=True)
class Cord:
    """A cord that lies across the table with a brass needle at its end; `at_m` is the needle's tip, the cord runs from
    there to the player's left (or right: `to_right`)."""

    at_m: Metres3
    length_mm: float
    to_right: bool = False
    lit: float = 0.0


@dataclass(frozen=True)
class Card:
    """A card with a pattern: rings in the colours and forms of the beads that belong there. `places` are (x, z) metres
    from the middle, colour and form as of a bead; the one at `now` is marked. `ring_mm`: how wide a ring is."""

    at_m: Metres3
    width_mm: float
    depth_mm: float
    places: tuple[tuple[float, float, int, int], ...]
    now: int = -1
    ring_mm: float = 36.0


@dataclass(frozen=True)
class Pen:
    """A pen. `at_m` its middle; `yaw_rad` 0 lies along x; `pitch_rad` lifts the end away from its tip."""

    at_m: Metres3
    width_mm: float
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0


@dataclass(frozen=True)
class Mark:
    """Where a hand is on a chart, 0..1 each way: a disc for the affected hand, a ring for the other."""

    x: float
    y: float
    affected: bool


@dataclass(frozen=True)
class Chart:
    """A strip of paper with a band drawn on it to keep to. `band` is (x, low, high) from left to right, 0..1 each, open
    at the bottom and closed at the top; `marks` is where the hands are now, `traces` where each has been, (x, y)."""

    at_m: Metres3
    width_mm: float
    depth_mm: float
    band: tuple[Metres3, ...]
    marks: tuple[Mark, ...] = ()
    traces: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True)
class Drop:
    """Let go now, it lands: an arrow from a held thing, `at_m`, to where it will lie, `onto_m`.
    `shown` 0..1 lets it come and go softly."""

    at_m: Metres3
    onto_m: Metres3
    shown: float = 1.0


Shape = Coin | Slot | Zone | Hand | Marble | Bowl | Tray | Cord | Card | Pen | Drop | Chart


@dataclass(frozen=True)
class Scene:
    """`shapes` in the room; `string` the repetitions at the top, one bead each; `sentence` the one short line at the
    bottom, by its key in assets/strings, with `picture` the icon beside it; `time_left` is 0..1, None where nobody is
    counting; `steps` the icons of what is to be done in a row, `steps_done` how many of them are: in between two, the
    next is coming."""

    shapes: tuple[Shape, ...]
    string: tuple[Bead, ...] = ()
    sentence: str = ""
    picture: str = ""
    time_left: float | None = None
    steps: tuple[str, ...] = ()
    steps_done: float = 0.0

    @property
    def without_ghosts(self) -> "Scene":
        """The same without the hands that only show what to do."""
        own = tuple(shape for shape in self.shapes if not (isinstance(shape, Hand) and shape.ghost))
        return replace(self, shapes=own)
