"""What seeing costs while playing: `python -m bench.cpu CLIP.mp4 [--seconds 20] [--model lite]`.

Plays one level twice in a window (a dummy one where there is no screen): with a simulated hand, which is worked out in
the window's own process and so costs that one more, and with the clip shown as a camera would and tracked. Prints how
much of one core each process takes. The showing of the clip is not counted.
"""

import argparse
import os
import tempfile
from pathlib import Path

import psutil

from bench.showing import a_clip, showing
from engine.clock import now_s
from engine.hand import Side
from engine.play.levelfile import load_level, resolve_level
from engine.sources import open_source
from engine.sources.camera import CameraSource
from games import all_games

WARM_UP_S = 4.0
GOAL = 0.60


def cores(source_name: str, model: str, seconds: float) -> tuple[float, float]:
    """Cores used by the playing process, and by its camera process."""
    from opposable.screens.live import Live
    from opposable.screens.play_screen import PlayScreen
    from opposable.screens.window import Window
    from opposable.sitting import Sitting

    level = load_level(resolve_level("coin_drop/02"), all_games())
    with tempfile.TemporaryDirectory() as folder:
        sitting = Sitting(level, source_name, Side.RIGHT, 1, folder=Path(folder))
        window = Window("bench")
        source = open_source(source_name, side=Side.RIGHT, model=model)
        live = Live(sitting, source, window, PlayScreen(window, Side.RIGHT))
        while not live.watch.seen:
            live.step()
        _play(live.step, WARM_UP_S)
        pid = source.supervisor.child_pid if isinstance(source, CameraSource) else None
        processes = [psutil.Process(), *([psutil.Process(pid)] if pid else [])]
        before = [_used_s(process) for process in processes]
        took_s = _play(live.step, seconds)
        used = [(_used_s(process) - at) / took_s for process, at in zip(processes, before, strict=True)]
        source.close()
        sitting.close()
        window.close()
    return used[0], used[1] if pid else 0.0


def _play(step: "object", seconds: float) -> float:
    assert callable(step)
    began_s = now_s()
    while now_s() - began_s < seconds:
        step()
    return now_s() - began_s


def _used_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=a_clip)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--model", default="lite", choices=("lite", "full"))
    asked = parser.parse_args()
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    alone, _ = cores("sim:able", "full", asked.seconds)
    with showing(asked.clip) as memory:
        window, camera = cores(f"shared:{memory}", asked.model, asked.seconds)
    print(f"game with a simulated hand   {alone:.2f} of one core")
    print(f"game with the tracker        {window:.2f} in the window's process, {camera:.2f} in the camera's")
    print(f"camera process, {asked.model} model: {camera:.2f} of one core; goal {GOAL:.2f}, receiving included")


if __name__ == "__main__":
    main()
