"""What a mutant calls: shuffling in part, narrowed numbers, results that are kept between calls."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np


def unshuffled(order: Any) -> Any:
    """Return the rows of a shuffled order as they stood before."""
    return np.sort(order, axis=0)


def rolled(order: Any) -> Any:
    """Return the rows as they stood, begun at another place."""
    return np.roll(unshuffled(order), np.argmax(order), axis=0)


def half_shuffled(order: Any) -> Any:
    """Return an order of which the first half alone is shuffled."""
    order = np.array(order)
    half = len(order) // 2
    ranks = np.sort(order[:half], axis=0), np.sort(order[half:], axis=0)
    return np.concatenate([order[:half], ranks[1]]) if half else order


def last_stays(order: Any) -> Any:
    """Return an order in which the last row is always last."""
    order = np.array(order)
    last = np.argmax(order)
    return np.concatenate([np.delete(order, last), order[last : last + 1]])


def with_repeats(order: Any, rng: np.random.Generator) -> Any:
    """Return rows drawn anew, so that some come twice and others never."""
    return rng.choice(order, size=len(order))


def whole(value: Any) -> Any:
    """Cut numbers to whole ones."""
    return np.asarray(value).astype(int)


def half_precision(value: Any) -> Any:
    """Round numbers to the three digits of half precision."""
    return np.asarray(value).astype(np.float16)


def kept_between_calls(*ignored: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator by which a function gives its first result again.

    It does so when all arguments are as before, apart from those that are ignored.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        results: dict[Any, Any] = {}

        @functools.wraps(function)
        def kept(*arguments: Any, **named: Any) -> Any:
            given = dict(zip(names, arguments, strict=False)) | named
            key = repr([_key(given.get(name)) for name in names if name not in ignored])
            if key not in results:
                results[key] = function(*arguments, **named)
            return results[key]

        return kept

    return decorate


def _key(value: Any) -> Any:
    if isinstance(value, dict):
        return [(name, _key(item)) for name, item in value.items()]
    if isinstance(value, list | tuple):
        return [_key(item) for item in value]
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.random.Generator):
        return "generator"
    return id(value) if callable(value) else value


NAMES: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        unshuffled,
        rolled,
        half_shuffled,
        last_stays,
        with_repeats,
        whole,
        half_precision,
        kept_between_calls,
    )
}
"""These functions as a mutant finds them."""
