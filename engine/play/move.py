"""How one control of a simulated hand moves: late, at its own pace, with noise, now and then somewhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from engine.play.game import Target
from engine.play.profiles import Profile
from engine.play.reaching import scattered

SETTLES_AFTER = 3.0
"""Time constants after which a finger looks whether it has arrived."""
CAUGHT = 2.0
ARRIVED = 1e-6
"""No tracker sees anything so small: as near as this to its command, a control is there."""


@dataclass(slots=True)
class Move:
    """One control on its way, 0..1 of the person's own range: `value` now, `command` as the muscles have it, and
    the one decided on, which begins at `begins_s`. `band` is what was asked."""

    value: float = 0.0
    command: float = 0.0
    decided: float | None = None
    begins_s: float = 0.0
    settled_s: float = 0.0
    tau_s: float = 0.1
    band: tuple[float, float] = (-1.0, -1.0)

    def over(self, times_s: Sequence[float], dt_s: float) -> tuple[list[float], list[float]]:
        """Value and command at each of these times, which are `dt_s` apart."""
        if self.decided is None and self.value == self.command:
            there = [self.value] * len(times_s)
            return there, there
        values, commands, part = [], [], 1.0 - exp(-dt_s / self.tau_s)
        for t_s in times_s:
            if self.decided is not None and t_s >= self.begins_s:
                self.command, self.decided = self.decided, None
            self.value += (self.command - self.value) * part
            values.append(self.value)
            commands.append(self.command)
        if abs(self.command - self.value) < ARRIVED:
            self.value = self.command
        return values, commands

    def decide(
        self,
        t_s: float,
        target: Target,
        profile: Profile,
        random: Random,
        reaction_s: float,
        rests_until_s: float,
        slower: float,
        *,
        new: bool,
    ) -> None:
        """A new command: after the delay of closing or of letting go, to the middle of the band, with noise. `slower`:
        how much longer all takes a tired hand; `new`: something else is asked than before."""
        goal = (target.low + target.high) / 2
        way = abs(goal - self.value)
        opens = (goal < self.value) != (target.control == "spread")
        delay_s = reaction_s
        if new:
            slow_s = profile.release_delay_s if opens else profile.grip_delay_s
            delay_s = max(delay_s, slow_s * scattered(random, profile.time_spread) * min(1.0, 2 * way) * slower)
        noise, chance = random.gauss(0, profile.aim_noise) * way * slower, random.random()
        if chance < profile.lapse:
            delay_s, goal = delay_s + random.uniform(0.5, 2.5), random.random()
        elif chance > 1.0 - profile.luck:
            noise = 0.0
        self.decided = min(1.0, max(0.0, goal + noise))
        self.begins_s = max(t_s + delay_s, rests_until_s)
        tau_s = (profile.open_s if opens else profile.close_s) * scattered(random, profile.time_spread) * slower
        # Spasticity answers to speed: what would open quickly is caught on the way.
        caught = opens and tau_s < profile.catch_s * way
        self.tau_s = tau_s * CAUGHT if caught else tau_s
        self.settled_s = self.begins_s + SETTLES_AFTER * self.tau_s
