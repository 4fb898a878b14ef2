"""How long this machine held our program up: a promise in real time is of the program, not of its neighbours.

Linux tells of every thread how long it stood ready and was not run, and how long the machine itself was away. That
time, and nothing else, is added to what a promise allows. Elsewhere nothing is added.
"""

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import psutil

NANOSECONDS = 1e-9
MACHINE = Path("/proc/stat")
STOLEN = 8


@dataclass
class HoldUps:
    """Begins now. `helpers`: the processes this one has started are counted too."""

    helpers: bool = False
    _before: dict[tuple[int, str], float] = field(init=False)
    _away_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._before, self._away_s = _stood_ready_s(self._pids()), _away_s()

    @property
    def so_far_s(self) -> float:
        """Of each process the thread that stood longest, all of them together, and the machine's own absence."""
        longest: dict[int, float] = {}
        for (pid, thread), stood_s in _stood_ready_s(self._pids()).items():
            longest[pid] = max(longest.get(pid, 0.0), stood_s - self._before.get((pid, thread), 0.0))
        return sum(longest.values()) + _away_s() - self._away_s

    def _pids(self) -> list[int]:
        helpers = psutil.Process().children(recursive=True) if self.helpers else []
        return [os.getpid(), *(helper.pid for helper in helpers)]


def _stood_ready_s(pids: list[int]) -> dict[tuple[int, str], float]:
    """By process and thread: seconds it could have run and had to wait for a processor, since it began."""
    stood: dict[tuple[int, str], float] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                with contextlib.suppress(OSError):
                    stood[pid, thread.name] = NANOSECONDS * int((thread / "schedstat").read_text().split()[1])
    return stood


def _away_s() -> float:
    """Seconds a virtual machine was kept from running by its host, of one of its processors on average."""
    if not MACHINE.exists():
        return 0.0
    ticks = int(MACHINE.read_text().split(maxsplit=STOLEN + 1)[STOLEN])
    return ticks / os.sysconf("SC_CLK_TCK") / (os.cpu_count() or 1)
