"""A budget of random draws, so that an answer that draws in an endless loop is stopped."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

DRAWS = 20
"""Calls of a generator allowed per event and draw of a sample; a right answer needs one or two."""

METHODS = frozenset(("integers", "choice", "random", "permutation", "permuted", "shuffle"))

ENDLESS = (
    "it draws again and again and never comes to an end. Does each draw hold as many events as "
    "the sample?"
)


class DrawBudgetError(Exception):
    """An answer has used up its budget of random draws."""


class CountedGenerator(np.random.Generator):
    """A random generator that allows a number of draws, then raises `DrawBudgetError`.

    Its numbers are those of NumPy's own generator. Grading passes it, with the draws left, to the
    interpreter that runs the answer.

    Parameters
    ----------
    bits : np.random.BitGenerator
    budget : int
        The number of draws allowed.
    """

    def __init__(self, bits: np.random.BitGenerator, budget: int) -> None:
        super().__init__(bits)
        self.left = budget

    def spawn(self, n_children: int) -> list[np.random.Generator]:
        """Return independent generators; each costs a draw, and has what is left then."""
        self.left -= n_children
        if self.left < 0:
            raise DrawBudgetError(ENDLESS)
        bits = self.bit_generator.spawn(n_children)
        return [CountedGenerator(child, self.left) for child in bits]


def _counted(name: str) -> Callable[..., Any]:
    """Return a method of NumPy's generator that counts its calls."""
    draw = getattr(np.random.Generator, name)

    @wraps(draw)
    def method(self: CountedGenerator, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise DrawBudgetError(ENDLESS)
        return draw(self, *args, **kwargs)

    return method


for _name in METHODS:
    setattr(CountedGenerator, _name, _counted(_name))


def with_draw_budget(bootstrap: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``bootstrap(y, score, n, rng)`` with a budget of draws for each call.

    Each call gets a generator of its own, seeded by ``rng``, unless that counts its draws already.
    After a call has exceeded its budget, every further call raises the same `DrawBudgetError` at
    once.
    """
    exceeded: list[DrawBudgetError] = []

    def call(y: Any, score: Any, n: int, rng: np.random.Generator) -> Any:
        if exceeded:
            raise exceeded[0]
        if not isinstance(rng, CountedGenerator):
            rng = CountedGenerator(np.random.PCG64(int(rng.integers(2**32))), 0)
        rng.left = int(DRAWS * n * len(y)) + 2000
        try:
            return bootstrap(y, score, n, rng)
        except Exception as error:
            # An exception from another interpreter keeps only the name of its class.
            if type(error).__name__ != DrawBudgetError.__name__:
                raise
            exceeded.append(DrawBudgetError(str(error)))
            raise exceeded[0] from error

    call.__name__ = getattr(bootstrap, "__name__", "your function")
    return call
