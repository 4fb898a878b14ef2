"""Vectors as arrays whose first axis is x, y, z (or x, y in a picture); any number of them at once. Hands are counted
along the last axis: so whatever is done with many is done with numbers that lie side by side."""

import numpy as np

from engine.hand import Array

Vector = tuple[float, float, float]
# The numbers of two vectors whose products make up their vector product: the first three less the last three.
_FIRST, _SECOND = np.array([1, 2, 0, 2, 0, 1]), np.array([2, 0, 1, 1, 2, 0])
# Squared lengths are never taken for less than this, so that points which fall together give numbers all the same.
TINY = 1e-200


def dot(a: Array, b: Array) -> Array:
    """Scalar products of vectors (3, ...) or (2, ...), (...)."""
    product: Array = np.add.reduce(a * b)
    return product


def cross(a: Array, b: Array) -> Array:
    """Vector products (3, ...): square to both, right-handed."""
    products = a.take(_FIRST, 0) * b.take(_SECOND, 0)
    return products[:3] - products[3:]


def unit(a: Array) -> Array:
    """The same direction at length 1; a vector of no length stays what it is."""
    same: Array = a / np.sqrt(np.maximum(dot(a, a), TINY))
    return same


def across(a: Array, axis: Array) -> Array:
    """The part of `a` at right angles to the unit vector `axis`, at length 1."""
    return unit(a - dot(a, axis) * axis)
