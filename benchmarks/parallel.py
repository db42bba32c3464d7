"""Grading by several workers: a class beside plain nbgrader, what a second one gives, faults.

Everything is the command `autograder grade`, in a process of its own and a classroom that is thrown
away. A class over all units is measured beside plain `nbgrader autograde`, and two workers beside
one; faults on unit 00, which is small, so that what is not marking weighs most.
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
from benchmarks.kernels import SECRET, SMALL, STUDENTS, hand_in_class, plain

MANY = 1000
"""Submissions that faults befall."""
CLASS = 40
"""Students of the class that is graded over all units."""
LARGER = {1: 10, 2: 16}
"""Students of the larger of two classes, by workers; the smaller one has `STUDENTS`."""
ROUNDS = 4
"""How often two workers are measured beside one."""
KILL_EVERY = 20.0
"""Seconds between two workers killed."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    rows = over_all_units()
    wrong, lost = faults(MANY)
    what = f"missing or double verdicts of {MANY}; {lost} workers killed, the run killed twice"
    return [*rows, row(what, wrong, target="0")]


def over_all_units() -> list[dict]:
    """Return what a student of all units takes: beside plain nbgrader, beside one worker."""
    units, clock = paths.units(), time.perf_counter
    with handed_in(units, CLASS) as room:
        descent = grade(room, units, 2) / CLASS
    with handed_in(units, STUDENTS) as room:
        grade(room, units, 2)
        baseline = sum(plain(unit, room, room.parent / unit, clock) for unit in units)
    more = one_more(units)
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


def one_more(units: Sequence[str]) -> dict[int, float]:
    """Return the seconds that one more student takes, by workers.

    A shared machine is not as fast in one minute as in the next, and other people's work can only
    slow it: runs of one and of two workers take turns, and the fastest of each counts.
    """
    turns = [*((workers, STUDENTS) for workers in LARGER), *LARGER.items()]
    seconds: dict[tuple[int, int], list[float]] = {turn: [] for turn in turns}
    for _ in range(ROUNDS):
        for workers, size in turns:
            with handed_in(units, size) as room:
                seconds[workers, size].append(grade(room, units, workers))
    least = {turn: min(each) for turn, each in seconds.items()}
    return {
        workers: (least[workers, larger] - least[workers, STUDENTS]) / (larger - STUDENTS)
        for workers, larger in LARGER.items()
    }


@contextmanager
def handed_in(units: Sequence[str], size: int) -> Iterator[Path]:
    """Give a classroom in which a class has handed in these units."""
    with (
        tempfile.TemporaryDirectory() as folder,
        classroom_at(Path(folder, "classroom"), SECRET) as room,
    ):
        for unit in units:
            hand_in_class(unit, size)
        yield room


@contextmanager
def classroom(unit: str, size: int) -> Iterator[Path]:
    """Hand in right and wrong answers, in turn, by so many students."""
    right = solutions(unit)
    known = [a for name in catalogue.exercises(unit) for a in catalogue.answers(unit, name)]
    texts = [
        nbformat.writes(compose(unit, right | {answer.exercise: answer.source}, complete=False))
        for answer in known[:: max(1, len(known) // 8)]
    ]
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        for number, text in zip(range(size), itertools.cycle(texts), strict=False):
            path = room / "submitted" / f"student-{number:04}" / unit / f"{unit}.ipynb"
            path.parent.mkdir(parents=True)
            notebook = json.loads(text)
            notebook["metadata"]["number"] = number
            path.write_text(json.dumps(notebook), encoding="utf-8")
        yield room


def start(room: Path, units: Sequence[str], workers: int) -> psutil.Popen:
    """Start `autograder grade`."""
    environment = os.environ | {
        "DESCENT_CLASSROOM": str(room),
        "DESCENT_SECRET": SECRET,
        "DESCENT_GRADEBOOK": "",
        "PYTHONPATH": str(paths.ROOT),
    }
    return psutil.Popen(
        [sys.executable, "-m", "autograder", "grade", *units, "--workers", str(workers)],
        cwd=paths.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def grade(room: Path, units: Sequence[str], workers: int) -> float:
    """Grade a class from nothing; return the seconds it takes."""
    began = time.monotonic()
    process = start(room, units, workers)
    said = process.communicate()[1]
    if process.returncode:
        raise RuntimeError(said.decode())
    return time.monotonic() - began


def recorded(room: Path) -> dict[str, int]:
    """Return what is recorded, and when it was."""
    files = (room / "fingerprints").rglob("*.json")
    return {path.stem: path.stat().st_mtime_ns for path in files}


def faults(size: int) -> tuple[int, int]:
    """Kill a worker every so often, and the run itself after a third and two thirds.

    Returns
    -------
    tuple of int
        How many verdicts are missing, were recorded twice or are not what they should be; how many
        workers were killed.
    """
    lost, double = 0, 0
    before: dict[str, int] = {}
    with classroom(SMALL, size) as room:
        killed = time.monotonic()
        for until in (size // 3, 2 * size // 3, size + 1):
            process = start(room, [SMALL], 2)
            while process.poll() is None and len(recorded(room)) < until:
                if time.monotonic() - killed > KILL_EVERY:
                    for worker in local_workers(process.pid)[:1]:  # none while a run only begins
                        with suppress(psutil.NoSuchProcess):
                            worker.kill()
                            killed = time.monotonic()
                            lost += 1
                time.sleep(0.1)
            if until < size:
                process.kill()
            _, said = process.communicate()
            if until > size and process.returncode:
                raise RuntimeError(said.decode())
            now = recorded(room)
            double += sum(now.get(student) != when for student, when in before.items())
            before = now
        verdicts = {path.stem: path for path in (room / "verdicts" / SMALL).glob("*.json")}
        spoilt = sum("lost while" in path.read_text() for path in verdicts.values())
        return size - len(verdicts.keys() & before.keys()) + double + spoilt, lost
