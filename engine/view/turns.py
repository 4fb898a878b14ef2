"""Rotations (3, 3) about an axis, right-handed, radians."""

import numpy as np

from engine.hand import Array


def about(axis: Array, angle_rad: float) -> Array:
    """Rotation about a unit axis (Rodrigues)."""
    x, y, z = axis
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn: Array = np.eye(3) + np.sin(angle_rad) * skew + (1 - np.cos(angle_rad)) * (skew @ skew)
    return turn


def about_x(angle_rad: float) -> Array:
    return about(np.array([1.0, 0.0, 0.0]), angle_rad)


def about_y(angle_rad: float) -> Array:
    return about(np.array([0.0, 1.0, 0.0]), angle_rad)


def about_z(angle_rad: float) -> Array:
    return about(np.array([0.0, 0.0, 1.0]), angle_rad)
