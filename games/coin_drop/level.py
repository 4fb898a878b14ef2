"""What a coin-drop level file may say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from engine.hand import Finger
from engine.play.level import LevelBase, Ramp, geometric, linear, whole
from engine.play.levelrules import QUICKEST_S, Broken, ends_in_time, rule
from engine.view.scene import PLAY_WIDTH_M

FAR_X, NEAR_X = 0.17, 0.50
"""Of two places: their middles are 0.2 m apart."""
WIDEST_OF_TWO_MM = (NEAR_X - FAR_X) * PLAY_WIDTH_M * 500
MOST_MM = 40.0
"""No coin is wider; of several sizes the larger ones are cut to it."""
BIGGER = (1.0, 1.15, 1.32, 1.52, 1.75)
SORTED_BIGGER = 1.5
SHOWN_PAUSE_S = 3.0
MOST_SCATTER_MM = 70.0
"""So far is the mat deep beyond the place."""
ALIKE = 1.2
"""Coins that differ by less are hardly told apart."""


def bigger(count: int) -> tuple[float, ...]:
    """The sizes, as shares of the least, of which those of so many mixed coins are drawn."""
    return BIGGER[:: max(1, len(BIGGER) // count)]


class CoinDropLevel(LevelBase):
    """Coins in a row on the palm: slide one to the finger with the thumb, pinch it, keep the others, put it away."""

    eased_after: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "missed_slot": ("target_width_mm", "scatter_mm"),
        "others_dropped": (
            "keep_tolerance",
            "keep_tolerance_index",
            "keep_tolerance_middle",
            "keep_tolerance_ring",
            "keep_tolerance_little",
        ),
        "dropped": ("coin_diameter_mm", "carry_s", "pause_s"),
        "slipped": ("coin_diameter_mm", "carry_s", "pause_s"),
        "not_reached": ("time_limit_s", "thumb_reach"),
        "too_late": ("time_limit_s", "thumb_reach"),
    }

    game: Literal["coin_drop"]
    pinch: Literal[Finger.INDEX, Finger.MIDDLE, Finger.RING, Finger.LITTLE] = Field(
        title="Finger that meets the thumb", default=Finger.INDEX, description="The finger that meets the thumb."
    )
    coins: Annotated[Ramp, whole(1, 5, harder="larger")] = Field(
        title="Coins on the palm",
        default=Ramp(1, 1),
        description="How many coins lie in a row on the palm. With one, no other can fall.",
    )
    coin_diameter_mm: Annotated[Ramp, geometric(14, 40, harder="smaller")] = Field(
        title="Size of a coin",
        default=Ramp(30, 17, "geometric"),
        description="How big the coins are, millimetres: a quarter dollar is 24, a dime 18. Below 30 they slip more "
        "easily: the pinch must stay firmer.",
    )
    coin_sizes: Literal["same", "mixed"] = Field(
        title="Coins of one row",
        default="same",
        description="mixed: some coins of a row are bigger, by up to three quarters.",
    )
    order: Literal["as_they_lie", "largest_first", "smallest_first", "gold_first", "copper_first"] = Field(
        title="Which coin is next",
        default="as_they_lie",
        description="Which coin is next: the one nearest the finger, or by size, or by value (gold, silver, copper). "
        "With an order, the thumb reaches the further across the further away that coin lies; see `thumb_reach`.",
    )
    sort: Literal["no", "size", "value"] = Field(
        title="Coins are sorted",
        default="no",
        description="Two places instead of one: big and small coins apart, or gold and copper apart.",
    )
    target: Literal["slot", "table"] = Field(
        title="Where a coin goes",
        default="slot",
        description="slot: a coin box. table: a round place on the mat to put the coin on.",
    )
    target_width_mm: Annotated[Ramp, geometric(30, 260, harder="smaller")] = Field(
        title="Width of its place",
        default=Ramp(120, 50, "geometric"),
        description="How wide the slot or the round place is, millimetres.",
    )
    target_side: Literal["across", "own", "either"] = Field(
        title="Side its place is on",
        default="across",
        description="Where the coins go: across the middle, on the playing hand's own side, or now here, now there.",
    )
    scatter_mm: Annotated[Ramp, linear(0, 100, harder="larger")] = Field(
        title="Its place moves by up to",
        default=Ramp(0, 0),
        description="How far from its usual spot the target may stand, millimetres; sideways as far as the mat goes, "
        "and with sort only nearer and farther.",
    )
    thumb_reach: Annotated[Ramp, linear(0, 0.9, harder="larger")] = Field(
        title="Thumb first comes across, of own range",
        default=Ramp(0, 0),
        description="How far the thumb first reaches across the palm, share of the person's own range; 0: not asked.",
    )
    keep_tolerance: Annotated[Ramp, linear(0.05, 1, harder="smaller")] = Field(
        title="Others may open, of own range",
        default=Ramp(0.5, 0.15),
        description="How far the other fingers may open while a coin is pinched, before another coin rolls off, share.",
    )
    keep_tolerance_index: Annotated[Ramp, linear(0.05, 1, harder="smaller")] | None = Field(
        title="Index finger may open, of own range",
        default=None,
        description="The same for the index finger by itself, share. Left out, it counts with the others.",
    )
    keep_tolerance_middle: Annotated[Ramp, linear(0.05, 1, harder="smaller")] | None = Field(
        title="Middle finger may open, of own range",
        default=None,
        description="The same for the middle finger by itself, share. Left out, it counts with the others.",
    )
    keep_tolerance_ring: Annotated[Ramp, linear(0.05, 1, harder="smaller")] | None = Field(
        title="Ring finger may open, of own range",
        default=None,
        description="The same for the ring finger by itself, share. Left out, it counts with the others.",
    )
    keep_tolerance_little: Annotated[Ramp, linear(0.05, 1, harder="smaller")] | None = Field(
        title="Little finger may open, of own range",
        default=None,
        description="The same for the little finger by itself, share. Left out, it counts with the others.",
    )
    hold_s: Annotated[Ramp, linear(0, 5, harder="larger")] = Field(
        title="Pinch held before the coin lifts",
        default=Ramp(0.2, 0.5),
        description="How long the pinch is held before the coin lifts off the palm, seconds.",
    )
    hold_still_mm: Annotated[Ramp, geometric(5, 100, harder="smaller")] | None = Field(
        title="Hand may wander while it holds",
        default=None,
        description="How far the hand may wander while the pinch is held, millimetres at the table; further, and the "
        "hold begins anew. Left out, it may move.",
    )
    carry_s: Annotated[Ramp, linear(0.6, 8, harder="larger")] = Field(
        title="Time the hand is carried across",
        default=Ramp(1.1, 1.1),
        description="How long the game takes to carry the hand to the target, seconds; only with reach: carried.",
    )
    pause_s: Annotated[Ramp, geometric(0.3, 20, harder="smaller")] = Field(
        title="Waits over each of two places",
        default=Ramp(8, 3, "geometric"),
        description="How long the carried hand waits over each of two places before it goes to the other, seconds; "
        "only with sort and reach: carried.",
    )
    time_limit_s: Annotated[Ramp, geometric(2, 120, harder="smaller")] | None = Field(
        title="Time for one coin",
        default=None,
        description="Time for one coin, seconds. Left out, people take the time they need.",
    )

    def idle(self) -> dict[str, str]:
        own = f"keep_tolerance_{self.pinch.value}"
        said = {own: f"the {self.pinch.value} finger pinches, it keeps no coin"}
        if self.reach == "free":
            said["carry_s"] = "with reach: free the palm moves the hand (only a glove, without a place, is carried)"
        if self.reach == "free" or self.sort == "no":
            said["pause_s"] = "only with sort and reach: carried does the hand wait over two places"
        if self.sort != "no":
            said["target_side"] = "with sort two places stand side by side"
        if self.sort == "size":
            said["coin_sizes"] = "with sort: size the coins are big and small"
        if self.order in ("largest_first", "smallest_first") and self.coin_sizes == "same" and self.sort != "size":
            said["order"] = "all coins are of one size; write coin_sizes: mixed"
        if max(self.coins.easy, self.coins.hard) == 1:
            alone = "there is one coin, and no other"
            said |= dict.fromkeys(("coin_sizes", "order"), alone)
            keeps = [name for name in type(self).model_fields if name.startswith("keep_tolerance")]
            said |= {name: alone for name in keeps if getattr(self, name) not in (None, Ramp(1, 1))}
        return said

    def consider(self) -> dict[str, str]:
        easy_mm, shares = self.coin_diameter_mm.easy, bigger(round(max(self.coins.easy, self.coins.hard)))
        cut = f"where the least coin has {easy_mm:g} mm the larger ones are cut to {MOST_MM:g} mm and look alike; "
        if self.sort == "size" and MOST_MM / easy_mm < ALIKE:
            return {"coin_diameter_mm": f"{cut}up to {MOST_MM / SORTED_BIGGER:.0f} mm big and small differ well"}
        mixed = self.sort != "size" and self.coin_sizes == "mixed" and "coin_sizes" not in self.idle()
        if mixed and easy_mm * shares[-2] >= MOST_MM:
            return {"coin_diameter_mm": f"{cut}up to {MOST_MM / shares[-2]:.0f} mm all sizes differ"}
        return {}

    def most_used(self) -> dict[str, float]:
        wide = {} if self.sort == "no" else {"target_width_mm": WIDEST_OF_TWO_MM}
        return {**wide, "scatter_mm": MOST_SCATTER_MM}

    def as_shown(self) -> Self:
        pause_s = replace(self.pause_s, easy=min(self.pause_s.easy, SHOWN_PAUSE_S))
        return self.model_copy(update={"pause_s": pause_s})

    def longest_trial_s(self) -> float:
        """With a time limit that limit and the coin's way back; else the minute of every level."""
        return 60.0 if self.time_limit_s is None else self.time_limit_s.easy + 5.0

    def _needs_s(self) -> float:
        """The least time for one coin at the hardest: holding, carrying, and what the quickest fingers need."""
        carrying_s = self.carry_s.hard if self.reach == "carried" else 1.0
        if self.reach == "carried" and self.sort != "no":
            carrying_s = 2 * carrying_s + self.pause_s.hard
        return self.hold_s.hard + carrying_s + QUICKEST_S

    @rule
    def _holds_end_in_time(self) -> Broken | None:
        return ends_in_time(self.time_limit_s, self._needs_s(), "a coin", " to hold, carry and let go")

    @rule
    def _coins_fit_their_target(self) -> Broken | None:
        tight = self.target_width_mm.below(self.coin_diameter_mm)
        if tight is None:
            return None
        words = "a coin of {1:g} mm needs more than {0:g} mm; make the place wider, or coin_diameter_mm smaller"
        return Broken(("target_width_mm",), words.format(*tight))
