"""What a bead-picking level file may say."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from engine.hand import Finger
from engine.play.level import LevelBase, Ramp, geometric, linear, whole
from engine.play.levelrules import QUICKEST_S, Broken, ends_in_time, rule

MOST_SORTS = 3
WIDEST_MM, RINGS_APART_MM = 60.0, 52.0
# A bead of the widest kind fills three quarters of the way between thumb and finger.
FILLS, ROOM_AROUND = 0.75, 0.06


def contact_of(bead_mm: float) -> float:
    """The pinch, 0..1 of the person's own range, at which the pads meet a bead of this size."""
    return 1 - FILLS * bead_mm / WIDEST_MM - ROOM_AROUND


class BeadPickingLevel(LevelBase):
    """Beads on a tray, large to small: open wider than the bead, pinch it, carry it, let it go where it belongs."""

    eased_after: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "too_early": ("opening", "tries"),
        "not_wide": ("opening", "tries"),
        "dropped": ("grip_room", "carry_s"),
        "squeezed": ("squeeze_room",),
        "beside": ("place_mm",),
        "other_place": ("marked", "pause_s"),
        "too_soon": ("place_hold_s",),
        "not_reached": ("time_limit_s",),
        "too_late": ("time_limit_s",),
    }

    game: Literal["bead_picking"]
    pinch: Literal[Finger.INDEX, Finger.MIDDLE, Finger.RING, Finger.LITTLE, "any"] = Field(
        title="Finger that meets the thumb",
        default=Finger.INDEX,
        description="The finger that meets the thumb; any: whichever the person likes.",
    )
    thing: Literal["bead", "pen"] = Field(
        title="What is taken",
        default="bead",
        description="bead: picked up and carried. pen: pinched, slid across the table, let go.",
    )
    bead_mm: Annotated[Ramp, geometric(6, 60, harder="smaller")] = Field(
        title="Size of a bead",
        default=Ramp(40, 12, "geometric"),
        description="How big the beads are (or how thick the pen), millimetres.",
    )
    opening: Annotated[Ramp, linear(0, 0.9, harder="larger")] = Field(
        title="Thumb and finger open first, of own range",
        default=Ramp(0.25, 0.6),
        description="How wide thumb and finger open before they close, share of the person's own range; "
        "never less than the bead needs.",
    )
    grip_room: Annotated[Ramp, linear(0.1, 1, harder="smaller")] = Field(
        title="Pinch may loosen, of own range",
        default=Ramp(0.9, 0.3),
        description="How far the pinch may loosen while it holds the bead, share of the person's own range.",
    )
    squeeze_room: Annotated[Ramp, linear(0.1, 0.6, harder="smaller")] | None = Field(
        title="Pinch may close past the bead, of own range",
        default=None,
        description="How far thumb and finger may close past the size of the bead before it slips out, share of the "
        "person's own range. Left out, as far as they like. What is seen is how near they are, never how hard they "
        "press; less than 0.1 no camera tells from holding.",
    )
    tries: Annotated[Ramp, whole(1, 4, harder="smaller")] = Field(
        title="Closings before wide enough",
        default=Ramp(4, 2),
        description="How often thumb and finger may close too early before the bead rolls back.",
    )
    hold_s: Annotated[Ramp, linear(0, 5, harder="larger")] = Field(
        title="Held before it lifts",
        default=Ramp(0.2, 0.5),
        description="How long the bead is held before it lifts off the tray, seconds.",
    )
    carry_s: Annotated[Ramp, linear(0.6, 8, harder="larger")] = Field(
        title="Time the hand is carried across",
        default=Ramp(1.2, 1.8),
        description="How long the game takes to carry the hand across, seconds; only with reach: carried.",
    )
    place: Literal["bowl", "string", "pattern", "round"] = Field(
        title="Where it goes",
        default="bowl",
        description="bowl: one for each sort. string: threaded one after the other. pattern: rings on a card, each for "
        "beads of its sort. "
        "round: a paper round to put things on.",
    )
    place_mm: Annotated[Ramp, geometric(20, 220, harder="smaller")] = Field(
        title="Width of its place",
        default=Ramp(130, 80, "geometric"),
        description="How wide the place is that the bead goes to, millimetres. With place: pattern, of several rings "
        "as near as that one where it belongs takes it.",
    )
    place_hold_s: Annotated[Ramp, linear(0, 5, harder="larger")] = Field(
        title="Held over its place",
        default=Ramp(0, 0),
        description="How long the bead is held over its place before it is let go, seconds.",
    )
    pause_s: Annotated[Ramp, geometric(0.4, 20, harder="smaller")] = Field(
        title="Waits over each place",
        default=Ramp(6, 6, "geometric"),
        description="How long the carried hand waits over each of several places before it goes to the next, seconds; "
        "only with several sorts and reach: carried.",
    )
    marked: Annotated[Ramp, linear(0, 1, harder="smaller")] = Field(
        title="Beads with an arrow at their place",
        default=Ramp(1, 1),
        description="With place: pattern, the share of beads whose place an arrow marks; the others are told by the "
        "pattern alone.",
    )
    sorts: int = Field(
        title="Sorts of beads",
        default=1,
        ge=1,
        le=MOST_SORTS,
        description="How many sorts of beads, each with its own place.",
    )
    sort_by: Literal["colour", "shape"] = Field(
        title="Sorts differ in", default="colour", description="What tells the sorts of beads apart."
    )
    scatter_mm: Annotated[Ramp, linear(0, 60, harder="larger")] = Field(
        title="Beads lie apart by up to",
        default=Ramp(10, 50),
        description="How far over the tray the beads may lie apart, millimetres.",
    )
    time_limit_s: Annotated[Ramp, geometric(2, 120, harder="smaller")] | None = Field(
        title="Time for one bead",
        default=None,
        description="Time for one bead, seconds. Left out, people take the time they need.",
    )

    def idle(self) -> dict[str, str]:
        said: dict[str, str] = {}
        if self.reach == "free":
            said["carry_s"] = "with reach: free the palm moves the hand (only a glove, without a place, is carried)"
        if self.reach == "free" or self.sorts == 1:
            said["pause_s"] = "only with several sorts and reach: carried does the hand wait over each place"
        room, size = self.squeeze_room, self.bead_mm
        if room is not None and min(contact_of(size.at(d)) + room.at(d) for d in range(11)) >= 1:
            said["squeeze_room"] = "thumb and finger touch before they are so far past beads of this size"
        if self.place != "pattern":
            said["marked"] = "only places on a card are marked"
        if self.sorts == 1:
            said["sort_by"] = "there is one sort, and none to tell it from"
        if self.thing == "pen":
            said |= {"sort_by": "a pen has one look", "sorts": "pens are all alike"}
        return said

    def longest_trial_s(self) -> float:
        """With a time limit that limit and the bead's way back; else the minute of every level."""
        return 60.0 if self.time_limit_s is None else self.time_limit_s.easy + 5.0

    def _needs_s(self) -> float:
        """The least time for one bead at the hardest: holding, carrying, and what the quickest fingers need."""
        carry_s = self.carry_s.hard if self.reach == "carried" else 1.0
        if self.reach == "carried":
            carry_s += (self.sorts - 1) * (carry_s + self.pause_s.hard)
        return self.hold_s.hard + carry_s + self.place_hold_s.hard + QUICKEST_S

    @rule
    def _holds_end_in_time(self) -> Broken | None:
        return ends_in_time(self.time_limit_s, self._needs_s(), "a bead", " to hold, carry and let go")

    @rule
    def _sorts_have_places(self) -> Broken | None:
        if self.sorts == 1 or self.place not in ("string", "round"):
            return None
        words = f"found {self.sorts} sorts and one place for all; write place: bowl or place: pattern, or sorts: 1"
        return Broken(("sorts",), words)

    @rule
    def _beads_fit_their_bowls(self) -> Broken | None:
        tight = self.place_mm.below(self.bead_mm)
        if self.place != "bowl" or tight is None:
            return None
        words = "a bead of {1:g} mm needs more than a bowl of {0:g} mm; make the bowls wider, or bead_mm smaller"
        return Broken(("place_mm",), words.format(*tight))

    @rule
    def _pens_lie_on_the_table(self) -> Broken | None:
        if self.thing == "bead" or self.place not in ("string", "pattern"):
            return None
        return Broken(("place",), f"a pen has no place on a {self.place}; write place: round, or thing: bead")

    @rule
    def _pens_are_alike(self) -> Broken | None:
        if self.thing == "bead" or self.sorts == 1:
            return None
        return Broken(("sorts",), f"found {self.sorts} sorts, and pens are all alike; write sorts: 1, or thing: bead")
