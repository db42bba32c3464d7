"""Cost of grading a class with forked interpreters, compared with plain `nbgrader autograde`.

The CPU time of all processes together is counted in a control group, which needs root; it does not
depend on other work of the machine. Both ways must give the same points. Further rows measure what
a student waits for, a kernel and Keras's first layer, and the memory of kernels on a school's
server.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from autograder import nbgrader_bridge, paths
from autograder.forkserver.client import close_all
from autograder.grading import gradebook
from autograder.grading.intake import find_submissions
from autograder.grading.marking import mark
from autograder.grading.pool import cpu_affinity
from autograder.grading.record import record
from autograder.kernels import install
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from benchmarks._rows import row

STUDENTS = 4
FEW, MANY = 10, 200
SMALL = "00_start_here"
SECRET = "benchmarks"
IDLE = 4
"""Number of further idle kernels while memory is measured."""
CLASS = 40
"""Number of idle kernels on a school's server."""
LAYER = "import keras, numpy as np\nkeras.layers.Dense(2)(np.ones((1, 3)))"
PLAIN = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.db_url = {url!r}
c.CourseDirectory.submitted_directory = {submitted!r}
c.CourseDirectory.course_id = "descent"
c.Execute.timeout = 300
"""
"""The configuration of a course that is plain nbgrader."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    rows = []
    with contextlib.ExitStack() as stack:
        spent = stack.enter_context(count_cpu_time())
        for unit in paths.units():
            rows += _unit(unit, spent)
        sums = (sum(each[key] for each in rows[::3]) for key in ("descent", "baseline"))
        target = "at least 10 times faster with two workers: one student of a class"
        rows.append(row("a submission of each unit", *sums, "s", target))
        rows.append(_line(spent))
    return [*rows, *_kernels(), *school()]


@contextlib.contextmanager
def count_cpu_time() -> Iterator[Callable[[], float]]:
    """Move this process to a control group; yield a function for its CPU seconds."""
    name = f"descent-{os.getpid()}"
    versions = [
        (Path("/sys/fs/cgroup/cpuacct", name), "cpuacct.usage", lambda text: int(text) / 1e9),
        (Path("/sys/fs/cgroup", name), "cpu.stat", lambda text: int(text.split()[1]) / 1e6),
    ]
    try:
        group, file, seconds = next(
            version for version in versions if version[0].parent.joinpath(version[1]).exists()
        )
        group.mkdir()
    except (StopIteration, OSError) as error:
        raise SystemExit("processor time is counted in a control group: run as root") from error
    members, account = group / "cgroup.procs", group / file

    def spent() -> float:
        return seconds(account.read_text())

    close_all()  # running servers would not be counted
    members.write_text(str(os.getpid()))
    try:
        yield spent
    finally:
        close_all()
        (group.parent / "cgroup.procs").write_text(str(os.getpid()))
        with contextlib.suppress(OSError):
            group.rmdir()


def _unit(unit: str, spent: Callable[[], float]) -> list[dict]:
    """Grade one class both ways, and run its cells in one interpreter."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        classroom_at(Path(scratch) / "c", SECRET) as class_folder,
    ):
        hand_in_class(unit, STUDENTS)
        descent, executed = _descent(unit, spent)
        baseline = grade_by_nbgrader(unit, class_folder, Path(scratch) / "plain", spent)
        runs = []
        for number, notebook in enumerate(executed):
            path = Path(scratch) / f"{number}.ipynb"
            nbformat.write(notebook, path)
            runs.append(json.loads(_python("-m", "benchmarks._one_interpreter", str(path), "3")))
        whole, cells_to_run = (statistics.mean(run) for run in zip(*runs, strict=True))
    preloaded = "in one preloaded interpreter"
    return [
        row(name, descent, seconds, "s", target)
        for name, seconds, target in (
            (f"a submission of {unit}", baseline, "at least 10 times faster, or the next row"),
            (f"{unit}, beside all its cells {preloaded}", whole, "at most 1.5 times slower"),
            (f"{unit}, beside those cells {preloaded} that points depend on", cells_to_run,
             "for comparison"),
        )
    ]  # fmt: skip


def hand_in_class(unit: str, size: int) -> None:
    """Write submissions of a unit, complete and half-finished ones in turn."""
    answers = solutions(unit)
    half = dict(list(answers.items())[: len(answers) // 2])
    kinds = [compose(unit, given) for given in (answers, half)]
    for number, notebook in zip(range(size), itertools.cycle(kinds), strict=False):
        hand_in(notebook, unit, f"s{number:03}")


def _descent(unit: str, spent: Callable[[], float]) -> tuple[float, list[nbformat.NotebookNode]]:
    """Return the seconds for one submission, and an executed notebook of each kind."""
    source, settings = gradebook.register_unit(unit), nbgrader_bridge.config()
    todo = find_submissions(unit)
    executed = []
    with cpu_affinity.pin_to_cpu(0), gradebook.open_gradebook() as book:  # as `grade` does
        record(mark(todo[0], source, settings), todo[0], book)  # starts the fork servers
        before = spent()
        for item in todo:
            marked = mark(item, source, settings)
            record(marked, item, book)
            executed.append(marked.notebook)
    return (spent() - before) / len(todo), executed[:2]


def grade_by_nbgrader(
    unit: str, class_folder: Path, root: Path, clock: Callable[[], float]
) -> float:
    """Grade a class of `STUDENTS` again with plain nbgrader, and compare the points.

    Returns
    -------
    float
        Seconds of `clock` for one submission, without the constant cost of a run.
    """
    mine = _points(unit)
    root.mkdir()
    text = PLAIN.format(
        root=str(root),
        url=f"sqlite:///{class_folder / 'gradebook.db'}",
        submitted=str(class_folder / "submitted"),
    )
    (root / "nbgrader_config.py").write_text(text, encoding="utf-8")
    seconds = []
    for chosen in (["--student=s000"], []):
        before = clock()
        _python("-m", "nbgrader", "autograde", unit, "--force", *chosen, cwd=root)
        seconds.append(clock() - before)
    assert mine == _points(unit), f"{unit}: {mine} is not {_points(unit)}"
    return (seconds[1] - seconds[0]) / (STUDENTS - 1)


def _points(unit: str) -> dict[str, float]:
    return {
        student: sum(score.points for score in scores.values())
        for student, scores in gradebook.read_scores(unit).items()
    }


def _python(*arguments: str, cwd: Path | None = None) -> str:
    programs = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PYTHONPATH": str(paths.ROOT),
        "PATH": os.pathsep.join((programs, os.environ["PATH"])),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd or paths.ROOT, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _line(spent: Callable[[], float]) -> dict:
    """Return the cost of a submission in a small and in a large class."""
    with tempfile.TemporaryDirectory() as scratch, classroom_at(Path(scratch), SECRET):
        notebook = compose(SMALL, solutions(SMALL))
        for number in range(FEW + MANY + 1):
            hand_in(notebook, SMALL, f"s{number:03}")
        source, settings = gradebook.register_unit(SMALL), nbgrader_bridge.config()
        first, *others = find_submissions(SMALL)
        each = []
        with cpu_affinity.pin_to_cpu(0), gradebook.open_gradebook() as book:
            record(mark(first, source, settings), first, book)
            for some in (others[:FEW], others[FEW:]):
                before = spent()
                for item in some:
                    record(mark(item, source, settings), item, book)
                each.append((spent() - before) / len(some))
    name = f"a submission in a class of {MANY} beside one in a class of {FEW}"
    return row(name, each[1], each[0], "s", "at most 1.25 times slower")


def _kernels() -> list[dict]:
    """Return the time to Keras's first layer, and the memory of another kernel."""
    with tempfile.TemporaryDirectory() as prefix:
        install.install(Path(prefix))
        os.environ["JUPYTER_PATH"] = str(Path(prefix, "share", "jupyter"))
        os.environ |= {"PYTHONPATH": str(paths.ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
        mine, stock = "descent-tensorflow", "python3"
        with _kernel(mine):  # starts the fork server
            pass
        times = [min(_first_layer(name) for _ in range(3)) for name in (mine, stock)]
        sizes = [_idle(name, IDLE)[0] for name in (mine, stock)]
        close_all()
    return [
        row("kernel ready and Keras's first layer", *times, "s", "at least 7 times faster"),
        row("memory of a further idle TensorFlow kernel", *sizes, "MB", "at most 80 MB"),
    ]


def school() -> list[dict]:
    """Return the memory and the start-up time of another kernel on a school's server."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "kernels.sock")
        install.install(Path(folder), str(place))
        os.environ["JUPYTER_PATH"] = str(Path(folder, "share", "jupyter"))
        os.environ["PYTHONPATH"] = str(paths.ROOT)
        command = [sys.executable, "-m", "autograder", "kernels", "serve", str(place)]
        server = subprocess.Popen(command)
        try:
            while not place.exists():
                assert server.poll() is None, "the fork server of the kernels does not start"
                time.sleep(0.1)
            memory, seconds = _idle("descent-tensorflow", CLASS - 1)
        finally:
            server.terminate()
            server.wait()
    name = f"memory of a further of {CLASS} idle TensorFlow kernels on a school's server"
    return [
        row(name, memory, None, "MB", "at most 80 MB"),
        row(f"TensorFlow kernel ready, the last of {CLASS}", seconds, None, "s", "below 1 s"),
    ]


@contextlib.contextmanager
def _kernel(name: str) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _first_layer(name: str) -> float:
    begin = time.perf_counter()
    with _kernel(name) as (_, client):
        _run(client, LAYER)
        return time.perf_counter() - begin


def _run(client: BlockingKernelClient, code: str) -> None:
    reply = client.execute_interactive(code, timeout=120, output_hook=lambda message: None)
    assert reply["content"]["status"] == "ok", reply["content"]


def _idle(name: str, further: int) -> tuple[float, float]:
    """Measure idle kernels that have imported TensorFlow.

    The memory of all of them and of their fork server is measured together, each shared page once:
    with one kernel, and with `further` more.

    Returns
    -------
    memory : float
        MB of each further kernel.
    seconds : float
        Until the last one was ready and had imported Keras.
    """
    with contextlib.ExitStack() as stack:
        weights, processes = [], set()
        for number in range(1 + further):
            begin = time.perf_counter()
            manager, client = stack.enter_context(_kernel(name))
            _run(client, "import keras")
            seconds = time.perf_counter() - begin
            provisioner: Any = manager.provisioner
            kernel = provisioner.pid
            processes |= {kernel, psutil.Process(kernel).ppid()} - {os.getpid()}
            if number in (0, further):
                weights.append(sum(map(_proportional, processes)))
        return (weights[1] - weights[0]) / further, seconds


def _proportional(process: int) -> float:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {process} has no proportional memory")
