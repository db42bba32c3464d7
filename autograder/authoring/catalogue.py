"""The catalogue of answers: right ones, and wrong ones that each name their mistake and its hint.

`answers/<unit>/<exercise>/{right,wrong,hostile}/*.py` holds one answer a file. The docstring
of a wrong one begins with the name of the mistake; what follows is the hint. A mistake with several
answers is described in one of them: the others have the name only.
"""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.paths import ANSWERS


class CatalogueError(ValueError):
    """An answer file that cannot be used; the message names it."""


@dataclass(frozen=True)
class Answer:
    """One file of the catalogue.

    Attributes
    ----------
    unit, exercise, verdict : str
        The folders it lies in; the verdict is "right", "wrong" or "hostile".
    path : Path
    source : str
        The code a student would have written, without the docstring.
    mistake, hint : str
        Empty unless the answer is wrong.
    """

    unit: str
    exercise: str
    verdict: str
    path: Path
    source: str
    mistake: str = ""
    hint: str = ""


@cache
def answers(unit: str, exercise: str) -> tuple[Answer, ...]:
    """Read the right and the wrong answers to one exercise, in the order of their paths.

    Hostile ones are not among them: what is read here is run in the reader's own process.
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
        raise CatalogueError(f"{path}: begins with no docstring")
    lines = text.splitlines(keepends=True)
    source = "".join(lines[tree.body[0].end_lineno or 0 :]).strip() + "\n"
    verdict = path.parent.name
    if verdict != "wrong":
        return Answer(unit, exercise, verdict, path, source)
    mistake, _, hint = doc.partition("\n")
    return Answer(unit, exercise, verdict, path, source, mistake.strip(), " ".join(hint.split()))


def _with_hint(answer: Answer, hints: dict[str, str]) -> Answer:
    if answer.verdict != "wrong" or answer.hint:
        return answer
    if answer.mistake not in hints:
        raise CatalogueError(f"{answer.path}: no file gives a hint for {answer.mistake!r}")
    return Answer(**{**vars(answer), "hint": hints[answer.mistake]})
