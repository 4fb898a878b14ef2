"""What one picture costs to paint at 1280x720, milliseconds: the middle and the slowest one in a hundred.

Run: `python -m bench.frame`. A coin and the hand move all the while, as in play; no window is opened. What is painted
for the first time (the room, a coin box, a sentence) is timed by itself. Processor time is what the painting itself
costs; the time on the wall says how busy this machine is now.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from math import pi, sin
from time import thread_time

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np

from engine.clock import now_s
from engine.hand import Side
from engine.handmodel import HandAngles
from engine.view.painter import Painter
from engine.view.scene import Bead, Coin, Hand, Scene, Shape, Slot

PICTURES = 400
SIZE_PX = (1280, 720)
WORDS = {"slide": "Slide the coin to your finger."}
STRING: tuple[Bead, ...] = ("done", "done", "done", "done", "now", "knot", "todo", "todo", "todo", "todo", "todo")


def scene(n: int, *, hand: bool) -> Scene:
    """The n-th picture of a coin carried to its box, four more on the palm."""
    x, y = 0.16 - 0.0004 * n, 0.03 + 0.01 * sin(n / 20)
    shapes: list[Shape] = [Slot((-0.05, 0.0, -0.06), 46.0, lit=0.5 + 0.5 * sin(n / 30))]
    shapes += [Coin((x - 0.02 + 0.012 * k, y + 0.017, 0.05), 24.0, "silver", figure=1) for k in range(4)]
    shapes.append(Coin((x + 0.02, y + 0.04, -0.03), 24.0, "silver", 0.9 + 0.3 * sin(n / 15), figure=1))
    if hand:
        shapes.append(Hand(Side.RIGHT, (x, y, 0.11), roll_rad=pi, affected=True))
    return Scene(tuple(shapes), STRING, "slide", "slide", 1 - n / PICTURES)


def main() -> None:
    made: list[Painter] = []
    _line("the room, once per size", [_cost_ms(lambda: made.append(Painter(SIZE_PX, words=WORDS)))])
    painter = made[0]
    _line("the first picture", [_picture_ms(painter, scene(0, hand=True), 0)])
    for words, hand in (("without a hand", False), ("with a hand", True)):
        _line(words, [_picture_ms(painter, scene(n, hand=hand), n) for n in range(PICTURES)])
    box = replace(scene(0, hand=False), shapes=(Slot((0.11, 0.0, -0.05), 52.0),))
    _line("a box at a new place", [_picture_ms(painter, box, 0)])
    said = replace(scene(0, hand=False), shapes=(), sentence="Let it go.", picture="let_go")
    _line("a new sentence", [_picture_ms(painter, said, 0)])


def _picture_ms(painter: Painter, now: Scene, n: int) -> tuple[float, float]:
    pose = HandAngles.from_array(HandAngles().as_array() + 0.25 + 0.2 * sin(n / 25))
    return _cost_ms(lambda: painter.paint(now, {Side.RIGHT: pose}))


def _cost_ms(work: Callable[[], object]) -> tuple[float, float]:
    """Processor time and time on the wall."""
    begun_s, spent_s = now_s(), thread_time()
    work()
    return (thread_time() - spent_s) * 1000, (now_s() - begun_s) * 1000


def _line(words: str, costs_ms: list[tuple[float, float]]) -> None:
    spent, wall = np.array(costs_ms).T
    if len(spent) == 1:
        print(f"{words:<26}{spent[0]:8.1f} processor {wall[0]:8.1f} wall")
        return
    for name, each in (("processor", spent), ("wall", wall)):
        p50, p99 = np.percentile(each, (50, 99))
        print(f"{words:<26}p50 {p50:6.1f}   p99 {p99:6.1f}   max {each.max():6.1f}  {name}")


if __name__ == "__main__":
    main()
