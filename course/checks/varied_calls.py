"""Calls that differ from each other in one argument."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from course.checks.observation import Observation, Parts, call


def varied_calls(
    function: Callable[..., Any],
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    *,
    by: str = "",
    parts: Parts = None,
) -> Iterator[Observation]:
    """Observe `function(**first)`, then once for each name in `second` with that argument changed.

    An answer that keeps something from an earlier call, or leaves an argument out, gives a wrong
    result in one of them.
    """
    yield call(function, by=by, parts=parts, **first)
    for name, value in second.items():
        yield call(function, by=by, parts=parts, **{**first, name: value})
