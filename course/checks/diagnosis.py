"""Misconception diagnosis: match an answer's outcomes with those of known mistakes.

Names and hints come from the docstrings of `answers/UNIT/EXERCISE/wrong/`, by the stored outcomes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.checks.observation import Outcome, agree


@dataclass(frozen=True)
class Mistake:
    """A known mistake, its hint, and the outcomes of an answer that makes it."""

    name: str
    hint: str
    outcomes: tuple[Outcome, ...]


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
) -> Mistake | None:
    """Return the mistake that explains most of how `given` differs from `right`.

    A mistake explains an answer if the answer shows every symptom of the mistake, with the same
    value. The answer may show more symptoms: a student who forgets 1/m may also forget something
    else. Of mistakes that explain equally much, the first is returned.

    A failed invariant, a string or an exception can have many causes. A mistake with no other
    symptoms is named only if it explains every difference.
    """
    wrong = symptoms(right, given)
    best, explained = None, 0
    for mistake in mistakes:
        signs = symptoms(right, mistake.outcomes)
        if not signs or not signs <= wrong:
            continue
        if signs != wrong and not any(_is_specific(mistake.outcomes[i]) for i in signs):
            continue
        if len(signs) > explained and all(agree(mistake.outcomes[i], given[i]) for i in signs):
            best, explained = mistake, len(signs)
    return best


def _is_specific(outcome: Outcome) -> bool:
    """Tell whether an outcome holds numbers, which another mistake is unlikely to give as well."""
    return not (outcome.raised or outcome.value is None or isinstance(outcome.value, bool | str))
