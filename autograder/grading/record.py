"""Record a marked submission: gradebook, autograded notebook and verdict.

This does what nbgrader's Autograde does with an executed notebook, without reading and validating
it again at every step: `mark` has done that. A test compares the gradebooks and files of both.
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
from nbgrader.preprocessors import LimitOutput
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload
from traitlets.config import Config

from autograder import nbgrader_bridge
from autograder.grading.gradebook import GradingError
from autograder.grading.lateness import date_handed_in, update_penalties_in
from autograder.grading.marking import MarkedSubmission, Submission, copy_extra_files
from autograder.grading.verdict import TEST_PREFIX, Verdict

log = logging.getLogger(__name__)

Kind = TypeVar("Kind", Grade, Comment)


def record(
    marked: MarkedSubmission, submission: Submission, gradebook: Gradebook, only: str = ""
) -> Verdict:
    """Write a marked submission to the autograded folder, the gradebook and the verdicts.

    The verdict is written last: if it exists, so does everything else.

    Parameters
    ----------
    marked : MarkedSubmission
    submission : Submission
    gradebook : Gradebook
        Open, and shared by a whole class: SQLAlchemy then compiles each statement once.
    only : str
        The exercise that was graded again, if the others were not: what a person has graded of
        them then need not be reviewed.

    Raises
    ------
    GradingError
        If the gradebook rejects it.
    """
    settings = nbgrader_bridge.config()
    notebook, _ = LimitOutput(config=settings).preprocess(marked.notebook, {})
    _write_autograded(notebook, submission, settings)
    when, reasons = date_handed_in(submission.folder, settings)
    verdict = replace(marked.verdict, reasons=(*marked.verdict.reasons, *reasons))
    try:
        _write_grades(gradebook, notebook, submission, when, only)
    except (SQLAlchemyError, ValueError) as error:
        raise GradingError(
            f"the gradebook rejected {submission.unit} of {submission.student}: {error}"
        ) from error
    finally:
        gradebook.db.remove()  # closes the session, which releases any lock
    verdict.save()
    return verdict


def _write_autograded(notebook: NotebookNode, submission: Submission, settings: Config) -> None:
    """Write the notebook, the files beside it and the unit's files to the autograded folder."""
    student, unit = submission.student, submission.unit
    folder = Path(settings.CourseDirectory.autograded_directory) / student / unit
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    copy_extra_files(submission.folder, folder)
    sources = Path(settings.CourseDirectory.root, settings.CourseDirectory.source_directory) / unit
    for name in utils.find_all_files(str(sources), ["*.ipynb", ".ipynb_checkpoints", "*.pyc"]):
        there = folder / os.path.relpath(name, sources)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, there)
    nbformat.write(notebook, folder / f"{unit}.ipynb")
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)


def _write_grades(
    gradebook: Gradebook,
    notebook: NotebookNode,
    submission: Submission,
    when: datetime | None,
    only: str,
) -> None:
    """Write points and comments of all cells; those given by hand are kept."""
    student, unit = submission.student, submission.unit
    gradebook.update_or_create_student(student)
    timestamp = {"timestamp": when} if when else {}
    submitted = gradebook.update_or_create_submission(unit, student, **timestamp)
    entry = next(entry for entry in submitted.notebooks if entry.name == unit)
    grades = {grade.name: grade for grade in _load_cell_entries(Grade, entry, gradebook)}
    comments = {comment.name: comment for comment in _load_cell_entries(Comment, entry, gradebook)}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if utils.is_grade(cell):
            grade = grades[name]
            grade.auto_score, _ = utils.determine_grade(cell, log)
            if only and name != f"{TEST_PREFIX}{only}":
                continue
            # Points given by hand need to be reviewed by a person.
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        if not only and (utils.is_solution(cell) or utils.is_task(cell)):
            blank = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            unanswered = blank and not utils.is_task(cell)
            comments[name].auto_comment = "No response." if unanswered else None
    gradebook.db.commit()
    update_penalties_in(gradebook, unit, student)


def _load_cell_entries(
    kind: type[Kind], entry: SubmittedNotebook, gradebook: Gradebook
) -> list[Kind]:
    """Load a notebook's grades or comments, and their cells, in one query."""
    query = gradebook.db.query(kind).options(joinedload(kind.cell))
    return list(query.filter(kind.notebook_id == entry.id))
