"""Help in a dim room: smooth the noise first, then spread the greys. Spreading alone makes noise the loudest thing."""

import cv2
import numpy as np

from engine.tracking.sharedpicture import Image

HELP_BELOW, HELP_UNTIL = 45.0, 65.0
"""Mean brightness (0..255): help begins below the one and ends above the other, so that it does not flutter between."""

LOW_PERCENTILE, HIGH_PERCENTILE = 1.0, 99.0


class DimHelp:
    """Decides picture by picture whether to help, and helps."""

    def __init__(self) -> None:
        self.on = False

    def __call__(self, image: Image, brightness: float) -> Image:
        self.on = brightness < (HELP_UNTIL if self.on else HELP_BELOW)
        return stretched(image) if self.on else image


def stretched(image: Image) -> Image:
    """5x5 blur, then the 1st..99th percentile of the greys spread over 0..255."""
    smooth = np.asarray(cv2.blur(image, (5, 5)), dtype=np.uint8)
    low, high = np.percentile(smooth[::4, ::4], (LOW_PERCENTILE, HIGH_PERCENTILE))
    grey = (np.arange(256) - low) * (255.0 / max(float(high - low), 1.0))
    return np.asarray(cv2.LUT(smooth, np.clip(grey, 0, 255).astype(np.uint8)), dtype=np.uint8)
