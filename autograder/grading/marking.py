"""Mark one submission: read, repair and run its notebook, and derive the verdict.

Nothing here uses the gradebook, so many processes can mark while a single one records.
"""

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from traitlets.config import Config

from autograder.exam.process import SlowMachineError
from autograder.grading.verdict import Verdict, verdict_of
from autograder.plugins.examine import Examine, NoSandboxError
from autograder.submission.choose_notebook import choose_notebook
from autograder.submission.files_beside import FilesBeside, copy_files_beside, files_beside
from autograder.submission.notes import add_notes, is_doubtful, set_notes
from autograder.submission.read import UnreadableError, read
from autograder.submission.released_cells import ReleasedUnit
from autograder.submission.repair import repair
from autograder.submission.which_unit import unit_handed_in

log = logging.getLogger(__name__)

NOT_READ = "it could not be read, through no fault of yours; your instructor can see why"
NOT_RUN = "it could not be run, through no fault of yours; your instructor can see why"
"""What a student reads where the grader itself has failed."""


@dataclass(frozen=True)
class Submission:
    """A student's folder for a unit.

    Attributes
    ----------
    student, unit : str
    folder : Path
    reasons : tuple of str
        Anything unusual about the folder, its name and what is in it, one sentence each.
    """

    student: str
    unit: str
    folder: Path
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkedSubmission:
    """A marked submission: the executed notebook and the verdict derived from it."""

    notebook: NotebookNode
    verdict: Verdict

    @property
    def doubtful(self) -> bool:
        """Whether the verdict counts only if it is the same with nothing else running."""
        return is_doubtful(self.notebook)


def mark(submission: Submission, unit: ReleasedUnit, settings: Config) -> MarkedSubmission:
    """Read, repair and run a submission.

    Parameters
    ----------
    submission : Submission
    unit : ReleasedUnit
        The unit's cells from the gradebook.
    settings : Config
        nbgrader's configuration with the options of `Examine`.

    Returns
    -------
    MarkedSubmission
        In every case: a notebook that cannot be read or run gets zero points and a reason.

    Raises
    ------
    NoSandboxError, SlowMachineError
        If it cannot be run here, or not now; that is no fault of the submission.
    """
    try:
        notebook, reasons = read_notebook(submission, unit)
        reasons += repair(notebook, unit)
        set_notes(notebook, reasons)
    except UnreadableError as error:
        notebook = blank_notebook(unit, str(error))
    except Exception as error:
        log.exception("%s, %s: reading failed", submission.student, submission.unit)
        notebook = blank_notebook(unit, NOT_READ, describe_failure(error))
    try:
        run_notebook(notebook, submission.folder, settings)
    except (NoSandboxError, SlowMachineError):
        raise
    except Exception as error:
        log.exception("%s, %s: running failed", submission.student, submission.unit)
        notebook = blank_notebook(unit, NOT_RUN, describe_failure(error))
        run_notebook(notebook, submission.folder, settings)
    return MarkedSubmission(notebook, verdict_of(notebook, submission.unit, submission.student))


def read_notebook(submission: Submission, unit: ReleasedUnit) -> tuple[NotebookNode, list[str]]:
    """Return a submission's notebook, and anything unusual about its place and name.

    Raises
    ------
    UnreadableError
        If there is none, several could be meant, or it is none of this unit.
    """
    if is_linked(submission.folder):
        raise UnreadableError("its folder is a symbolic link; links are not followed")
    path, reasons = choose_notebook(submission.folder, submission.unit, unit)
    notebook = read(path)
    handed_in = unit_handed_in(notebook, submission.unit)
    if handed_in != submission.unit:
        raise UnreadableError(
            f"this is the notebook of unit {handed_in[:2]} ({handed_in}), where that of unit "
            f"{submission.unit[:2]} ({submission.unit}) was expected"
        )
    return notebook, [*submission.reasons, *reasons]


def blank_notebook(unit: ReleasedUnit, why: str, detail: str = "") -> NotebookNode:
    """Return the notebook graded in place of a submission that cannot be read.

    Parameters
    ----------
    unit : ReleasedUnit
    why : str
        What the student reads.
    detail : str
        What staff read besides.
    """
    notebook = new_notebook()
    repair(notebook, unit)
    set_notes(notebook, [why], why, [detail] if detail else [])
    return notebook


def describe_failure(error: Exception) -> str:
    """Describe an error of the grader's own, for staff."""
    return f"marking failed ({type(error).__name__}: {str(error)[:200]})"


def mark_as_failed(
    submission: Submission, unit: ReleasedUnit, why: str, detail: str
) -> MarkedSubmission:
    """Return the result for a submission whose marking failed: zero points and the reason."""
    notebook = blank_notebook(unit, why, detail)
    Examine(log=log).preprocess(notebook)
    return MarkedSubmission(notebook, verdict_of(notebook, submission.unit, submission.student))


def run_notebook(notebook: NotebookNode, folder: Path, settings: Config) -> None:
    """Execute a notebook in place, in a temporary folder with a copy of the files beside it."""
    with scratch() as work:
        left_out = copy_extra_files(folder, work)
        add_notes(notebook, left_out)
        resources: dict[str, Any] = {"metadata": {"path": str(work)}}
        examine = Examine(config=settings, log=log)
        examine.repeats = False
        examine.preprocess(notebook, resources)


@contextmanager
def scratch() -> Iterator[Path]:
    """Create a temporary folder for students' files, and delete those of killed processes.

    The name of such a folder holds the machine's name and the process id.
    """
    ours = f"descent-{os.uname().nodename}-"
    for path in Path(tempfile.gettempdir()).glob("descent-*"):
        match = re.fullmatch(rf"{re.escape(ours)}(\d{{1,9}})-\w+", path.name)
        if match and not _is_running(int(match[1])):
            shutil.rmtree(path, ignore_errors=True)
    prefix = f"{ours}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as created:
        yield Path(created)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:  # a permission error means that it runs
        return not isinstance(error, ProcessLookupError)
    return True


def is_linked(folder: Path) -> bool:
    """Tell whether a submission's folder, or the student's, is a symbolic link."""
    return os.path.islink(folder) or os.path.islink(folder.parent)


def is_readable(folder: Path) -> bool:
    """Tell whether this account may read a folder."""
    return os.access(folder, os.R_OK | os.X_OK)


def extra_files(folder: Path) -> FilesBeside:
    """Return what goes along with a notebook; nothing of a folder that is a link, or closed."""
    if is_linked(folder) or not is_readable(folder) or not folder.is_dir():
        return FilesBeside()
    return files_beside(folder)


def copy_extra_files(folder: Path, target: Path) -> list[str]:
    """Copy what goes along with a notebook; return a sentence for what does not."""
    return copy_files_beside(extra_files(folder), folder, target)
