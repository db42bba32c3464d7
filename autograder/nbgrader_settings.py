"""nbgrader's settings for this course. Wiring only: what is named here lives in `autograder`."""

from traitlets.config import Config

from autograder.paths import FOLDER, classroom, gradebook


def configure(c: Config) -> None:
    """Write the settings into `c`, and make the classroom that they name if it is missing."""
    room = classroom()
    room.mkdir(parents=True, exist_ok=True)

    c.CourseDirectory.course_id = "descent"
    c.CourseDirectory.root = str(FOLDER)
    c.CourseDirectory.db_url = gradebook()
    c.CourseDirectory.source_directory = "build/source"
    c.CourseDirectory.release_directory = "course/notebooks"
    c.CourseDirectory.solution_directory = "solutions"
    c.CourseDirectory.submitted_directory = str(room / "submitted")
    c.CourseDirectory.autograded_directory = str(room / "autograded")
    c.CourseDirectory.feedback_directory = str(room / "feedback")

    # Derived notebooks are committed without outputs, so solutions are not run when they are made.
    c.GenerateSolution.preprocessors = [
        "nbgrader.preprocessors.IncludeHeaderFooter",
        "nbgrader.preprocessors.LockCells",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.ClearMarkScheme",
    ]

    # What was handed in is read and mended before anything else, and run within bounds.
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

    # What students wrote is inert wherever it is shown, and feedback tells nothing of hidden tests.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.feedback.sanitize.markdown_to_html",
        "clean_html": "autograder.feedback.sanitize.clean",
    }
    c.GenerateFeedback.exporter_class = "autograder.feedback.sanitize.SanitizedExporter"
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "autograder.feedback.redact.RedactTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
