"""As submissions become more: what one more costs, what the writer holds, what two cores can do.

Measured on unit 00, which is small, so that what is not marking weighs most. Processor time is
counted, in a control group, as in `kernels`: seconds of a shared machine are not alike from one
minute to the next.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.kernels import SMALL, accounted
from benchmarks.parallel import SIZES, Watched, classroom, grade, row

ROUNDS = 3
"""Runs of a small class, whose middle one counts; a large one is its own mean."""
COMPUTE = "sum(i * i for i in range(20_000_000))"
"""Seconds of plain Python, which needs no memory."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    few, some, many = SIZES
    with accounted() as spent:
        short, middle = (
            statistics.median(_graded(size, spent)[0] for _ in range(ROUNDS))
            for size in (few, some)
        )
        whole, watched = _graded(many, spent)
    early = (middle - short) / (some - few)
    late = (whole - middle) / (many - some)
    one, two = (min(_side_by_side(number) for _ in range(ROUNDS)) for number in (1, 2))
    return [
        row("one more submission: after 100, after 10", 1e3 * late, 1e3 * early, "ms", "≥ 0.9"),
        row(
            f"memory of the writer from the {some}th to the {many}th",
            watched.memory[many] - watched.memory[some], None, "MB", "≤ 20",
        ),
        row(
            "this machine: plain Python in two processes side by side, one after the other",
            two, 2 * one, "s", "for comparison",
        ),
    ]  # fmt: skip


def _graded(size: int, spent: Callable[[], float]) -> tuple[float, Watched]:
    """Grade so many with two workers; return seconds of processor time, and what was seen."""
    with classroom(SMALL, size) as room:
        before = spent()
        watched = grade(room, [SMALL], 2)
        return spent() - before, watched


def _side_by_side(number: int) -> float:
    """Return the seconds until so many processes have computed the same."""
    began = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", COMPUTE]) for _ in range(number)]
    for process in running:
        process.wait()
    return time.monotonic() - began
