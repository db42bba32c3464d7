"""Scaling with the number of submissions: cost of one more, the writer's memory, two cores.

Measured on unit 00, which is small, so that everything but marking weighs most. CPU time is counted
in a control group, as in `kernels`, because the speed of a shared machine varies.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from benchmarks._rows import row
from benchmarks.kernels import SMALL, count_cpu_time
from benchmarks.parallel import recorded_times, small_class, start

FEW, MANY = 10, 1000
"""Range of submissions over which cost should grow linearly; its two halves are compared."""
SETTLED = 100
"""Number of recorded submissions at which the writer's memory is first measured."""
POLL_INTERVAL = 0.5
"""Seconds between two counts of recorded submissions; counting costs time."""
ROUNDS = 3
"""Repetitions of measuring the machine itself; the best counts."""
COMPUTE = "sum(i * i for i in range(20_000_000))"
"""Plain Python that runs for seconds and needs little memory."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    seen = _measure_grading()
    seconds = {count: seen(count)[0] for count in (FEW, (FEW + MANY) // 2, MANY)}
    early, late = (1e3 * (b - a) / (MANY - FEW) * 2 for a, b in pairwise(seconds.values()))
    one, two = (min(_run_in_parallel(number) for _ in range(ROUNDS)) for number in (1, 2))
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


def _measure_grading() -> Callable[[int], list[float]]:
    """Grade many submissions with two workers.

    Returns
    -------
    callable
        Takes a number of recorded submissions; returns the CPU seconds spent by then, and the
        writer's memory in MB.
    """
    counts: list[int] = []
    samples = []
    with count_cpu_time() as spent, small_class(SMALL, MANY) as class_folder:
        process = start(class_folder, [SMALL], 2)
        while process.poll() is None and counts[-1:] != [MANY]:
            time.sleep(POLL_INTERVAL)
            counts.append(len(recorded_times(class_folder)))
            samples.append((spent(), process.memory_info().rss / 1e6))
        errors = process.communicate()[1]
    if process.returncode:
        raise RuntimeError(errors.decode())
    return lambda count: [
        float(np.interp(count, counts, each)) for each in zip(*samples, strict=True)
    ]


def _run_in_parallel(number: int) -> float:
    """Return the seconds that so many processes take to run `COMPUTE` in parallel."""
    began = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", COMPUTE]) for _ in range(number)]
    for process in running:
        process.wait()
    return time.monotonic() - began
