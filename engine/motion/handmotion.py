"""What is known of one hand."""

from dataclasses import dataclass, field

from engine.hand import ALL_SENSED, Sensed, Side
from engine.inputs import COASTING, LOST, TRACKED, Tracking
from engine.motion.filters import Smoothed
from engine.motion.measures import Measures
from engine.motion.ranges import ABLE_ADULT, Ranges
from engine.motion.wrist import UNKNOWN_WRIST, Wrist

# A gap shorter than this is coasted over with the values held; a longer one is a lost hand.
COAST_S = 0.2
# A frame older than this is not the present; at 15 pictures a second every other one may be late.
STALE_S = 0.1
# A hand that is found anew has settled once this many pictures in a row have shown it holding the same. Only then do
# its presses count again: coming back is not a press.
PICTURES_TO_SETTLE = 3
# Time stamps are sums and quotients of frame times: two of them a limit apart may differ by this much more.
ROUNDING_S = 1e-6


@dataclass(frozen=True, eq=False)
class HandMotion:
    """One hand as far as it is known. `smoothed`: all that is seen of it, (21, 5) or (21, 3);
    `edges` are (control, is_press) since the last tick, oldest first; `looks_held`: what it seems to hold in its newest
    picture, `alike`: in how many pictures running since it was found anew (PICTURES_TO_SETTLE and no more); `away`: it
    had gone then, longer than a blink; `absent`: the newest sample came without this hand."""

    side: Side
    ranges: Ranges = ABLE_ADULT
    smoothed: Smoothed | None = None
    measures: Measures | None = None
    values: dict[str, float] = field(default_factory=dict)
    palm_xy: tuple[float, float] | None = None
    held: tuple[str, ...] = ()
    edges: tuple[tuple[str, bool], ...] = ()
    confidence: float = 0.0
    seen_s: float | None = None
    looks_held: tuple[str, ...] = ()
    alike: int = 0
    away: bool = True
    absent: bool = False
    wrist: Wrist = UNKNOWN_WRIST
    sensed: Sensed = ALL_SENSED

    def tracking(self, now_s: float) -> Tracking:
        """Tracked, coasting or lost at `now_s` (the source's clock)."""
        if self.seen_s is None or is_lost(self.seen_s, now_s):
            return LOST
        return COASTING if self.absent or now_s - self.seen_s > STALE_S else TRACKED


def is_lost(seen_s: float | None, now_s: float) -> bool:
    """Whether a hand last seen at `seen_s` is lost by now."""
    return seen_s is None or now_s - seen_s > COAST_S + ROUNDING_S
