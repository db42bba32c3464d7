"""How late a submission is, and what that costs: nbgrader's penalty, by its configured plugin."""

import logging
import os
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from autograder.grading.marking import is_linked
from autograder.submission.timestamp import TimestampError, read_timestamp

log = logging.getLogger(__name__)

MAX_TIMESTAMP_LENGTH = 100
"""Characters; a date has thirty."""


def date_handed_in(folder: Path, settings: Config) -> tuple[datetime | None, list[str]]:
    """Return the date in timestamp.txt, if there is one, and anything unusual about it."""
    stamp = folder / "timestamp.txt"
    if is_linked(folder) or os.path.islink(stamp) or not os.path.isfile(stamp):
        return None, []
    try:
        with stamp.open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(MAX_TIMESTAMP_LENGTH).strip()
        if not text:
            return None, []
        when, zoned = read_timestamp(text, settings.Exchange.get("timezone"))
    except TimestampError as error:
        return None, [f"the date in timestamp.txt was ignored, so nothing is late: {error}"]
    except OSError as error:
        return None, [f"timestamp.txt cannot be read ({error.strerror}), so nothing is late"]
    return when, [] if zoned else [f"timestamp.txt names no time zone; {text!r} was read as UTC"]


def apply_late_penalty(gradebook: Gradebook, entry: SubmittedNotebook, settings: Config) -> None:
    """Apply nbgrader's late penalty, with its configured plugin, if the submission was late."""
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
