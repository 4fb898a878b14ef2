"""Counts flashes in a row of pictures, so that nothing in the program can flash.

The rule is WCAG 2.2, 2.3.1: a general flash is a pair of opposing changes of a tenth or more of the largest relative
luminance, the darker below 0.80; a red flash is a pair of opposing changes to or from a saturated red. No more than
three of either in any second, wherever they fill a quarter of a field of ten degrees: a third of the picture's width by
a third of its height. A hand that moves across a dark mat changes single places often; it is no flash.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hand import Array

CELL_PX = 24
STEP, DARKER_BELOW = 0.10, 0.80
RED_SHARE, RED_STEP = 0.80, 20 / 320
ALLOWED, OWN_ALLOWED = 3, 2
AREA_SHARE, FIELDS_ACROSS = 0.25, 3
"""WCAG's area: a quarter of any 341 x 256 pixels on a screen of 1024 x 768."""


@dataclass(frozen=True)
class Flashes:
    """The most flashes in any one second, over a quarter of any field of ten degrees."""

    general: int
    red: int

    @property
    def allowed(self) -> bool:
        return self.general <= ALLOWED and self.red <= ALLOWED

    @property
    def calm(self) -> bool:
        """Our own, stricter rule."""
        return self.general <= OWN_ALLOWED and self.red <= OWN_ALLOWED


def count_flashes(pictures: Iterable[NDArray[np.uint8]], pictures_per_s: float) -> Flashes:
    """Flashes in pictures (height, width, 3), all of one size, evenly spaced in time."""
    general, red = _Turns(), _Turns()
    for picture in pictures:
        linear = _LINEAR[_cells(picture)]
        luminance = linear @ np.array((0.2126, 0.7152, 0.0722))
        general.see(luminance, STEP, np.ones(luminance.shape, dtype=bool))
        whole = linear.sum(axis=-1)
        is_red = linear[..., 0] >= RED_SHARE * np.maximum(whole, 1e-6)
        redness = np.maximum(linear[..., 0] - linear[..., 1] - linear[..., 2], 0.0)
        red.see(redness, RED_STEP, is_red & (whole > 0.01))
    return Flashes(general.worst(pictures_per_s), red.worst(pictures_per_s))


_CODES = np.arange(256) / 255
_LINEAR = np.where(_CODES <= 10 / 255, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4)


def _cells(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The mean colour of every cell of CELL_PX (the last ones may be cut off)."""
    side = min(CELL_PX, picture.shape[0], picture.shape[1])
    rows, columns = picture.shape[0] // side, picture.shape[1] // side
    lines = picture[: rows * side, : columns * side].reshape(rows, side, columns * side * 3)
    # Line by line first: one sum along memory is several times quicker than one over two axes at once.
    sums = lines.sum(axis=1, dtype=np.uint32).reshape(rows, columns, side, 3).sum(axis=2)
    mean: NDArray[np.uint8] = (sums / side**2).round().astype(np.uint8)
    return mean


class _Turns:
    """Follows one value per cell, and notes where it turns by at least a step."""

    def __init__(self) -> None:
        self._since: tuple[Array, Array, NDArray[np.int8], NDArray[np.bool_]] | None = None
        self._turned: list[NDArray[np.bool_]] = []

    def see(self, value: Array, step: float, counts: NDArray[np.bool_]) -> None:
        """The next picture's values; a change counts where `counts` holds somewhere between its two ends."""
        if self._since is None:
            self._since = value, value, np.zeros(value.shape, dtype=np.int8), counts
            self._turned.append(np.zeros(value.shape, dtype=bool))
            return
        low, high, way, counted = self._since
        low, high, counted = np.minimum(low, value), np.maximum(high, value), counted | counts
        up = (value - low >= step) & (low < DARKER_BELOW) & (way <= 0)
        down = (high - value >= step) & (value < DARKER_BELOW) & (way >= 0)
        turned = up | down
        self._turned.append(turned & counted)
        way = np.where(up, 1, np.where(down, -1, way)).astype(np.int8)
        self._since = (
            np.where(turned, value, low),
            np.where(turned, value, high),
            way,
            np.where(turned, counts, counted),
        )

    def worst(self, pictures_per_s: float) -> int:
        """The most pairs of turns in any second that fill a quarter of any field together."""
        if not self._turned:
            return 0
        total = np.cumsum(np.array(self._turned, dtype=np.int32), axis=0)
        window = max(1, round(pictures_per_s))
        before = np.zeros_like(total)
        before[window:] = total[:-window]
        flashes = (total - before) // 2
        worst = 0
        while worst < int(flashes.max()) and _fullest_field(flashes > worst) >= AREA_SHARE:
            worst += 1
        return worst


def _fullest_field(cells: NDArray[np.bool_]) -> float:
    """The largest share of any field that is filled, in any of the pictures (picture, row, column)."""
    rows, columns = (max(1, round(n / FIELDS_ACROSS)) for n in cells.shape[1:])
    summed = np.zeros((cells.shape[0], cells.shape[1] + 1, cells.shape[2] + 1), dtype=np.int32)
    summed[:, 1:, 1:] = cells.cumsum(axis=1, dtype=np.int32).cumsum(axis=2, dtype=np.int32)
    top, left = summed[:, :-rows], summed[:, rows:]
    filled = left[..., columns:] - left[..., :-columns] - top[..., columns:] + top[..., :-columns]
    fullest: float = filled.max() / (rows * columns)
    return fullest
