"""What seeing costs while playing: `python -m bench.cpu CLIP.mp4 [--seconds 20] [--model lite]`.

Plays one level twice in a window (a dummy one where there is no screen): with the hands of a clip that were tracked
before, which cost next to nothing to tell and move and are drawn as they were; and with the clip shown as a camera
would and tracked. What the second takes more, in the window's process and in the camera's, is finding the hand and
receiving it. Working out what a hand does is in both: it is measured by itself, and added. The showing of the clip is
not counted. A tracker that did not get to see the hand costs nothing and proves nothing: below 25 hands a second
nothing is judged.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from time import process_time

import psutil

from bench.showing import a_clip, on_any_machine, showing
from engine.clock import now_s, wait_s
from engine.hand import HandFrame, Sample, Side
from engine.motion.motion import Motion
from engine.play.game import Cue
from engine.play.levelfile import load_level, resolve_level
from engine.sources import Source, SourceState, SourceStatus, open_source
from engine.sources.camera import CameraSource
from games import all_games

WARM_UP_S = 4.0
GOAL, LEAST_HANDS_HZ = 0.60, 25.0


class KnownHands:
    """Hands that are known already, again and again, thirty a second."""

    name, paced, rate_hz = "known", True, 30.0

    def __init__(self, hands: Sequence[HandFrame]) -> None:
        self._hands = cycle(hands)
        self._next_s = now_s()

    def read(self, timeout_s: float) -> list[Sample]:
        wait_s(min(timeout_s, max(self._next_s - now_s(), 0.0)))
        t_s = now_s()
        if t_s < self._next_s:
            return []
        self._next_s = max(self._next_s + 1 / self.rate_hz, t_s)
        return [Sample(t_s, right=replace(next(self._hands), t_s=t_s))]

    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.RUNNING, "", self.rate_hz)

    def follow(self, cue: Cue | None, hand_time_s: float) -> None:
        """They do what they did."""

    def close(self) -> None:
        """There is nothing to let go of."""


def hands_in(clip: Path, model: str) -> list[HandFrame]:
    """What the tracker finds in the clip: the hands of the pictures that have one. Without any there is nothing to
    measure, and the bench ends."""
    source, found = open_source(f"video:{clip}?pace=fast", side=Side.RIGHT, model=model), list[HandFrame]()
    while source.status().state not in (SourceState.ENDED, SourceState.GONE):
        found += [sample.right for sample in source.read(0.25) if sample.right is not None]
    found += [sample.right for sample in source.read(0.0) if sample.right is not None]
    reason = source.status().reason
    source.close()
    if not found:
        sys.exit(f"{clip}: no hand was found in it. {reason}".strip())
    return found


def working_out(hands: Sequence[HandFrame], hands_hz: float) -> float:
    """The share of one core that motion takes of so many hands a second, told one by one."""
    motion = Motion()
    began_s = process_time()
    for n, hand in enumerate(hands):
        motion.feed(Sample(n / 30, right=replace(hand, t_s=n / 30)))
    return (process_time() - began_s) / len(hands) * hands_hz


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


def verdict(known: Used, tracked: Used, motion: float) -> tuple[bool, str]:
    """Whether seeing costs as little as promised, and what is to be said of it. `motion`: what working out takes, of
    one core."""
    if tracked.hands_hz < LEAST_HANDS_HZ:
        return False, (
            f"not judged: {tracked.hands_hz:.1f} hands a second came, and fewer than {LEAST_HANDS_HZ:.0f} are no play. "
            "Other programs want the processors; run it again when they do not."
        )
    seeing = max(tracked.window - known.window, 0.0) + tracked.camera + motion
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
    hands = hands_in(asked.clip, asked.model)
    known = play(KnownHands(hands), "sim:able", asked.seconds)
    with showing(asked.clip) as memory:
        name = f"shared:{memory}"
        tracked = play(open_source(name, side=Side.RIGHT, model=asked.model), name, asked.seconds)
    motion = working_out(hands, tracked.hands_hz)
    print(f"game with hands that are known     {known.window:.2f} of one core")
    print(f"what they do, worked out           {motion:.2f}")
    print(f"game with the {asked.model} model, {tracked.hands_hz:4.1f} hands a second   ", end="")
    print(f"{tracked.window:.2f} in the window's process, {tracked.camera:.2f} in the camera's")
    good, said = verdict(known, tracked, motion)
    print(said)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
