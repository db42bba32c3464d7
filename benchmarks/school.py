"""A school of a hundred at once: logins, hand-ins, and what is lost when all that runs is killed.

Needs root: a hundred accounts are made for it and removed again. Clients are programs that send
what a browser would; as many as memory allows, at most `SERVERS`, have a Jupyter server and a
kernel, and hand in by nbgrader's Assignment List. The others log in, and hand in as `nbgrader
submit` does.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pwd
import signal
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import nbformat
import psutil

from autograder.school import processes
from autograder.school.hub_files import COURSE
from autograder.school.school_config import SchoolConfig, load_config
from autograder.selftest.compose import compose, solutions
from benchmarks._hand_in import hand_in
from benchmarks._made_up_school import autograder, passwords, removed_at_the_end, school_file
from benchmarks._rows import row
from benchmarks._student import Student, until
from course.submit import page_name

STUDENTS = 100
SERVERS = 30
"""How many have a server and a kernel, where memory allows."""
MEMORY = 250e6
"""Bytes that each of those is given: a server has 131 MB, a kernel 57; the rest is for Keras."""
RESERVE = 4e9
"""Bytes that are left to the hub, the grader, and whoever else uses the machine."""
UNIT = "00_start_here"
SECONDS = 60.0
"""Within which all log in, and within which all hand in."""
KILLS = 2
"""How often each service is killed."""
Item, Result = TypeVar("Item"), TypeVar("Result")
PREFIX = f"b{os.getpid() % 100_000}"


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    if os.geteuid() != 0:
        raise SystemExit("accounts are made for it: run as root")
    names = [f"{PREFIX}-{number:03}" for number in range(STUDENTS)]
    with school_file(names, f"{PREFIX}-staff") as file:
        config = load_config(file)
        with removed_at_the_end(config):
            code, said = autograder("school", "up", "--config", str(file))
            if code:
                raise SystemExit(said)
            return under_load(config)


def under_load(config: SchoolConfig) -> list[dict]:
    """Return the rows of a school that runs and has nobody in it."""
    words, address = passwords(config), f"http://127.0.0.1:{config.port}"
    students = [Student(address, entry.id, words[entry.id]) for entry in config.students()]
    served = students[: int((psutil.virtual_memory().available - RESERVE) / MEMORY)][:SERVERS]
    rows = [*_logins(students), *_servers(served)]
    calm = Day(config, students, served)
    with calm.graded():
        calm.hand_in_all()
    rows += calm.rows(f"{len(students)} hand-ins within {SECONDS:.0f} s")
    rows += _with_kills(config, students, served)
    return rows


def _logins(students: Sequence[Student]) -> list[dict]:
    began = time.monotonic()
    refused = len(students) - sum(_all_at_once(Student.log_in, students))
    seconds = time.monotonic() - began
    what = f"{len(students)} logins at once"
    return [
        row(f"{what}, refused", refused, target="0"),
        row(f"{what}, until the last was in", seconds, None, "s", f"at most {SECONDS:.0f} s"),
    ]


def _servers(served: Sequence[Student]) -> list[dict]:
    began = time.monotonic()

    def begin(student: Student) -> bool:
        student.start_server()
        return student.run("print(6 * 7)").strip() == "42"

    wrong = len(served) - sum(_all_at_once(begin, served))
    seconds = time.monotonic() - began
    what = f"{len(served)} servers started at once, a kernel and a first cell in each"
    return [
        row(f"{what}, until the last had run", seconds, None, "s"),
        row(f"{what}, without the right answer", wrong, target="0"),
    ]


def _with_kills(
    config: SchoolConfig, students: Sequence[Student], served: Sequence[Student]
) -> list[dict]:
    """Kill everything twice, while all log in, save and hand in once more."""
    day = Day(config, students, served)
    with day.graded(), ThreadPoolExecutor(2) as pool, day.saving() as saves:
        handing_in = pool.submit(day.hand_in_all)
        logging_in = pool.submit(_all_at_once, _log_in_at_last, students[len(served) :])
        away = {service.name: 0.0 for service in processes.services(config)}
        for _ in range(KILLS):
            for name in away:
                away[name] = max(away[name], _kill(config, name))
        handing_in.result()
        kept_out = logging_in.result().count(False)
    meanwhile = f"hub, proxy, fork server and grader killed {KILLS} times each meanwhile"
    rows = day.rows(f"{len(students)} hand-ins, {meanwhile}")
    rows.append(row(f"logins that never succeeded, {meanwhile}", kept_out, target="0"))
    lost = sum(not saves.on_disk(student.name) for student in served)
    what = f"notebooks of {len(served)} in which something saved was lost, {saves.number} saves"
    rows.append(row(f"{what}, {meanwhile}", lost, target="0"))
    for name, seconds in away.items():
        what = f"{name} killed, until the school answered with it again, the longer of {KILLS}"
        rows.append(row(what, seconds, None, "s"))
    return rows


def _log_in_at_last(student: Student) -> bool:
    return until(student.log_in)


def _kill(config: SchoolConfig, name: str) -> float:
    """Kill a service; return the seconds until another one does its work."""
    (service,) = (each for each in processes.services(config) if each.name == name)
    killed = set(processes.processes_with(service.mark))
    began = time.monotonic()
    for number in killed:
        with suppress(ProcessLookupError):  # a child of one that was killed before it
            os.kill(number, signal.SIGKILL)

    def works() -> bool:
        runs = set(processes.processes_with(service.mark)) - killed
        return bool(runs) and processes.hub_answers(config) and _listens(config.kernels)

    if not until(works):
        raise SystemExit(f"{name} was not started again")
    return time.monotonic() - began


def _listens(path: Path) -> bool:
    """Tell whether anybody listens at a socket; its file outlives who was killed."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as trial:
        try:
            trial.connect(str(path))
        except OSError:
            return False
    return True


@dataclass
class Saves:
    """Notebooks that are saved again and again, and what the server said of it.

    Attributes
    ----------
    number : int
        How many saves were acknowledged.
    last : dict of str to int
        By student, the number in the last notebook that was.
    """

    number: int = 0
    last: dict[str, int] = field(default_factory=dict)

    def on_disk(self, name: str) -> bool:
        """Tell whether the file holds what was saved last, or what came after."""
        text = _notebook_of(name).read_text(encoding="utf-8")
        return bool(json.loads(text)["metadata"]["saved"] >= self.last.get(name, 0))


class Day:
    """All hand in once, and wait for the page with their points.

    Parameters
    ----------
    config : SchoolConfig
    students, served : sequence of Student
        Who hands in, and who of them has a server.
    """

    def __init__(
        self, config: SchoolConfig, students: Sequence[Student], served: Sequence[Student]
    ) -> None:
        self._config, self._students, self._served = config, students, set(served)
        self._course = config.exchange / COURSE
        self._before = set(self._inbound())
        self._asked: dict[str, float] = {}
        self._seen: dict[str, float] = {}
        self._notebook = compose(UNIT, solutions(UNIT))
        self._notebook.metadata["saved"] = 0
        for student in students:
            self._write(student.name)

    def rows(self, what: str) -> list[dict]:
        """Return the rows of hand-ins."""
        missing = len(self._students) - len(self._seen)
        waits = [self._seen[name] - self._asked[name] for name in self._seen] or [float("inf")]
        target = "a few seconds where one is graded at a time"
        return [
            row(f"{what}: without feedback", missing, target="0"),
            row(f"{what}: to feedback, p50", statistics.median(waits), None, "s", target),
            row(f"{what}: to feedback, the last", max(waits), None, "s"),
        ]

    def hand_in_all(self) -> None:
        """Hand in everybody's work, evenly within `SECONDS`."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["benchmarks._hand_in"])
        settings = self._config.place / "jupyter" / "students" / "nbgrader_config.json"
        began = time.monotonic()

        def one(numbered: tuple[int, Student]) -> None:
            number, student = numbered
            time.sleep(max(0.0, began + number * SECONDS / len(self._students) - time.monotonic()))
            self._asked[student.name] = time.monotonic()
            if student in self._served:
                until(lambda: student.hand_in(UNIT, COURSE))
                return
            process = context.Process(target=hand_in, args=(student.name, UNIT, settings))
            process.start()
            process.join()

        _all_at_once(one, list(enumerate(self._students)))

    @contextmanager
    def saving(self) -> Iterator[Saves]:
        """Let everybody with a server save their notebook again and again."""
        saves, stopped, lock = Saves(), threading.Event(), threading.Lock()

        def save(student: Student) -> None:
            number = 0
            while not stopped.wait(1.0):
                number += 1
                notebook = nbformat.from_dict(self._notebook)
                notebook.metadata["saved"] = number
                if student.save(f"{UNIT}/{UNIT}.ipynb", notebook):
                    with lock:
                        saves.number += 1
                        saves.last[student.name] = number

        with ThreadPoolExecutor(max(1, len(self._served))) as pool:
            running = [pool.submit(save, student) for student in self._served]
            try:
                yield saves
            finally:
                stopped.set()
            for each in running:
                each.result()

    @contextmanager
    def graded(self) -> Iterator[None]:
        """Watch for feedback from the first hand-in on, until all have theirs or it is too late."""
        stopped = threading.Event()
        watching = threading.Thread(target=self._watch, args=(stopped,))
        watching.start()
        try:
            yield
            until(lambda: len(self._seen) == len(self._students))
        finally:
            stopped.set()
            watching.join()

    def _watch(self, stopped: threading.Event) -> None:
        pages: dict[str, list[Path]] = {}
        known = set(self._before)
        while not stopped.wait(0.2):
            for folder in set(self._inbound()) - known:
                try:
                    secret = (folder / "submission_secret.txt").read_text(encoding="utf-8")
                except OSError:
                    continue  # it is being written
                if secret:
                    known.add(folder)
                    page = self._course / "feedback" / f"{page_name(secret, UNIT)}.html"
                    pages.setdefault(folder.name.split("+")[0], []).append(page)
            for name, expected in pages.items():
                if name not in self._seen and any(page.exists() for page in expected):
                    self._seen[name] = time.monotonic()

    def _inbound(self) -> list[Path]:
        return list((self._course / "inbound").glob(f"*+{UNIT}+*"))

    def _write(self, name: str) -> None:
        """Write the solved notebook into a student's folder."""
        path, account = _notebook_of(name), pwd.getpwnam(name)
        nbformat.write(self._notebook, path)
        os.chown(path, account.pw_uid, account.pw_gid)


def _notebook_of(name: str) -> Path:
    return Path(pwd.getpwnam(name).pw_dir, "descent", UNIT, f"{UNIT}.ipynb")


def _all_at_once(do: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    with ThreadPoolExecutor(max(1, len(items))) as pool:
        return list(pool.map(do, items))
