"""A number for a report: with how many times it was measured, how much of that could be used, and how sure it is.

No number is said finer than its error: 87.3 degrees from a tracker that is 9 off is "90 degrees, give or take 9".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10, sqrt

import numpy as np

TWO_SIDED_95 = 1.96
SIGNED = ("s", "of 1", "SPARC")
"""Units of what may be zero or less. Of anything else, where it rounds to 0, only how little it is can be told."""


@dataclass(frozen=True)
class Measured:
    """`value` in `unit`, None where it could not be told (`why` says the reason, as a key in the strings).

    `n`: repetitions behind it. `valid_share`: share of the tries (or of the time) that could be used, 0..1.
    `error`: half of the 95 % interval, same unit; None where nothing is known of it.
    `note`: what must be known to read the value, as a key in the strings.
    """

    value: float | None
    unit: str
    n: int
    valid_share: float
    error: float | None
    why: str = ""
    note: str = ""

    def __str__(self) -> str:
        if self.value is None:
            return f"not told ({self.why})" if self.why else "not told"
        unit = f" {self.unit}" if self.unit else ""
        # Chance may make everything alike, but no instrument is without an error: then it is not known.
        if not self.error or not isfinite(self.error):
            return f"about {shown(self.value, abs(self.value) / 2 or 1.0)}{unit}"
        if self.unit not in SIGNED and float(shown(self.value, self.error)) == 0.0:
            return f"below {_most(self.value, self.error)}{unit}"
        return f"{shown(self.value, self.error)}{unit} (±{shown(self.error, self.error)})"


def shown(value: float, error: float) -> str:
    """The value, rounded to the place of the error's first digit."""
    if error <= 0 or not isfinite(error):
        return f"{value:g}"
    place = floor(log10(error))
    rounded = round(value, -place)
    return f"{rounded:.{max(0, -place)}f}"


def _most(value: float, error: float) -> str:
    """The end of the interval, rounded up to the place of the error's first digit."""
    place = floor(log10(error))
    return f"{ceil((abs(value) + error) / 10**place - 1e-9) * 10**place:.{max(0, -place)}f}"


def untold(unit: str, why: str, tries: int = 0) -> Measured:
    """A number that could not be had."""
    return Measured(None, unit, 0, 0.0 if tries else 1.0, None, why)


def of_repetitions(values: Sequence[float | None], unit: str, error_of_one: float = 0.0) -> Measured:
    """The mean of repetitions; None stands for one that could not be told. `error_of_one`: standard deviation of a
    single reading by the instrument alone; where the repetitions scatter more than that, their own scatter counts."""
    used = np.array([value for value in values if value is not None and isfinite(value)], dtype=float)
    if len(used) == 0:
        return untold(unit, "numbers.why.none", len(values))
    scatter = float(used.std(ddof=1)) if len(used) > 1 else 0.0
    spread = max(scatter, error_of_one)
    error = TWO_SIDED_95 * spread / sqrt(len(used)) if spread > 0 else None
    return Measured(float(used.mean()), unit, len(used), len(used) / len(values), error)
