"""Feedback on a class, all of it and after one change, by processor time.

A class is graded in a temporary classroom. Its feedback is written; then one student's comment is
changed and feedback is written again, as a teacher does who grades by hand.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from autograder import paths
from autograder.grading.gradebook import open_gradebook
from benchmarks._rows import row
from benchmarks.kernels import SECRET
from benchmarks.parallel import grade, submitted_class

UNIT = "01_linear_regression"
CLASS = 100
"""Students of the class."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    with submitted_class([UNIT], CLASS) as class_folder:
        grade(class_folder, [UNIT], 2)
        whole = write_feedback(class_folder, CLASS)
        comment_on_one()
        one = write_feedback(class_folder, 1)
    what = f"feedback on a class of {CLASS} after one change, beside all of it"
    return [row(what, one, whole, "s", "at least 20 times faster")]


def comment_on_one() -> None:
    """Write a comment on one student's work, as in nbgrader's formgrader."""
    with open_gradebook() as gradebook:
        entry = gradebook.notebook_submissions(UNIT, UNIT)[CLASS // 2]
        entry.comments[0].manual_comment = "See me about this."
        gradebook.db.commit()


def write_feedback(class_folder: Path, expected: int) -> float:
    """Run `autograder feedback`; return the seconds of processor time that it takes.

    Raises
    ------
    RuntimeError
        If it fails or does not write as many notebooks as expected.
    """
    environment = os.environ | {
        "DESCENT_CLASSROOM": str(class_folder),
        "DESCENT_SECRET": SECRET,
        "DESCENT_GRADEBOOK": "",
        "PYTHONPATH": str(paths.ROOT),
    }
    before = _processor_time()
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "feedback", UNIT],
        cwd=paths.ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode or f"({expected} notebooks written" not in done.stdout:
        raise RuntimeError(done.stdout + done.stderr)
    return _processor_time() - before


def _processor_time() -> float:
    """Return the processor time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
