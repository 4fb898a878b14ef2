"""Vectors of three numbers as plain tuples: for one hand at a time this is ten times faster than small arrays."""

from math import sqrt

Vector = tuple[float, float, float]


def sub(a: Vector, b: Vector) -> Vector:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def triple(a: Vector, b: Vector, c: Vector) -> float:
    """(a x b).c: how far the turn from `a` to `b` is one about `c`."""
    ax, ay, az = a
    bx, by, bz = b
    return (ay * bz - az * by) * c[0] + (az * bx - ax * bz) * c[1] + (ax * by - ay * bx) * c[2]


def unit(a: Vector) -> Vector:
    """The same direction at length 1; a vector of no length stays what it is."""
    x, y, z = a
    length = sqrt(x * x + y * y + z * z) or 1.0
    return x / length, y / length, z / length


def mix(p: float, a: Vector, q: float, b: Vector) -> Vector:
    """p times a plus q times b."""
    return p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]


def across(a: Vector, axis: Vector) -> Vector:
    """The part of `a` at right angles to the unit vector `axis`, at length 1."""
    return unit(mix(1.0, a, -dot(a, axis), axis))
