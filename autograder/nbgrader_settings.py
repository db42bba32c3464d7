"""nbgrader's settings for this course: mostly names of classes that are in `autograder`."""

from pathlib import Path

import nbgrader.api
from traitlets.config import Config

from autograder.paths import FOLDER, RELEASED, classroom, gradebook
from autograder.permissions import make_private
from course.output_widgets import leave_unanswered

CELL_TIMEOUT = 60
"""Seconds; a test compares it with the limit of `autograder.exam.limits`."""
LATE_PLUGIN = "autograder.grading.lateness.LatePenalty"
"""What nbgrader asks how much late work costs."""


def _newest_schema_version() -> str | None:
    """Return the schema version of a new gradebook."""
    from alembic.script import ScriptDirectory  # needed for a new gradebook only

    return ScriptDirectory(str(Path(nbgrader.api.__file__).with_name("alembic"))).get_current_head()


# nbgrader runs a program for this, which takes five seconds and must be on the PATH: it is not
# where JupyterLab is started by `python -m`, and formgrader fails on a new gradebook then.
nbgrader.api.get_alembic_version = _newest_schema_version


def configure(c: Config) -> None:
    """Write the settings into `c`; create the classroom if it is missing, closed to others."""
    folder = classroom()
    make_private(folder)
    leave_unanswered()

    c.CourseDirectory.course_id = "descent"
    c.CourseDirectory.root = str(FOLDER)
    c.CourseDirectory.db_url = gradebook()
    c.CourseDirectory.source_directory = "build/source"
    c.CourseDirectory.release_directory = str(RELEASED)
    c.CourseDirectory.solution_directory = "solutions"
    c.CourseDirectory.submitted_directory = str(folder / "submitted")
    c.CourseDirectory.autograded_directory = str(folder / "autograded")
    c.CourseDirectory.feedback_directory = str(folder / "feedback")

    # Derived notebooks are committed without outputs, so building a solution does not run it.
    c.GenerateSolution.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        "nbgrader.preprocessors.LockCells",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.ClearMarkScheme",
    ]

    # Submissions are read and repaired first, then run within limits.
    c.Autograde.exporter_class = "autograder.plugins.repair.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        "autograder.plugins.repair.Repair",
        "nbgrader.preprocessors.DeduplicateIds",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "autograder.plugins.examine.Examine",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
        "autograder.grading.record_verdict.RecordVerdict",
    ]

    c.AssignLatePenalties.plugin_class = LATE_PLUGIN

    # A cell may take as long in Validate as in grading. On students' machines the wheel says so.
    c.Execute.timeout = CELL_TIMEOUT

    # Students' content is sanitized wherever it is shown; feedback reveals no hidden test.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.feedback.sanitize.markdown_to_html",
        "clean_html": "autograder.feedback.sanitize.clean_html",
    }
    c.GenerateFeedback.exporter_class = "autograder.feedback.sanitize.SanitizedExporter"
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "autograder.feedback.redact.RedactTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
