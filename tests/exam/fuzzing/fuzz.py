"""Spoil notebooks and see that each ends with a verdict, with interpreters and without.

The whole of it, as issued before a release:

    python -m tests.exam.fuzzing.fuzz --count 10000 --examined 200

Prints how many ended in which way; the first that ends without a verdict stops it, with the seed
that makes it again (`--start SEED --count 1`).
"""

import argparse
import json
import os
import random
import shutil
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.tests

from autograder import nbgrader_bridge
from autograder.exam.examination import examine
from autograder.exam.interpreters import Interpreter
from autograder.exam.limits import Limits
from autograder.grading import marking
from autograder.grading.gradebook import register_unit
from autograder.grading.verdict import Verdict, verdict_of
from autograder.selftest.compose import compose, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.notes import set_notes
from autograder.submission.read import UnreadableError, read
from autograder.submission.released_cells import ReleasedUnit
from autograder.submission.repair import repair
from tests.exam.fuzzing.mutate import mutated

UNIT = "00_start_here"
LIMITS = Limits()
QUICK = {"memory": 1 << 30, "cpu": 30, "call_cpu": 8.0, "grace": 1.0}


class Absent:
    """An interpreter that ended before it was asked anything."""

    pid = -1

    def interrupt(self) -> None:
        """Nobody is there."""

    def kill(self) -> None:
        """Nobody is there."""

    def wait(self, timeout: float | None = None) -> int:
        """It has ended."""
        return 0


def absent() -> Interpreter:
    ours, theirs = socket.socketpair()
    theirs.close()
    return Interpreter(Absent(), ours)


@dataclass
class Fuzz:
    """What is spoilt: our own notebooks of `UNIT`, and those of nbgrader's tests."""

    unit: ReleasedUnit
    seeds: list[dict[str, Any]]
    folder: Path

    def spoilt(self, number: int) -> Path:
        """Write notebook `number`; the same number gives the same file."""
        rng = random.Random(number)
        data = mutated(rng.choice(self.seeds), rng)
        path = self.folder / str(number) / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        return path

    def planned(self, number: int) -> Verdict:
        """Read, repair and examine a corrupted notebook with interpreters that are not there."""
        path = self.spoilt(number)
        try:
            notebook = read(path)
            set_notes(notebook, repair(notebook, self.unit))
        except UnreadableError as error:
            notebook = marking.blank_notebook(self.unit, str(error))
        notebook = examine(notebook, absent, absent, LIMITS).notebook
        identities = [cell.id for cell in notebook.cells]
        assert len(set(identities)) == len(identities), f"{number}: an id stands twice"
        nbformat.validate(notebook)
        nbformat.writes(notebook).encode()
        return self.checked(str(number), verdict_of(notebook, UNIT, str(number)))

    def examined(self, number: int) -> Verdict:
        """Mark a spoilt notebook as a submission is marked: in the sandbox."""
        return self._marked(self.spoilt(number), str(number))

    def handed_in(self, path: Path) -> Verdict:
        """Mark somebody's notebook as it is."""
        copied = self.folder / "_".join(path.parts[-3:]) / f"{UNIT}.ipynb"
        copied.parent.mkdir(parents=True)
        shutil.copyfile(path, copied)
        return self._marked(copied, path.stem)

    def _marked(self, path: Path, name: str) -> Verdict:
        settings = nbgrader_bridge.config()
        settings.Examine.timeout, settings.Examine.notebook_timeout = 10, 60
        settings.Examine.limits = QUICK
        submission = marking.Submission(name, UNIT, path.parent)
        return self.checked(name, marking.mark(submission, self.unit, settings).verdict)

    def checked(self, label: str, verdict: Verdict) -> Verdict:
        """Look whether a verdict is one: all exercises, points in bounds, reasons where unread."""
        graded = {cell.name for cell in self.unit.cells if cell.grade or cell.task}
        found = {name if name in graded else f"test-{name}" for name in verdict.exercises}
        assert found == graded, f"{label}: exercises {found}"
        most = sum(cell.points or 0 for cell in self.unit.cells)
        assert 0 <= verdict.points <= verdict.max_points == most, f"{label}: {verdict.points}"
        assert verdict.read or verdict.reasons, f"{label}: no reason"
        assert all(
            result.right or result.message or result.by_hand
            for result in verdict.exercises.values()
        ), f"{label}: a point lost without a word"
        json.dumps(verdict.reasons).encode()
        return verdict


def theirs() -> list[Path]:
    """Return the notebooks that nbgrader keeps for its own tests."""
    return sorted(Path(nbgrader.tests.__file__).parent.rglob("*.ipynb"))


def fuzz(folder: Path) -> Fuzz:
    """Gather what is spoilt; the classroom must be one to throw away."""
    seeds = [
        json.loads(nbformat.writes(compose(UNIT, answers))) for answers in (solutions(UNIT), {})
    ]
    for path in theirs():
        try:
            seeds.append(json.loads(path.read_text(encoding="utf-8")))
        except ValueError:  # nbgrader keeps some that are none
            continue
    # Half of all are ours: those of others lack all of our cells.
    ours = seeds[:2] * ((len(seeds) - 2) // 2)
    return Fuzz(register_unit(UNIT), ours + seeds[2:], folder)


def run(count: int, examined: int, start: int = 0, workers: int = 1) -> Counter[str]:
    """Spoil `count` notebooks without interpreters, `examined` with; return how they ended."""
    with tempfile.TemporaryDirectory() as folder, classroom_at(Path(folder, "classroom"), "fuzz"):
        made = fuzz(Path(folder))
        ends: Counter[str] = Counter()
        for verdict in map(made.planned, range(start, start + count)):
            assert verdict.automatic[0] == 0, f"{verdict.student}: points where nothing ran"
            ends["planned: " + _end(verdict)] += 1
        first = start + count
        with ThreadPoolExecutor(workers) as pool:
            for verdict in pool.map(made.examined, range(first, first + examined)):
                ends["examined: " + _end(verdict)] += 1
    return ends


def _end(verdict: Verdict) -> str:
    if not verdict.read:
        return "could not be read"
    return "repaired" if verdict.reasons else "as it was"


def _lines(ends: Counter[str], seconds: float) -> Iterator[str]:
    yield from (f"{number:6} {end}" for end, number in sorted(ends.items()))
    yield f"{sum(ends.values()):6} verdicts in {seconds:.0f} s"


def main() -> None:
    """Fuzz as the command line says."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--count", type=int, default=10_000, help="without interpreters")
    words.add_argument("--examined", type=int, default=200, help="with interpreters")
    words.add_argument("--start", type=int, default=0, help="number of the first")
    given = words.parse_args()
    begin = time.monotonic()
    ends = run(given.count, given.examined, given.start, os.cpu_count() or 1)
    print("\n".join(_lines(ends, time.monotonic() - begin)))


if __name__ == "__main__":
    main()
