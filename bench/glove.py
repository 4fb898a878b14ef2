"""What a glove costs: python -m bench.glove [--rate 100] [--seconds 20]

A glove in another process writes OpenGloves alpha lines into a real pty; this one reads them through `glove:PORT` as
`play` does, learns the hand, and poses it: first alone, then with motion and sixty ticks a second, then while a level
is played in a window (a dummy one where there is no screen). Prints processor time over the time that passed: for the
first two all that this process takes, waking up sixty times a second for nothing else included; in play what the
glove and motion take of it, beyond the game and its drawing. That is what is promised, and the bench ends with 1 where
it is not kept. Other programs' time does not count, but on a busy machine the same work takes up to twice as long.
"""

import argparse
import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from math import inf
from time import process_time, thread_time
from typing import Any

from bench.cpu import play
from bench.showing import on_any_machine
from engine.clock import now_s, wait_s
from engine.hand import Side
from engine.inputs import TICK_S
from engine.motion.motion import Motion
from engine.sources import Source, SourceState, open_source
from engine.sources.gloveout import alpha
from engine.sources.scripted import ROUND_S, scripted

GOAL = 0.05


def write(port: int, rate_hz: float) -> None:
    """The glove, until its process is ended."""
    began_s = next_s = now_s()
    while True:
        t_s = now_s() - began_s
        os.write(port, alpha(scripted(t_s), Side.RIGHT, t_s, None))
        next_s += 1.0 / rate_hz
        wait_s(next_s - now_s())


class Meter:
    """The processor time that some functions of this thread take, from their first call to their latest."""

    def __init__(self, *methods: tuple[Any, str]) -> None:
        self._used_s, self._first_s, self._latest_s = 0.0, inf, 0.0
        for owner, name in methods:
            setattr(owner, name, self._metered(getattr(owner, name)))

    @property
    def share(self) -> float:
        """Of one core."""
        return self._used_s / (self._latest_s - self._first_s)

    def _metered(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self._latest_s = now_s()
            self._first_s = min(self._first_s, self._latest_s)
            began_s = thread_time()
            try:
                return function(*given, **named)
            finally:
                self._used_s += thread_time() - began_s

        return call


def main() -> int:
    import tty

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    near, far = os.openpty()
    tty.setraw(far)
    # The glove takes over this side of the pty, as a plug does: the descriptor goes with the fork.
    glove = multiprocessing.get_context("fork").Process(target=write, args=(near, asked.rate), daemon=True)
    glove.start()
    source, motion = open_source(f"glove:{os.ttyname(far)}", side=Side.RIGHT), Motion()
    # The glove is learnt, and each movement's first pose makes a table that stays.
    while source.status().state is not SourceState.RUNNING:
        source.read(0.1)
    follow(source, ROUND_S, motion)
    # As play does: what is loaded by now is not looked through for rubbish again.
    gc.collect()
    gc.freeze()
    print(f"a glove of {asked.rate:.0f} lines a second, its range learnt")
    for with_motion in (False, True):
        samples, took_s, used_s = follow(source, asked.seconds / 3, motion if with_motion else None)
        what = "with motion and sixty ticks a second" if with_motion else "the glove alone"
        print(f"{samples / took_s:.1f} hands a second: {used_s / took_s:.1%} of one core, {what}")
    on_any_machine()
    meter = Meter((source, "read"), (source, "status"), (Motion, "feed"), (Motion, "tick"))
    hands_hz = play(source, source.name, asked.seconds / 3).hands_hz
    share = meter.share
    print(f"{hands_hz:.1f} hands a second: {share:.1%} of one core, in play, beyond the game and its drawing", end=" ")
    print(f"(goal {GOAL:.0%})")
    glove.kill()
    return 0 if share <= GOAL else 1


def follow(source: Source, for_s: float, motion: Motion | None) -> tuple[int, float, float]:
    """Readings, seconds that passed, and seconds of this process."""
    samples, began_s, used_s = 0, now_s(), process_time()
    next_s = began_s
    while now_s() - began_s < for_s:
        for sample in source.read(max(next_s - now_s(), 0.0)):
            samples += 1
            if motion is not None:
                motion.feed(sample, now_s())
        if now_s() >= next_s:
            next_s += TICK_S
            if motion is not None:
                motion.tick(now_s())
    return samples, now_s() - began_s, process_time() - used_s


if __name__ == "__main__":
    sys.exit(main())
