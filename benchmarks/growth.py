"""As submissions become more: what one more costs, what the writer holds, what two cores can do.

Measured on unit 00, which is small, so that what is not marking weighs most. Processor time is
counted, in a control group, as in `kernels`: seconds of a shared machine are not alike from one
minute to the next.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from benchmarks._rows import row
from benchmarks.kernels import SMALL, accounted
from benchmarks.parallel import classroom, recorded, start

FEW, MANY = 10, 1000
"""Submissions between which a line should be straight; its two halves are compared."""
SETTLED = 100
"""How many are recorded when the writer's memory is looked at first."""
POLL_INTERVAL = 0.5
"""Seconds between two looks at how much is recorded; looking costs time."""
ROUNDS = 3
"""Times that the machine itself is measured; the best counts."""
COMPUTE = "sum(i * i for i in range(20_000_000))"
"""Seconds of plain Python, which needs no memory."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    seen = _graded()
    seconds = {count: seen(count)[0] for count in (FEW, (FEW + MANY) // 2, MANY)}
    early, late = (1e3 * (b - a) / (MANY - FEW) * 2 for a, b in pairwise(seconds.values()))
    one, two = (min(_side_by_side(number) for _ in range(ROUNDS)) for number in (1, 2))
    return [
        row(
            f"one more submission, in the second half from {FEW} to {MANY} beside the first half",
            late, early, "ms", "at most 1.11 times slower",
        ),
        row(
            f"memory that the writer gains from the {SETTLED}th to the {MANY}th",
            seen(MANY)[1] - seen(SETTLED)[1], None, "MB", "at most 20 MB",
        ),
        row(
            "this machine: plain Python in two processes at once beside one after the other",
            two, 2 * one, "s", "for comparison",
        ),
    ]  # fmt: skip


def _graded() -> Callable[[int], list[float]]:
    """Grade many with two workers.

    Returns
    -------
    callable
        Takes a number of recorded submissions; returns the seconds of processor time spent by
        then, and the megabytes that the writer held.
    """
    counts, looks = [], []
    with accounted() as spent, classroom(SMALL, MANY) as room:
        process = start(room, [SMALL], 2)
        while process.poll() is None and counts[-1:] != [MANY]:
            time.sleep(POLL_INTERVAL)
            counts.append(len(recorded(room)))
            looks.append((spent(), process.memory_info().rss / 1e6))
        said = process.communicate()[1]
    if process.returncode:
        raise RuntimeError(said.decode())
    return lambda count: [
        float(np.interp(count, counts, each)) for each in zip(*looks, strict=True)
    ]


def _side_by_side(number: int) -> float:
    """Return the seconds until so many processes have computed the same."""
    began = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", COMPUTE]) for _ in range(number)]
    for process in running:
        process.wait()
    return time.monotonic() - began
