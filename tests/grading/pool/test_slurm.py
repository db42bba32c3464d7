"""Slurm's own programs: a class is graded through all that happens to jobs, and a stop is clean."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder import paths
from autograder.authoring import catalogue
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.pool.own_slurm import Slurm, SlurmMissingError, running_slurm
from tests.waiting import TIMEOUT, wait_until

pytestmark = pytest.mark.slow

UNIT = "01_linear_regression"
STUDENTS = 24
QUICKLY = (
    "from autograder.grading.pool import slurm; slurm.QUERY_INTERVAL = 2.0; "
    "from autograder.cli import app; app()"
)
"""Asks after its jobs every 2 s, in place of 30 s: nothing else of the command is changed."""


@pytest.fixture(scope="module")
def slurm() -> Iterator[Slurm]:
    try:
        with running_slurm(cpus=2) as running:
            yield running
    except SlurmMissingError as error:
        pytest.fail(f"Slurm cannot be tried on this machine: {error}")


class Run:
    """`autograder grade --slurm 2`, as a person starts it."""

    def __init__(self, slurm: Slurm, classroom: Path) -> None:
        self.classroom, self._output = classroom, classroom.with_suffix(".txt")
        jobs = {
            "CORES": "1", "MEMORY": "4GB", "INTERFACE": "lo",
            "LOCAL_DIRECTORY": str(slurm.folder), "LOG_DIRECTORY": str(slurm.folder),
        }  # fmt: skip
        settings = {f"DASK_JOBQUEUE__SLURM__{name}": to for name, to in jobs.items()}
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", QUICKLY, "grade", UNIT, "--slurm", "2"],
                cwd=paths.ROOT, env=os.environ | slurm.environment | settings,
                stdout=output, stderr=output,
            )  # fmt: skip

    def said(self) -> str:
        return self._output.read_text()

    def graded(self) -> int:
        return len(list((self.classroom / "verdicts" / UNIT).glob("*.json")))

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds while it runs."""
        wait_until(lambda: condition() or self.process.poll() is not None)
        assert self.process.poll() is None, f"it ended before that:\n{self.said()}"

    def end(self) -> int:
        return self.process.wait(TIMEOUT)


@pytest.fixture
def run(slurm: Slurm, tmp_path: Path) -> Iterator[Run]:
    """Grade a made-up class of right and wrong answers."""
    right = solutions(UNIT)
    known = [a for name in catalogue.exercises(UNIT) for a in catalogue.answers(UNIT, name)]
    kinds = [
        compose(UNIT, right | {answer.exercise: answer.source}, complete=False)
        for answer in known[:: max(1, len(known) // 8)]
    ]
    with classroom_at(tmp_path / "classroom", "tests") as classroom:
        for number, notebook in zip(range(STUDENTS), itertools.cycle(kinds), strict=False):
            hand_in(notebook, UNIT, f"student-{number:02}")
        started = Run(slurm, classroom)
        yield started
        started.process.kill()
        started.process.wait()
        slurm.cancel_all()
        if slurm.state() == "drained":
            slurm.resume()


def test_every_verdict_comes_through_a_cancelled_job_and_a_drained_node(
    slurm: Slurm, run: Run, tmp_path: Path
) -> None:
    run.wait_until(run.graded)
    first, second = slurm.jobs("RUNNING")
    slurm.tell("scancel", first)
    slurm.drain()
    slurm.tell("scancel", second)
    run.wait_until(lambda: "2 of 2 Slurm jobs wait, since 20" in run.said())
    assert "its nodes are drained, down or reserved; `sinfo -R` says why" in run.said()
    assert 0 < run.graded() < STUDENTS
    assert not {first, second} & set(slurm.jobs())
    slurm.resume()
    assert run.end() == 0, f"{run.said()}\n{slurm.logs()}"
    assert slurm.jobs("RUNNING", "PENDING") == []
    through_slurm = load_verdicts(UNIT)
    with classroom_at(tmp_path / "here", "tests") as here:
        here.mkdir()
        (run.classroom / "submitted").rename(here / "submitted")
        grade(UNIT)
        assert load_verdicts(UNIT) == through_slurm
    assert len(through_slurm) == STUDENTS
    assert len({verdict.points for verdict in through_slurm.values()}) > 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["submitting", "waiting", "grading"])
def test_a_stop_is_clean_whenever_it_comes(
    slurm: Slurm, run: Run, when: str, number: signal.Signals
) -> None:
    if when == "waiting":
        slurm.drain()
    conditions = {
        "submitting": lambda: "graded for the first time" in run.said(),
        "waiting": lambda: "Slurm jobs wait" in run.said(),
        "grading": run.graded,
    }
    run.wait_until(conditions[when])
    run.process.send_signal(number)
    run.process.send_signal(number)  # in impatience
    assert run.end() == 130, run.said()
    assert "Traceback" not in run.said()
    assert f"Interrupted: {run.graded()} of {STUDENTS} graded and saved" in run.said()
    wait_until(lambda: not slurm.jobs("RUNNING", "PENDING"), "jobs are left in the queue")
    assert not list(run.classroom.glob("keys-*"))
