"""Name the mistake: match what an answer gave with what known mistakes give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.checks.observation import Seen, agree


@dataclass(frozen=True)
class Mistake:
    """A known mistake, the hint it gets, and what an answer that makes it gives."""

    name: str
    hint: str
    seen: tuple[Seen, ...]


def symptoms(right: Sequence[Seen], given: Sequence[Seen]) -> frozenset[int]:
    """Return the positions at which `given` differs from `right`."""
    return frozenset(i for i, pair in enumerate(zip(right, given, strict=True)) if not agree(*pair))


def recognise(
    right: Sequence[Seen], given: Sequence[Seen], mistakes: Iterable[Mistake]
) -> Mistake | None:
    """Return the mistake that explains most of how `given` differs from `right`.

    A mistake explains an answer when the answer shows every symptom of the mistake, with the same
    value. The answer may show more: one who forgets 1/m may also forget something else. Among
    mistakes that explain equally much, the one that also fits where it shows no symptom wins.

    A law that fails, a word or an exception can have many causes. A mistake with no other symptoms
    must explain everything, or it is not named.
    """
    wrong = symptoms(right, given)
    best, best_rank = None, (0, 0)
    for mistake in mistakes:
        signs = symptoms(right, mistake.seen)
        if not signs or not signs <= wrong:
            continue
        if signs != wrong and not any(_telling(mistake.seen[i]) for i in signs):
            continue
        if all(agree(mistake.seen[i], given[i]) for i in signs):
            rank = (len(signs), int(signs == wrong))
            if rank > best_rank:
                best, best_rank = mistake, rank
    return best


def _telling(seen: Seen) -> bool:
    """Tell whether a note holds numbers, which another mistake would hardly give as well."""
    return not (seen.raised or seen.value is None or isinstance(seen.value, bool | str))
