"""Many answers judged by the instant check and the hidden test, each in a forked process.

The process that forks has imported all that answers need and has run none of them, so a process
for each answer costs milliseconds, nothing of one answer is left for the next, and one that does
not end is stopped at its limit of processor time or memory.
"""

import ast
import faulthandler
import json
import os
import resource
import selectors
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from autograder.hidden_tests.hidden_test import HiddenTest, prepare
from autograder.selftest.mutation.first_difference import (
    HiddenTestUntilItDiffers,
    check_until_it_differs,
)
from autograder.selftest.mutation.slips import NAMES

LEAST_SECONDS = 1.0
"""Processor time that every answer has."""
TIMES_THE_RIGHT_ONE = 10
"""How much longer than a right answer an answer may take, beyond that."""
WALL_FACTOR = 40
"""How much longer than its processor time an answer may take on a busy machine."""
MORE_MEMORY = 1 << 30
"""Bytes that an answer may use beyond those of the process that forks."""


@dataclass(frozen=True)
class Judgement:
    """What the checks made of an answer.

    Attributes
    ----------
    instant, hidden : bool
        Whether the instant check, and the hidden test, accepted it.
    seconds : float
        Processor time.
    message : str
        The first observation that refused it; empty if both accepted it.
    stopped : bool
        Whether it was ended by a limit or a crash: then neither accepted it.
    """

    instant: bool = False
    hidden: bool = False
    seconds: float = 0.0
    message: str = ""
    stopped: bool = False

    @property
    def accepted_by(self) -> str:
        """Name the checks that accepted it."""
        checks = {"instant check": self.instant, "hidden test": self.hidden}
        return " and ".join(name for name, accepted in checks.items() if accepted)


@dataclass(frozen=True)
class Question:
    """An answer to judge.

    Attributes
    ----------
    exercise, source : str
    seconds : float
        Its limit of processor time.
    """

    exercise: str
    source: str
    seconds: float = LEAST_SECONDS


@dataclass(frozen=True)
class Judges:
    """The checks of a unit, ready to judge in forked processes.

    Attributes
    ----------
    scope : mapping
        The names that the unit defines.
    hidden : mapping of str to HiddenTest
        By exercise; each holds its instant check.
    """

    scope: Mapping[str, Any]
    hidden: Mapping[str, HiddenTest]

    def prepare(self, sources: Sequence[str]) -> None:
        """Import what answers import, and compute what right answers give, once for all."""
        for name in _imports(sources):
            with suppress(ImportError):
                import_module(name)
        for test in self.hidden.values():
            _run_forked(partial(prepare, [test], compute=True))
        prepare(self.hidden.values(), compute=False)

    def judge(
        self,
        questions: Sequence[Question],
        workers: int,
        on_progress: Callable[[int], None] = lambda done: None,
    ) -> list[Judgement]:
        """Judge answers, `workers` at a time; return a judgement of each, in order."""
        found: dict[int, Judgement] = {}
        running: dict[int, _Run] = {}
        waiting = iter(enumerate(questions))
        with selectors.DefaultSelector() as ready:
            while len(found) < len(questions):
                while len(running) < workers and (item := next(waiting, None)):
                    run = self._start(item[1])
                    running[run.reads] = run
                    run.place = item[0]
                    ready.register(run.reads, selectors.EVENT_READ)
                for key, _ in ready.select(timeout=0.5):
                    run = running[key.fd]
                    data = os.read(run.reads, 1 << 16)
                    run.received += data
                    if not data:
                        ready.unregister(key.fd)
                        found[run.place] = running.pop(key.fd).finish()
                        on_progress(len(found))
                for run in running.values():
                    run.stop_if_late()
        return [found[place] for place in range(len(questions))]

    def _start(self, question: Question) -> "_Run":
        reads, writes = os.pipe()
        child = os.fork()
        if child:
            os.close(writes)
            return _Run(child, reads, time.monotonic() + WALL_FACTOR * question.seconds)
        try:
            os.close(reads)
            _limit(question.seconds)
            for part in self._judge_one(question):
                _send(writes, part)
        except Exception as error:  # also one of the checks themselves, which a reader must see
            _send(writes, {"message": repr(error), "seconds": time.process_time()})
        finally:
            os._exit(0)

    def _judge_one(self, question: Question) -> Iterator[dict[str, Any]]:
        test = self.hidden[question.exercise]
        scope = {**self.scope, **NAMES}
        exec(compile(question.source, "<answer>", "exec"), scope)
        functions = [scope[name] for name in test.check.functions]
        instant = check_until_it_differs(test.check, functions)
        yield {"instant": instant.passed, "message": instant.message}
        hidden = HiddenTestUntilItDiffers.like(test)(*functions)
        if instant.passed:
            yield {"message": hidden.message}
        yield {"hidden": hidden.passed, "seconds": time.process_time()}


@dataclass
class _Run:
    """An answer that is being judged in a process of its own."""

    child: int
    reads: int
    deadline: float
    place: int = 0
    received: bytes = b""

    def stop_if_late(self) -> None:
        if time.monotonic() > self.deadline:
            os.kill(self.child, signal.SIGKILL)

    def finish(self) -> Judgement:
        os.close(self.reads)
        os.waitpid(self.child, 0)
        parts: dict[str, Any] = {}
        for line in self.received.splitlines():
            parts |= json.loads(line)
        if "seconds" not in parts:
            parts |= {"stopped": True, "message": "it does not end, or ends the interpreter"}
        return Judgement(**parts)


def _send(writes: int, part: dict[str, Any]) -> None:
    os.write(writes, json.dumps(part).encode() + b"\n")


def limit_for(seconds: float) -> float:
    """Return the limit for changed answers, given how long the right one takes."""
    return max(LEAST_SECONDS, TIMES_THE_RIGHT_ONE * seconds)


def _limit(seconds: float) -> None:
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)  # unlike RLIMIT_CPU it knows parts of a second
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = _private_memory() + MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _private_memory() -> int:
    """Return the private memory of this process in bytes, as the kernel counts it for the limit."""
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmData"))
    return 1024 * int(line.split()[1])


def _run_forked(function: Callable[[], Any]) -> None:
    """Run a function in a forked process; what it computes is left in files only.

    TensorFlow may run there: in the process that forks it must not.
    """
    child = os.fork()
    if not child:
        try:
            function()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def _imports(sources: Sequence[str]) -> list[str]:
    """Return the modules that answers import."""
    names: set[str] = set()
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return sorted(names)
