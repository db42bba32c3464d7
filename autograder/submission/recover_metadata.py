"""Recognise cells that lost their metadata: by their id, their text, or their place.

Some editors and converters drop metadata, and some renew ids as well: VS Code when a cell is
copied, Colab, a round trip through a script.
"""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.submission.bindings import bound_names
from autograder.submission.landmarks import Landmarks, is_same
from autograder.submission.released_cells import TEST_PREFIX, ReleasedCell, ReleasedUnit

_DEFINITION = re.compile(r"^(?:def|class)\s+(\w+)", re.MULTILINE)

SHOWN = 3
"""Names in a reason; of more only the number is given."""


def join_names(names: Iterable[str]) -> str:
    """Return names as a sentence gives them: the first few, and how many more."""
    quoted = [repr(name) for name in names]
    if len(quoted) > SHOWN + 1:
        return f"{', '.join(quoted[:SHOWN])} and {len(quoted) - SHOWN} more"
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def recover_metadata(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Give the cells that lost their metadata their names again; return a sentence for each way."""
    by_id = _recognise_by_id(notebook, unit)
    by_text = [
        *_recognise_fixed(notebook, unit),
        *_recognise_answers(notebook, unit),
        *_recognise_written(notebook, unit),
    ]
    return [
        *_reason(by_id, "its id", "their ids"),
        *_reason(by_text, "its text and place", "their text and place"),
    ]


def _reason(names: list[str], one: str, many: str) -> list[str]:
    if not names:
        return []
    if len(names) == 1:
        return [f"cell {names[0]!r} had lost the name it is graded by, and was recognised by {one}"]
    return [
        f"cells {join_names(names)} had lost the names they are graded by, "
        f"and were recognised by {many}"
    ]


def _missing(notebook: NotebookNode, unit: ReleasedUnit) -> list[ReleasedCell]:
    there = {name_of(cell) for cell in notebook.cells}
    return [cell for cell in unit.cells if cell.name not in there]


def _name(cell: NotebookNode, released: ReleasedCell) -> str:
    cell.metadata.nbgrader = released.metadata()
    return released.name


def _recognise_by_id(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    missing = {cell.name: cell for cell in _missing(notebook, unit)}
    return [
        _name(cell, missing.pop(cell.id))
        for cell in notebook.cells
        if name_of(cell) is None and cell.id in missing
    ]


def _recognise_fixed(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Recognise locked cells and tests, of which the text is known; of a test's copies the last."""
    found = []
    for released in _missing(notebook, unit):
        if released.solution:
            continue
        same = [
            cell for cell in notebook.cells if name_of(cell) is None and is_same(cell, released)
        ]
        if same:
            found.append(_name(same[-1 if released.grade else 0], released))
    return found


def _recognise_answers(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Recognise a student's code by what it defines, else by standing alone in its place.

    A cell that defines what other exercises ask for as well is nobody's own: it is run where it
    stands, and `definitions` says what counts.
    """
    found = []
    missing = [cell for cell in _missing(notebook, unit) if cell.is_answer]
    asked = {cell.name: set(bound_names(cell.source)) for cell in unit.cells if cell.is_answer}
    for released in missing:
        of_others = set().union(*(names for key, names in asked.items() if key != released.name))
        free = [
            place
            for place, cell in enumerate(notebook.cells)
            if cell.cell_type == "code"
            and name_of(cell) is None
            and not (of_others - asked[released.name]) & _defined_names(cell)
        ]
        place = _defining(notebook, released, asked[released.name], free)
        if place is None:
            place = _alone(notebook, unit, released, free)
        if place is not None:
            found.append(_name(notebook.cells[place], released))
    return found


def _defining(
    notebook: NotebookNode, released: ReleasedCell, names: set[str], free: list[int]
) -> int | None:
    """Return the place of the last cell above the test that defines all names, else the last."""
    places = [place for place in free if names and names <= _defined_names(notebook.cells[place])]
    written = [place for place in places if not is_same(notebook.cells[place], released)]
    test = f"{TEST_PREFIX}{released.name}"
    end = max((i for i, cell in enumerate(notebook.cells) if name_of(cell) == test), default=0)
    above = [place for place in written if place < end]
    return next((found[-1] for found in (above, written, places) if found), None)


def _alone(
    notebook: NotebookNode, unit: ReleasedUnit, released: ReleasedCell, free: list[int]
) -> int | None:
    """Return the place of the one cell of a student's that stands where an answer belongs."""
    landmarks = Landmarks(notebook, unit.sequence)
    if not landmarks.is_bounded(released.name):
        return None
    own = [place for place in landmarks.own(landmarks.section(released.name)) if place in free]
    return own[0] if len(own) == 1 else None


def _defined_names(cell: NotebookNode) -> set[str]:
    """Return the names that a cell defines; where it is not Python, those that it seems to."""
    names = set(bound_names(cell.source))
    return names or set(_DEFINITION.findall(cell.source))


def _recognise_written(notebook: NotebookNode, unit: ReleasedUnit) -> list[str]:
    """Recognise a written answer by standing alone in its place."""
    found = []
    for released in _missing(notebook, unit):
        if not released.solution or released.kind == "code":
            continue
        landmarks = Landmarks(notebook, unit.sequence)
        if not landmarks.is_bounded(released.name):
            continue
        own = [
            notebook.cells[place]
            for place in landmarks.own(landmarks.section(released.name))
            if notebook.cells[place].cell_type == released.kind
        ]
        same = [cell for cell in own if is_same(cell, released)]
        if len(own) == 1 or same:
            found.append(_name((same or own)[0], released))
    return found
