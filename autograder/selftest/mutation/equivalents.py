"""Mutants that no check can catch, because they are right: listed with the reason.

`answers/UNIT/equivalent.toml` holds them. An entry names the exercise, the right answers (as in the
catalogue, or `solution`), the line that the change takes away, those that it puts in, one of which
makes a mutant each, and the reason::

    [[split]]
    in = ["solution", "slices"]
    was = "order = rng.permutation(len(y))"
    now = ["order = rng.permutation(len(X))"]
    reason = "X and y have the same number of rows."
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder import paths

FIELDS = {"in": list, "was": str, "now": list, "reason": str}


class EquivalentsError(ValueError):
    """The list of a unit is invalid; the message names the entry."""


@dataclass(frozen=True)
class Equivalent:
    """A mutant that is right.

    Attributes
    ----------
    exercise, answer, was, now : str
        As those of `mutants.Mutant`.
    reason : str
        Why it is right, in words that a reader can follow.
    """

    exercise: str
    answer: str
    was: str
    now: str
    reason: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what tells it from others."""
        return self.exercise, self.answer, self.was, self.now


def equivalents(unit: str) -> dict[tuple[str, str, str, str], Equivalent]:
    """Read the equivalent mutants of a unit; none if it has no list.

    Raises
    ------
    EquivalentsError
        If an entry lacks a field or has one too many, gives no reason, or stands twice.
    """
    path = paths.ANSWERS / unit / "equivalent.toml"
    found: dict[tuple[str, str, str, str], Equivalent] = {}
    if not path.exists():
        return found
    for exercise, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for entry in entries:
            for item in _read(f"{path.parent.name}, {exercise}", exercise, entry):
                if item.key in found:
                    raise EquivalentsError(f"{unit}, {exercise}: {item.now!r} stands twice")
                found[item.key] = item
    return found


def _read(where: str, exercise: str, entry: dict[str, Any]) -> Iterator[Equivalent]:
    kinds = {name: type(value) for name, value in entry.items()}
    if kinds != FIELDS:
        raise EquivalentsError(f"{where}: {entry} has {kinds}; expected {FIELDS}")
    if len(entry["reason"].split()) < 3:
        raise EquivalentsError(f"{where}: {entry['now']} has no reason")
    for answer in entry["in"]:
        for now in entry["now"]:
            yield Equivalent(exercise, answer, entry["was"], now, entry["reason"])
