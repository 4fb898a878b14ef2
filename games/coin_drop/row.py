"""The coins of a row: how big each is, what it is worth, which one is next. Drawn from the seed alone."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from games.coin_drop.level import MOST_MM, SORTED_BIGGER, CoinDropLevel, bigger

Metal = Literal["brass", "silver", "copper"]
BY_VALUE: tuple[Metal, ...] = ("copper", "silver", "brass")
FIGURES = 5
# Thumb and finger close further on a small coin. At the lower end a pinch is not yet let go (engine.motion.edges).
EASY_GRIP, EASY_GRIP_MM, FIRM_GRIP, FIRM_GRIP_MM = 0.62, 30.0, 0.88, 14.0


@dataclass(frozen=True)
class Piece:
    """A coin. `place`: where it lies in its row, 0 the farthest from the index finger. `far`: which of two places it
    is for, when coins are sorted: the far one (big, gold) or the near one (small, copper)."""

    place: int
    diameter_mm: float
    metal: Metal
    figure: int
    far: bool = True

    @property
    def grip(self) -> float:
        """How closed the pinch must stay or the coin slips, 0..1 of the person's own range."""
        share = (EASY_GRIP_MM - self.diameter_mm) / (EASY_GRIP_MM - FIRM_GRIP_MM)
        return EASY_GRIP + (FIRM_GRIP - EASY_GRIP) * min(1.0, max(0.0, share))


def draw_row(level: CoinDropLevel, seed: int, n: int, difficulty: float) -> tuple[Piece, ...]:
    """A fresh row, before the n-th trial."""
    random = Random(f"{seed}:{n}:row")
    count, least_mm = round(level.coins.at(difficulty)), level.coin_diameter_mm.at(difficulty)
    worth = level.order in ("gold_first", "copper_first")
    fars = [bool((k + (n + seed)) % 2) for k in range(count)]
    random.shuffle(fars)
    shares = list(bigger(count))
    random.shuffle(shares)
    pieces = []
    for place in range(count):
        far = fars[place] if level.sort != "no" else True
        share = shares[place] if level.coin_sizes == "mixed" else 1.0
        if level.sort == "size":
            share = SORTED_BIGGER if far else 1.0
        diameter_mm = min(MOST_MM, least_mm * share)
        metal = kind_metal(far) if level.sort != "no" else random.choice(BY_VALUE) if worth else coin_metal(diameter_mm)
        pieces.append(
            Piece(place, diameter_mm, metal, 2 * far if level.sort != "no" else random.randrange(FIGURES), far)
        )
    return tuple(pieces)


def next_of(palm: tuple[Piece, ...], level: CoinDropLevel) -> Piece:
    """The coin that is to be taken now; of equal ones the nearest to the finger."""
    order = level.order
    if order == "as_they_lie":
        return palm[-1]
    sign = 1 if order in ("largest_first", "gold_first") else -1
    if order in ("largest_first", "smallest_first"):
        return max(palm, key=lambda piece: (sign * piece.diameter_mm, piece.place))
    return max(palm, key=lambda piece: (sign * BY_VALUE.index(piece.metal), piece.place))


def sample(level: CoinDropLevel, difficulty: float, *, far: bool) -> Piece:
    """A coin of the kind that belongs to the far or the near place, to lie before it."""
    least_mm = level.coin_diameter_mm.at(difficulty)
    diameter_mm = least_mm * SORTED_BIGGER if far and level.sort == "size" else least_mm
    return Piece(0, min(MOST_MM, diameter_mm), kind_metal(far), 2 if far else 0, far)


def kind_metal(far: bool) -> Metal:
    """Sorted coins are told apart by colour too."""
    return "brass" if far else "copper"


def coin_metal(diameter_mm: float) -> Metal:
    """Big coins are brass, middle ones silver, small ones copper: size is seen twice."""
    return "brass" if diameter_mm > 25 else "silver" if diameter_mm > 19.5 else "copper"
