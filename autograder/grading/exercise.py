"""Grade one exercise again: the others keep what they have."""

import nbformat

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.exam.roles import is_test
from autograder.grading.marking import Marked
from autograder.grading.verdict import TEST, verdict_of
from autograder.submission.released_cells import ReleasedUnit


def units_with(exercise: str, sources: dict[str, ReleasedUnit]) -> list[str]:
    """Return the units that have an exercise of this name with a test.

    Raises
    ------
    paths.UnknownNameError
        If none has; it names the nearest.
    """
    names = {
        unit: [
            cell.name.removeprefix(TEST)
            for cell in source.cells
            if cell.grade and not cell.solution and not cell.task
        ]
        for unit, source in sources.items()
    }
    found = [unit for unit, exercises in names.items() if exercise in exercises]
    if not found:
        known = [name for exercises in names.values() for name in exercises]
        raise paths.UnknownNameError("exercise with a test", exercise, known)
    return found


def keep_others(marked: Marked, exercise: str) -> Marked:
    """Put what the tests of all other exercises gave when they were recorded in its place.

    Raises
    ------
    OSError, ValueError
        If the notebook that was recorded is not there any more, or no notebook.
    """
    unit, student = marked.verdict.unit, marked.verdict.student
    path = paths.classroom() / "autograded" / student / unit / f"{unit}.ipynb"
    before = {
        name_of(cell): cell for cell in nbformat.read(path, as_version=4).cells if is_test(cell)
    }
    for cell in marked.notebook.cells:
        name = name_of(cell)
        if is_test(cell) and name != f"{TEST}{exercise}" and name in before:
            cell.outputs = before[name].outputs
    return Marked(marked.notebook, verdict_of(marked.notebook, unit, student))
