"""What a glove costs: python -m bench.glove [--rate 100] [--seconds 20]

A glove in another process writes OpenGloves alpha lines into a real pty; this one reads them through `glove:PORT` and
poses the hand, first alone, then with motion and ticks as in play. Prints this process's processor time over the time
that passed. Other programs' time does not count, but on a busy machine the same work takes up to twice as long.
"""

import argparse
import gc
import multiprocessing
import os
from time import process_time

from engine.clock import now_s, wait_s
from engine.hand import Side
from engine.motion.motion import Motion
from engine.play.inputs import TICK_S
from engine.sources.glove import GloveSource
from engine.sources.gloveout import alpha
from engine.sources.scripted import scripted

GOAL, WARM_UP_S = 0.05, 4.0


def write(port: int, rate_hz: float) -> None:
    """The glove, until its process is ended."""
    began_s = next_s = now_s()
    while True:
        t_s = now_s() - began_s
        os.write(port, alpha(scripted(t_s), Side.RIGHT, t_s, None))
        next_s += 1.0 / rate_hz
        wait_s(next_s - now_s())


def main() -> None:
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
    source, motion = GloveSource(os.ttyname(far), own_range=False, most=4095), Motion()
    while not source.read(0.1):
        pass
    # The hand's first poses make tables that stay, and the glove is learned.
    follow(source, WARM_UP_S, motion)
    # As play does: what is loaded by now is not looked through for rubbish again.
    gc.collect()
    gc.freeze()
    for with_motion in (False, True):
        samples, took_s, used_s = follow(source, asked.seconds / 2, motion if with_motion else None)
        what = "with motion and sixty ticks a second" if with_motion else f"the glove alone (goal {GOAL:.0%})"
        print(f"{samples / took_s:.1f} hands a second: {used_s / took_s:.1%} of one core, {what}")
    source.close()
    glove.kill()


def follow(source: GloveSource, for_s: float, motion: Motion | None) -> tuple[int, float, float]:
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
    main()
