"""What a mirror-avatar level file may say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from engine.inputs import BOTH, Role
from engine.play.level import LevelBase, Ramp, geometric, linear, whole
from engine.play.levelrules import Broken, ends_in_time, rule
from games.mirror_avatar.movements import MOVEMENTS, MovementName

Drive = Literal["mirror", "echo", "together", "real"]
SHOWN_CYCLE_S = 12.0
BETWEEN_S = 3.0
LEAST_WAY = 0.12
"""Between two movements the hand opens at least so far, of its own range: else nothing would move."""


class MirrorAvatarLevel(LevelBase):
    """Hands on the table that take poses or follow a band; the one on the affected side may reflect the other."""

    eased_after: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "not_there": ("target",),
        "not_opened": ("opening",),
        "not_held": ("hold_s",),
        "others_moved": ("behind",),
        "apart": ("lag_ms",),
        "strayed": ("band", "cycle_s", "strays"),
    }

    game: Literal["mirror_avatar"]
    drive: Drive = Field(
        title="Hand that moves the avatars",
        default="mirror",
        description="Which hand moves. mirror: the sound one, for both avatars. echo: the sound one shows, the "
        "affected one answers. together: both at once. real: the affected one.",
    )
    mirrored: Annotated[Ramp, linear(0, 1, harder="smaller")] | None = Field(
        title="Affected avatar is a reflection by",
        default=None,
        description="How much the avatar on the affected side reflects the sound hand, share: 1 wholly, 0 it shows the "
        "affected hand as it is. Left out: 1 with drive: mirror, otherwise 0.",
    )
    avatars: Literal["both", "one"] = Field(
        title="Hands that are shown",
        default="both",
        description="both: two hands are shown. one: only the one on the affected side.",
    )
    task: Literal["pose", "follow"] = Field(
        title="What is asked",
        default="pose",
        description="pose: take a pose and open again. follow: keep to a band that moves slowly.",
    )
    movements: tuple[MovementName, ...] = Field(
        title="Movements",
        default=("fist",),
        min_length=1,
        max_length=12,
        description="What is asked for, one after the other.",
    )
    shuffled: bool = Field(
        title="Order of the movements",
        default=False,
        description="true: in an order drawn anew, instead of as they are written.",
    )
    in_a_row: Annotated[Ramp, whole(1, 6, harder="larger")] = Field(
        title="Movements in one repetition", default=Ramp(1, 1), description="How many movements make one repetition."
    )
    target: Annotated[Ramp, linear(0.3, 0.95, harder="larger")] = Field(
        title="Movement goes to, of own range",
        default=Ramp(0.57, 0.85),
        description="How far the movement goes, share of the person's own range.",
    )
    opening: Annotated[Ramp, linear(0.08, 0.6, harder="smaller")] = Field(
        title="Of it may remain on opening, of own range",
        default=Ramp(0.45, 0.2),
        description="How far the hand opens again: what may remain of the movement, share.",
    )
    hold_s: Annotated[Ramp, linear(0, 15, harder="larger")] = Field(
        title="Pose is held", default=Ramp(0.3, 1.0), description="How long the pose is held, seconds."
    )
    behind: Annotated[Ramp, linear(0, 0.8, harder="larger")] = Field(
        title="Other fingers stay behind by, of own range",
        default=Ramp(0, 0),
        description="One-finger taps: how far the other fingers stay behind the one that is asked, share; 0: any way.",
    )
    tries: int = Field(
        title="Poses let go early, or others along",
        default=3,
        ge=1,
        le=10,
        description="How often a pose may be let go early, or others may come along.",
    )
    lag_ms: Annotated[Ramp, linear(30, 5000, harder="smaller")] | None = Field(
        title="Hands may arrive apart by up to",
        default=None,
        description="With drive: together, how far apart the hands may arrive, milliseconds.",
    )
    band: Annotated[Ramp, linear(0.08, 0.5, harder="smaller")] = Field(
        title="Hand may be off the path by, of own range",
        default=Ramp(0.35, 0.15),
        description="With task: follow, how far the hand may be off the line, share of range.",
    )
    cycle_s: Annotated[Ramp, geometric(3, 60, harder="smaller")] = Field(
        title="Closing and opening once takes",
        default=Ramp(16, 6, "geometric"),
        description="With task: follow, seconds for closing and opening once.",
    )
    cycles: int = Field(
        title="Times it closes and opens",
        default=2,
        ge=1,
        le=6,
        description="With task: follow, how often it closes and opens.",
    )
    strays: Annotated[Ramp, whole(0, 20, harder="smaller")] = Field(
        title="Times the hand may leave the path",
        default=Ramp(2, 2, "whole"),
        description="With task: follow, how often the hand may leave the band; the line waits.",
    )
    time_limit_s: Annotated[Ramp, geometric(1.5, 120, harder="smaller")] | None = Field(
        title="Time for one repetition",
        default=None,
        description="Time for one repetition, seconds (of an echo: for the answer). Left out, nobody counts.",
    )
    settle_s: float = Field(
        title="Slow movement at first, not scored",
        default=60.0,
        ge=0,
        le=90,
        description="Slow movement before the first repetition, seconds; it is not scored.",
    )

    @property
    def reflected(self) -> Ramp:
        """The dial from fully mirrored (1) to fully real (0)."""
        return self.mirrored or (Ramp(1, 1) if self.drive == "mirror" else Ramp(0, 0))

    @property
    def roles(self) -> tuple[Role, ...]:
        affected = self.drive != "mirror" or self.reflected.hard < 1
        sound = self.drive != "real" or self.reflected.easy > 0 or self.avatars == "both"
        return BOTH if affected and sound else (self.hand,)

    def idle(self) -> dict[str, str]:
        if self.task == "follow":
            poses = ("in_a_row", "hold_s", "behind", "tries", "opening")
            said = dict.fromkeys(poses, "with task: follow no pose is taken")
            said["lag_ms"] = "with task: follow both hands keep to one path; how far apart they come is not judged"
        else:
            said = dict.fromkeys(("band", "cycle_s", "cycles", "strays"), "only task: follow has a band")
        if len(set(self.movements)) == 1:
            said["shuffled"] = "one movement has no order"
        if not any(MOVEMENTS[name].others for name in self.movements):
            said["behind"] = "no movement here is a tap of one finger"
        return said

    def consider(self) -> dict[str, str]:
        said = {}
        if self.settle_s == 0 and self.reflected.easy > 0:
            said["settle_s"] = "without it the mirrored hand is shown before it is felt; 60 to 90 s are usual"
        left = round(self.target.easy - LEAST_WAY, 2)
        if self.task == "pose" and self.opening.easy > left:
            so_far = f"the easiest movement goes to {self.target.easy:g}, so no more than {left:g} of it can remain"
            said["opening"] = f"{so_far}, not {self.opening.easy:g}; let it remain less, or go further (target)"
        return said

    def as_shown(self) -> Self:
        cycle_s = replace(self.cycle_s, easy=min(self.cycle_s.easy, SHOWN_CYCLE_S))
        return self.model_copy(update={"settle_s": 0.0, "cycle_s": cycle_s})

    def longest_trial_s(self) -> float:
        """With a time limit that limit (of an echo, for showing as well as for the answer); else a minute."""
        if self.time_limit_s is None:
            return 60.0
        return self.time_limit_s.easy * (2 if self.drive == "echo" else 1) + BETWEEN_S

    def longest_s(self) -> float:
        return super().longest_s() + self.settle_s

    def needs_s(self) -> float:
        """The least time for one repetition at the hardest."""
        if self.task == "follow":
            return self.cycles * self.cycle_s.hard + 1.0
        return round(self.in_a_row.hard) * (self.hold_s.hard + 0.8)

    @rule
    def _played_by_the_right_hand(self) -> Broken | None:
        plays = Role.UNAFFECTED if self.drive == "mirror" else Role.AFFECTED
        if self.hand is plays:
            return None
        return Broken(("hand",), f"with drive: {self.drive} the {plays} hand is scored; write hand: {plays}")

    @rule
    def _echoes_a_pose(self) -> Broken | None:
        if self.task != "follow" or self.drive != "echo":
            return None
        words = "an echo answers a pose; write task: pose, or drive: mirror, together or real"
        return Broken(("task",), words)

    @rule
    def _lags_between_two_hands(self) -> Broken | None:
        if self.lag_ms is None or self.drive == "together":
            return None
        return Broken(("lag_ms",), "a lag needs two hands at once; write drive: together")

    @rule
    def _ends_in_time(self) -> Broken | None:
        return ends_in_time(self.time_limit_s, self.needs_s(), "a repetition")
