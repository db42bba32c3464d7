"""The catalogue of answers: right ones, and wrong ones that each name their mistake and its hint.

`answers/<unit>/<exercise>/{right,wrong,hostile}/*.py` hold one answer each. The docstring of a
wrong one is the name of its mistake, an empty line, and the hint. If several answers show one
mistake, only one of them gives the hint; the others give the name alone. Last come the clauses of
the docstring that the answer breaks, each a line `Breaks: …` with the clause or its first words.
"""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.paths import ANSWERS


class CatalogueError(ValueError):
    """An answer file is invalid; the message names it."""


@dataclass(frozen=True)
class Answer:
    """One answer of the catalogue.

    Attributes
    ----------
    unit, exercise, verdict : str
        The names of its folders; the verdict is "right", "wrong" or "hostile".
    path : Path
    source : str
        The code as a student would write it, without the docstring.
    mistake, hint : str
        Empty unless the answer is wrong.
    breaks : tuple of str
        The clauses of the exercise's docstring that a wrong answer says it breaks.
    """

    unit: str
    exercise: str
    verdict: str
    path: Path
    source: str
    mistake: str = ""
    hint: str = ""
    breaks: tuple[str, ...] = ()


@cache
def answers(unit: str, exercise: str) -> tuple[Answer, ...]:
    """Read the right and the wrong answers to one exercise, sorted by path.

    Hostile answers are left out, because callers run these answers in their own process.
    """
    paths = sorted((ANSWERS / unit / exercise).glob("[rw]*/*.py"))
    found = [_read(unit, exercise, path) for path in paths]
    hints: dict[str, str] = {}
    for answer in found:
        if answer.hint and hints.setdefault(answer.mistake, answer.hint) != answer.hint:
            raise CatalogueError(f"{answer.path}: {answer.mistake!r} has two different hints")
    return tuple(_with_hint(answer, hints) for answer in found)


def exercises(unit: str) -> list[str]:
    """Return the exercises of a unit that have answers."""
    return sorted(path.name for path in (ANSWERS / unit).glob("*") if path.is_dir())


def wrong(unit: str, exercise: str) -> list[Answer]:
    """Return the wrong answers to an exercise."""
    return [answer for answer in answers(unit, exercise) if answer.verdict == "wrong"]


def _read(unit: str, exercise: str, path: Path) -> Answer:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    doc = ast.get_docstring(tree) or ""
    if not doc:
        raise CatalogueError(f"{path}: does not begin with a docstring")
    lines = text.splitlines(keepends=True)
    source = "".join(lines[tree.body[0].end_lineno or 0 :]).strip() + "\n"
    verdict = path.parent.name
    if verdict != "wrong":
        return Answer(unit, exercise, verdict, path, source)
    text, breaks = _split_breaks(doc)
    mistake, _, hint = text.partition("\n")
    hint = " ".join(hint.split())
    return Answer(unit, exercise, verdict, path, source, mistake.strip(), hint, breaks)


def _split_breaks(doc: str) -> tuple[str, tuple[str, ...]]:
    """Separate the lines `Breaks: …` from a docstring's text.

    Examples
    --------
    >>> _split_breaks("no mean.  Breaks: float".replace("  ", chr(10)))
    ('no mean.', ('float',))
    """
    lines = doc.split("\n")
    named = [line.partition(":")[2] for line in lines if line.startswith("Breaks:")]
    text = "\n".join(line for line in lines if not line.startswith("Breaks:"))
    return text, tuple(" ".join(clause.split()) for clause in named)


def _with_hint(answer: Answer, hints: dict[str, str]) -> Answer:
    if answer.verdict != "wrong" or answer.hint:
        return answer
    if answer.mistake not in hints:
        raise CatalogueError(f"{answer.path}: no file gives a hint for {answer.mistake!r}")
    return Answer(**{**vars(answer), "hint": hints[answer.mistake]})
