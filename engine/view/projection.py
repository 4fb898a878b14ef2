"""From metres in the room to pixels on the screen: one seated eye, a pinhole camera, no lens."""

from dataclasses import dataclass
from math import radians, tan

import numpy as np

from engine.hand import Array


@dataclass(frozen=True)
class Eye:
    """A pinhole camera in the room (x right, y up, z towards the player), looking along -z, pitched down."""

    at_m: tuple[float, float, float]
    pitch_rad: float
    vertical_fov_rad: float
    size_px: tuple[int, int]

    @property
    def focal_px(self) -> float:
        return self.size_px[1] / 2 / tan(self.vertical_fov_rad / 2)

    def project(self, points_m: Array) -> tuple[Array, Array]:
        """Pixels (n, 2), and depth in metres (n,) along the line of sight, of room points (n, 3)."""
        relative = np.asarray(points_m, dtype=float) - np.asarray(self.at_m)
        sin, cos = np.sin(self.pitch_rad), np.cos(self.pitch_rad)
        depth = -relative[:, 2] * cos - relative[:, 1] * sin
        up = relative[:, 1] * cos - relative[:, 2] * sin
        scale = self.focal_px / np.maximum(depth, 1e-6)
        width, height = self.size_px
        return np.stack([width / 2 + relative[:, 0] * scale, height / 2 - up * scale], axis=1), depth


def seated_eye(size_px: tuple[int, int]) -> Eye:
    """The player's eye: 0.45 m above the table, 0.55 m behind its near edge, pitched down 38 degrees."""
    return Eye((0.0, 0.45, 0.175 + 0.55), radians(38), radians(42), size_px)
