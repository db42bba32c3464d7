"""Find a written answer that stands in another cell than its own, or under the question."""

import ast
import re
from collections.abc import Iterable, Iterator

import nbformat
from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.submission.bindings import NOT_PYTHON, parse_source
from autograder.submission.landmarks import Landmarks, is_same, is_untouched
from autograder.submission.released_cells import ReleasedCell, ReleasedUnit

SENTENCE = 40
"""Characters from which a text further down can be an answer, and not a farewell."""

PARAGRAPH = 200
"""Characters from which one further up can be an answer, and not a guess that was asked for."""


def place_writing(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Copy a written answer from where it stands to its own cell, if that is as handed out.

    A person then reads it there and gives the points.

    Returns
    -------
    list of str
        A sentence for each answer that was found elsewhere.
    """
    reasons = []
    cells = {name_of(cell): cell for cell in notebook.cells}
    for released in unit.cells:
        if not released.solution or released.kind == "code":
            continue
        cell = cells[released.name]
        if cell.source.strip() and not is_same(cell, released):
            continue
        found = _find(notebook, unit, released)
        if not found:
            continue
        cell.source = "\n\n".join(found.values())
        _copy_pictures(cell, [notebook.cells[place] for place in found])
        numbers = [str(place + 1) for place in found]
        where = f"cell {numbers[0]}" if len(numbers) == 1 else f"cells {' and '.join(numbers)}"
        reasons.append(
            f"the answer to {released.name!r} stands in {where}, and was taken from there"
        )
    return reasons


def _find(notebook: NotebookNode, unit: ReleasedUnit, released: ReleasedCell) -> dict[int, str]:
    """Return the texts that can be the answer, by place: the nearest kind of place that has any."""
    landmarks = Landmarks(notebook, unit.sequence)
    section = landmarks.section(released.name)
    known = _lines(cell.source for cell in unit.sequence if cell.kind == "markdown")
    own = {
        place: text
        for place in landmarks.own(range(len(notebook.cells)))
        if not is_untouched(notebook.cells[place])
        and (text := _without(_prose(notebook.cells[place]), known))
    }
    near = {place: text for place, text in own.items() if place in section}
    question = landmarks.question(released.name)
    if question:
        place, asked = question
        added = _find_addition(notebook.cells[place].source, asked.source)
        near = ({place: added} if added else {}) | near
    return (
        near
        or {
            place: text
            for place, text in own.items()
            if place >= section.stop and len(text) >= SENTENCE
        }
        or {
            place: text
            for place, text in own.items()
            if place < section.start and len(text) >= PARAGRAPH
        }
    )


def _lines(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(line.strip() for text in texts for line in text.split("\n"))


def _without(text: str, known: frozenset[str]) -> str:
    """Return a text without the lines that the course itself has written."""
    lines = text.split("\n")
    if known.isdisjoint(line.strip() for line in lines if line.strip()):
        return text
    return "\n".join(line for line in lines if line.strip() not in known).strip()


def _prose(cell: NotebookNode) -> str:
    """Return what a cell says to a reader; empty if it is a program."""
    if cell.cell_type != "code":
        return str(cell.source).strip()
    try:
        statements = parse_source(cell.source).body
    except NOT_PYTHON:
        return _if_sentence(cell.source)
    match statements:
        case []:
            lines = (line.strip().removeprefix("#").strip() for line in cell.source.split("\n"))
            return "\n".join(lines).strip()
        case [ast.Expr(ast.Constant(str(text)))]:
            return text.strip()
    return ""


_WORDS = re.compile(r"[A-Za-z][a-z']+(?:[ ,;]+[A-Za-z][a-z']*){4}")


def _if_sentence(source: str) -> str:
    """Return a text that a code cell cannot run, if it reads as a sentence and not as a program."""
    return source.strip() if _WORDS.match(source.strip()) else ""


def _find_addition(given: str, asked: str) -> str:
    """Return what was written into a released text; empty if the text itself is another."""
    pending = [line.strip() for line in asked.split("\n") if line.strip()]
    added: list[str] = []
    for line in given.split("\n"):
        if pending and line.strip().startswith(pending[0]):
            line = line.strip()[len(pending.pop(0)) :].strip()
            if not line:
                continue
        added.append(line)
    return "" if pending else "\n".join(added).strip()


def _copy_pictures(cell: NotebookNode, others: list[NotebookNode]) -> None:
    pictures = {name: data for other in others for name, data in _attachments(other)}
    if pictures and cell.cell_type == "markdown":
        cell.attachments = nbformat.from_dict(pictures)


def _attachments(cell: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    yield from cell.get("attachments", {}).items()
