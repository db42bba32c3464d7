"""How late a submission is, and what that costs: nbgrader's penalty, by its configured plugin."""

import logging
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder import nbgrader_bridge
from autograder.grading.gradebook import Entry, GradingError, gradebook_exists, open_gradebook
from autograder.grading.marking import is_linked
from autograder.grading.rules.late_rule import LateRule
from autograder.grading.rules.unit_rules import late_rule, move_extensions, waiting_extension
from autograder.submission.timestamp import TimestampError, read_timestamp
from autograder.templates import show_points

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


def describe_lateness(entry: Entry) -> str:
    """Say by how much a submission was late and what that costs; nothing if it was not."""
    if not entry.late:
        return ""
    cost = f", {show_points(entry.total.penalty)} points less" if entry.total.penalty else ""
    return f"{_show_duration(entry.late)} late{cost}"


def _show_duration(span: timedelta) -> str:
    """Return a span of time in words, in its two largest units."""
    minutes = int(span.total_seconds() // 60)
    parts = (minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")
    shown = [f"{count} {name}{'s' * (count != 1)}" for count, name in parts if count]
    return " ".join(shown[:2]) or "less than a minute"


class LatePenalty(LateSubmissionPlugin):
    """What late work costs by the unit's own rule; by nbgrader's configuration if it has none."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points to take off, or None for nothing; as nbgrader asks for it."""
        unit = self.parent.assignment_id
        late = timedelta(seconds=total_seconds_late) - waiting_extension(unit, student_id)
        rule = late_rule(unit)
        if not rule:
            return super().late_submission_penalty(student_id, score, late.total_seconds())
        return LateRule.parse(rule).penalty(score, late)


def update_penalties(units: Iterable[str]) -> None:
    """Bring the gradebook's penalties up to date with its dates, its points and the rules.

    A due date may have been changed in formgrader, or points given there, since work was graded.

    Raises
    ------
    GradingError
        If the gradebook cannot be written, or the rules cannot be read.
    """
    if not gradebook_exists():
        return
    with open_gradebook() as gradebook:
        for unit in units:
            try:
                update_penalties_in(gradebook, unit)
            except SQLAlchemyError as error:
                gradebook.db.rollback()
                why = getattr(error, "orig", None) or error
                raise GradingError(f"penalties of {unit} cannot be written: {why}") from error


def update_penalties_in(gradebook: Gradebook, unit: str, student: str = "") -> None:
    """Bring the penalties of a unit up to date in an open gradebook, of one student or of all."""
    move_extensions(gradebook, unit)
    entries = (
        gradebook.db.query(SubmittedNotebook, SubmittedNotebook.score)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(
            Assignment.name == unit,
            SubmittedNotebook.late_submission_penalty.is_not(None)
            | (SubmittedAssignment.timestamp > Assignment.duedate),
        )
    )
    if student:
        entries = entries.filter(SubmittedAssignment.student_id == student)
    assign = AssignLatePenalties(config=nbgrader_bridge.config(), log=log)
    assign.assignment_id = unit
    assign.init_plugin()
    changed = False
    for entry, score in entries:
        submission = entry.assignment
        penalty = None
        # nbgrader's own sum fails where an extension has outlived its due date.
        if submission.assignment.duedate and submission.total_seconds_late > 0:
            penalty = assign.plugin_inst.late_submission_penalty(
                submission.student_id, score, submission.total_seconds_late
            )
        wanted = None if penalty is None else min(max(penalty, 0.0), score)
        if entry.late_submission_penalty != wanted:
            entry.late_submission_penalty = wanted
            changed = True
    if changed:
        gradebook.db.commit()
