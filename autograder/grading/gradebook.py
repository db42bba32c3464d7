"""nbgrader's gradebook: register a unit's cells in it, read points from it."""

import logging
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Gradebook,
    MissingEntry,
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
    with open_gradebook() as gradebook:
        try:
            submissions = gradebook.notebook_submissions(unit, unit)
        except MissingEntry:
            return {}
        return {item.student.id: _notebook_scores(item) for item in submissions}


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


def _notebook_scores(submission: SubmittedNotebook) -> dict[str, Score]:
    comments = {comment.name: comment.comment or "" for comment in submission.comments}
    return {
        grade.name.removeprefix(TEST_PREFIX): Score(
            points=float(grade.score),
            max_points=float(grade.max_score),
            by_hand=not grade.name.startswith(TEST_PREFIX),
            waits=bool(grade.needs_manual_grade),
            comment=comments.get(grade.name.removeprefix(TEST_PREFIX), ""),
        )
        for grade in submission.grades
    }


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
