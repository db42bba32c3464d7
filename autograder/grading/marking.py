"""Mark one submission: notebook in, executed notebook out. Nothing here knows the gradebook.

So marking can go on in many places at once, while one writer records.
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

from autograder.grading.verdict import Verdict, verdict_of
from autograder.plugins.examine import Examine, NoSandboxError
from autograder.submission.notes import note, unreadable, unusual
from autograder.submission.read import UnreadableError, read
from autograder.submission.released_cells import ReleasedUnit
from autograder.submission.repair import repair

log = logging.getLogger(__name__)

MAX_EXTRA_BYTES = 20_000_000


@dataclass(frozen=True)
class Submission:
    """A folder that a student handed in for a unit."""

    student: str
    unit: str
    folder: Path


@dataclass(frozen=True)
class Marked:
    """A marked submission: the executed notebook and the verdict that was read off it."""

    notebook: NotebookNode
    verdict: Verdict


def mark(submission: Submission, unit: ReleasedUnit, settings: Config) -> Marked:
    """Read, mend and run a submission.

    Parameters
    ----------
    submission : Submission
    unit : ReleasedUnit
        The unit's cells, as they stand in the gradebook.
    settings : Config
        nbgrader's configuration; what it says of `Examine` applies.

    Returns
    -------
    Marked
        Always: whatever cannot be read or run becomes a verdict of zero points with a reason.
    """
    try:
        path, reasons = find(submission)
        notebook = read(path)
        reasons += repair(notebook, unit)
        note(notebook, reasons)
    except UnreadableError as error:
        notebook = blank(unit, str(error))
    except Exception as error:
        log.exception("%s, %s: reading failed", submission.student, submission.unit)
        notebook = blank(unit, f"the notebook could not be prepared ({type(error).__name__})")
    try:
        run(notebook, submission.folder, settings)
    except NoSandboxError:
        raise
    except Exception as error:
        log.exception("%s, %s: running failed", submission.student, submission.unit)
        notebook = blank(unit, f"the notebook could not be run ({type(error).__name__}: {error})")
        run(notebook, submission.folder, settings)
    return Marked(notebook, verdict_of(notebook, submission.unit, submission.student))


def find(submission: Submission) -> tuple[Path, list[str]]:
    """Return the notebook in a submission's folder, and what is unusual about where it lies."""
    folder, expected = submission.folder, submission.folder / f"{submission.unit}.ipynb"
    if linked(folder):
        raise UnreadableError("its folder is a symbolic link; links are not followed")
    if expected.exists() or expected.is_symlink():
        return expected, []
    others = sorted(path for path in folder.glob("*.ipynb") if path.is_file())
    if len(others) == 1:
        return others[0], [
            f"the notebook was called {others[0].name!r}; taken as {expected.name!r}"
        ]
    there = ", ".join(repr(path.name) for path in others) or "no notebook at all"
    raise UnreadableError(f"there is no {expected.name} in the folder, but {there}")


def blank(unit: ReleasedUnit, unreadable: str) -> NotebookNode:
    """Make the notebook that stands for a submission that cannot be read."""
    notebook = new_notebook()
    repair(notebook, unit)
    note(notebook, [unreadable], unreadable)
    return notebook


def refused(submission: Submission, unit: ReleasedUnit, why: str) -> Marked:
    """Return what becomes of a submission that nothing could be made of."""
    notebook = blank(unit, why)
    Examine(log=log).preprocess(notebook)
    return Marked(notebook, verdict_of(notebook, submission.unit, submission.student))


def run(notebook: NotebookNode, folder: Path, settings: Config) -> None:
    """Run a notebook in place, in a folder of its own that holds a copy of what came with it."""
    with scratch() as place:
        left_out = copy_extras(folder, place)
        note(notebook, [*unusual(notebook), *left_out], unreadable(notebook))
        resources: dict[str, Any] = {"metadata": {"path": str(place)}}
        Examine(config=settings, log=log).preprocess(notebook, resources)


@contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder for students' files, and clear those whose process was killed.

    Each is named after the machine and the process, which is how they are told.
    """
    ours = f"descent-{os.uname().nodename}-"
    for path in Path(tempfile.gettempdir()).glob("descent-*"):
        named = re.fullmatch(rf"{re.escape(ours)}(\d{{1,9}})-\w+", path.name)
        if named and not _lives(int(named[1])):
            shutil.rmtree(path, ignore_errors=True)
    named_so = f"{ours}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=named_so, ignore_cleanup_errors=True) as made:
        yield Path(made)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:  # another account's may not be asked, and lives
        return not isinstance(error, ProcessLookupError)
    return True


def linked(folder: Path) -> bool:
    """Tell whether a submission's folder, or the student's, is a symbolic link."""
    return os.path.islink(folder) or os.path.islink(folder.parent)


def is_open(folder: Path) -> bool:
    """Tell whether this account may look into a folder."""
    return os.access(folder, os.R_OK | os.X_OK)


def extras(folder: Path) -> Iterator[Path]:
    """Yield the plain files beside a notebook, up to a limit; no links, notebooks or folders."""
    if linked(folder) or not is_open(folder):
        return
    left = MAX_EXTRA_BYTES
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb":
            continue
        left -= path.stat().st_size
        if left >= 0:
            yield path


def copy_extras(folder: Path, target: Path) -> list[str]:
    """Copy what came with a notebook; return why any of it is left out, one sentence each."""
    reasons = []
    for path in extras(folder):
        try:
            data = path.read_bytes()
        except OSError as error:
            reasons.append(f"the file {path.name!r} cannot be read: {error.strerror}")
        else:
            (target / path.name).write_bytes(data)
    return reasons
