"""Write students' annotated notebooks with nbgrader's converter, for chosen submissions only."""

import logging
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError

from autograder import nbgrader_bridge, paths
from autograder.feedback.sanitize import SUMMARY
from autograder.grading.fingerprint import hash_parts
from autograder.grading.gradebook import GradingError

log = logging.getLogger(__name__)

EXCHANGE_FILES = ("timestamp.txt", "submission_secret.txt")
"""What `nbgrader release_feedback` reads beside each page: for whom it is, without a name."""


def annotated_page(student: str, unit: str) -> Path:
    """Return the file of a student's annotated notebook."""
    return paths.classroom() / "feedback" / student / unit / f"{unit}.html"


def autograded_notebook(student: str, unit: str) -> Path:
    """Return the file of a student's graded notebook."""
    return paths.classroom() / "autograded" / student / unit / f"{unit}.ipynb"


class _Converter(GenerateFeedback):
    """Converts the notebooks of chosen students; a failure of one stops no other.

    Attributes
    ----------
    chosen : tuple of str
    on_written : callable
        Called with each student whose notebook is written.
    summary : callable
        Takes a student; returns the table of points, in HTML, that stands above the notebook.
    failures : dict of str to str
        Why a student's notebook could not be converted.
    """

    chosen: tuple[str, ...] = ()
    on_written: Callable[[str], None]
    summary: Callable[[str], str]

    def init_notebooks(self) -> None:
        """Look for nothing: what is converted is chosen."""
        self.failures: dict[str, str] = {}

    def convert_notebooks(self) -> None:
        """Convert each chosen notebook, and keep what the exchange needs beside it.

        Raises
        ------
        GradingError
            If the gradebook cannot be read.
        """
        unit = self.coursedir.assignment_id
        exchange = uses_exchange(unit)
        for student in self.chosen:
            notebook = autograded_notebook(student, unit)
            self.notebooks = [str(notebook)]
            self.run_pre_convert_hook()
            try:
                self.convert_single_notebook(str(notebook))
            except SQLAlchemyError as error:
                raise GradingError(f"the gradebook cannot be read: {error}") from error
            except Exception as error:  # a notebook may have been changed by anybody
                log.exception("%s: feedback failed", notebook)
                self.failures[student] = f"{type(error).__name__}: {error}".partition("\n")[0]
                continue
            page = annotated_page(student, unit)
            _put_summary(page, self.summary(student))
            _keep_only(page, exchange_files(student, unit) if exchange else {})
            self.set_permissions(unit, student)
            self.run_post_convert_hook()
            self.on_written(student)


def write_annotated(
    unit: str,
    students: Iterable[str],
    on_written: Callable[[str], None],
    summary: Callable[[str], str],
) -> dict[str, str]:
    """Write the annotated notebooks of these students; return why some could not be, by student.

    Parameters
    ----------
    unit : str
    students : iterable of str
    on_written : callable
        Called with each student whose notebook is written.
    summary : callable
        Takes a student; returns the table of points above the notebook. nbgrader's exchange carries
        nothing but a page for each notebook, so this page must say all.

    Raises
    ------
    GradingError
        If the gradebook cannot be read.
    """
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = unit
    directory = CourseDirectory(config=settings, log=log)
    converter = _Converter(coursedir=directory, config=settings, log=log)
    converter.chosen, converter.on_written = tuple(students), on_written
    converter.summary = summary
    if converter.chosen:
        converter.start()
        return converter.failures
    return {}


def exchange_files(student: str, unit: str) -> dict[str, bytes]:
    """Return the files that the exchange needs beside a page, by name.

    nbgrader stops releasing feedback at the first student without them. So in a class that hands in
    through the exchange, who did so by another way gets some: released by a secret that nobody has.
    """
    folder = autograded_notebook(student, unit).parent
    made_up = (b"", hash_parts(paths.secret(), student, unit).encode())
    return {
        name: (folder / name).read_bytes() if (folder / name).is_file() else other
        for name, other in zip(EXCHANGE_FILES, made_up, strict=True)
    }


def uses_exchange(unit: str) -> bool:
    """Tell whether a graded submission for a unit has come through nbgrader's exchange."""
    return any((paths.classroom() / "autograded").glob(f"*/{unit}/{EXCHANGE_FILES[1]}"))


def _put_summary(page: Path, summary: str) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(f"<!--{SUMMARY}-->", summary, 1), encoding="utf-8")


def _keep_only(page: Path, kept: dict[str, bytes]) -> None:
    """Leave in a page's folder the page and these files; no other."""
    for path in page.parent.iterdir():
        if path.name != page.name:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for name, data in kept.items():
        (page.parent / name).write_bytes(data)
