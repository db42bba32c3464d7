"""nbgrader's gradebook: put a unit's cells into it, read the points out of it."""

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
from autograder.authoring.cells import name_of
from autograder.authoring.release import release
from autograder.grading.verdict import TEST
from autograder.submission.released_cells import ReleasedUnit, released_unit

log = logging.getLogger(__name__)

# nbgrader links a new entry before it adds it to the session; SQLAlchemy remarks on each kind once.
warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)


class GradingError(RuntimeError):
    """Grading cannot go on; the message says why and what to do."""


@dataclass(frozen=True)
class Score:
    """The points of one exercise as they stand in the gradebook, with any given by hand."""

    points: float
    max_points: float
    by_hand: bool
    waits: bool
    comment: str = ""


def open_gradebook() -> Gradebook:
    """Open the class's gradebook; use it in a `with` statement.

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
        where = _named(settings.db_url)
        raise GradingError(f"the gradebook {where} cannot be opened: {why}") from error


def begun() -> bool:
    """Tell whether there is a gradebook to read."""
    address = nbgrader_bridge.config().CourseDirectory.db_url
    if not address.startswith("sqlite:///"):
        return True
    return Path(address.removeprefix("sqlite:///")).exists()


def enrol(unit: str) -> ReleasedUnit:
    """Put a unit's cells into the gradebook, unless they are there as they are in its text.

    Raises
    ------
    GradingError
        If cells were added or removed although submissions are recorded.
    """
    fresh = {
        name_of(cell): cell.metadata.nbgrader.checksum
        for cell in release(unit, hidden=True).cells
        if name_of(cell)
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
            raise GradingError(_changed(unit, number, set(stored), set(fresh)))
        _generate(unit)
    with open_gradebook() as gradebook:
        return released_unit(gradebook, unit)


def scores(unit: str) -> dict[str, dict[str, Score]]:
    """Return the points of all recorded submissions of a unit: by student, by exercise."""
    with open_gradebook() as gradebook:
        try:
            submissions = gradebook.notebook_submissions(unit, unit)
        except MissingEntry:
            return {}
        return {item.student.id: _scores(item) for item in submissions}


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


def names() -> dict[str, str]:
    """Return what students are called, by their id; the id where no name is in the gradebook."""
    with open_gradebook() as gradebook:
        return {
            student.id: " ".join(filter(None, (student.first_name, student.last_name)))
            or student.id
            for student in gradebook.students
        }


def _named(address: str) -> str:
    """Return a database's URL without its password."""
    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "that the settings name"


def _scores(submission: SubmittedNotebook) -> dict[str, Score]:
    comments = {comment.name: comment.comment or "" for comment in submission.comments}
    return {
        grade.name.removeprefix(TEST): Score(
            points=float(grade.score),
            max_points=float(grade.max_score),
            by_hand=not grade.name.startswith(TEST),
            waits=bool(grade.needs_manual_grade),
            comment=comments.get(grade.name.removeprefix(TEST), ""),
        )
        for grade in submission.grades
    }


def _generate(unit: str) -> None:
    """Run nbgrader's own converter against the gradebook; what it releases is thrown away."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "source"
        source_notebooks.write(unit, source)
        settings = nbgrader_bridge.config()
        settings.CourseDirectory.source_directory = str(source)
        settings.CourseDirectory.release_directory = str(Path(scratch) / "release")
        settings.CourseDirectory.assignment_id = unit
        settings.BaseConverter.force = True
        nbgrader_bridge.convert(GenerateAssignment, settings, log)


def _changed(unit: str, number: int, stored: set[str], fresh: set[str]) -> str:
    parts = [
        f"{word} {', '.join(sorted(cells))}"
        for word, cells in (("gained", fresh - stored), ("lost", stored - fresh))
        if cells
    ]
    return (
        f"{unit} has {' and '.join(parts)} since its {number} submission(s) were graded. Put those "
        f"cells back as they were, or move the gradebook {_named(paths.gradebook())} aside and "
        "grade everything anew."
    )
