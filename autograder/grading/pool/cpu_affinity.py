"""Which processor a worker keeps to.

Grader, candidate and examiner take turns: at any moment one of them runs and two wait. Where they
share a processor the next goes on within microseconds; to wake another processor up takes ten times
as long, some thousand times for each submission.
"""

import contextlib
import functools
import os
from collections.abc import Iterator
from pathlib import Path

SIBLINGS = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"


@contextlib.contextmanager
def one(number: int) -> Iterator[None]:
    """Keep this thread, and what it starts, to one processor; the `number`-th takes its own.

    Where a thread cannot be kept anywhere, as on macOS, it runs as it did.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    ordered = _ordered(frozenset(before))
    with contextlib.suppress(OSError):  # the machine may have fewer than it had
        os.sched_setaffinity(0, {ordered[number % len(ordered)]})
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, before)


@functools.cache
def _ordered(processors: frozenset[int]) -> tuple[int, ...]:
    """Order processors so that the first of each core come first: two of one core share it."""

    def place(processor: int) -> tuple[int, int]:
        try:
            text = Path(SIBLINGS.format(processor)).read_text(encoding="utf-8")
            return sorted(processors & _listed(text)).index(processor), processor
        except (OSError, ValueError):  # it says nothing of cores
            return 0, processor

    return tuple(sorted(processors, key=place))


def _listed(text: str) -> set[int]:
    """Read a list as the kernel writes it: `0-1,4`."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found
