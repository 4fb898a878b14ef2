"""Numbers for reports: how well a hand moves, each with how sure it is.

Everything works on what was recorded; nothing here is needed while playing, and scipy is loaded only with it.
"""

from engine.motion.quality.fingers import (
    enslaving,
    excursion_slopes,
    individuation,
    kapandji,
    pinch_precision,
    stationarity,
    tam_word,
    total_active_motion,
)  # fmt: skip
from engine.motion.quality.measured import Measured, of_repetitions, shown, untold
from engine.motion.quality.movement import Reach, path_efficiency, reaches
from engine.motion.quality.signals import even, movements, smooth, speed, velocity_peaks
from engine.motion.quality.smoothness import log_dimensionless_jerk, sparc, sparc_error
from engine.motion.quality.steadiness import jitter
from engine.motion.quality.trembling import Tremor, tremor
from engine.motion.quality.twohands import Together, independent, together

__all__ = [
    "Measured", "Reach", "Together", "Tremor", "enslaving", "even", "excursion_slopes", "independent",
    "individuation", "jitter",
    "kapandji", "log_dimensionless_jerk", "movements", "of_repetitions", "path_efficiency",
    "pinch_precision", "reaches", "shown", "smooth", "sparc",
    "sparc_error", "speed", "stationarity", "tam_word", "together", "total_active_motion", "tremor",
    "untold", "velocity_peaks",
]  # fmt: skip
