"""Worker pools: this process alone, or the workers of a Dask cluster, local or remote.

Points do not depend on the pool. A lost worker costs time, never a verdict: its task is repeated.
Blame is never inferred from what else was running: a submission that has lost two workers is tried
a third time with nothing else running; if that worker is lost too, this is the verdict. So is one
that was stopped although it had processor time left, and one that could not be started in time.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from queue import Empty, Queue
from typing import TYPE_CHECKING, Protocol, Self

from autograder.exam.process import SlowMachineError
from autograder.grading.gradebook import GradingError
from autograder.grading.marking import NOT_RUN, describe_failure
from autograder.grading.pool import cpu_affinity
from autograder.grading.pool.task import (
    Task,
    TaskResult,
    TreeMismatchError,
    run_on_worker,
    run_task,
)
from autograder.plugins.examine import NoSandboxError

if TYPE_CHECKING:
    from distributed import Client, Future


MAX_ATTEMPTS = 3
"""How many workers a submission may lose; at the last attempt nothing else is running."""

FATAL_ERRORS = (NoSandboxError, TreeMismatchError, ImportError)
"""Errors of a worker, not of a submission; they end the run."""

RESULT_TIMEOUT = 30.0
"""Seconds to wait for a result to arrive."""

POLL_INTERVAL = 2.0
"""Seconds between two checks of the number of workers and their health."""


@dataclass(frozen=True)
class WorkerLost:
    """A submission without a result.

    Attributes
    ----------
    why : str
        What the student reads.
    detail : str
        What staff read besides.
    """

    why: str
    detail: str

    @classmethod
    def by(cls, error: Exception) -> Self:
        """Return what is recorded for an error of the grader's own."""
        return cls(NOT_RUN, describe_failure(error))


@dataclass(frozen=True)
class NotStarted:
    """A submission that could not be started in time: the machine was too busy."""

    error: SlowMachineError


LOST = WorkerLost(
    f"grading had to be given up: it ended without a result {MAX_ATTEMPTS} times, "
    "the last time with nothing else running",
    f"{MAX_ATTEMPTS} workers were lost while marking it",
)


class ResultPendingError(Exception):
    """A result has not arrived yet."""


TaskOutcome = tuple[Task, TaskResult | WorkerLost]

Interruptible = Callable[[], AbstractContextManager[None]]
"""Makes the context in which a signal may stop the run; everywhere else it would harm."""


class WorkerPool(Protocol):
    """Runs tasks."""

    def run(self, tasks: Iterable[Task]) -> Iterator[TaskOutcome]:
        """Run all tasks and yield each outcome as it arrives; tasks are taken only when needed."""


class InProcessPool:
    """Runs tasks in this process, one after the other; doubtful ones again at the end."""

    def __init__(self, interruptible: Interruptible = nullcontext) -> None:
        self._interruptible = interruptible

    def run(self, tasks: Iterable[Task]) -> Iterator[TaskOutcome]:
        """Run all tasks in order."""
        suspects = []
        for task in tasks:
            outcome = self._outcome(task)
            if _must_repeat(outcome):
                suspects.append(task)
            else:
                yield task, _final(outcome)
        for task in suspects:
            yield task, _final(self._outcome(task))

    def _outcome(self, task: Task) -> TaskResult | WorkerLost | NotStarted:
        try:
            with cpu_affinity.pin_to_cpu(0), self._interruptible():
                return run_task(task)
        except FATAL_ERRORS:
            raise
        except SlowMachineError as error:
            return NotStarted(error)
        except Exception as error:
            return WorkerLost.by(error)


class DaskPool:
    """Runs tasks on the workers of a Dask cluster.

    Parameters
    ----------
    client : Client
    function : callable
        Runs a task on a worker.
    check_workers : callable
        Called every `POLL_INTERVAL` seconds during a run.
    expected : int
        The number of workers until they are first counted.
    interruptible : callable
        Entered while the pool waits for a result.
    """

    def __init__(
        self,
        client: "Client",
        function: Callable[[Task], TaskResult] = run_on_worker,
        check_workers: Callable[[], None] = lambda: None,
        expected: int = 1,
        interruptible: Interruptible = nullcontext,
    ) -> None:
        self.client = client
        self._interruptible = interruptible
        self._function = function
        self.check_workers = check_workers
        self._in_flight: dict[Future, tuple[Task, int]] = {}
        self._finished: Queue[Future] = Queue()
        self._threads, self._last_poll = expected, 0.0

    def run(self, tasks: Iterable[Task]) -> Iterator[TaskOutcome]:
        """Run all tasks; only as many are in flight as keep the workers busy."""
        fresh = iter(tasks)
        suspects: deque[Task] = deque()
        try:
            while True:
                self._poll()
                # One running on each worker, and one queued behind it.
                while len(self._in_flight) < 2 * self._threads and (task := next(fresh, None)):
                    self._submit(task, 1)
                if not self._in_flight:
                    if not suspects:
                        return
                    self._submit(suspects.popleft(), MAX_ATTEMPTS)
                try:
                    with self._interruptible():
                        future = self._finished.get(timeout=POLL_INTERVAL)
                except Empty:
                    continue
                try:
                    outcome = self._outcome(future)
                except ResultPendingError:
                    self._finished.put(future)
                    continue
                future.release()
                task, attempt = self._in_flight.pop(future)
                if attempt == MAX_ATTEMPTS:
                    yield task, _final(outcome or LOST)
                elif outcome and not _must_repeat(outcome):
                    yield task, _final(outcome)
                elif outcome or attempt == MAX_ATTEMPTS - 1:
                    suspects.append(task)
                else:
                    self._submit(task, attempt + 1)
        finally:
            for future in self._in_flight:
                future.release()
            self._in_flight, self._finished = {}, Queue()

    def _submit(self, task: Task, attempt: int) -> None:
        future = self.client.submit(self._function, task, pure=False, retries=0)
        self._in_flight[future] = task, attempt
        future.add_done_callback(self._finished.put)

    def _outcome(self, future: "Future") -> TaskResult | WorkerLost | NotStarted | None:
        """Return the result, or None if the worker was lost.

        Raises
        ------
        ResultPendingError
            If the result is still on its way, or was lost with its worker and is recomputed; that
            needs workers, so the caller must keep checking them.
        """
        from distributed import CancelledError, KilledWorker

        try:
            return future.result(timeout=RESULT_TIMEOUT)
        except KilledWorker:
            return None
        except FATAL_ERRORS:
            raise
        except SlowMachineError as error:
            return NotStarted(error)
        except (CancelledError, OSError) as error:
            if isinstance(error, TimeoutError) and future.status != "error":
                raise ResultPendingError from error
            if isinstance(error, CancelledError) or self.client.status != "running":
                raise GradingError(
                    "the connection to the scheduler was lost. Graded submissions are recorded; "
                    "run the same command again to grade the rest"
                ) from error
            return WorkerLost.by(error)
        except Exception as error:
            return WorkerLost.by(error)

    def _poll(self) -> None:
        """Check the workers and count them, unless that was done a moment ago."""
        if time.monotonic() - self._last_poll > POLL_INTERVAL:
            self.check_workers()
            self._threads = sum(self.client.nthreads().values()) or self._threads
            self._last_poll = time.monotonic()


def _must_repeat(outcome: TaskResult | WorkerLost | NotStarted) -> bool:
    """Tell whether an outcome may be the machine's doing, and be another with nothing else on."""
    return isinstance(outcome, NotStarted) or (isinstance(outcome, TaskResult) and outcome.doubtful)


def _final(outcome: TaskResult | WorkerLost | NotStarted) -> TaskResult | WorkerLost:
    """Return the outcome of the last attempt.

    Raises
    ------
    SlowMachineError
        If it could not be started even with nothing else running: that is no verdict.
    """
    if isinstance(outcome, NotStarted):
        raise outcome.error
    return outcome
