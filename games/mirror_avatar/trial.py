"""One repetition: which movements, how far, how long, by whom. Drawn once, from the seed and the trial's number."""

from dataclasses import dataclass
from math import cos, pi
from random import Random

from engine.inputs import AFFECTED, UNAFFECTED, Role
from games.mirror_avatar.level import LEAST_WAY, MirrorAvatarLevel
from games.mirror_avatar.movements import MovementName

ASSISTED_TARGET, ASSISTED_OPENING, ASSISTED_CYCLE_S = 0.5, 0.55, 20.0
OPEN_HALF, CLOSED_HALF = 0.45, 0.55
"""With help anything in the lower part of the way is open, and anything in the upper part is closed."""
VARIES = 0.03
SETTLE_CYCLE_S = 9.0


@dataclass(frozen=True)
class Part:
    """A stretch of a trial. `opens`: the way back from the movement. `role`: the hand that does it; `both`: both do.
    `scored`: its time counts against a limit (what the sound hand shows in an echo does not)."""

    movement: MovementName
    role: Role
    both: bool = False
    opens: bool = False
    scored: bool = True

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(Role) if self.both else (self.role,)


@dataclass(frozen=True)
class Trial:
    """`target`, `open_to`, `behind`, `band`: shares of the person's range. `mirrored`: the dial."""

    n: int
    difficulty: float
    assisted: bool
    parts: tuple[Part, ...]
    target: float
    open_to: float
    hold_s: float
    behind: float
    lag_s: float | None
    band: float
    cycle_s: float
    follow_s: float
    strays: int
    mirrored: float
    time_limit_s: float | None


def draw_trial(level: MirrorAvatarLevel, seed: int, n: int, *, difficulty: float, assisted: bool) -> Trial:
    """The n-th repetition. A helped one is as easy as the level gets: it goes about half-way, the hand need not open
    far, nothing is held, no finger needs to stay behind, and nothing hurries; a line, which waits for the hand, closes
    and opens once."""
    random, d = Random(f"{seed}:{n}"), 0.0 if assisted else difficulty
    count = max(1, round(level.in_a_row.at(d)))
    names = level.movements
    if level.shuffled:
        asked = _in_any_order(names, count, random)
    else:
        asked = tuple(names[(n * count + k) % len(names)] for k in range(count))
    vary = random.uniform(-VARIES, VARIES)
    target = min(0.95, level.target.at(d) + vary)
    if assisted:
        # A shorter way must not ask for a wider opening.
        target = min(target, max(ASSISTED_TARGET, level.opening.at(d) + LEAST_WAY))
    limited = level.time_limit_s is not None and not assisted
    cycle_s = min(level.cycle_s.at(d), ASSISTED_CYCLE_S) if assisted else level.cycle_s.at(d)
    return Trial(
        n=n,
        difficulty=difficulty,
        assisted=assisted,
        parts=_parts(level, asked),
        target=target,
        open_to=min(max(level.opening.at(d), ASSISTED_OPENING if assisted else 0.0), target - LEAST_WAY),
        hold_s=0.0 if assisted else level.hold_s.at(d),
        behind=0.0 if assisted else min(level.behind.at(d), target - 0.05),
        lag_s=None if assisted or level.lag_ms is None else level.lag_ms.at(d) / 1000,
        band=level.band.at(d),
        cycle_s=cycle_s,
        follow_s=cycle_s * (1 if assisted else level.cycles),
        strays=round(level.strays.at(d)),
        mirrored=round(level.reflected.at(d), 2),
        time_limit_s=level.time_limit_s.at(d) if limited and level.time_limit_s is not None else None,
    )


def _in_any_order(names: tuple[MovementName, ...], count: int, random: Random) -> tuple[MovementName, ...]:
    """Drawn one after the other, and none twice running where there is another."""
    asked: list[MovementName] = []
    for _ in range(count):
        others = [name for name in names if name not in asked[-1:]]
        asked.append(random.choice(others or names))
    return tuple(asked)


def _parts(level: MirrorAvatarLevel, asked: tuple[MovementName, ...]) -> tuple[Part, ...]:
    """There and back, movement by movement; in an echo first all by the sound hand, then all by the affected one."""
    if level.task == "follow":
        return (Part(asked[0], level.hand, level.drive == "together"),)
    if level.drive == "echo":
        shown = tuple(Part(m, UNAFFECTED, opens=opens, scored=False) for m in asked for opens in (False, True))
        return shown + tuple(Part(m, AFFECTED, opens=opens) for m in asked for opens in (False, True))
    both = level.drive == "together"
    return tuple(Part(m, level.hand, both, opens) for m in asked for opens in (False, True))


def line_at(trial: Trial, progress_s: float) -> float:
    """Where the line to follow is, share of range: it starts open and closes and opens softly."""
    return trial.target * 0.5 * (1 - cos(2 * pi * progress_s / trial.cycle_s))


def band_at(trial: Trial, progress_s: float) -> tuple[float, float]:
    """From where to where the hand is with the line: within the band, but never so far off that a hand which keeps
    still is with it all the way. It is half open where the line is open, half closed where it is closed; with help that
    alone is asked."""
    line = line_at(trial, progress_s)
    closed = line / trial.target
    low = CLOSED_HALF * trial.target * closed - trial.band * (1 - closed)
    high = OPEN_HALF * trial.target * (1 - closed) + closed
    return (low, high) if trial.assisted else (max(low, line - trial.band), min(high, line + trial.band))
