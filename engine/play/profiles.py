"""How a simulated patient's hand moves: the numbers of assets/patients.yaml, by profile."""

from dataclasses import dataclass, fields
from functools import cache, cached_property
from math import radians
from typing import Any

from engine.hand import FINGERS, Finger
from engine.motion.ranges import ABLE_ADULT
from engine.paths import assets_folder
from engine.play.yamlguard import read_yaml

FILE = "patients.yaml"
LEAST_RANGE = 0.25


@dataclass(frozen=True)
class Profile:
    """One simulated patient. Seconds, hertz and degrees as named; the rest are shares, see the file.

    `along`: (5, 5), how far each finger goes along with each asked one, healthy fingers and moving as one combined.
    """

    name: str
    along: tuple[tuple[float, ...], ...]
    reaction_s: float
    reaction_more_s: float
    grip_delay_s: float
    release_delay_s: float
    fitts_a_s: float
    fitts_b_s: float
    time_spread: float
    aim_noise: float
    submovements: float
    tremor_hz: float
    tremor_palms: float
    active_range: float
    extension_deficit_deg: float
    open_s: float
    close_s: float
    together: float
    bent_bias: float
    unsteadiness: float
    thumb_reach: float
    lapse: float
    tires_per_100: float
    tires_after: float
    jitter_mm: float
    dropouts: float

    @cached_property
    def bending(self) -> tuple[float, float]:
        """The least and the most a finger bends, as shares of the able adult's range."""
        span = ABLE_ADULT.bend[Finger.INDEX]
        least = radians(self.extension_deficit_deg) / (span.full - span.rest)
        return least, max(least + LEAST_RANGE, self.active_range)

    @cached_property
    def pinching(self) -> tuple[float, float]:
        """The widest and the nearest thumb and finger come; a pinch needs less bending than a fist."""
        return self.bending[0] / 2, min(1.0, 0.4 + 0.6 * self.active_range)


@cache
def profiles() -> dict[str, Profile]:
    """All profiles, from the ablest on. Raises `ValueError` where the file is not as it must be."""
    path = assets_folder() / FILE
    data: Any = read_yaml(path.read_bytes()).data
    names, table, along = data["profiles"], data["table"], data["along"]
    wanted = {field.name for field in fields(Profile)} - {"name", "along"}
    if wanted != set(table):
        raise ValueError(f"{path}: table: these rows are missing or unknown: {sorted(wanted ^ set(table))}")
    healthy = [along[finger] for finger in FINGERS]
    found: dict[str, Profile] = {}
    for n, name in enumerate(names):
        numbers = {row: float(table[row]["values"][n]) for row in table}
        more = numbers["together"]
        found[name] = Profile(name, _moving_as_one(healthy, more), **numbers)
    return found


def _moving_as_one(healthy: list[list[float]], more: float) -> tuple[tuple[float, ...], ...]:
    """E' = E + k (1 - E) beside the diagonal: what a stroke adds to fingers that go along."""
    return tuple(
        tuple(float(e) if i == j else e + more * (1 - e) for i, e in enumerate(row)) for j, row in enumerate(healthy)
    )
