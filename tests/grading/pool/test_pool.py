"""Dask workers are lost, one submission's fault or nobody's: every task ends, and ends once."""

import contextlib
import os
import signal
import socket
import ssl
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell

from autograder import nbgrader_bridge
from autograder.exam.process import SlowMachineError
from autograder.grading import gradebook
from autograder.grading.marking import Submission
from autograder.grading.pool.opening import open_pool
from autograder.grading.pool.pool import LOST, MAX_ATTEMPTS, DaskPool, WorkerLost
from autograder.grading.pool.task import (
    SubmissionFiles,
    Task,
    TaskResult,
    TreeMismatchError,
    run_on_worker,
)
from autograder.grading.run import grade
from autograder.grading.verdict import Verdict
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.released_cells import ReleasedUnit
from benchmarks._workers import local_workers
from tests.waiting import TIMEOUT, wait_until

UNIT = "00_start_here"


def task(student: str, folder: Path) -> Task:
    item = Submission(student, UNIT, folder)
    unit, tree = ReleasedUnit((), {}), {"tests": "of another tree"}
    return Task(item, SubmissionFiles(), unit, {}, "secret", tree)


def pretend(task: Task) -> TaskResult:
    """Say in the task's folder that it was begun; then do what the student is named after."""
    item = task.submission
    with (item.folder / item.student).open("a") as begun:
        begun.write(f"{os.getpid()}\n")
    time.sleep(0.02)
    if item.student.startswith("kills"):
        os.kill(os.getpid(), signal.SIGKILL)
    if item.student == "raises":
        raise OSError("no space left")
    if item.student.startswith("not-started"):
        raise SlowMachineError("an interpreter", 600.0)
    verdict = Verdict(item.student, UNIT, 1.0, 1.0, {})
    return TaskResult(b"{}", verdict, doubtful=item.student.startswith("doubtful"))


KILLS = """\
import psutil
for above in psutil.Process().parents():
    if any("multiprocessing.forkserver" in word for word in above.cmdline()):
        above.kill()
        break
"""
"""Ends the worker that marks it; where there is none it does nothing."""


@pytest.fixture(scope="module")
def pool():
    with open_pool(2) as pool:
        yield DaskPool(pool.client, pretend, pool.check_workers, 2)


def run(pool, names: list[str], folder: Path) -> dict[str, list[TaskResult | WorkerLost]]:
    results: dict[str, list[TaskResult | WorkerLost]] = {name: [] for name in names}
    for done, outcome in pool.run(task(name, folder) for name in names):
        results[done.submission.student].append(outcome)
    return results


def test_a_worker_killer_costs_three_workers(pool, tmp_path):
    assert run(pool, ["kills"], tmp_path) == {"kills": [LOST]}
    begun = (tmp_path / "kills").read_text().splitlines()
    assert len(set(begun)) == len(begun) == MAX_ATTEMPTS


def test_a_worker_killer_gets_that_verdict_and_no_one_else_does(pool, tmp_path):
    names = ["kills-first", *(f"student-{n:02}" for n in range(12)), "kills-too", "raises"]
    results = run(pool, names, tmp_path)
    assert all(len(outcomes) == 1 for outcomes in results.values())
    for name, (outcome,) in results.items():
        begun = (tmp_path / name).read_text().splitlines()
        if name.startswith("kills"):
            assert outcome == LOST
            # A worker may be lost to another while this one waits for it.
            assert 1 <= len(set(begun)) == len(begun) <= MAX_ATTEMPTS
        elif name == "raises":
            assert "no space left" in outcome.detail
        else:
            assert isinstance(outcome, TaskResult)
            assert outcome.verdict.student == name


def test_a_doubtful_end_is_repeated_when_the_others_are_done(pool, tmp_path):
    names = ["doubtful-first", *(f"student-{n}" for n in range(8)), "doubtful-too"]
    ended = []
    for done, outcome in pool.run(task(name, tmp_path) for name in names):
        assert isinstance(outcome, TaskResult)
        ended.append(done.submission.student)
    assert sorted(ended) == sorted(names)
    assert ended[-2:] == ["doubtful-first", "doubtful-too"]
    for name in names:
        begun = (tmp_path / name).read_text().splitlines()
        assert len(begun) == 1 + name.startswith("doubtful")


def test_what_cannot_be_started_in_time_is_no_verdict(pool, tmp_path):
    names = ["not-started", "student"]
    ended = []

    def run_all() -> None:
        for done, _ in pool.run(task(name, tmp_path) for name in names):
            ended.append(done.submission.student)

    with pytest.raises(SlowMachineError, match="too busy: an interpreter did not start"):
        run_all()
    assert ended == ["student"]
    assert len((tmp_path / "not-started").read_text().splitlines()) == 2


SLEEPS = """\
with open({!r}, "a") as file: file.write("{}\\n")
import time
time.sleep({})
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sleeper_is_graded_again_after_the_others(tmp_path, monkeypatch, workers):
    """Alone it sleeps as long, so that counts; who was done has no second try."""
    configured = nbgrader_bridge.config

    def config():
        settings = configured()
        settings.Examine.limits = {"cell_wall": 3.0}
        return settings

    monkeypatch.setattr(nbgrader_bridge, "config", config)
    begun = tmp_path / "begun"
    with classroom_at(tmp_path / "classroom", "tests"):
        for name, seconds in (("asleep", 1000), ("awake", 0)):
            notebook = compose(UNIT, solutions(UNIT), complete=False)
            notebook.cells.append(new_code_cell(SLEEPS.format(str(begun), name, seconds)))
            hand_in(notebook, UNIT, name)
        graded: list[Verdict] = []
        grade(UNIT, None, graded.append, workers=workers, trust_students=True)
    assert sorted(begun.read_text().splitlines()) == ["asleep", "asleep", "awake"]
    assert [verdict.student for verdict in graded] == ["awake", "asleep"]
    assert any("took longer than 3 s" in reason for reason in graded[1].reasons)
    assert graded[0].points == graded[1].points > 0, "other cells are not affected"


def test_a_submission_that_costs_three_workers_is_recorded_and_kept(tmp_path):
    """It is right but for a cell that ends its worker, and the only one that is left."""
    notebook = compose(UNIT, solutions(UNIT), complete=False)
    notebook.cells.append(new_code_cell(KILLS))
    with classroom_at(tmp_path, "tests"):
        hand_in(notebook, UNIT, "kills")
        (verdict,) = grade(UNIT, workers=2, trust_students=True)
        assert verdict.points == 0
        assert LOST.why in verdict.reasons
        assert verdict.details == (LOST.detail,)
        assert not any(score.points for score in gradebook.read_scores(UNIT)["kills"].values())
        graded: list[Verdict] = []
        assert grade(UNIT, None, graded.append, trust_students=True) == [verdict]
        assert graded == []


def test_tasks_are_taken_no_earlier_than_needed(pool, tmp_path):
    taken = []

    def tasks():
        for number in range(40):
            taken.append(number)
            yield task(f"s{number}", tmp_path)

    for recorded, _ in enumerate(pool.run(tasks()), 1):
        assert len(taken) <= recorded + 6


def test_a_worker_with_another_tree_grades_nothing(pool, tmp_path):
    pool = DaskPool(pool.client)
    with pytest.raises(TreeMismatchError, match="has a different source tree: the hidden tests"):
        list(pool.run([task("ada", tmp_path)]))
    with pytest.raises(TreeMismatchError):
        run_on_worker(task("ada", tmp_path))


def test_nobody_without_the_key_talks_to_the_local_scheduler(pool):
    kind, host, port = pool.client.scheduler_info()["address"].replace("//", "").split(":")
    assert (kind, host) == ("tls", "127.0.0.1")

    def talk(context: ssl.SSLContext | None) -> bytes:
        """Connect; the scheduler speaks first."""
        connection = socket.create_connection((host, int(port)), TIMEOUT)
        with context.wrap_socket(connection) if context else connection as connection:
            if not context:
                connection.sendall(b"let me in")
            return connection.recv(1)

    keyless = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    keyless.check_hostname, keyless.verify_mode = False, ssl.CERT_NONE
    assert talk(pool.client.security.get_connection_args("client")["ssl_context"])
    with pytest.raises(ssl.SSLError):
        talk(keyless)
    with contextlib.suppress(ConnectionError):
        assert not talk(None)


def test_workers_that_die_while_they_start_are_replaced(pool, tmp_path):
    """Kill whatever is forked, several times over; then everything is done all the same."""
    killed = set()

    def killed_enough() -> bool:
        for worker in local_workers(os.getpid()):
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.kill()
                killed.add(worker.pid)
        pool.check_workers()
        return len(killed) > 6

    wait_until(killed_enough)
    results = run(pool, [f"s{n}" for n in range(6)], tmp_path)
    assert all(isinstance(outcome, TaskResult) for (outcome,) in results.values())


def test_workers_slow_to_go_home_hide_no_interrupt(monkeypatch):
    monkeypatch.setattr("autograder.grading.pool.opening.CLOSE_TIMEOUT", 0.001)
    with pytest.raises(KeyboardInterrupt), open_pool(2):
        raise KeyboardInterrupt


def test_what_was_marked_is_not_held(pool, tmp_path):
    """Dask keeps its latest messages, and a submission travels in one; it must keep few."""
    weight = 200_000
    files = (SubmissionFiles(entries=(("data", "file", bytes(weight)),)) for _ in range(250))
    tasks = (replace(task(f"s{n}", tmp_path), files=files) for n, files in enumerate(files))
    process, before = psutil.Process(), 0
    for number, _ in enumerate(pool.run(tasks)):
        if number == 50:
            before = process.memory_info().rss
    assert number == 249
    assert process.memory_info().rss - before < 0.3 * 200 * weight
