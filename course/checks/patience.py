"""Call an answer that draws until it is content, and see to it that it comes to an end."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

DRAWS = 20
"""Calls of a generator allowed for each event of each draw: an honest answer needs one or two."""

PATIENCE = 10.0
"""Seconds after which a call that failed has been cut short by whoever watches it."""

METHODS = frozenset(("integers", "choice", "random", "permutation", "permuted", "shuffle"))


class EndlessError(Exception):
    """An answer goes on drawing for ever."""


class CountedGenerator(np.random.Generator):
    """A random generator that gives out a number of draws, then raises `EndlessError`.

    Parameters
    ----------
    seed : int
    most : int
        How many draws it gives.
    """

    def __init__(self, seed: int, most: int) -> None:
        super().__init__(np.random.PCG64(seed))
        self.left = most

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute, and count it if it draws."""
        if name in METHODS:
            self.left -= 1
            if self.left < 0:
                raise EndlessError(
                    "it draws again and again and never comes to an end. Does each draw hold as "
                    "many events as the sample?"
                )
        return super().__getattribute__(name)


def patient(bootstrap: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``bootstrap(y, score, n, rng)`` with an end to its draws.

    Once a call has not ended, every further call raises the same `EndlessError` at once. A function
    in another interpreter draws from a copy that does not count: there the time that passed tells.
    """
    endless: list[EndlessError] = []

    def call(y: Any, score: Any, n: int, rng: np.random.Generator) -> Any:
        if endless:
            raise endless[0]
        counted = CountedGenerator(int(rng.integers(2**32)), DRAWS * n * len(y) + 2000)
        begin = time.perf_counter()
        try:
            return bootstrap(y, score, n, counted)
        except Exception as error:
            late = time.perf_counter() - begin > PATIENCE
            if late or isinstance(error, EndlessError):
                endless.append(error if isinstance(error, EndlessError) else EndlessError())
                raise endless[0] from error
            raise

    return call
