"""How long an answer takes, whatever other work the machine does meanwhile."""

import copy
import time
from collections.abc import Callable
from typing import Any

HOPELESS = 4
"""From this many times the limit on, an answer is slow without a further chance."""

SPIN = 0.5
"""The longest time, in s, to measure what share of a processor this interpreter gets."""

LEAST_SHARE = 0.1
"""The smallest share that counts: a candidate must not look fast because it loads the machine."""


def is_faster(function: Callable[..., Any], limit: float, *arguments: Any) -> bool:
    """Tell whether a call takes less than `limit` of processor time, in s; near it, the best of 3.

    Each call gets copies of the arguments.
    """
    for _ in range(3):
        taken = processor_time(function, *copy.deepcopy(arguments), enough=limit)
        if not limit <= taken < HOPELESS * limit:
            break
    return taken < limit


def processor_time(function: Callable[..., Any], *arguments: Any, enough: float = 0.0) -> float:
    """Return the processor time of a call, in s: other work on the machine hardly changes it.

    A function in another interpreter, as in an examination, is timed by the wall clock, since the
    student's code could set any clock of its own. If that is `enough` or more, it counts by the
    share of a processor that this interpreter gets right after the call.

    Examples
    --------
    >>> processor_time(time.sleep, 0.1) < 0.05
    True
    """
    wall, processor = time.perf_counter(), time.thread_time()
    function(*arguments)
    wall, processor = time.perf_counter() - wall, time.thread_time() - processor
    if not hasattr(function, "__in_place__"):
        return processor
    return wall if wall < enough else wall * _processor_share(min(wall, SPIN))


def _processor_share(seconds: float) -> float:
    """Return the share of a processor that this thread gets in the next `seconds`."""
    wall, processor = time.perf_counter(), time.thread_time()
    while time.perf_counter() < wall + seconds:
        pass
    share = (time.thread_time() - processor) / (time.perf_counter() - wall)
    return max(share, LEAST_SHARE)
