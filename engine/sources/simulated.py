"""A simulated patient as a source, `sim:able` to `sim:stage_1`: it follows the game's cue as fast as it is asked."""

import numpy as np

from engine.hand import HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.motion.ranges import ABLE_ADULT, Ranges
from engine.play.game import Cue
from engine.play.ownrange import own_ranges
from engine.play.patient import RATE_HZ, PatientHand
from engine.play.profiles import Profile, profiles
from engine.sources import Request
from engine.sources.source import SourceError, SourceState, SourceStatus

PICTURE_WIDTHS_PER_M = 1.3
BLOCK = 256
"""Pictures whose jitter is drawn at once."""
_PALM = np.array([0.25 if n in (0, 5, 9, 17) else 0.0 for n in range(21)])
# From metres to picture widths, seen from straight ahead and from the middle of the palm.
_PROJECT = (np.eye(21) - _PALM) * PICTURE_WIDTHS_PER_M
_REACH_X, _REACH_Y = ABLE_ADULT.reach_x, ABLE_ADULT.reach_y
_LEFT = Side.LEFT


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises `ValueError` with those there are."""
    known = profiles()
    if name not in known:
        raise ValueError(f"there is no simulated patient '{name}'; there are {', '.join(known)}")
    return known[name]


class SimulatedSource:
    """Thirty pictures a simulated second, at once. The hand answers the last cue it was told of."""

    def __init__(self, profile: Profile, seed: int, side: Side = Side.RIGHT, *, limit_s: float = 3600.0) -> None:
        self.profile, self.side, self.limit_s = profile, side, limit_s
        self.hand = PatientHand(profile, seed)
        self._tracker = np.random.default_rng([seed, 21])
        self._cue: Cue | None = None
        self._n = 0
        self._open = True

    @property
    def name(self) -> str:
        return f"sim:{self.profile.name}"

    @property
    def paced(self) -> bool:
        return False

    def ranges(self) -> dict[Side, Ranges]:
        """What a calibration of this patient's hand would find, for the motion pipeline."""
        return {self.side: own_ranges(self.profile)}

    def read(self, timeout_s: float) -> list[Sample]:  # noqa: ARG002 - it never needs to wait
        """The next picture."""
        t_s = self._n / RATE_HZ
        if not self._open or t_s > self.limit_s:
            return []
        self._n += 1
        angles, palm_xy = self.hand.at(t_s, self._cue)
        if self._n % BLOCK == 1:
            self._jitter_m = self._tracker.standard_normal((BLOCK, 21, 3)) * (self.profile.jitter_mm / 1000)
            self._dropped = (self._tracker.random(BLOCK) < self.profile.dropouts).tolist()
        if self._dropped[self._n % BLOCK]:
            return [Sample(t_s)]
        points = hand_points(angles, self.side)
        points += self._jitter_m[self._n % BLOCK]
        x, y = palm_xy
        picture = _PROJECT @ points[:, :2]
        picture += (_REACH_X.value(x), _REACH_Y.value(y))
        frame = HandFrame(t_s, self.side, points, picture, 1.0)
        return [Sample(t_s, frame) if self.side is _LEFT else Sample(t_s, None, frame)]

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:  # noqa: ARG002 - it has its own time
        """What the game asks for now."""
        self._cue = cue

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
        raise SourceError(f"source 'sim:{request.rest}': {problem}.") from None
    return SimulatedSource(profile, seed=1, side=request.side)
