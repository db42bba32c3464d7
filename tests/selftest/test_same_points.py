"""Serial, parallel, shuffled, stopped and killed: the same points, each submission once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from autograder import paths
from autograder.authoring import catalogue
from autograder.grading import gradebook, run
from autograder.grading.pool.pool import MAX_ATTEMPTS
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from benchmarks._workers import local_workers

UNITS = ("00_start_here", "01_linear_regression")


def hand_in_all() -> None:
    """Hand in, for each unit, the right answers, none, and two of the wrong ones."""
    for unit in UNITS:
        right = solutions(unit)
        hand_in(compose(unit, right, complete=False), unit, "right")
        hand_in(compose(unit, {}, complete=False), unit, "blank")
        hand_in(compose(unit, {}, complete=False), unit, "broken").write_text("{")
        wrong = [a for name in catalogue.exercises(unit) for a in catalogue.wrong(unit, name)]
        for number, answer in enumerate(random.Random(7).sample(wrong, 2)):
            answers = right | {answer.exercise: answer.source}
            hand_in(compose(unit, answers, complete=False), unit, f"wrong-{number}")


def outcome() -> dict[str, object]:
    """Return all verdicts and all points in the gradebook."""
    return {unit: (load_verdicts(unit), gradebook.read_scores(unit)) for unit in UNITS}


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    with classroom_at(tmp_path_factory.mktemp("serial"), "tests"):
        hand_in_all()
        grade(UNITS)
        return outcome()


def test_two_workers_give_the_points_of_one_process(serial, tmp_path):
    with classroom_at(tmp_path, "tests"):
        hand_in_all()
        grade(UNITS, workers=2)
        assert outcome() == serial
        scores = gradebook.read_scores(UNITS[1])
        assert scores["right"]["cost"].points > scores["blank"]["cost"].points


@pytest.mark.slow
def test_order_does_not_matter(serial, tmp_path, monkeypatch):
    listed = run.find_submissions

    def shuffled(unit, chosen=None):
        return random.Random(3).sample(found := listed(unit, chosen), len(found))

    with classroom_at(tmp_path, "tests"):
        hand_in_all()
        monkeypatch.setattr(run, "find_submissions", shuffled)
        grade(UNITS[::-1])
        assert outcome() == serial


class Grading:
    """`autograder grade` in a process of its own, begun anew each time it is started."""

    def __init__(self, classroom: Path) -> None:
        self.classroom = classroom
        self.environment = os.environ | {"PYTHONPATH": str(paths.ROOT)}

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "autograder", "grade", *UNITS, "--workers", "2", *arguments],
            cwd=paths.ROOT, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def recorded(self) -> dict[str, int]:
        """Return what is recorded, and when it was."""
        files = (self.classroom / "fingerprints").rglob("*.json")
        return {f"{path.parent.name}/{path.stem}": path.stat().st_mtime_ns for path in files}

    def wait_for(self, number: int, process: subprocess.Popen) -> None:
        until = time.monotonic() + 240
        while len(self.recorded()) < number:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.05)


def children(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_stopped_it_goes_on(serial, tmp_path, number):
    """Ctrl-C reaches all processes of the terminal's group; SIGTERM is sent to all here as well."""
    with classroom_at(tmp_path, "tests"):
        hand_in_all()
        grading = Grading(tmp_path)
        process = grading.start()
        grading.wait_for(2, process)
        began = children(process.pid)
        os.killpg(process.pid, number)
        _, reported = process.communicate(timeout=60)
        assert process.returncode == 130
        first = grading.recorded()
        assert reported.splitlines()[-1].startswith(f"Interrupted: {len(first)} of 10 graded")
        assert "Traceback" not in reported
        assert psutil.wait_procs(began, timeout=20)[1] == []
        process = grading.start()
        _, reported = process.communicate(timeout=240)
        assert process.returncode == 0, reported
        assert sum(
            int(line.split()[1]) for line in reported.splitlines() if " kept: " in line
        ) == len(first)
        assert first.items() <= grading.recorded().items()
        assert outcome() == serial


@pytest.mark.slow
def test_workers_and_the_run_itself_are_killed_and_each_verdict_is_there_once(serial, tmp_path):
    with classroom_at(tmp_path, "tests"):
        hand_in_all()
        grading = Grading(tmp_path)
        lost, over = [], threading.Event()

        def kill_workers(pid: int) -> None:
            while len(lost) < MAX_ATTEMPTS - 1 and not over.wait(5):
                # Two only: three could be one submission's, and that has a verdict of its own.
                for worker in local_workers(pid)[:1]:
                    lost.append(worker.pid)
                    worker.kill()

        kept: dict[str, int] = {}
        for target in (2, 5, None):
            process = grading.start()
            over.clear()
            killer = threading.Thread(target=kill_workers, args=(process.pid,), daemon=True)
            if target is None:
                killer.start()
                _, reported = process.communicate(timeout=300)
                over.set()
                assert process.returncode == 0, reported
            else:
                grading.wait_for(target, process)
                began = children(process.pid)
                process.kill()
                process.communicate()
                assert psutil.wait_procs(began, timeout=20)[1] == []
            now = grading.recorded()
            assert kept.items() <= now.items(), "something was graded twice"
            kept = now
        assert lost, "no worker was killed"
        assert len(kept) == 10
        assert outcome() == serial
