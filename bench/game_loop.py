"""How even the game runs while a hand is tracked: time from frame to frame at 1280 x 720, window and all.

    python3 -m uv run python -m bench.game_loop [--seconds 20] [--source video:FILE]

Plays a level in a window (a dummy one where there is no screen) with the tracker running beside it, then the same with
a simulated hand and no tracker, in one run. Prints both and their ratio. Goal: p50 <= 17 ms, p99 <= 25 ms.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from bench.showing import on_any_machine
from engine.clock import now_s
from engine.hand import Side
from engine.play.levelfile import load_level, resolve_level
from engine.sources import open_source
from games import all_games

WARM_UP_S = 3.0


def intervals_ms(source: str, level_name: str, seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """Frame to frame, and the work within each frame, milliseconds; the first seconds left out."""
    from opposable.screens.live import Live
    from opposable.screens.play_screen import PlayScreen
    from opposable.screens.window import Window
    from opposable.sitting import Sitting

    with tempfile.TemporaryDirectory() as folder:
        level = load_level(resolve_level(level_name), all_games())
        sitting = Sitting(level, source, Side.RIGHT, 1, folder=Path(folder))
        window = Window("bench")
        screen = PlayScreen(window, Side.RIGHT)
        live = Live(sitting, open_source(source, side=Side.RIGHT), window, screen)
        stamps: list[float] = []
        while not live.watch.seen:
            live.step()
        live.frame_s.clear()
        until_s = now_s() + WARM_UP_S + seconds
        while now_s() < until_s and not live.over:
            live.step()
            stamps.append(now_s())
        work = np.array(live.frame_s) * 1000
        live.source.close()
        sitting.close()
        window.close()
    skip = np.searchsorted(stamps, stamps[0] + WARM_UP_S)
    return np.diff(np.array(stamps)[skip:]) * 1000, work[skip:]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=20.0)
    arguments.add_argument("--source", default="synthetic:able")
    arguments.add_argument("--level", default="coin_drop/02")
    asked = arguments.parse_args()
    on_any_machine()
    results = {}
    for name, source in (("tracking on", asked.source), ("no tracker", "sim:able")):
        gaps, work = intervals_ms(source, asked.level, asked.seconds)
        p50, p99 = np.percentile(gaps, [50, 99])
        results[name] = p99
        busy50, busy99 = np.percentile(work, [50, 99])
        print(
            f"{name:<12} frame to frame p50 {p50:5.1f} ms  p99 {p99:5.1f} ms  longest {gaps.max():5.1f} ms; "
            f"work in a frame p50 {busy50:4.1f} ms  p99 {busy99:4.1f} ms  ({len(gaps)} frames)"
        )
    print(f"p99 with the tracker over p99 without: {results['tracking on'] / results['no tracker']:.2f}")


if __name__ == "__main__":
    main()
