"""Running the `opposable` command as a person does: in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def opposable(*words: str, home: Path, timeout_s: float = 100.0) -> Ran:
    """Run the command with its own data folder, and no screen."""
    env = {**os.environ, "OPPOSABLE_HOME": str(home), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    done = subprocess.run(
        [sys.executable, "-m", "opposable.cli", *words],
        capture_output=True, text=True, env=env, cwd=ROOT, timeout=timeout_s, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)
