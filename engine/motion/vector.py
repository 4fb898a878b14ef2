"""One vector as three plain numbers: for a hand that comes alone, several times as quick as through arrays."""

from collections.abc import Sequence
from math import sqrt

from engine.motion.vectors import TINY, Vector

Point = Sequence[float]
"""x, y, z."""


def way(begin: Point, end: Point) -> Vector:
    """From one point to another."""
    return end[0] - begin[0], end[1] - begin[1], end[2] - begin[2]


def dot(a: Vector, b: Vector) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The vector product: square to both, right-handed."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def unit(a: Vector) -> Vector:
    """The same direction at length 1; a vector of no length stays what it is."""
    length = sqrt(max(dot(a, a), TINY))
    return a[0] / length, a[1] / length, a[2] / length
