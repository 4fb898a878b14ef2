"""What tracking in a process of its own costs: `python -m bench.tracking CLIP.mp4 [CLIP.mp4 ...]`.

Prints, for each clip, the rate and the share of frames with a hand as ratios to a bare MediaPipe loop over the same
pictures (1 would be free), and how long a result takes from MediaPipe's return to this process while the clip plays at
its own pace.
"""

import multiprocessing
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from engine import clock
from engine.sources.source import SourceState
from engine.tracking.inbox import Detection
from engine.tracking.model import hand_model
from engine.tracking.supervisor import Supervisor

ROUNDS = 3


@dataclass(frozen=True)
class Run:
    """Frames per second from the first result to the last, and the share of frames with a hand."""

    rate_hz: float
    with_hand: float


def bare_loop(clip: str, model: str, answer: "Connection[Run, object]") -> None:
    """MediaPipe and nothing else, in a process of its own: read, turn round, detect."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    import cv2

    from engine.tracking.landmarker import Landmarker

    cv2.setNumThreads(1)
    landmarker, capture = Landmarker(Path(model).read_bytes(), 1), cv2.VideoCapture(clip)
    landmarker.hands_in(np.full((480, 640, 3), 90, dtype=np.uint8), 0.0)
    done_s: list[float] = []
    found = 0
    while True:
        ok, image = capture.read()
        if not ok:
            break
        picture = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)
        found += bool(landmarker.hands_in(picture, (len(done_s) + 1) / 30))
        done_s.append(clock.now_s())
    landmarker.close()
    answer.send(Run((len(done_s) - 1) / (done_s[-1] - done_s[0]), found / len(done_s)))


def bare(clip: Path) -> Run:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=bare_loop, args=(str(clip), str(hand_model()), sender))
    process.start()
    sender.close()
    run: Run = receiver.recv()
    process.join()
    return run


def detections(written: str, every_one: bool) -> list[Detection]:
    supervisor = Supervisor(written, every_one=every_one)
    arrived: list[Detection] = []
    over = False
    while not over:
        over = supervisor.status().state in (SourceState.ENDED, SourceState.GONE)
        arrived += supervisor.take(0.2)
    supervisor.close()
    return arrived


def ours(clip: Path) -> Run:
    arrived = detections(f"video:{clip}?pace=fast", every_one=True)
    span_s = arrived[-1].received_s - arrived[0].received_s
    return Run((len(arrived) - 1) / span_s, sum(bool(one.found.hands) for one in arrived) / len(arrived))


def main(clips: Sequence[str]) -> None:
    for name in clips:
        clip = Path(name)
        pairs = [(bare(clip), ours(clip)) for _ in range(ROUNDS)]
        rate = statistics.median(our.rate_hz / alone.rate_hz for alone, our in pairs)
        share = statistics.median(our.with_hand / alone.with_hand for alone, our in pairs)
        paced = detections(f"video:{clip}", every_one=False)
        way_ms = [1000 * (one.received_s - one.found.detected_s) for one in paced]
        age_ms = [1000 * (one.received_s - one.found.captured_s) for one in paced]
        print(f"{clip.name}: bare loop {statistics.median(alone.rate_hz for alone, _ in pairs):.1f} frames/s")
        print(f"  rate to bare loop          {rate:.3f}")
        print(f"  frames with a hand to bare {share:.3f}")
        print(f"  MediaPipe to here, ms      p50 {np.percentile(way_ms, 50):.2f}  p99 {np.percentile(way_ms, 99):.2f}")
        print(f"  picture to here, ms        p50 {np.percentile(age_ms, 50):.1f}  p99 {np.percentile(age_ms, 99):.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
