"""From metres in the room to pixels on the screen: one seated eye, a pinhole camera, no lens."""

from dataclasses import dataclass
from math import atan, cos, radians, sin, tan

import numpy as np

from engine.hand import Array
from engine.view.scene import PLAY_DEPTH_M, PLAY_WIDTH_M


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
        sine, cosine = sin(self.pitch_rad), cos(self.pitch_rad)
        depth = -relative[:, 2] * cosine - relative[:, 1] * sine
        up = relative[:, 1] * cosine - relative[:, 2] * sine
        scale = self.focal_px / np.maximum(depth, 1e-6)
        width, height = self.size_px
        return np.stack([width / 2 + relative[:, 0] * scale, height / 2 - up * scale], axis=1), depth

    def pixel(self, point_m: tuple[float, float, float]) -> tuple[float, float, float]:
        """`project` for one point, without NumPy's overhead: x and y in pixels, depth in metres."""
        x, y, z = (p - e for p, e in zip(point_m, self.at_m, strict=True))
        sine, cosine = sin(self.pitch_rad), cos(self.pitch_rad)
        depth = -z * cosine - y * sine
        scale = self.focal_px / max(depth, 1e-6)
        return self.size_px[0] / 2 + x * scale, self.size_px[1] / 2 - (y * cosine - z * sine) * scale, depth

    def rays(self, x_px: Array, y_px: Array) -> Array:
        """Directions (..., 3) of the lines of sight through pixels, one metre deep (not unit length)."""
        width, height = self.size_px
        right, up = np.broadcast_arrays((x_px - width / 2) / self.focal_px, (height / 2 - y_px) / self.focal_px)
        sine, cosine = sin(self.pitch_rad), cos(self.pitch_rad)
        return np.stack([right, up * cosine - sine, -cosine - up * sine], axis=-1)


EYE_HEIGHT_M, EYE_BEHIND_PLAY_M = 0.45, 0.55
PITCH_RAD, VERTICAL_FOV_RAD = radians(34), radians(32)
PLAY_FILLS = 0.85
"""The near edge of the play area takes at most this part of the picture's width."""


def seated_eye(size_px: tuple[int, int]) -> Eye:
    """The player's eye: 0.45 m above the table, 0.55 m behind the play area, pitched down 34 degrees.

    The field of view is 32 degrees high (a coin is then seen from two metres); narrow windows see more above and
    below instead of losing the sides.
    """
    width, height = size_px
    near_edge_depth_m = EYE_BEHIND_PLAY_M * cos(PITCH_RAD) + EYE_HEIGHT_M * sin(PITCH_RAD)
    widest_focal_px = PLAY_FILLS * width * near_edge_depth_m / PLAY_WIDTH_M
    fov_rad = max(VERTICAL_FOV_RAD, 2 * atan(height / 2 / widest_focal_px))
    return Eye((0.0, EYE_HEIGHT_M, PLAY_DEPTH_M / 2 + EYE_BEHIND_PLAY_M), PITCH_RAD, fov_rad, size_px)
