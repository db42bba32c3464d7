"""Grade a class: mark submissions, and record what came of each."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder import layout, wiring
from autograder.exam.preprocessor import Examine
from autograder.grading.gradebook import GradingError, enrol
from autograder.grading.marking import Submission, mark
from autograder.grading.record import record
from autograder.grading.verdict import Verdict

log = logging.getLogger(__name__)


def submitted() -> Path:
    """Return the folder of submissions.

    Raises
    ------
    GradingError
        If there is none; the message says what to do first.
    """
    folder = layout.classroom() / "submitted"
    if not folder.is_dir():
        raise GradingError(
            f"there is no folder {_shown(folder)} yet. Put what each student hands in at "
            f"{_shown(folder)}/STUDENT/UNIT/UNIT.ipynb, or see a made-up class: `autograder demo`"
        )
    return folder


def students() -> list[str]:
    """Return the ids of all students who handed anything in: the names of their folders."""
    return sorted(path.name for path in submitted().iterdir() if _is_folder(path))


def submissions(unit: str, chosen: Iterable[str] | None = None) -> list[Submission]:
    """Return what was handed in for a unit, by all students or by those chosen.

    Raises
    ------
    layout.UnknownNameError
        If a student is named who handed in nothing at all.
    """
    known = students()
    chosen = list(dict.fromkeys(chosen or known))
    for name in chosen:
        if name not in known:
            raise layout.UnknownNameError("student", name, known)
    found = [Submission(name, unit, submitted() / name / unit) for name in chosen]
    return [item for item in found if item.folder.exists() or item.folder.is_symlink()]


def grade(
    unit: str,
    students: Iterable[str] | None = None,
    on_verdict: Callable[[Verdict], None] = lambda verdict: None,
    workers: int = 1,
    trust_students: bool = False,
) -> list[Verdict]:
    """Grade what was handed in for a unit.

    Points, comments and everything else of a grade go into nbgrader's gradebook; what was given by
    hand stays. Verdicts are written below `classroom/verdicts`.

    Parameters
    ----------
    unit : str
        Full name of the unit.
    students : iterable of str, optional
        Grade these only.
    on_verdict : callable, optional
        Called after each submission.
    workers : int
        How many submissions are marked at a time; they are recorded one after the other.
    trust_students : bool
        Run students' code without a sandbox.

    Raises
    ------
    NoSandboxError
        If there can be no sandbox here and students are not trusted; nothing was graded then.
    """
    todo = submissions(unit, students)
    if not todo:
        return []
    source = enrol(unit)
    settings = wiring.config()
    if trust_students:
        settings.Examine.trust_students = True
    Examine(config=settings).confinement()
    verdicts = []
    # Threads do: what takes time is the kernels, and each is a process of its own.
    with ThreadPoolExecutor(workers) as pool:
        try:
            for marked in pool.map(lambda item: mark(item, source, settings), todo):
                submission = todo[len(verdicts)]
                verdicts.append(record(marked, submission))
                on_verdict(verdicts[-1])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return verdicts


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _shown(path: Path) -> Path:
    return path.relative_to(layout.ROOT) if path.is_relative_to(layout.ROOT) else path
