"""Export grades as CSV, with nbgrader's own exporter."""

from pathlib import Path

from nbgrader.plugins import CsvExportPlugin

from autograder import paths
from autograder.grading.gradebook import GradingError, gradebook_exists, open_gradebook


def export(to: Path | None = None, units: list[str] | None = None) -> Path:
    """Write the grades of all students to `to`, or to `classroom/grades.csv`; return the file.

    Raises
    ------
    GradingError
        If nothing was graded yet, or the file cannot be written.
    """
    path = to or paths.classroom() / "grades.csv"
    if not gradebook_exists():
        raise GradingError("nothing was graded yet: run `autograder grade` first")
    with open_gradebook() as gradebook:
        try:
            CsvExportPlugin(to=str(path), assignment=units or []).export(gradebook)
        except OSError as error:
            raise GradingError(f"{path} cannot be written: {error.strerror}") from error
    return path
