"""What the docstrings of a unit promise, clause by clause, and which clause a wrong answer breaks.

A clause is a sentence of an exercise's docstring, or the line of an entry below Parameters, Returns
and the like ("theta : ndarray, shape (n,)"); a semicolon also ends one. A wrong answer of the
catalogue names the clauses that it breaks.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from autograder import paths
from autograder.authoring.catalogue import Answer
from autograder.authoring.unit_text import read_unit

MIN_WORDS = 3
"""Words by which a wrong answer may name a clause without quoting all of it."""

_HEADING = re.compile(r"^(\S[^\n]*)\n-{3,}\n", re.MULTILINE)
_END = re.compile(r"(?<=[.!?;])(?<!e\.g\.)(?<!i\.e\.)\s+")
_STOPS = ".;"
_EXCEPTION = re.compile(r"[A-Z]\w*(Error|Exception|Warning)")


class ClauseError(ValueError):
    """A wrong answer names a clause that is not there; the message names both."""


def unit_clauses(unit: str) -> dict[str, list[str]]:
    """Return the clauses of every exercise of a unit that has a stub with a docstring."""
    found = {}
    for cell in read_unit(paths.SOURCE / f"{unit}.py").cells:
        label = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and label.get("solution"):
            docs = _docstrings(ast.parse(cell.source))
            found[label["grade_id"]] = list(
                dict.fromkeys(c for doc in docs for c in split_clauses(doc))
            )
    return {exercise: clauses for exercise, clauses in found.items() if clauses}


def broken_by(answer: Answer, clauses: Sequence[str]) -> list[str]:
    """Return the clauses that an answer names.

    Raises
    ------
    ClauseError
        If it names none of `clauses`, or a beginning that several of them share.
    """
    return [_find_clause(text, answer, clauses) for text in answer.breaks]


def _find_clause(text: str, answer: Answer, clauses: Sequence[str]) -> str:
    for clause in clauses:
        if text.rstrip(_STOPS) == clause.rstrip(_STOPS):
            return clause
    fits = [clause for clause in clauses if clause.startswith(text.rstrip(_STOPS))]
    if len(text.split()) >= MIN_WORDS and len(fits) == 1:
        return fits[0]
    where = f"{paths.ANSWERS.name}/{answer.path.relative_to(paths.ANSWERS)}: `Breaks: {text}`"
    if not fits:
        raise ClauseError(f"{where} matches no clause of the docstring of {answer.exercise}")
    many = "several clauses begin so" if len(fits) > 1 else f"give {MIN_WORDS} words at least"
    raise ClauseError(f"{where} does not tell which clause it means: {many}")


def _docstrings(tree: ast.Module) -> Iterator[str]:
    """Yield the docstrings of functions and classes, and of methods; not of inner functions."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inner = node.body if isinstance(node, ast.ClassDef) else []
            for item in (node, *(item for item in inner if isinstance(item, ast.FunctionDef))):
                yield ast.get_docstring(item) or ""


def split_clauses(docstring: str) -> list[str]:
    """Split a docstring, free of its indentation, into clauses.

    Examples
    --------
    >>> split_clauses('''Halve x; never 0. Fast.
    ...
    ... Parameters
    ... ----------
    ... x : float
    ...     Above 0,
    ...     in metres.
    ...
    ... Raises
    ... ------
    ... ValueError
    ...     If x is 0.''')
    ['Halve x', 'never 0.', 'Fast.', 'x : float', 'Above 0, in metres.', 'If x is 0.']
    """
    opening, *sections = _HEADING.split(docstring)
    clauses = [clause for text in opening.split("\n\n") for clause in _sentences(text)]
    for body in sections[1::2]:
        clauses += [clause for text in _blocks(body) for clause in _sentences(text)]
    return [clause for clause in clauses if not _EXCEPTION.fullmatch(clause)]


def _blocks(body: str) -> Iterator[str]:
    """Yield each line of a section that is not indented, and what is indented below it."""
    below: list[str] = []
    for line in [*body.split("\n"), ""]:
        if line.startswith(" "):
            below.append(line)
            continue
        if below:
            yield "\n".join(below)
            below = []
        yield line


def _sentences(text: str) -> list[str]:
    folded = " ".join(text.split())
    return [part.rstrip(";") for part in _END.split(folded)] if folded else []
