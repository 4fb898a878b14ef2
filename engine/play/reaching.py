"""How a simulated palm gets from here to there: Fitts' time, minimum jerk, a few submovements, a scattered end."""

from dataclasses import dataclass
from math import exp, hypot, log, log2, sqrt
from random import Random

from engine.play.profiles import Profile

Xy = tuple[float, float]
PALM_IN_REACH = 0.11
LEAST_BITS = 0.3


@dataclass(frozen=True)
class Reach:
    """One movement of the palm: `parts` are (begin_s, lasts_s, dx, dy), added up, each a minimum-jerk way."""

    begin_xy: Xy
    goal_xy: Xy
    end_xy: Xy
    end_s: float
    parts: tuple[tuple[float, float, float, float], ...]

    def at(self, t_s: float) -> Xy:
        x, y = self.begin_xy
        if t_s >= self.end_s:
            return self.end_xy
        for begin_s, lasts_s, dx, dy in self.parts:
            share = (t_s - begin_s) / lasts_s
            if share > 0.0:
                done = minimum_jerk(share)
                x, y = x + dx * done, y + dy * done
        return x, y


def minimum_jerk(share: float) -> float:
    """The smoothest way from 0 to 1 (Flash & Hogan 1985): 10 s^3 - 15 s^4 + 6 s^5."""
    s = min(max(share, 0.0), 1.0)
    return s * s * s * (10 + s * (6 * s - 15))


def plan_reach(
    profile: Profile, random: Random, begin_s: float, from_xy: Xy, to_xy: Xy, radius: float, tired: float
) -> Reach:
    """A movement to a round place: T = (a + b log2(2A/W)) (Fitts 1954), end noise growing with way and speed."""
    dx, dy = to_xy[0] - from_xy[0], to_xy[1] - from_xy[1]
    way = hypot(dx, dy)
    bits = max(LEAST_BITS, log2(2 * max(way, 1e-6) / (2 * radius)))
    lasts_s = (profile.fitts_a_s + profile.fitts_b_s * bits) * scattered(random, profile.time_spread) * tired
    speed = way / PALM_IN_REACH / lasts_s
    noise = profile.aim_noise * way * speed / (speed + 1) * tired
    end_xy = (to_xy[0] + random.gauss(0, noise), to_xy[1] + random.gauss(0, noise))
    dx, dy = end_xy[0] - from_xy[0], end_xy[1] - from_xy[1]
    shares = [scattered(random, 0.5) for _ in range(1 + poisson(random, profile.submovements))]
    whole, parts, at_s = sum(shares), [], begin_s
    part_s = lasts_s / (1 + 0.6 * (len(shares) - 1))
    for share in shares:
        parts.append((at_s, part_s, dx * share / whole, dy * share / whole))
        at_s += part_s * random.uniform(0.5, 0.7)
    end_s = parts[-1][0] + part_s
    return Reach(from_xy, to_xy, end_xy, end_s, tuple(parts))


def scattered(random: Random, variation: float) -> float:
    """A lognormal factor with mean 1 and this coefficient of variation."""
    sigma = sqrt(log(1 + variation * variation))
    return exp(random.gauss(-sigma * sigma / 2, sigma))


def poisson(random: Random, mean: float) -> int:
    """How many of something that happens `mean` times on average (Knuth 1969)."""
    least, count, product = exp(-mean), 0, random.random()
    while product > least:
        count, product = count + 1, product * random.random()
    return count
