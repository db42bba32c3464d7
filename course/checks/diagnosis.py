"""Misconception diagnosis: match an answer's outcomes with those of known mistakes.

Names and hints come from the docstrings of `answers/UNIT/EXERCISE/wrong/`, by the stored outcomes:
to change one, edit it there (`answers/README.md`) and run `autograder build`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from course.checks.difference import agree
from course.checks.observation import Outcome

TELLING = 3
"""Whole numbers below this, alone, are no evidence: many mistakes give 0, 1 or 2."""
FEW_WORDS = 3
"""So many words of a message, all in another, are no chance."""
LEAST_SHARE = 1 / 3
"""Of all differences, what a mistake must account for to be worth a word."""


@dataclass(frozen=True)
class Mistake:
    """A known mistake, its hint, and the outcomes of an answer that makes it."""

    name: str
    hint: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Diagnosis:
    """What known mistakes account for.

    Attributes
    ----------
    mistakes : tuple of Mistake
        One, or two which concern different observations.
    unexplained : tuple of int
        The positions of the differences that they do not account for.
    """

    mistakes: tuple[Mistake, ...]
    unexplained: tuple[int, ...] = ()


def symptoms(right: Sequence[Outcome], given: Sequence[Outcome]) -> frozenset[int]:
    """Return the positions at which `given` differs from `right`.

    Examples
    --------
    >>> sorted(symptoms([Outcome(1.0), Outcome(2.0)], [Outcome(1.0), Outcome(raised="KeyError")]))
    [1]
    """
    return frozenset(i for i, pair in enumerate(zip(right, given, strict=True)) if not agree(*pair))


def diagnose(
    right: Sequence[Outcome], given: Sequence[Outcome], mistakes: Iterable[Mistake]
) -> Diagnosis | None:
    """Return the mistake that explains how `given` differs from `right`, or None.

    A mistake comes into question if the answer shows every symptom of it, with the same value. It
    is recognised if that accounts for all that differs; two are, if only both together do. Where
    something else differs as well, the one that explains most is returned with what it leaves
    unexplained: the answer may hold that mistake and another, or quite another.

    A failed invariant, a statement, an exception or a small whole number can have many causes. A
    mistake with no other symptoms is recognised only if it explains all.
    """
    wrong = symptoms(right, given)
    found = [
        (mistake, signs)
        for mistake in mistakes
        if (signs := symptoms(right, mistake.outcomes))
        and signs <= wrong
        and all(_alike(mistake.outcomes[i], given[i]) for i in signs)
    ]
    for mistake, signs in found:
        if signs == wrong:
            return Diagnosis((mistake,))
    telling = [pair for pair in found if any(_is_specific(pair[0].outcomes[i]) for i in pair[1])]
    for (one, signs), (other, more) in combinations(telling, 2):
        if signs | more == wrong and one.name != other.name:
            return Diagnosis((one, other))
    if not telling:
        return None
    best, explained = max(telling, key=lambda pair: len(pair[1]))
    if len(explained) < LEAST_SHARE * len(wrong):
        return None
    return Diagnosis((best,), tuple(sorted(wrong - explained)))


def _alike(one: Outcome, other: Outcome) -> bool:
    """Tell whether two outcomes agree, and, if both are exceptions, say much the same."""
    return agree(one, other) and (not one.raised or say_the_same(one.message, other.message))


def say_the_same(one: str, other: str) -> bool:
    """Tell whether two messages have half of their words in common, or one is more of the other.

    Their numbers depend on the inputs, and their wording a little on the versions of libraries:
    Pythons differ in whether they add where a recursion was too deep.

    Examples
    --------
    >>> say_the_same("size 2 is different from 6", "size 3 is different from 5")
    True
    >>> say_the_same("size 2 is different from 6", "'NoneType' object is not iterable")
    False
    """
    words, others = (set(re.findall(r"[^\W\d]+", text)) for text in (one, other))
    common = words & others
    is_more = len(common) >= FEW_WORDS and common in (words, others)
    return is_more or 2 * len(common) >= len(words | others)


def _is_specific(outcome: Outcome) -> bool:
    """Tell whether an outcome holds numbers that another mistake is unlikely to give as well."""
    return not outcome.raised and _is_telling(outcome.value)


def _is_telling(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_is_telling, value.values()))
    if isinstance(value, tuple):
        return any(map(_is_telling, value))
    if value is None or isinstance(value, bool | str):
        return False
    numbers = np.asarray(value)
    finite = numbers[np.isfinite(numbers)]
    small = np.isin(finite, np.arange(1 - TELLING, TELLING))
    return finite.size > TELLING or not small.all()
