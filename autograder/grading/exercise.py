"""Grade one exercise again; the others keep their recorded results."""

import nbformat

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.exam.roles import is_test
from autograder.grading.marking import MarkedSubmission
from autograder.grading.verdict import verdict_of
from autograder.submission.released_cells import TEST_PREFIX, ReleasedUnit


def units_with_exercise(exercise: str, sources: dict[str, ReleasedUnit]) -> list[str]:
    """Return the units that have an exercise of this name with a test.

    Raises
    ------
    paths.UnknownNameError
        If no unit has one; the message suggests similar names.
    """
    names = {
        unit: [
            cell.name.removeprefix(TEST_PREFIX)
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


def restore_other_exercises(marked: MarkedSubmission, exercise: str) -> MarkedSubmission:
    """Replace the test outputs of all other exercises by the recorded ones.

    Raises
    ------
    OSError, ValueError
        If the recorded notebook is missing or is not a notebook.
    """
    unit, student = marked.verdict.unit, marked.verdict.student
    path = paths.classroom() / "autograded" / student / unit / f"{unit}.ipynb"
    before = {
        name_of(cell): cell for cell in nbformat.read(path, as_version=4).cells if is_test(cell)
    }
    for cell in marked.notebook.cells:
        name = name_of(cell)
        if is_test(cell) and name != f"{TEST_PREFIX}{exercise}" and name in before:
            cell.outputs = before[name].outputs
    return MarkedSubmission(marked.notebook, verdict_of(marked.notebook, unit, student))
