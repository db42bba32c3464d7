"""A released notebook with nothing written runs from top to bottom; only graded cells fail."""

import nbformat
import pytest
from nbclient import NotebookClient

from autograder import paths
from course.output_widgets import leave_unanswered

SHORTER = """
import course.grading_mode
course.grading_mode.shortened = lambda wanted, graded: min(wanted, graded)
"""
"""A first cell by which training takes few epochs, as in a notebook that is graded."""

MEANT_TO_FAIL = {"00_start_here": ["velocity_km_s = "]}
"""Beginnings of cells that show an error for the student to mend."""

TIMEOUT = 600
"""Seconds for a cell: far more than any takes, so that a machine under load does not fail."""


@pytest.mark.parametrize("unit", paths.units())
def test_only_graded_cells_fail_while_nothing_is_written(unit: str) -> None:
    notebook = nbformat.read(paths.RELEASED / unit / f"{unit}.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(SHORTER))
    leave_unanswered()
    client = NotebookClient(notebook, timeout=TIMEOUT, kernel_name="python3", allow_errors=True)
    client.execute()
    failed, graded = {}, 0
    for cell in notebook.cells:
        errors = [out for out in cell.get("outputs", []) if out.output_type == "error"]
        if cell.metadata.get("nbgrader", {}).get("grade"):
            graded += bool(errors)
        elif errors and not cell.source.startswith(tuple(MEANT_TO_FAIL.get(unit, ()))):
            failed[cell.source] = f"{errors[0].ename}: {errors[0].evalue}"
    assert failed == {}
    assert graded, "no graded cell failed, so the notebook was not unsolved"
