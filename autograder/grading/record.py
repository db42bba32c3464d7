"""Record a marked submission: gradebook, autograded notebook and verdict.

What nbgrader's Autograde does with an executed notebook, without reading and checking it again at
every step: `mark` has done that. A test holds the two to the same gradebook and the same files.
"""

import logging
import os
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Comment, Grade, Gradebook, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties, LimitOutput
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload
from traitlets.config import Config

from autograder import nbgrader_bridge
from autograder.grading.gradebook import GradingError
from autograder.grading.marking import Marked, Submission, copy_extras, linked
from autograder.grading.verdict import Verdict

log = logging.getLogger(__name__)

Kind = TypeVar("Kind", Grade, Comment)

MAX_STAMP = 100
"""Characters; a date takes thirty."""


def record(marked: Marked, submission: Submission, gradebook: Gradebook) -> Verdict:
    """Write a marked submission to the autograded folder, the gradebook and the verdicts.

    The verdict comes last: where it is written everything is.

    Parameters
    ----------
    marked : Marked
    submission : Submission
    gradebook : Gradebook
        Open, one for a whole class: SQLAlchemy compiles each of its statements once for it.

    Raises
    ------
    GradingError
        If the gradebook does not take it.
    """
    settings = nbgrader_bridge.config()
    notebook, _ = LimitOutput(config=settings).preprocess(marked.notebook, {})
    _write(notebook, submission, settings)
    when, undated = _handed_in(submission.folder)
    verdict = replace(marked.verdict, reasons=(*marked.verdict.reasons, *undated))
    try:
        _grade(gradebook, notebook, submission, when, settings)
    except (SQLAlchemyError, ValueError) as error:
        raise GradingError(
            f"the gradebook did not take {submission.unit} of {submission.student}: {error}"
        ) from error
    finally:
        gradebook.db.remove()  # the session, and with it any lock
    verdict.save()
    return verdict


def _write(notebook: NotebookNode, submission: Submission, settings: Config) -> None:
    """Put the notebook, what came with it, and the files of the unit into the autograded folder."""
    student, unit = submission.student, submission.unit
    folder = Path(settings.CourseDirectory.autograded_directory) / student / unit
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    copy_extras(submission.folder, folder)
    sources = Path(settings.CourseDirectory.root, settings.CourseDirectory.source_directory) / unit
    for name in utils.find_all_files(str(sources), ["*.ipynb", ".ipynb_checkpoints", "*.pyc"]):
        there = folder / os.path.relpath(name, sources)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, there)
    nbformat.write(notebook, folder / f"{unit}.ipynb")
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)


def _handed_in(folder: Path) -> tuple[datetime | None, list[str]]:
    """Return when it was handed in, as far as its stamp says, and what is unusual about that."""
    stamp = folder / "timestamp.txt"
    if linked(folder) or os.path.islink(stamp) or not os.path.isfile(stamp):
        return None, []
    try:
        with stamp.open(encoding="utf-8", errors="replace") as file:
            text = file.read(MAX_STAMP).strip()
        return (utils.parse_utc(text) if text else None), []
    except Exception:  # of the parser of dates; whoever put the file there chose what is in it
        return None, ["no date can be read in timestamp.txt; graded as if it were not there"]


def _grade(
    gradebook: Gradebook,
    notebook: NotebookNode,
    submission: Submission,
    when: datetime | None,
    settings: Config,
) -> None:
    """Write what the cells got; what was given by hand stays."""
    student, unit = submission.student, submission.unit
    gradebook.update_or_create_student(student)
    dated = {"timestamp": when} if when else {}
    handed_in = gradebook.update_or_create_submission(unit, student, **dated)
    entry = next(entry for entry in handed_in.notebooks if entry.name == unit)
    grades = {grade.name: grade for grade in _of_each_cell(Grade, entry, gradebook)}
    comments = {comment.name: comment for comment in _of_each_cell(Comment, entry, gradebook)}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if utils.is_grade(cell):
            grade = grades[name]
            grade.auto_score, _ = utils.determine_grade(cell, log)
            # Points given by hand before are for a person to look at again.
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        if utils.is_solution(cell) or utils.is_task(cell):
            blank = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            unanswered = blank and not utils.is_task(cell)
            comments[name].auto_comment = "No response." if unanswered else None
    gradebook.db.commit()
    _settle_lateness(gradebook, entry, settings)


def _of_each_cell(kind: type[Kind], entry: SubmittedNotebook, gradebook: Gradebook) -> list[Kind]:
    """Return a notebook's grades or comments and their cells, by one question for all of them."""
    asked = gradebook.db.query(kind).options(joinedload(kind.cell))
    return list(asked.filter(kind.notebook_id == entry.id))


def _settle_lateness(gradebook: Gradebook, entry: SubmittedNotebook, settings: Config) -> None:
    """Let nbgrader's own step, and the plugin that is configured for it, judge what came late."""
    if entry.assignment.total_seconds_late > 0 or entry.late_submission_penalty:
        about = {
            "notebook": entry.name,
            "assignment": entry.assignment.name,
            "student": entry.student.id,
            "db_url": settings.CourseDirectory.db_url,
        }
        AssignLatePenalties(config=settings, log=log).preprocess(
            nbformat.v4.new_notebook(), {"nbgrader": about}
        )
