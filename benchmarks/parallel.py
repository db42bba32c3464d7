"""Grading with several workers: compared with plain nbgrader and with one worker; and faults.

Everything runs `autograder grade` in a process and a temporary classroom of its own. A class over
all units is compared with plain `nbgrader autograde`, and two workers with one. Faults are injected
on unit 00, which is small, so that everything but marking weighs most.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import psutil

from autograder import paths
from autograder.authoring import catalogue
from autograder.selftest.compose import compose, solutions
from autograder.selftest.temporary_classroom import classroom_at
from benchmarks._rows import row
from benchmarks._workers import local_workers
from benchmarks.kernels import SECRET, SMALL, STUDENTS, grade_by_nbgrader, hand_in_class

MANY = 1000
"""Number of submissions in the run with faults."""
CLASS = 40
"""Students of the class that is graded over all units."""
LARGER = {1: 10, 2: 16}
"""Students of the larger of two classes, by workers; the smaller one has `STUDENTS`."""
ROUNDS = 4
"""Repetitions of comparing two workers with one."""
KILL_EVERY = 20.0
"""Seconds between two workers killed."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    rows = over_all_units()
    wrong, lost = count_faults(MANY)
    what = f"missing or double verdicts of {MANY}; {lost} workers killed, the run killed twice"
    return [*rows, row(what, wrong, target="0")]


def over_all_units() -> list[dict]:
    """Return the time of a student of all units, compared with plain nbgrader and one worker."""
    units, clock = paths.units(), time.perf_counter
    with submitted_class(units, CLASS) as class_folder:
        descent = grade(class_folder, units, 2) / CLASS
    with submitted_class(units, STUDENTS) as class_folder:
        grade(class_folder, units, 2)
        baseline = sum(
            grade_by_nbgrader(unit, class_folder, class_folder.parent / unit, clock)
            for unit in units
        )
    more = time_of_one_more(units)
    return [
        row(
            f"one student of a class of {CLASS}, all {len(units)} units, two workers, start and "
            "end included, beside one more student in plain nbgrader",
            descent, baseline, "s", "at least 10 times faster",
        ),
        row(
            f"one more student, all {len(units)} units, two workers beside one, "
            f"the fastest of {ROUNDS} runs each",
            more[2], more[1], "s", "at least 1.8 times faster",
        ),
    ]  # fmt: skip


def time_of_one_more(units: Sequence[str]) -> dict[int, float]:
    """Return the seconds that one more student takes, by number of workers.

    The speed of a shared machine varies, and other work can only slow it down. So runs with one and
    with two workers alternate, and the fastest of each counts.
    """
    turns = [*((workers, STUDENTS) for workers in LARGER), *LARGER.items()]
    seconds: dict[tuple[int, int], list[float]] = {turn: [] for turn in turns}
    for _ in range(ROUNDS):
        for workers, size in turns:
            with submitted_class(units, size) as class_folder:
                seconds[workers, size].append(grade(class_folder, units, workers))
    least = {turn: min(each) for turn, each in seconds.items()}
    return {
        workers: (least[workers, larger] - least[workers, STUDENTS]) / (larger - STUDENTS)
        for workers, larger in LARGER.items()
    }


@contextmanager
def submitted_class(units: Sequence[str], size: int) -> Iterator[Path]:
    """Create a classroom with a class's submissions for these units."""
    with (
        tempfile.TemporaryDirectory() as folder,
        classroom_at(Path(folder, "classroom"), SECRET) as class_folder,
    ):
        for unit in units:
            hand_in_class(unit, size)
        yield class_folder


@contextmanager
def small_class(unit: str, size: int) -> Iterator[Path]:
    """Create a classroom with submissions of right and wrong answers in turn."""
    right = solutions(unit)
    known = [a for name in catalogue.exercises(unit) for a in catalogue.answers(unit, name)]
    texts = [
        nbformat.writes(compose(unit, right | {answer.exercise: answer.source}, complete=False))
        for answer in known[:: max(1, len(known) // 8)]
    ]
    with tempfile.TemporaryDirectory() as folder:
        class_folder = Path(folder)
        for number, text in zip(range(size), itertools.cycle(texts), strict=False):
            path = class_folder / "submitted" / f"student-{number:04}" / unit / f"{unit}.ipynb"
            path.parent.mkdir(parents=True)
            notebook = json.loads(text)
            notebook["metadata"]["number"] = number
            path.write_text(json.dumps(notebook), encoding="utf-8")
        yield class_folder


def start(class_folder: Path, units: Sequence[str], workers: int) -> psutil.Popen:
    """Start `autograder grade`."""
    environment = os.environ | {
        "DESCENT_CLASSROOM": str(class_folder),
        "DESCENT_SECRET": SECRET,
        "DESCENT_GRADEBOOK": "",
        "PYTHONPATH": str(paths.ROOT),
    }
    return psutil.Popen(
        [sys.executable, "-m", "autograder", "grade", *units, "--workers", str(workers)],
        cwd=paths.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def grade(class_folder: Path, units: Sequence[str], workers: int) -> float:
    """Grade a class from scratch; return the seconds it takes."""
    began = time.monotonic()
    process = start(class_folder, units, workers)
    errors = process.communicate()[1]
    if process.returncode:
        raise RuntimeError(errors.decode())
    return time.monotonic() - began


def recorded_times(class_folder: Path) -> dict[str, int]:
    """Return the times at which submissions were recorded, by student."""
    files = (class_folder / "fingerprints").rglob("*.json")
    return {path.stem: path.stat().st_mtime_ns for path in files}


def count_faults(size: int) -> tuple[int, int]:
    """Kill a worker every `KILL_EVERY` seconds, and the run after a third and after two thirds.

    Returns
    -------
    tuple of int
        The number of verdicts that are missing, recorded twice or wrong, and of killed workers.
    """
    lost, double = 0, 0
    before: dict[str, int] = {}
    with small_class(SMALL, size) as class_folder:
        killed = time.monotonic()
        for until in (size // 3, 2 * size // 3, size + 1):
            process = start(class_folder, [SMALL], 2)
            while process.poll() is None and len(recorded_times(class_folder)) < until:
                if time.monotonic() - killed > KILL_EVERY:
                    for worker in local_workers(process.pid)[
                        :1
                    ]:  # there are none while a run starts
                        with suppress(psutil.NoSuchProcess):
                            worker.kill()
                            killed = time.monotonic()
                            lost += 1
                time.sleep(0.1)
            if until < size:
                process.kill()
            _, errors = process.communicate()
            if until > size and process.returncode:
                raise RuntimeError(errors.decode())
            now = recorded_times(class_folder)
            double += sum(now.get(student) != when for student, when in before.items())
            before = now
        verdicts = {path.stem: path for path in (class_folder / "verdicts" / SMALL).glob("*.json")}
        spoilt = sum("lost while" in path.read_text() for path in verdicts.values())
        return size - len(verdicts.keys() & before.keys()) + double + spoilt, lost
