"""One coin: where it goes, how wide the way in is, and what is asked of the hand. Drawn from the seed alone."""

from dataclasses import dataclass
from math import hypot
from random import Random
from typing import Literal

from engine.hand import Side
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M
from games.coin_drop.level import CoinDropLevel

HOME_X, HOME_Y = 0.76, 0.35
TARGET_X, TARGET_Y = 0.24, 0.60
ASSISTED_WIDER = 1.6
SIZES = 5

Xy = tuple[float, float]


@dataclass(frozen=True)
class Trial:
    """What is asked this time. Places are in the reach area, 0..1 (x to the person's right, y away).

    `n` counts every try, void ones too; `carried`: the game moves the hand; `reach_m` is how near the target's
    middle the coin must be let go to land; `material` and `figure` are the coin's look, by its size.
    """

    n: int
    difficulty: float
    assisted: bool
    carried: bool
    home_xy: Xy
    target_xy: Xy
    target_width_mm: float
    coin_mm: float
    figure: int
    thumb_reach: float
    keep_tolerance: float
    hold_s: float
    carry_s: float
    time_limit_s: float | None

    @property
    def reach_m(self) -> float:
        """A coin lands when its middle is over the opening; a helped coin is drawn in from twice as far."""
        return self.target_width_mm / 2000 * (2.0 if self.assisted else 1.0)


def draw_trial(
    level: CoinDropLevel, seed: int, n: int, side: Side, *, difficulty: float, assisted: bool, carried: bool
) -> Trial:
    """The n-th coin. A helped one is as easy as the level gets, its target wide, nothing falls and nothing hurries."""
    random = Random(f"{seed}:{n}")
    d = 0.0 if assisted else difficulty
    across = {"across": True, "own": False, "either": random.random() < 0.5}[level.target_side]
    target_x = TARGET_X if across else 0.5
    scatter_m = level.scatter_mm.at(d) / 1000
    x = target_x + random.uniform(-1, 1) * scatter_m / PLAY_WIDTH_M
    y = TARGET_Y + random.uniform(-1, 1) * scatter_m / PLAY_DEPTH_M
    figure = random.randrange(SIZES)
    xy, home_xy = (_inside(x), _inside(y)), (HOME_X, HOME_Y)
    if side is Side.LEFT:
        xy, home_xy = (1 - xy[0], xy[1]), (1 - home_xy[0], home_xy[1])
    limited = level.time_limit_s is not None and not assisted
    return Trial(
        n=n,
        difficulty=difficulty,
        assisted=assisted,
        carried=carried,
        home_xy=home_xy,
        target_xy=xy,
        target_width_mm=level.target_width_mm.at(d) * (ASSISTED_WIDER if assisted else 1.0),
        coin_mm=level.coin_diameter_mm.at(d),
        figure=figure,
        thumb_reach=level.thumb_reach.at(d),
        keep_tolerance=1.0 if assisted else level.keep_tolerance.at(d),
        hold_s=level.hold_s.at(d),
        carry_s=level.carry_s.at(d),
        time_limit_s=level.time_limit_s.at(d) if limited and level.time_limit_s is not None else None,
    )


def distance_m(a: Xy, b: Xy) -> float:
    """How far apart two places of the reach area are on the table, metres."""
    return hypot((a[0] - b[0]) * PLAY_WIDTH_M, (a[1] - b[1]) * PLAY_DEPTH_M)


def coin_material(diameter_mm: float) -> Literal["brass", "silver", "copper"]:
    """Big coins are brass, middle ones silver, small ones copper: size is seen twice."""
    return "brass" if diameter_mm > 25 else "silver" if diameter_mm > 19.5 else "copper"


def _inside(share: float) -> float:
    return min(0.92, max(0.08, share))
