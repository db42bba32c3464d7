"""nbgrader's gradebook: register a unit's cells in it, read points from it."""

import logging
import tempfile
import warnings
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.converters import GenerateAssignment
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SAWarning, SQLAlchemyError

from autograder import nbgrader_bridge, paths
from autograder.authoring import source_notebooks
from autograder.authoring.cells import named_cells
from autograder.authoring.release import release_notebook
from autograder.submission.released_cells import TEST_PREFIX, ReleasedUnit, load_released_unit

log = logging.getLogger(__name__)

# nbgrader links a new entry before adding it to the session; SQLAlchemy warns once for each kind.
warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)


class GradingError(RuntimeError):
    """Grading cannot continue; the message says why and what to do."""


@dataclass(frozen=True)
class Score:
    """The points of one exercise in the gradebook, including points given by hand."""

    points: float
    max_points: float
    by_hand: bool
    waits: bool
    comment: str = ""


@dataclass(frozen=True)
class Total:
    """A student's points of a unit; `points` is what table, report, feedback and CSV show.

    Attributes
    ----------
    raw, max_points : float
        What was reached, and at most could be.
    penalty : float
        What is taken off because it was late.
    """

    raw: float
    penalty: float
    max_points: float

    @property
    def points(self) -> float:
        """What was reached, less the penalty."""
        return max(0.0, round(self.raw - self.penalty, 6))


@dataclass(frozen=True)
class Entry:
    """What the gradebook holds of a submission.

    Attributes
    ----------
    grades : tuple of (str, float, float, bool)
        Name of the cell, points, maximum points, and whether a person has yet to grade it.
    comments : tuple of (str, str or None)
        Name of the cell and what was written about it.
    penalty : float or None
        Points taken off because it was late.
    handed_in, due : datetime or None
        In UTC, without a zone; `due` without the extension.
    extension : timedelta or None
        By how much later it is due for this student.
    """

    grades: tuple[tuple[Any, ...], ...]
    comments: tuple[tuple[Any, ...], ...]
    penalty: float | None
    handed_in: datetime | None
    due: datetime | None
    extension: timedelta | None

    @property
    def scores(self) -> dict[str, Score]:
        """The points of each exercise."""
        written = {name: comment or "" for name, comment in self.comments}
        return {
            (exercise := name.removeprefix(TEST_PREFIX)): Score(
                points=float(points),
                max_points=float(most),
                by_hand=not name.startswith(TEST_PREFIX),
                waits=bool(waits),
                comment=written.get(exercise, ""),
            )
            for name, points, most, waits in self.grades
        }

    @property
    def total(self) -> Total:
        """All points together."""
        raw = sum(float(points) for _, points, _, _ in self.grades)
        return Total(raw, self.penalty or 0.0, sum(float(most) for _, _, most, _ in self.grades))

    @property
    def late(self) -> timedelta:
        """By how much it was late."""
        if self.handed_in is None or self.due is None:
            return timedelta(0)
        due = self.due + (self.extension or timedelta(0))
        return max(timedelta(0), self.handed_in - due)


def open_gradebook() -> Gradebook:
    """Open the class's gradebook; use it as a context manager.

    Raises
    ------
    GradingError
        If it cannot be reached.
    """
    settings = nbgrader_bridge.config().CourseDirectory
    try:
        return Gradebook(settings.db_url, settings.course_id)
    except (SQLAlchemyError, ImportError) as error:
        why = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        where = _without_password(settings.db_url)
        raise GradingError(f"the gradebook {where} cannot be opened: {why}") from error


def gradebook_exists() -> bool:
    """Tell whether there is a gradebook to read; one on a database server is taken to exist."""
    url = nbgrader_bridge.config().CourseDirectory.db_url
    if not url.startswith("sqlite:///"):
        return True
    return Path(url.removeprefix("sqlite:///")).exists()


def register_unit(unit: str) -> ReleasedUnit:
    """Write a unit's cells into the gradebook, unless it holds the same ones already.

    Raises
    ------
    GradingError
        If cells were added or removed although submissions are recorded.
    """
    fresh = {
        name: cell.metadata.nbgrader.checksum
        for name, cell in named_cells(release_notebook(unit, hidden=True)).items()
    }
    with open_gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(unit, unit)
        except MissingEntry:
            stored, number = {}, 0
        else:
            stored = {cell.name: cell.checksum for cell in notebook.source_cells}
            number = len(notebook.submissions)
    if stored != fresh:
        if number and stored.keys() != fresh.keys():
            raise GradingError(_describe_changes(unit, number, set(stored), set(fresh)))
        _write_cells(unit)
    with open_gradebook() as gradebook:
        return load_released_unit(gradebook, unit)


def read_scores(unit: str) -> dict[str, dict[str, Score]]:
    """Return the points of all recorded submissions of a unit: by student, by exercise."""
    return {student: entry.scores for student, entry in read_entries(unit).items()}


def read_entries(unit: str) -> dict[str, Entry]:
    """Return what the gradebook holds of each student's submission for a unit.

    nbgrader's own objects load each grade's points in a query of its own, which takes a minute for
    a class; these are three queries in all.
    """
    with open_gradebook() as gradebook:
        grades = _rows(
            gradebook,
            unit,
            (BaseCell.name, Grade.score, Grade.max_score, Grade.needs_manual_grade),
            (Grade, Grade.notebook_id == SubmittedNotebook.id),
            (BaseCell, Grade.cell_id == BaseCell.id),
        )
        comments = _rows(
            gradebook,
            unit,
            (BaseCell.name, Comment.comment),
            (Comment, Comment.notebook_id == SubmittedNotebook.id),
            (BaseCell, Comment.cell_id == BaseCell.id),
        )
        dates = (SubmittedAssignment.timestamp, Assignment.duedate, SubmittedAssignment.extension)
        rest = _rows(gradebook, unit, (SubmittedNotebook.late_submission_penalty, *dates))
    return {
        student: Entry(tuple(grades.get(student, ())), tuple(comments.get(student, ())), *row)
        for student, [row] in rest.items()
    }


def _rows(
    gradebook: Gradebook, unit: str, columns: tuple[Any, ...], *joins: tuple[Any, Any]
) -> dict[str, list[tuple[Any, ...]]]:
    """Return these columns of a unit's submitted notebooks, sorted, by student."""
    query = (
        gradebook.db.query(SubmittedAssignment.student_id, *columns)
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
    )
    for entity, condition in joins:
        query = query.join(entity, condition)
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for student, *row in query.filter(Assignment.name == unit, Notebook.name == unit):
        rows[student].append(tuple(row))
    return {student: sorted(found, key=lambda row: str(row[0])) for student, found in rows.items()}


def graded_students(unit: str) -> set[str]:
    """Return the students of whom the gradebook holds a submission for a unit."""
    with open_gradebook() as gradebook:
        submissions = (
            gradebook.db.query(Student.id)
            .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == unit)
        )
        return {student for (student,) in submissions}


def student_names() -> dict[str, str]:
    """Return students' full names by their id; the id itself if the gradebook has no name."""
    with open_gradebook() as gradebook:
        return {
            student.id: " ".join(filter(None, (student.first_name, student.last_name)))
            or student.id
            for student in gradebook.students
        }


def _without_password(url: str) -> str:
    """Return a database's URL without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "of the settings"


def _write_cells(unit: str) -> None:
    """Write a unit's cells with nbgrader's own converter; the notebook it releases is discarded."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "source"
        source_notebooks.write(unit, source)
        settings = nbgrader_bridge.config()
        settings.CourseDirectory.source_directory = str(source)
        settings.CourseDirectory.release_directory = str(Path(scratch) / "release")
        settings.CourseDirectory.assignment_id = unit
        settings.BaseConverter.force = True
        nbgrader_bridge.convert(GenerateAssignment, settings, log)


def _describe_changes(unit: str, number: int, stored: set[str], fresh: set[str]) -> str:
    changes = [
        f"{verb} {', '.join(sorted(cells))}"
        for verb, cells in (("gained", fresh - stored), ("lost", stored - fresh))
        if cells
    ]
    gradebook = _without_password(paths.gradebook())
    return (
        f"{unit} has {' and '.join(changes)} since its {number} submission(s) were graded. Restore "
        f"those cells, or move the gradebook {gradebook} away and grade everything again."
    )
