"""How long `opposable --help` takes, beside an empty Python.

    python3 -m uv run python -m bench.startup

Goal: 0.4 s. The ratio to starting Python alone is what a busy machine cannot falsify.
"""

import subprocess
import sys
from statistics import median

from engine.clock import now_s

RUNS = 9


def seconds(*words: str) -> float:
    """Median of several runs."""
    took = []
    for _ in range(RUNS):
        began_s = now_s()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        took.append(now_s() - began_s)
    return median(took)


def main() -> None:
    bare, helped = seconds("-c", "pass"), seconds("-m", "opposable.cli", "--help")
    print(f"opposable --help: {helped:.3f} s, Python alone: {bare:.3f} s, ratio {helped / bare:.1f}")


if __name__ == "__main__":
    main()
