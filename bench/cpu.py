"""What seeing costs while playing: `python -m bench.cpu CLIP.mp4 [--seconds 20] [--model lite]`.

Plays one level twice in a window (a dummy one where there is no screen): with a hand that lies still and costs next to
nothing, and with the clip shown as a camera would and tracked. What the second takes more, in the window's process and
in the camera's, is what seeing costs: finding the hand, receiving it, and working out what it does. The showing of the
clip is not counted. A tracker that did not get to see the hand costs nothing and proves nothing: below 25 hands a
second nothing is judged.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.showing import a_clip, on_any_machine, showing
from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample, Side
from engine.handmodel import hand_points
from engine.motion.poses import pose_for
from engine.play.game import Cue
from engine.play.levelfile import load_level, resolve_level
from engine.sources import Source, SourceState, SourceStatus, open_source
from engine.sources.camera import CameraSource
from games import all_games

WARM_UP_S = 4.0
GOAL, LEAST_HANDS_HZ = 0.60, 25.0


class StillHand:
    """An open hand in the middle of the picture, told so seldom that telling it costs nothing to speak of."""

    name, paced, rate_hz = "still", True, 10.0

    def __init__(self) -> None:
        self._points = hand_points(pose_for({}), Side.RIGHT)
        self._next_s = now_s()

    def read(self, timeout_s: float) -> list[Sample]:
        wait_s(min(timeout_s, max(self._next_s - now_s(), 0.0)))
        t_s = now_s()
        if t_s < self._next_s:
            return []
        self._next_s = t_s + 1 / self.rate_hz
        return [Sample(t_s, right=HandFrame(t_s, Side.RIGHT, self._points, self._points[:, :2] + 0.5, 1.0))]

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.RUNNING, "", self.rate_hz)

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        """It lies still."""

    def close(self) -> None:
        """There is nothing to let go of."""


@dataclass(frozen=True)
class Used:
    """Cores used by the playing process and by its camera process, and how many hands a second came."""

    window: float
    camera: float
    hands_hz: float


def play(source: Source, source_name: str, seconds: float) -> Used:
    """The level with this source, after a while to warm up."""
    from opposable.screens.live import Live
    from opposable.screens.play_screen import PlayScreen
    from opposable.screens.window import Window
    from opposable.sitting import Sitting

    level = load_level(resolve_level("coin_drop/02"), all_games())
    with tempfile.TemporaryDirectory() as folder:
        sitting = Sitting(level, source_name, Side.RIGHT, 1, folder=Path(folder))
        window = Window("bench")
        live = Live(sitting, source, window, PlayScreen(window, Side.RIGHT))
        while not live.watch.seen:
            live.step()

        def seen_s() -> float | None:
            return sitting.motion.hands[Side.RIGHT].seen_s

        _steps(live.step, seen_s, WARM_UP_S)
        pid = source.supervisor.child_pid if isinstance(source, CameraSource) else None
        processes = [psutil.Process(), *([psutil.Process(pid)] if pid else [])]
        before = [_used_s(process) for process in processes]
        hands, took_s = _steps(live.step, seen_s, seconds)
        used = [(_used_s(process) - at) / took_s for process, at in zip(processes, before, strict=True)]
        source.close()
        sitting.close()
        window.close()
    return Used(used[0], used[1] if pid else 0.0, hands / took_s)


def _steps(step: Callable[[], None], seen_s: Callable[[], float | None], seconds: float) -> tuple[int, float]:
    """Frames for so long; how many times a newer hand had come with one, and how long it took."""
    began_s, newest_s, hands = now_s(), seen_s(), 0
    while now_s() - began_s < seconds:
        step()
        if seen_s() != newest_s:
            newest_s, hands = seen_s(), hands + 1
    return hands, now_s() - began_s


def _used_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def verdict(still: Used, tracked: Used) -> tuple[bool, str]:
    """Whether seeing costs as little as promised, and what is to be said of it."""
    if tracked.hands_hz < LEAST_HANDS_HZ:
        return False, (
            f"not judged: {tracked.hands_hz:.1f} hands a second came, and fewer than {LEAST_HANDS_HZ:.0f} are no play. "
            "Other programs want the processors; run it again when they do not."
        )
    seeing = max(tracked.window - still.window, 0.0) + tracked.camera
    return seeing <= GOAL, (
        f"seeing costs {seeing:.2f} of one core at {tracked.hands_hz:.1f} hands a second; goal {GOAL:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=a_clip)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--model", default="lite", choices=("lite", "full"))
    asked = parser.parse_args()
    on_any_machine()
    still = play(StillHand(), "sim:able", asked.seconds)
    with showing(asked.clip) as memory:
        name = f"shared:{memory}"
        tracked = play(open_source(name, side=Side.RIGHT, model=asked.model), name, asked.seconds)
    print(f"game with a hand that lies still   {still.window:.2f} of one core")
    print(f"game with the {asked.model} model, {tracked.hands_hz:4.1f} hands a second   ", end="")
    print(f"{tracked.window:.2f} in the window's process, {tracked.camera:.2f} in the camera's")
    good, said = verdict(still, tracked)
    print(said)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
