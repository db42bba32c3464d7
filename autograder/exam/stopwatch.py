"""Stopwatches of an examination: whether a cell, a call or a notebook has used up its time."""

import enum
import math
import os
import time
from collections.abc import Sequence

from autograder.exam.process import Process
from autograder.exam.processor_time import ProcessorTime, waiting_time_of_this_thread

UNMEASURED = 0.1
"""The part of a limit after which processes are first measured: most calls end sooner."""
SHORTEST_WAIT = 0.02
"""Seconds between two measurements at least."""
WAITS_AT_MOST = 1000
"""How many times its processor time a program that computes may wait for it; beyond, it sleeps.

Threads that only wake up now and then wait, too, while the program sleeps.
"""
PROCESSORS = os.cpu_count() or 1


class TimeLimit(enum.Enum):
    """Which limit on time is used up."""

    PROCESSOR = "used more than {:g} s of processor time"
    WALL = "took longer than {:g} s"


class Stopwatch:
    """Measures what processes use from now on, and the wall time.

    Wall time does not count while one of them, or this thread, is ready to run and has no
    processor. The first tenth of the limit does not count: measuring takes longer than most calls.

    Parameters
    ----------
    processes : sequence of Process
    cpu : float
        Seconds of processor time that each of them may use.
    wall : float
        Seconds of wall time.
    """

    def __init__(self, processes: Sequence[Process], cpu: float, wall: float) -> None:
        self.cpu, self.wall = cpu, wall
        self._processes = processes
        self._begin = 0.0
        self._before: list[ProcessorTime] = []
        self._next = time.monotonic() + UNMEASURED * min(cpu, wall)

    def used_up(self) -> TimeLimit | None:
        """Return the limit that is used up, or None."""
        now = time.monotonic()
        if now < self._next:
            return None
        own = ProcessorTime(float("inf"), waiting_time_of_this_thread())
        times = [own, *(process.processor_time() for process in self._processes)]
        if not self._before:
            self._begin, self._before = now, times
        pairs = list(zip(times, self._before, strict=True))
        used = max(time.used - before.used for time, before in pairs[1:])
        waited = sum(_waited(time, before) for time, before in pairs)
        left_of_wall = self.wall - (now - self._begin - waited)
        if used > self.cpu:
            return TimeLimit.PROCESSOR
        if left_of_wall <= 0:
            return TimeLimit.WALL
        left = min((self.cpu - used) / PROCESSORS, left_of_wall)
        self._next = now + max(SHORTEST_WAIT, left)
        return None

    def left(self) -> float:
        """Return the seconds until a limit can be used up; what is left is measured then."""
        return max(0.0, self._next - time.monotonic())

    def describe(self, limit: TimeLimit) -> str:
        """Return what was used up, as the predicate of a sentence."""
        return limit.value.format(self.cpu if limit is TimeLimit.PROCESSOR else self.wall)


def _waited(now: ProcessorTime, before: ProcessorTime) -> float:
    """Return the seconds that a program that computes has waited for a processor."""
    waited = max(0.0, now.waited - before.waited)
    if math.isinf(now.used):  # this thread: it only ever waits for what the others do
        return waited
    return min(waited, WAITS_AT_MOST * max(0.0, now.used - before.used))
