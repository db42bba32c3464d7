"""Call an answer that draws until it is content, and see to it that it comes to an end."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

DRAWS = 20
"""Calls of a generator allowed for each event of each draw: an honest answer needs one or two."""

METHODS = frozenset(("integers", "choice", "random", "permutation", "permuted", "shuffle"))


class EndlessError(Exception):
    """An answer goes on drawing for ever."""


class CountedGenerator(np.random.Generator):
    """A random generator that gives out a number of draws, then raises `EndlessError`.

    It draws what NumPy's own would. Grading passes it, and what is left, to the interpreter that
    runs the answer.

    Parameters
    ----------
    bits : np.random.BitGenerator
    most : int
        How many draws it gives.
    """

    def __init__(self, bits: np.random.BitGenerator, most: int) -> None:
        super().__init__(bits)
        self.left = most


def _counted(name: str) -> Callable[..., Any]:
    """Return a method of NumPy's generator that counts its calls."""
    draw = getattr(np.random.Generator, name)

    @wraps(draw)
    def method(self: CountedGenerator, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise EndlessError(
                "it draws again and again and never comes to an end. Does each draw hold as many "
                "events as the sample?"
            )
        return draw(self, *args, **kwargs)

    return method


for _name in METHODS:
    setattr(CountedGenerator, _name, _counted(_name))


def patient(bootstrap: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``bootstrap(y, score, n, rng)`` with an end to its draws.

    Once a call has not ended, every further call raises the same `EndlessError` at once.
    """
    endless: list[EndlessError] = []

    def call(y: Any, score: Any, n: int, rng: np.random.Generator) -> Any:
        if endless:
            raise endless[0]
        bits = np.random.PCG64(int(rng.integers(2**32)))
        try:
            return bootstrap(y, score, n, CountedGenerator(bits, DRAWS * n * len(y) + 2000))
        except Exception as error:
            if type(error).__name__ != EndlessError.__name__:  # of another interpreter, the name
                raise
            endless.append(EndlessError(str(error)))
            raise endless[0] from error

    return call
