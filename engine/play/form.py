"""How fit a simulated patient is just now: good and bad days, the start of a day, and fatigue, in levels of ability."""

from math import exp
from random import Random

from engine.play.profiles import Profile, per_level

MOVES_PER_TRY = 3


class Form:
    """`slower`: how many times longer and noisier movements are than the profile says; 1 on a usual day, below on a
    good one."""

    def __init__(self, profile: Profile, seed: int) -> None:
        random = Random(f"{profile.base}:{seed}:day")
        shift, bad = random.gauss(0, 1), random.random()
        self._profile, self._moves = profile, 0
        self._day_levels = profile.day_levels * shift + profile.bad_day_levels * (bad < profile.bad_day)
        self.slower = self._now()

    def moved(self) -> None:
        """One more movement was made."""
        self._moves += 1
        self.slower = self._now()

    def _now(self) -> float:
        profile, tries = self._profile, self._moves / MOVES_PER_TRY
        cold = profile.warm_up_levels * exp(-tries / profile.warm_up_tries)
        tired = profile.tires_levels * max(0.0, tries - profile.tires_after) / 100
        return float(per_level() ** (self._day_levels + cold + tired))
