"""How long tests wait, in one place, and how.

A test waits for a condition, with room for the busiest machine: what never comes is noticed later
then, and nothing else changes. How fast anything is, no test asserts; `benchmarks` measures it.
"""

import time
from collections.abc import Callable
from typing import TypeVar

TIMEOUT = 300.0
"""Seconds within which whatever a test waits for happens, on any machine that is not broken."""
MILLISECONDS = 1000 * TIMEOUT
"""The same for a browser."""
_INTERVAL = 0.02

T = TypeVar("T")


def wait_until(condition: Callable[[], T], expected: str = "") -> T:
    """Wait until `condition` returns something true; return that.

    Raises
    ------
    AssertionError
        After `TIMEOUT` seconds, with what was `expected`.
    """
    end = time.monotonic() + TIMEOUT
    while not (found := condition()):
        assert time.monotonic() < end, expected or "what was waited for never came"
        time.sleep(_INTERVAL)
    return found
