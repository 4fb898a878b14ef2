"""The one place that reads a clock. Everything else is told the time.

`now_s` is the clock of every `t_s` in this program: seconds since some fixed moment, never set back by daylight
saving or by a person. It is one clock for the whole machine (CLOCK_MONOTONIC on Linux, the performance counter on
Windows, mach_absolute_time on macOS), so a time stamped in one process may be compared with a time read in another.
"""

import time
from datetime import UTC, datetime


def now_s() -> float:
    """Seconds on the machine-wide monotonic clock, for everything that is measured or waited for."""
    return time.perf_counter()


def utc_now() -> datetime:
    """The calendar: for dates in files and reports, never for durations."""
    return datetime.now(UTC)


def wait_s(duration_s: float) -> None:
    """Do nothing for this long; no wait at all for zero or less."""
    if duration_s > 0:
        time.sleep(duration_s)
