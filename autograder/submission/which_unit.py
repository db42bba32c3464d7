"""Tell of which unit a notebook is, by the cells that it holds as they were released."""

import functools

from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.authoring.unit_text import read_unit

MIN_CELLS = 5
"""Cells of another unit that a notebook must hold to be taken for that unit's."""
MIN_LENGTH = 30
"""Characters of a cell that tell a unit; shorter ones could stand in any."""
OWN_SHARE = 0.25
"""Share of a notebook's cells that settles that it is of the unit it was handed in for."""


def unit_handed_in(notebook: NotebookNode, expected: str) -> str:
    """Return the unit whose notebook this is: `expected`, unless it clearly is another one.

    A notebook that holds more of `expected` than a third of what it holds of another is not judged:
    it may be a student's own, made of both.
    """
    own = _count(notebook, expected)
    if own >= max(MIN_CELLS, OWN_SHARE * len(notebook.cells)):
        return expected
    found = {unit: _count(notebook, unit) for unit in paths.units() if unit != expected}
    most = max(found, key=lambda unit: found[unit], default=expected)
    return most if found.get(most, 0) >= max(MIN_CELLS, 3 * own) else expected


def _count(notebook: NotebookNode, unit: str) -> int:
    """Count the cells that are a unit's: by their text, or by their name if it is no other's."""
    texts, names = _cells(unit)
    return sum(cell.source.strip() in texts or name_of(cell) in names for cell in notebook.cells)


@functools.cache
def _cells(unit: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the texts of a unit's cells that are long enough, and the names of its cells."""
    cells = read_unit(paths.SOURCE / f"{unit}.py").cells
    texts = (cell.source.strip() for cell in cells)
    return (
        frozenset(text for text in texts if len(text) >= MIN_LENGTH),
        frozenset(name for cell in cells if (name := name_of(cell))),
    )
