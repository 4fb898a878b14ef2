"""Our engine against a plain loop: `python -m bench.latency CLIP.mp4 [--level coin_drop/02] [--seconds 20]`.

The plain loop is what a first program does, in one thread: take the newest picture, find the hand in it, let the game
go on, draw. Both play the same level to the same clip, shown by the same process, and both draw the same table and hand
at 1280 x 720. In turns, in one run. Prints, for each: the time from frame to frame, hands a second that reach the game,
and how old the picture is when the game is told of its hand (newest picture, both); and ours over the plain loop's.

First at 60 pictures a second, which is more than one thread took on the machines this was written on. Then at a
webcam's usual 30: where a plain loop takes all of those, both see the same hands, and ours, which hands each from
process to process, tells the game of it up to a millisecond or two later: the goal is then not met. A level for both
hands, with a clip of two, is about as much as one thread takes at 30. Ours may change to the lite model, where the
machine does not keep up with the full one; which one it came to is printed.
"""

import argparse
import multiprocessing
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import numpy as np

from bench.showing import a_clip, on_any_machine, showing
from engine import clock
from engine.hand import Side
from engine.inputs import TICK_S
from engine.motion.identity import Identity
from engine.play.delays import OnTheWay
from engine.play.levelfile import LevelFile, load_level, resolve_level
from engine.sources.camera import sample_of
from engine.tracking.model import hand_model
from games import all_games
from opposable.sitting import Sitting, open_for

WARM_UP_S, ROUNDS = 4.0, 3
RATES_HZ = (60.0, 30.0)
LEVEL = "coin_drop/02"


@dataclass(frozen=True)
class Task:
    """What both do: play `level` for `seconds` to the pictures shown in this shared memory."""

    memory: str
    level: LevelFile
    seconds: float

    @property
    def hands(self) -> Literal[1, 2]:
        return 1 if len(self.level.level.roles) == 1 else 2

    def sitting(self, folder: str) -> Sitting:
        return Sitting(self.level, f"shared:{self.memory}", Side.RIGHT, 1, folder=Path(folder))


@dataclass(frozen=True)
class Run:
    """`frame_p50_ms`, `frame_p99_ms`: from frame to frame; `hands_hz`; `age_ms`: median from picture to input."""

    frame_p50_ms: float
    frame_p99_ms: float
    hands_hz: float
    age_ms: float
    age_p95_ms: float
    model: str = "full"


class Log:
    """What is noted while a loop runs; the first seconds are left out."""

    def __init__(self, seconds: float) -> None:
        self.from_s = clock.now_s() + WARM_UP_S
        self.until_s = self.from_s + seconds
        self.frames_s: list[float] = []
        self.ages_s: list[float] = []

    def told(self, captured_s: float) -> None:
        if clock.now_s() >= self.from_s:
            self.ages_s.append(clock.now_s() - captured_s)

    def drawn(self) -> bool:
        """One more frame; False when it is time to stop."""
        if clock.now_s() >= self.from_s:
            self.frames_s.append(clock.now_s())
        return clock.now_s() < self.until_s

    def run(self) -> Run:
        frames, ages = np.diff(self.frames_s) * 1000, np.array(self.ages_s) * 1000
        rate = len(ages) / (self.until_s - self.from_s)
        frame_p50, frame_p99 = np.percentile(frames, [50, 99]).tolist()
        age_p50, age_p95 = np.percentile(ages, [50, 95]).tolist()
        return Run(frame_p50, frame_p99, rate, age_p50, age_p95)


def plain_loop(task: Task, answer: "Connection[Run, object]") -> None:
    """One thread: picture, hand, game, drawing, and round again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    from engine.tracking.feeds import SharedFeed
    from engine.tracking.landmarker import Landmarker
    from engine.tracking.messages import Found
    from opposable.screens.play_screen import PlayScreen
    from opposable.screens.window import Window

    feed, landmarker = SharedFeed(task.memory), Landmarker(hand_model().read_bytes(), task.hands)
    identity, ticks = Identity(hands=task.hands, only=Side.RIGHT if task.hands == 1 else None), 0.0
    with tempfile.TemporaryDirectory() as folder:
        sitting = task.sitting(folder)
        window = Window("bench")
        screen = PlayScreen(window, Side.RIGHT)
        # What takes longer than a frame to paint is else painted by a second thread.
        screen.painter = window.painter(Side.RIGHT)
        log, before_s, going_on = Log(task.seconds), clock.now_s(), True
        while going_on:
            grabbed = feed.grab()
            if grabbed is None:
                continue
            image, captured_s = grabbed
            hands = landmarker.hands_in(image, captured_s)
            height, width = image.shape[:2]
            found = Found(0, captured_s, captured_s, captured_s, captured_s, width, height, hands)
            identity, sample = sample_of(identity, found)
            sitting.motion.feed(sample, clock.now_s())
            now_s = clock.now_s()
            ticks, before_s = ticks + (now_s - before_s) / TICK_S, now_s
            while ticks >= 1.0:
                sitting.session.tick(sitting.motion.tick(now_s))
                ticks -= 1.0
            if sample.right is not None or sample.left is not None:
                log.told(captured_s)
            window.show(screen.paint(sitting.session, sitting.motion, None, None))
            going_on = log.drawn()
        sitting.close()
        window.close()
    landmarker.close()
    answer.send(log.run())


def our_engine(task: Task, answer: "Connection[Run, object]") -> None:
    """The game as it is played."""
    from opposable.screens.live import Live
    from opposable.screens.play_screen import PlayScreen
    from opposable.screens.window import Window

    with tempfile.TemporaryDirectory() as folder:
        sitting = task.sitting(folder)
        window = Window("bench")
        source = open_for(task.level, sitting.source_name, Side.RIGHT, preview=True)
        live = Live(sitting, source, window, PlayScreen(window, Side.RIGHT))
        while not live.watch.seen:
            live.step()
        log = Log(task.seconds)
        live.on_the_way = Noted(sitting, log)
        while True:
            live.step()
            if not log.drawn():
                break
        model = source.status().model or "full"
        source.close()
        sitting.close()
        window.close()
    answer.send(replace(log.run(), model=model))


class Noted(OnTheWay):
    """Notes each hand as the game is told of it, which may be several in one picture's time."""

    def __init__(self, sitting: Sitting, log: Log) -> None:
        super().__init__(sitting.delays)
        self._hands, self._log = sitting.motion.hands, log

    def ticked(self, now_s: float) -> None:
        before = self.last_tick
        super().ticked(now_s)
        if self.last_tick is not before and not all(hand.absent for hand in self._hands.values()):
            self._log.told(self.last_tick[0])


def in_a_process(loop: "Callable[[Task, Connection[Run, object]], None]", task: Task) -> Run:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=loop, args=(task, sender))
    process.start()
    sender.close()
    run: Run = receiver.recv()
    process.join()
    return run


def compare(clip: Path, rate_hz: float, level: LevelFile, seconds: float, rounds: int) -> list[tuple[Run, Run]]:
    """(plain, ours), round by round."""
    with showing(clip, rate_hz) as memory:
        task = Task(memory, level, seconds)
        return [(in_a_process(plain_loop, task), in_a_process(our_engine, task)) for _ in range(rounds)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=a_clip)
    parser.add_argument("--level", default=LEVEL)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    on_any_machine()
    level = load_level(resolve_level(asked.level), all_games())
    for rate_hz in RATES_HZ:
        print(f"{rate_hz:.0f} pictures a second")
        told(compare(asked.clip, rate_hz, level, asked.seconds, asked.rounds))
    print("goal: below 1, above 1, below 1")


def told(pairs: list[tuple[Run, Run]]) -> None:
    for name, runs in (("plain loop", [plain for plain, _ in pairs]), ("our engine", [ours for _, ours in pairs])):
        for run in runs:
            print(
                f"{name}: frame p50 {run.frame_p50_ms:5.1f} ms  p99 {run.frame_p99_ms:5.1f} ms; "
                f"{run.hands_hz:4.1f} hands/s; picture to input {run.age_ms:5.1f} ms, "
                f"95 % within {run.age_p95_ms:5.1f}; {run.model} model"
            )
    p99 = np.median([ours.frame_p99_ms / plain.frame_p99_ms for plain, ours in pairs])
    rate = np.median([ours.hands_hz / plain.hands_hz for plain, ours in pairs])
    age = np.median([ours.age_ms / plain.age_ms for plain, ours in pairs])
    print(f"ours over plain: frame p99 {p99:.2f}, hands a second {rate:.2f}, picture to input {age:.2f}")


if __name__ == "__main__":
    main()
