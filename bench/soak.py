"""Does the tracker stay the size it is? `python -m bench.soak CLIP.mp4 --minutes 30 [--rate 30]`

Shows a clip over and over, as a camera would, to the camera process of one source, and reads its samples as a game
does. Prints how much the memory of each process grew after the first two minutes (or the first tenth), and whether any
time stamp went back. A `--rate` above the camera's 30 pictures a second packs more pictures into the time.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import psutil

from bench.showing import a_clip, showing
from engine import clock
from engine.sources import SourceState, open_source
from engine.sources.camera import CameraSource

WARM_UP_S, LOOK_EVERY_S = 120.0, 1.0
GOAL_MB = 20.0


@dataclass
class Soaked:
    """What came of it. Memory in MB, by process: where it stood after the warm-up, at the end, and at its highest."""

    minutes: float = 0.0
    samples: int = 0
    backwards: int = 0
    restarts: int = 0
    first_mb: dict[str, float] = field(default_factory=dict)
    last_mb: dict[str, float] = field(default_factory=dict)
    most_mb: dict[str, float] = field(default_factory=dict)

    @property
    def growth_mb(self) -> Mapping[str, float]:
        return {name: self.last_mb[name] - before for name, before in self.first_mb.items()}


def soak(
    clip: Path,
    seconds: float,
    rate_hz: float = 30.0,
    warm_up_s: float | None = None,
    model: Literal["full", "auto"] = "auto",
) -> Soaked:
    """Track a looped clip for so long. Where the model may change, both are held for the moment of the change."""
    with showing(clip, rate_hz) as name:
        source = open_source(f"shared:{name}", model=model, preview=True)
        assert isinstance(source, CameraSource)
        try:
            return _watch(source, seconds, min(WARM_UP_S, seconds / 10) if warm_up_s is None else warm_up_s)
        finally:
            source.close()


def _watch(source: CameraSource, seconds: float, warm_up_s: float) -> Soaked:
    result, last_s, pids = Soaked(minutes=seconds / 60), float("-inf"), set[int | None]()
    while source.status().state is not SourceState.RUNNING:
        source.read(0.1)
    began_s = next_look_s = clock.now_s()
    while (now_s := clock.now_s()) < began_s + seconds:
        for sample in source.read(0.05):
            result.backwards += sample.t_s <= last_s
            result.samples += 1
            last_s = sample.t_s
        if now_s >= next_look_s:
            next_look_s += LOOK_EVERY_S
            pids.add(source.supervisor.child_pid)
            _weigh(result, source, settled=now_s - began_s >= warm_up_s)
    result.restarts = len(pids) - 1
    return result


def _weigh(result: Soaked, source: CameraSource, settled: bool) -> None:
    pid = source.supervisor.child_pid
    if pid is None or not settled:
        return
    for name, weighed in (("game process", None), ("camera process", pid)):
        try:
            size_mb = psutil.Process(weighed).memory_info().rss / 2**20
        except psutil.NoSuchProcess:
            # It has just ended; the one that takes its place is weighed next time, and counted as a replacement.
            continue
        result.first_mb.setdefault(name, size_mb)
        result.last_mb[name] = size_mb
        result.most_mb[name] = max(size_mb, result.most_mb.get(name, 0.0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=a_clip)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=30.0, help="pictures a second")
    asked = parser.parse_args()
    result = soak(asked.clip, 60 * asked.minutes, asked.rate)
    print(
        f"{result.samples} pictures in {result.minutes:.1f} minutes; time stamps that went back: {result.backwards}; "
        f"camera processes that had to be replaced: {result.restarts}"
    )
    for name, grown_mb in result.growth_mb.items():
        print(
            f"{name:<15} {result.first_mb[name]:6.1f} MB -> {result.last_mb[name]:6.1f} MB "
            f"(most {result.most_mb[name]:.1f}): grew {grown_mb:+.1f} MB; goal under {GOAL_MB:.0f}"
        )


if __name__ == "__main__":
    main()
