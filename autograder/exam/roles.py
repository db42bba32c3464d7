"""Where a cell runs, by its metadata."""

import enum

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution


class Role(enum.Enum):
    """Where a cell runs."""

    NOWHERE = "nowhere"
    CANDIDATE = "candidate"
    BOTH = "both"
    EXAMINER = "examiner"


def role(cell: NotebookNode) -> Role:
    """Return where a cell runs, after nbgrader has restored its metadata and locked text.

    A test runs in the examiner only. A locked cell runs in both: the student's code needs what it
    defines, and the tests must not take that from the student. Every other cell runs in the
    candidate. Tags are ignored: a student can set them.
    """
    if cell.cell_type != "code" or not cell.source.strip():
        return Role.NOWHERE
    if is_grade(cell) and not is_solution(cell):
        return Role.EXAMINER
    return Role.BOTH if is_locked(cell) else Role.CANDIDATE


def is_test(cell: NotebookNode) -> bool:
    """Tell whether points depend on a code cell's outputs."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)
