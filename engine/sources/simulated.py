"""A simulated patient as a source, `sim:able` to `sim:stage_1`: it follows the game's cue as fast as it is asked.

`sim:able+tremor` has one impairment more, `sim:able+tremor=0.5` half of it. The other hand is an able one. Where two
hands are looked for, both are shown; else only those that are ever asked for, the affected one before that. In a long
break they are out of the picture.
"""

from collections.abc import Sequence
from math import ceil
from typing import Literal

import numpy as np

from engine.hand import Array, HandFrame, Sample, Side
from engine.handmodel import hands_points
from engine.inputs import BOTH, Role
from engine.motion.measures import palm_centre
from engine.motion.ranges import ABLE_ADULT, Ranges, picture_place
from engine.motion.wrist import bent
from engine.play.game import Cue
from engine.play.ownrange import own_ranges
from engine.play.patient import PatientHand
from engine.play.profiles import Profile, profile_named, profiles
from engine.play.unrest import RATE_HZ
from engine.sources import Request
from engine.sources.source import SourceError, SourceState, SourceStatus

PICTURE_WIDTHS_PER_M = 1.3
MOST_AHEAD = 24
BREAK_S = 5.0
"""After so long without a cue the hands are laid down, out of the picture, until there is one again."""


class SimulatedHand:
    """One hand of a patient, as a tracker sees it: with jitter, and now and then not at all."""

    def __init__(self, profile: Profile, seed: int, side: Side) -> None:
        self.profile, self.side = profile, side
        self.patient = PatientHand(profile, seed, side)
        self._tracker = np.random.default_rng([seed, 21])

    def blur(self, count: int) -> tuple[Array, list[bool]]:
        """How far off the next pictures show each landmark, (count, 21, 3) metres, and which show nothing at all."""
        jitter_m = self._tracker.standard_normal((count, 21, 3)) * (self.profile.jitter_mm / 1000)
        return jitter_m, (self._tracker.random(count) < self.profile.dropouts).tolist()


def pictures_of(hands: Sequence[SimulatedHand], times_s: list[float]) -> list[list[HandFrame | None]]:
    """The next pictures of each hand. All are worked out together: two hands cost little more than one."""
    if not hands:
        return []
    many, count = len(hands), len(times_s)
    moved = [hand.patient.move(times_s) for hand in hands]
    blurred = [hand.blur(count) for hand in hands]
    sides = [hand.side for hand in hands for _ in times_s]
    points = hands_points(np.concatenate([angle_rad for angle_rad, _, _ in moved]), sides)
    points = points.reshape(many, count, 21, 3)
    middle_m = palm_centre(points)[..., :2]
    # The forearm stays where it is: a bent wrist takes the palm along, not the picture's middle.
    for n, (_, _, wrist_rad) in enumerate(moved):
        if wrist_rad is not None:
            points[n] = bent(points[n], wrist_rad)
    points += np.array([jitter_m for jitter_m, _ in blurred])
    place = picture_place(np.array([palm_xy for _, palm_xy, _ in moved]), ABLE_ADULT) - middle_m * PICTURE_WIDTHS_PER_M
    pictures = points[..., :2] * PICTURE_WIDTHS_PER_M + place[:, :, None]
    return [
        [
            None if gone else HandFrame(t_s, hand.side, seen, picture, 1.0)
            for t_s, gone, seen, picture in zip(times_s, dropped, *shown, strict=True)
        ]
        for hand, (_, dropped), shown in zip(hands, blurred, zip(points, pictures, strict=True), strict=True)
    ]


class SimulatedSource:
    """Thirty pictures a simulated second, at once. The hand answers the cues it was told of, and none of them sooner
    than its reaction time: so a few pictures at a time are already certain, and given together."""

    def __init__(
        self,
        profile: Profile,
        seed: int,
        side: Side = Side.RIGHT,
        *,
        hands: Literal[1, 2] = 1,
        limit_s: float = 3600.0,
    ) -> None:
        self.profile, self.side, self.limit_s = profile, side, limit_s
        self.hand = SimulatedHand(profile, seed, side)
        self.sound_hand = SimulatedHand(profiles()["able"], seed + 1, side.other)
        self._wanted = set(BOTH) if hands == 2 else set[Role]()
        self._cue_s: float | None = None
        self._told: list[tuple[float, Cue]] = []
        self._cue: Cue | None = None
        self._block_s = 0.0
        self._n = 0
        self._open = True

    @property
    def name(self) -> str:
        return f"sim:{self.profile.name}"

    @property
    def paced(self) -> bool:
        return False

    def ranges(self) -> dict[Side, Ranges]:
        """What a calibration of this patient's hands would find, for the motion pipeline."""
        return {hand.side: own_ranges(hand.profile) for hand in (self.hand, self.sound_hand)}

    def read(self, timeout_s: float) -> list[Sample]:  # noqa: ARG002 - it never needs to wait
        """The next pictures, as many as nothing can change any more."""
        self._block_s = self._n / RATE_HZ
        self._notice()
        times_s = [n / RATE_HZ for n in range(self._n, self._n + self._ahead()) if n / RATE_HZ <= self.limit_s]
        if not self._open or not times_s:
            return []
        self._n += len(times_s)
        shown = self._shown()
        frames = dict(zip((hand.side for hand in shown), pictures_of(shown, times_s), strict=True))
        for hand in {self.hand, self.sound_hand}.difference(shown):
            hand.patient.lies_until(times_s[-1])
        unseen: list[HandFrame | None] = [None] * len(times_s)
        left, right = (frames.get(side, unseen) for side in Side)
        return [Sample(*seen) for seen in zip(times_s, left, right, strict=True)]

    def _ahead(self) -> int:
        """How many pictures are certain: what is asked at the first of them is answered after the last."""
        reaction_s = min(hand.patient.certain_s() for hand in self._shown() or (self.hand,))
        return min(ceil(reaction_s * RATE_HZ), MOST_AHEAD)

    def _shown(self) -> tuple[SimulatedHand, ...]:
        """The hands that are in the picture now. Before the first cue nobody plays, and there is no break."""
        if self._cue_s is not None and self._block_s - self._cue_s > BREAK_S:
            return ()
        hands = ((Role.AFFECTED, self.hand), (Role.UNAFFECTED, self.sound_hand))
        return tuple(hand for role, hand in hands if role in (self._wanted or {Role.AFFECTED}))

    def _notice(self) -> None:
        """Each hand takes in what it was asked meanwhile, and looks again at what it is asked now."""
        if self._cue is not None:
            self._told.append((self._block_s, self._cue))
        for t_s, cue in self._told:
            self._cue_s = t_s
            self._wanted.update(cue.roles)
            if Role.AFFECTED in cue.roles:
                self.hand.patient.notice(t_s, cue)
            if Role.UNAFFECTED in cue.roles:
                self.sound_hand.patient.notice(t_s, cue)
        self._told.clear()

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        """What the game asks for now; at a time that cannot be, it counts as asked within the latest pictures."""
        before, self._cue = self._cue, cue
        if cue is None or cue is before:
            return
        again = before is not None and cue.targets is before.targets and cue.place == before.place
        if before is None or not again or cue.roles != before.roles:
            t_s = min(max(hand_time_s, self._block_s), self._n / RATE_HZ)
            self._told.append((t_s, cue))

    def status(self) -> SourceStatus:
        over = not self._open or self._n / RATE_HZ > self.limit_s
        return SourceStatus(SourceState.ENDED if over else SourceState.RUNNING, rate_hz=RATE_HZ)

    def close(self) -> None:
        self._open = False


def open_simulated(request: Request) -> SimulatedSource:
    """`sim:able` and the other profiles."""
    try:
        profile = profile_named(request.rest or "able")
    except ValueError as problem:
        raise SourceError(f"source 'sim:{request.rest}': {problem}") from None
    return SimulatedSource(profile, seed=1, side=request.side, hands=request.hands)
