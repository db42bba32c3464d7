"""Export grades as CSV: the columns of `nbgrader export`, with every field quoted that needs it."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student

from autograder import paths
from autograder.grading.gradebook import GradingError, Total, gradebook_exists, open_gradebook
from autograder.grading.lateness import update_penalties
from autograder.grading.roster import groups

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
"""The columns of `nbgrader export`, which joins its fields without quoting them."""


def export(to: Path | None = None, units: list[str] | None = None) -> Path:
    """Write the grades of all students to `to`, or to `classroom/grades.csv`; return the file.

    If the roster has groups, a last column tells each student's.

    Raises
    ------
    GradingError
        If nothing was graded yet, or the file cannot be written.
    """
    path = to or paths.classroom() / "grades.csv"
    if not gradebook_exists():
        raise GradingError("nothing was graded yet: run `autograder grade` first")
    update_penalties(units or paths.units())
    grouped = groups()
    columns = (*COLUMNS, "group") if grouped else COLUMNS
    with open_gradebook() as gradebook:
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                table = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
                table.writeheader()
                for row in _rows(gradebook, units or []):
                    table.writerow({**row, "group": grouped.get(row["student_id"], "")})
        except OSError as error:
            raise GradingError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _rows(gradebook: Gradebook, units: list[str]) -> Iterator[dict[str, Any]]:
    """Yield a row for each unit and student; who handed in nothing has no points."""
    for assignment in gradebook.assignments:
        if not units or assignment.name in units:
            for student in gradebook.students:
                yield _row(gradebook, assignment, student)


def _row(gradebook: Gradebook, assignment: Assignment, student: Student) -> dict[str, Any]:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        when, total = None, Total(0.0, 0.0, assignment.max_score)
    else:
        when = submission.timestamp
        penalty = submission.late_submission_penalty
        total = Total(submission.score, penalty, assignment.max_score)
    return {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "timestamp": when,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "raw_score": total.raw,
        "late_submission_penalty": total.penalty,
        "score": total.points,
        "max_score": total.max_points,
    }
