"""What the machine held up is told: much of it beside a program that wants the same processor, next to none alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.clock import now_s
from tests.holdups import HoldUps

BUSY = "while True: pass"
WORK_S = 0.6


@contextmanager
def beside(others: int) -> Iterator[None]:
    """So many programs that want all they can get of the one processor that is left to us all."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(others)]
    try:
        yield
    finally:
        for program in busy:
            program.kill()
            program.wait()
        os.sched_setaffinity(0, all_of_them)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long a process stood ready")
def test_what_the_machine_held_up_is_told_and_what_a_program_took_is_not() -> None:
    with beside(3):
        began_s, held_up = now_s(), HoldUps()
        used = os.times()
        while now_s() - began_s < WORK_S:
            pass
        told_s, ended = held_up.so_far_s, os.times()
    ours_s = ended.user + ended.system - used.user - used.system
    assert told_s == pytest.approx(WORK_S - ours_s, abs=0.15)


def test_sleeping_is_no_hold_up() -> None:
    held_up, began_s = HoldUps(), now_s()
    subprocess.run([sys.executable, "-c", "import time; time.sleep(1.0)"], check=True)
    assert held_up.so_far_s < (now_s() - began_s) - 0.5
