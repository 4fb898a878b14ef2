"""A session for the tests that end processes by force: it acknowledges every trial after it was written down.

Run as `python -m tests.engine.play.scripted_session <folder> <trials>`.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from engine.hand import Side
from engine.inputs import GameInput, HandInput, Tracking
from engine.play.game import TrialEnded
from engine.play.levelfile import read_level
from engine.play.record import header_for
from engine.play.results import ResultsWriter, result_of
from engine.play.tape import TapeWriter
from tests.engine.play.toy import GOOD, TOYS

TICKS_A_TRIAL = 90


def run(folder: Path, trials: int) -> None:
    level = read_level(GOOD.encode(), Path("levels/toy/01_first.yaml"), TOYS)
    header = header_for(
        level, seed=1, affected_side=Side.RIGHT, source="script", started=datetime(2025, 1, 1, tzinfo=UTC)
    )
    tape, results = TapeWriter(folder / "tape.jsonl", header), ResultsWriter(folder / "results.jsonl", header)
    for n in range(trials):
        for tick in range(TICKS_A_TRIAL):
            seen = HandInput(Tracking.TRACKED, {"fist": tick / TICKS_A_TRIAL, "wrist": n / trials})
            tape.tick(GameInput(seen, difficulty=n % 10))
        ended = TrialEnded(n, n % 4 != 3, None if n % 4 != 3 else "dropped", 1.5, n % 10)
        tape.event(ended)
        results.trial(result_of(ended, tracked=1.0))
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()
    results.close()
    tape.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
