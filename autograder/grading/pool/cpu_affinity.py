"""Pin each worker to one CPU.

Grader, candidate and examiner take turns: at any moment one of them runs and two wait. On a shared
CPU the next one continues within microseconds; waking another CPU takes ten times as long, about a
thousand times for each submission.
"""

import contextlib
import functools
import os
from collections.abc import Iterator
from pathlib import Path

SIBLINGS = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"


@contextlib.contextmanager
def pin_to_cpu(number: int) -> Iterator[None]:
    """Pin this thread and its child processes to one CPU, a different one for each `number`.

    Without CPU affinity, as on macOS, this does nothing.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    ordered = _cores_first(frozenset(before))
    with contextlib.suppress(OSError):  # a CPU may have gone offline
        os.sched_setaffinity(0, {ordered[number % len(ordered)]})
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, before)


@functools.cache
def _cores_first(cpus: frozenset[int]) -> tuple[int, ...]:
    """Order CPUs so that the first of each core come first: those of one core share it."""

    def place(cpu: int) -> tuple[int, int]:
        try:
            text = Path(SIBLINGS.format(cpu)).read_text(encoding="utf-8")
            return sorted(cpus & _parse_cpu_list(text)).index(cpu), cpu
        except (OSError, ValueError):  # the topology is not known
            return 0, cpu

    return tuple(sorted(cpus, key=place))


def _parse_cpu_list(text: str) -> set[int]:
    """Parse the kernel's list format: `0-1,4`."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found
