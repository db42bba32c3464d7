"""A unit's released cells from nbgrader's gradebook: submissions are repaired against them."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.authoring.unit_text import SCHEMA_VERSION, read_unit

TEST_PREFIX = "test-"
"""A test cell's name is this prefix and its exercise's name."""

_NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that nbgrader identifies by its `grade_id`.

    Attributes
    ----------
    name : str
        The `grade_id`.
    kind : str
        "code", "markdown" or "raw".
    source : str
        As released, but with hidden tests.
    locked, grade, solution, task : bool
    points : float or None
        None unless the cell is graded.
    checksum : str or None
    """

    name: str
    kind: str
    source: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None
    checksum: str | None

    @property
    def role(self) -> str:
        """The kind of cell, in a teacher's words."""
        if self.solution:
            return "answer cell"
        return "test cell" if self.grade else "locked cell"

    def metadata(self) -> NotebookNode:
        """Return the nbgrader metadata this cell must have."""
        metadata = NotebookNode(
            cell_type=self.kind,
            grade=self.grade,
            grade_id=self.name,
            locked=self.locked,
            schema_version=SCHEMA_VERSION,
            solution=self.solution,
            task=self.task,
        )
        if self.points is not None:
            metadata.points = self.points
        if self.checksum:
            metadata.checksum = self.checksum
        return metadata

    def cell(self) -> NotebookNode:
        """Return the cell as a notebook's cell, named after its `grade_id`."""
        cell = _NEW_CELL[self.kind](self.source)
        cell.id = self.name
        cell.metadata.nbgrader = self.metadata()
        return cell

    @property
    def is_answer(self) -> bool:
        """Whether a student's code stands here."""
        return self.solution and self.kind == "code"

    def released_source(self) -> str:
        """Return the source as students get it: without hidden tests."""
        return _released_source(self)


@functools.lru_cache(maxsize=1024)  # each submission of a class is compared with the same cells
def _released_source(source: ReleasedCell) -> str:
    cell = source.cell()
    ClearHiddenTests(enforce_metadata=False).preprocess_cell(cell, {}, 0)
    return cell.source


@dataclass(frozen=True)
class UngradedCell:
    """A released cell without a `grade_id`: prose, a demonstration, an instant check."""

    kind: str
    source: str


@dataclass(frozen=True)
class ReleasedUnit:
    """A unit's released cells.

    Attributes
    ----------
    cells : tuple of ReleasedCell
        Those that have a `grade_id`, in order.
    kernel : NotebookNode
    sequence : tuple of ReleasedCell and UngradedCell
        All cells in order, by which those that lost their metadata are placed.
    """

    cells: tuple[ReleasedCell, ...]
    kernel: NotebookNode
    sequence: tuple[ReleasedCell | UngradedCell, ...] = ()


def load_released_unit(gradebook: Gradebook, unit: str) -> ReleasedUnit:
    """Read a unit's cells from nbgrader's gradebook.

    The gradebook stores no order; it comes from the unit's text.
    """
    notebook = gradebook.find_notebook(unit, unit)
    graded = {cell.name: cell for cell in [*notebook.grade_cells, *notebook.task_cells]}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    cells = [
        ReleasedCell(
            name=cell.name,
            kind=cell.cell_type,
            source=cell.source,
            locked=bool(cell.locked),
            grade=cell.name in graded and cell.name not in tasks,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=graded[cell.name].max_score if cell.name in graded else None,
            checksum=cell.checksum,
        )
        for cell in notebook.source_cells
    ]
    kernel = NotebookNode(json.loads(notebook.kernelspec or "{}"))
    sequence = tuple(_in_unit_order(cells, unit))
    named = tuple(cell for cell in sequence if isinstance(cell, ReleasedCell))
    return ReleasedUnit(named, kernel, sequence)


def _in_unit_order(cells: list[ReleasedCell], unit: str) -> Iterator[ReleasedCell | UngradedCell]:
    """Yield a unit's cells as they stand in its text, and last those that do not stand there."""
    pending = {cell.name: cell for cell in cells}
    text = paths.SOURCE / f"{unit}.py"
    for cell in read_unit(text).cells if text.exists() else []:
        name = name_of(cell)
        if name is None:
            yield UngradedCell(cell.cell_type, cell.source)
        elif name in pending:
            yield pending.pop(name)
    yield from pending.values()
