"""Judge right answers that were rewritten without a change of meaning: none may be refused."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from autograder.selftest.mutation.judging import Judgement, Judges, Question
from autograder.selftest.mutation.right_ones import prepare_judges
from autograder.selftest.mutation.trees import AnswerTree
from autograder.selftest.rewriting.spelling import RULES
from autograder.selftest.rewriting.wrapping import FORMS, GIVEN_LISTS

SECONDS = 60.0
"""Processor time that a rewritten answer may take."""
LISTS_GIVEN = "lists given for arrays"
SINGLE_PRECISION = "single precision"
"""Results rounded to it may be refused, if the message says so."""


@dataclass(frozen=True)
class Rewrite:
    """A right answer in another form.

    Attributes
    ----------
    exercise, answer : str
        The exercise, and the answer's name in the catalogue, or `solution`.
    kind : str
        A key of `RULES` or `FORMS`.
    source : str
    """

    exercise: str
    answer: str
    kind: str
    source: str


@dataclass
class RewriteTally:
    """Results for the rewritten answers of one unit.

    Attributes
    ----------
    kinds : dict of str to [int, int]
        By kind of rewriting: how many were accepted by both checks, and how many there are.
    refused : list of (Rewrite, Judgement)
    """

    kinds: dict[str, list[int]] = field(default_factory=dict)
    refused: list[tuple[Rewrite, Judgement]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures that `autograder selftest rewrites --json` prints."""
        made = sum(of for _, of in self.kinds.values())
        return {"made": made, "accepted": made - len(self.refused), "refused": len(self.refused)}

    def complaints(self, unit: str) -> Iterator[str]:
        """Yield a paragraph for each right answer that was refused."""
        for rewrite, judgement in self.refused:
            yield (
                f"{unit} {rewrite.exercise} {rewrite.answer}, {rewrite.kind}: a right answer was "
                f"refused: {judgement.message}"
            )


def tally_rewrites(
    unit: str, exercises: Sequence[str], workers: int, on_progress: Callable[[int, int], None]
) -> RewriteTally:
    """Rewrite and judge the right answers of one unit in processes forked from this one."""
    checks, answers = prepare_judges(unit, exercises)
    rewrites = [
        rewrite for exercise, found in answers.items() for rewrite in _all(checks, exercise, found)
    ]
    questions = [Question(item.exercise, item.source, SECONDS) for item in rewrites]
    judged = checks.judge(questions, workers, lambda done: on_progress(done, len(questions)))
    tally = RewriteTally()
    for rewrite, judgement in zip(rewrites, judged, strict=True):
        counts = tally.kinds.setdefault(rewrite.kind, [0, 0])
        counts[1] += 1
        if _is_accepted(rewrite, judgement):
            counts[0] += 1
        else:
            tally.refused.append((rewrite, judgement))
    return tally


def _is_accepted(rewrite: Rewrite, judgement: Judgement) -> bool:
    if rewrite.kind == SINGLE_PRECISION and "precision" in judgement.message:
        return True
    return judgement.instant and judgement.hidden


def _all(checks: Judges, exercise: str, answers: dict[str, str]) -> Iterator[Rewrite]:
    """Yield every rewritten answer, each code once."""
    functions = checks.hidden[exercise].check.functions
    taken: set[str] = set()
    for name, source in answers.items():
        tree = AnswerTree(source, functions, checks.scope)
        if tree.text in taken:
            continue
        taken.add(tree.text)
        for kind, code in rewritten(tree):
            if code not in taken:
                taken.add(code)
                yield Rewrite(exercise, name, kind, code)


def rewritten(answer: AnswerTree) -> Iterator[tuple[str, str]]:
    """Yield kind and code of each rewriting of an answer."""
    for kind, rule in RULES.items():
        tree = rule(answer)
        if tree is not None:
            yield kind, ast.unparse(ast.fix_missing_locations(tree))
    defined = {name: answer.scope.get(name) for name in answer.functions}
    if not all(isinstance(item, FunctionType) for item in defined.values()):
        return  # a class cannot be wrapped like a function
    for kind, form in FORMS.items():
        yield kind, answer.text + "".join(form.format(name=name) for name in defined)
    given = "".join(_given_lists(answer, name) for name in defined)
    if given:
        yield LISTS_GIVEN, answer.text + given


def _given_lists(answer: AnswerTree, name: str) -> str:
    """Return the code that gives lists where the docstring says array_like."""
    function = answer.scope[name]
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    arrays = [item for item in names if answer.takes_lists(name, item)]
    if not arrays:
        return ""
    return GIVEN_LISTS.format(name=name, arrays=arrays, parameters=list(names))
