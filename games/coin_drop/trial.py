"""One coin: where it goes, how wide the way in is, and what is asked of the hand. Drawn from the seed alone."""

from dataclasses import dataclass
from functools import cached_property
from random import Random

from engine.hand import Side
from engine.play.helping import drawn_in_from_m
from engine.play.table import Xy
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M
from games.coin_drop.level import FAR_X, MOST_SCATTER_MM, NEAR_X, WIDEST_OF_TWO_MM, CoinDropLevel
from games.coin_drop.row import Piece

HOME_X, HOME_Y = 0.76, 0.35
TARGET_X, OWN_X, TARGET_Y = 0.24, 0.44, 0.60
ASSISTED_WIDER, ASSISTED_WIDEST_MM = 1.6, 220.0
MOST_SCATTER_Y = MOST_SCATTER_MM / 1000 / PLAY_DEPTH_M


@dataclass(frozen=True)
class Trial:
    """What is asked this time. Places are in the reach area, 0..1 (x to the person's right, y away).

    `n` counts every try, void ones too; `carried`: the game moves the hand; `reach_m` is how far the opening lies
    around the target's middle, `magnet_m` how near that the coin must be let go to land; `other_xy`: the place for the
    other kind of coin, where coins are sorted.
    `finger_tolerances`: index to little, what each finger may open by itself, None where it counts with the others.
    """

    n: int
    difficulty: float
    assisted: bool
    carried: bool
    home_xy: Xy
    target_xy: Xy
    other_xy: Xy | None
    target_width_mm: float
    thumb_reach: float
    keep_tolerance: float
    finger_tolerances: tuple[float | None, ...]
    hold_s: float
    hold_still_m: float | None
    carry_s: float
    pause_s: float
    time_limit_s: float | None

    @cached_property
    def has_own_tolerances(self) -> bool:
        """Whether any finger is watched by itself. Asked for at every tick while a coin is held."""
        return any(own is not None for own in self.finger_tolerances)

    @property
    def reach_m(self) -> float:
        return self.target_width_mm / 2000

    @cached_property
    def magnet_m(self) -> float:
        """A coin lands when its middle is over the opening; a helped one is drawn in from half the way."""
        return drawn_in_from_m(self.home_xy, self.target_xy, self.reach_m) if self.assisted else self.reach_m


def draw_trial(
    level: CoinDropLevel,
    seed: int,
    n: int,
    side: Side,
    coin: Piece | None = None,
    *,
    difficulty: float,
    assisted: bool,
    carried: bool,
) -> Trial:
    """The n-th coin. A helped one is as easy as the level gets, its target wide; nothing falls, nothing hurries, and
    nothing but the pinch itself is asked of the hand before it carries."""
    random = Random(f"{seed}:{n}")
    d = 0.0 if assisted else difficulty
    across = {"across": True, "own": False, "either": random.random() < 0.5}[level.target_side]
    target_x = TARGET_X if across else OWN_X
    width_mm = level.target_width_mm.at(d)
    width_mm = min(max(width_mm, ASSISTED_WIDEST_MM), width_mm * ASSISTED_WIDER) if assisted else width_mm
    scatter_m = level.scatter_mm.at(d) / 1000
    scatter = random.uniform(-1, 1) * scatter_m / PLAY_WIDTH_M, random.uniform(-1, 1) * scatter_m / PLAY_DEPTH_M
    other_x = None
    if level.sort != "no":
        target_x, other_x = (FAR_X, NEAR_X) if coin is None or coin.far else (NEAR_X, FAR_X)
        width_mm = min(width_mm, WIDEST_OF_TWO_MM)
        scatter = 0.0, scatter[1]
    y = TARGET_Y + min(MOST_SCATTER_Y, max(-MOST_SCATTER_Y, scatter[1]))
    limited = level.time_limit_s is not None and not assisted
    return Trial(
        n=n,
        difficulty=difficulty,
        assisted=assisted,
        carried=carried,
        home_xy=_for_side(side, (HOME_X, HOME_Y)),
        target_xy=_for_side(side, (_inside(target_x + scatter[0]), _inside(y))),
        other_xy=None if other_x is None else _for_side(side, (other_x, _inside(y))),
        target_width_mm=width_mm,
        thumb_reach=0.0 if assisted else level.thumb_reach.at(d),
        keep_tolerance=1.0 if assisted else level.keep_tolerance.at(d),
        finger_tolerances=tuple(
            None if ramp is None else 1.0 if assisted else ramp.at(d)
            for ramp in (
                level.keep_tolerance_index,
                level.keep_tolerance_middle,
                level.keep_tolerance_ring,
                level.keep_tolerance_little,
            )
        ),
        hold_s=0.0 if assisted else level.hold_s.at(d),
        hold_still_m=None if level.hold_still_mm is None or assisted else level.hold_still_mm.at(d) / 1000,
        carry_s=level.carry_s.at(d),
        pause_s=level.pause_s.at(d),
        time_limit_s=level.time_limit_s.at(d) if limited and level.time_limit_s is not None else None,
    )


def _for_side(side: Side, xy: Xy) -> Xy:
    """A place thought for a right hand, as the playing hand meets it."""
    return xy if side is Side.RIGHT else (1 - xy[0], xy[1])


def _inside(share: float) -> float:
    return min(0.92, max(0.08, share))
