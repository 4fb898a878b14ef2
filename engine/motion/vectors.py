"""Vectors as arrays whose last axis is x, y, z (or x, y in a picture); any number of them at once."""

import numpy as np

from engine.hand import Array

Vector = tuple[float, float, float]
_ONES = np.ones(3)
_NEXT, _LAST = np.array([1, 2, 0]), np.array([2, 0, 1])


def dot(a: Array, b: Array) -> Array:
    """Scalar products of vectors (..., 3) or (..., 2), (...)."""
    product: Array = (a * b) @ _ONES[: a.shape[-1]]
    return product


def cross(a: Array, b: Array) -> Array:
    """Vector products (..., 3): square to both, right-handed."""
    return a.take(_NEXT, -1) * b.take(_LAST, -1) - a.take(_LAST, -1) * b.take(_NEXT, -1)


def unit(a: Array) -> Array:
    """The same direction at length 1; a vector of no length stays what it is."""
    length = np.sqrt(dot(a, a))
    same: Array = a / (length + (length == 0.0))[..., None]
    return same


def across(a: Array, axis: Array) -> Array:
    """The part of `a` at right angles to the unit vector `axis`, at length 1."""
    return unit(a - dot(a, axis)[..., None] * axis)
