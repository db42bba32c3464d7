"""All mutants of a right answer: each differs from it by one small change."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.selftest.mutation.operators import (
    arithmetic,
    chance,
    flow,
    inputs,
    names,
    places,
    results,
)
from autograder.selftest.mutation.trees import AnswerTree, Changes, changed_lines

OPERATORS: dict[str, Callable[[AnswerTree], Changes]] = {
    "an operator": arithmetic.operators,
    "a comparison": arithmetic.comparisons,
    "a constant": arithmetic.constants,
    "an index": places.indices,
    "an axis or an option": places.axes,
    "a slice": places.slices,
    "a range": places.ranges,
    "a statement dropped": flow.statements,
    "a condition": flow.conditions,
    "a loop": flow.loops,
    "a name": names.variables,
    "an order": names.order,
    "a function": names.functions,
    "a type of number": results.number_types,
    "a copy": results.copies,
    "shuffled in part": chance.shuffles,
    "sorted in part": chance.sorts,
    "a generator": chance.generators,
    "right for some inputs": inputs.kinds_of_input,
    "kept between calls": inputs.memories,
    "a list kept between calls": inputs.kept_lists,
}
"""The kinds of change, by what is changed."""


@dataclass(frozen=True)
class Mutant:
    """A right answer with one change.

    Attributes
    ----------
    exercise, answer : str
        The exercise, and the right answer's name in the catalogue, or `solution`.
    kind : str
        A key of `OPERATORS`.
    was, now : str
        The lines that the change takes away and puts in, as `trees.changed_lines` gives them.
    source : str
        The whole answer.
    """

    exercise: str
    answer: str
    kind: str
    was: str
    now: str
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what the list of equivalent mutants knows it by."""
        return self.exercise, self.answer, self.was, self.now


def make(answer: AnswerTree, exercise: str, name: str, taken: set[str]) -> Iterator[Mutant]:
    """Yield the mutants of an answer whose code is not in `taken`, to which it is added."""
    taken.add(answer.text)
    for kind, operator in OPERATORS.items():
        for target, replacement in operator(answer):
            source = answer.after(target, replacement)
            if source not in taken and _compiles(source):
                taken.add(source)
                was, now = changed_lines(answer.text, source)
                yield Mutant(exercise, name, kind, was, now, source)


def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, "<mutant>", "exec")
    except (SyntaxError, ValueError):
        return False
    return True
