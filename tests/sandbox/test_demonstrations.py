"""Demonstrations run in the sandbox as they do at home: it shows all that `course` needs."""

from pathlib import Path

from nbformat.v4 import new_code_cell

from autograder import nbgrader_bridge
from autograder.grading.gradebook import register_unit
from autograder.grading.marking import Submission, mark
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"


def test_a_solved_notebook_shows_no_error_but_those_it_is_about(tmp_path: Path) -> None:
    with classroom_at(tmp_path, "demonstrations"):
        solved = compose(UNIT, solutions(UNIT))
        # As long as a student has not touched it, a demonstration is not run; here all are.
        solved.cells.append(new_code_cell("print(len(globals()))"))
        about_errors = {
            cell.source
            for cell in solved.cells
            if "raises-exception" in cell.metadata.get("tags", [])
        }
        folder = hand_in(solved, UNIT, "student").parent
        marked = mark(
            Submission("student", UNIT, folder), register_unit(UNIT), nbgrader_bridge.config()
        )
    failed = {
        cell.source: output.evalue
        for cell in marked.notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    }
    assert failed.keys() == about_errors, failed
