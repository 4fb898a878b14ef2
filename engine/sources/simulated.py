"""A simulated patient as a source, `sim:able` to `sim:stage_1`: it follows the game's cue as fast as it is asked.

`sim:able+tremor` has one impairment more, `sim:able+tremor=0.5` half of it. The other hand is an able one; it is shown
once it is asked for.
"""

import numpy as np

from engine.hand import HandFrame, Sample, Side
from engine.handmodel import hands_points
from engine.inputs import Role
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


class SimulatedHand:
    """One hand of a patient, as a tracker sees it: with jitter, and now and then not at all."""

    def __init__(self, profile: Profile, seed: int, side: Side) -> None:
        self.profile, self.side = profile, side
        self.hand = PatientHand(profile, seed, side)
        self._tracker = np.random.default_rng([seed, 21])

    def frames(self, times_s: list[float]) -> list[HandFrame | None]:
        """The next pictures."""
        side, count = self.side, len(times_s)
        angle_rad, palm_xy, wrist_rad = self.hand.move(times_s)
        points = hands_points(angle_rad, side)
        # The forearm stays where it is: a bent wrist takes the palm along, not the picture's middle.
        middle_m = palm_centre(points)[:, :2]
        if wrist_rad is not None:
            points = bent(points, wrist_rad)
        points += self._tracker.standard_normal((count, 21, 3)) * (self.profile.jitter_mm / 1000)
        place = picture_place(palm_xy, ABLE_ADULT) - middle_m * PICTURE_WIDTHS_PER_M
        pictures = points[:, :, :2] * PICTURE_WIDTHS_PER_M + place[:, None]
        dropped = (self._tracker.random(count) < self.profile.dropouts).tolist()
        return [
            None if gone else HandFrame(t_s, side, seen, picture, 1.0)
            for t_s, seen, picture, gone in zip(times_s, points, pictures, dropped, strict=True)
        ]


class SimulatedSource:
    """Thirty pictures a simulated second, at once. The hand answers the cues it was told of, and none of them sooner
    than its reaction time: so a few pictures at a time are already certain, and given together."""

    def __init__(self, profile: Profile, seed: int, side: Side = Side.RIGHT, *, limit_s: float = 3600.0) -> None:
        self.profile, self.side, self.limit_s = profile, side, limit_s
        self.hand = SimulatedHand(profile, seed, side)
        self.sound_hand = SimulatedHand(profiles()["able"], seed + 1, side.other)
        self._shows_both = False
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
        frames = self.hand.frames(times_s)
        others = self.sound_hand.frames(times_s) if self._shows_both else [None] * len(times_s)
        left, right = (frames, others) if self.side is Side.LEFT else (others, frames)
        return [Sample(*seen) for seen in zip(times_s, left, right, strict=True)]

    def _ahead(self) -> int:
        """How many pictures are certain: what is asked at the first of them is answered after the last."""
        reaction_s = min(hand.hand.certain_s() for hand in (self.hand, self.sound_hand)[: 1 + self._shows_both])
        return min(int(reaction_s * RATE_HZ), MOST_AHEAD)

    def _notice(self) -> None:
        """Each hand takes in what it was asked meanwhile, and looks again at what it is asked now."""
        if self._cue is not None:
            self._told.append((self._block_s, self._cue))
        for t_s, cue in self._told:
            if Role.AFFECTED in cue.roles:
                self.hand.hand.notice(t_s, cue)
            if Role.UNAFFECTED in cue.roles:
                self._shows_both = True
                self.sound_hand.hand.notice(t_s, cue)
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
    return SimulatedSource(profile, seed=1, side=request.side)
