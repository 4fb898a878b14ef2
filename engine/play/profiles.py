"""How a simulated patient's hand moves: the numbers of assets/patients.yaml, by profile."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from math import radians
from typing import Any

from engine.hand import FINGERS, Finger
from engine.motion.ranges import ABLE_ADULT
from engine.paths import assets_folder
from engine.play.levelwords import did_you_mean
from engine.play.yamlguard import read_yaml

FILE = "patients.yaml"
LEAST_RANGE = 0.25
NOT_NUMBERS = ("name", "healthy_along")


@dataclass(frozen=True)
class Profile:
    """One simulated patient. Seconds, hertz and degrees as named; the rest are shares, see the file.

    `healthy_along`: (5, 5), how far each finger goes along with each asked one in a healthy hand.
    """

    name: str
    healthy_along: tuple[tuple[float, ...], ...]
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
    catch_s: float
    together: float
    bent_bias: float
    unsteadiness: float
    thumb_reach: float
    wrist_range: float
    lapse: float
    luck: float
    neglect_s: float
    neglect_short: float
    still: float
    still_s: float
    warm_up_levels: float
    warm_up_tries: float
    tires_levels: float
    tires_after: float
    day_levels: float
    bad_day: float
    bad_day_levels: float
    jitter_mm: float
    dropouts: float

    def with_(self, **degrees: float) -> "Profile":
        """The same patient with impairments of these degrees, 0 (as it is) to 1 (as in the file): `with_(tremor=0.5)`.

        Raises `ValueError` where there is no such impairment or degree.
        """
        known, name = _file().impairments, self.name
        numbers: dict[str, Any] = {}
        for impairment, degree in degrees.items():
            if impairment not in known:
                raise ValueError(f"there is no impairment '{impairment}'{did_you_mean(impairment, tuple(known))}")
            if not 0.0 <= degree <= 1.0:
                raise ValueError(f"{impairment}={degree:g}: a degree lies between 0 and 1")
            name += f"+{impairment}" if degree == 1.0 else f"+{impairment}={degree:g}"
            for row, most in known[impairment].items():
                now = float(getattr(self, row))
                numbers[row] = now + degree * (most - now)
        return replace(self, name=name, **numbers)

    @property
    def base(self) -> str:
        """The profile's name without impairments added."""
        return self.name.partition("+")[0]

    @cached_property
    def along(self) -> tuple[tuple[float, ...], ...]:
        """How far each finger goes along here: E' = E + k (1 - E) beside the diagonal, what a stroke adds."""
        more = self.together
        return tuple(
            tuple(e if i == j else e + more * (1 - e) for i, e in enumerate(row))
            for j, row in enumerate(self.healthy_along)
        )

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


def profiles() -> dict[str, Profile]:
    """All profiles, from the ablest on. Raises `ValueError` where the file is not as it must be."""
    return _file().profiles


def impairments() -> tuple[str, ...]:
    """What a profile can be given besides."""
    return tuple(_file().impairments)


def per_level() -> float:
    """How many times longer and noisier everything is a level lower."""
    return _file().per_level


def profile_named(name: str) -> Profile:
    """`stage_2`, `able+tremor`, `able+tremor=0.5+noise`. Raises `ValueError` with what there is."""
    base, *more = name.split("+")
    known = profiles()
    if base not in known:
        raise ValueError(f"there is no simulated patient '{base}'{did_you_mean(base, tuple(known))}")
    degrees = {}
    for said in more:
        impairment, equals, degree = said.partition("=")
        try:
            degrees[impairment] = float(degree) if equals else 1.0
        except ValueError:
            raise ValueError(f"{said}: a degree is a number between 0 and 1") from None
    return known[base].with_(**degrees)


@dataclass(frozen=True)
class _File:
    profiles: dict[str, Profile]
    impairments: Mapping[str, Mapping[str, float]]
    per_level: float


@cache
def _file() -> _File:
    path = assets_folder() / FILE
    data: Any = read_yaml(path.read_bytes()).data
    table, rows = data["table"], {field.name for field in fields(Profile)}.difference(NOT_NUMBERS)
    if rows != set(table):
        raise ValueError(f"{path}: table: these rows are missing or unknown: {sorted(rows ^ set(table))}")
    along = tuple(tuple(map(float, data["along"][finger])) for finger in FINGERS)
    found = {
        name: Profile(name, along, **{row: float(table[row]["values"][n]) for row in table})
        for n, name in enumerate(data["profiles"])
    }
    most = {name: {row: float(to) for row, to in said["most"].items()} for name, said in data["impairments"].items()}
    if strange := {row for numbers in most.values() for row in numbers} - rows:
        raise ValueError(f"{path}: impairments: these rows are not in the table: {sorted(strange)}")
    return _File(found, most, float(data["per_level"]["value"]))
