"""Who marks: this process alone, or the workers of a Dask cluster, here or elsewhere.

Points do not depend on it. A worker that is lost costs time, never a verdict: what it was at is
repeated. Who is at fault is not guessed from company: a submission whose workers were lost twice is
tried a third time with nothing else running, and when that worker is lost too, this is its verdict.
"""

import logging
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from autograder.exam.preprocessor import NoSandboxError
from autograder.grading.gradebook import GradingError
from autograder.grading.workers import forked
from autograder.grading.workers.task import (
    Done,
    OtherTreeError,
    Task,
    perform,
    perform_elsewhere,
)

if TYPE_CHECKING:
    from distributed import Client, Future

ATTEMPTS = 3
"""How many workers a submission may cost."""

FATAL = (NoSandboxError, OtherTreeError, ImportError)
"""What is wrong with a worker, not with a submission."""

CONNECT = 30.0
"""Seconds to wait for a scheduler, and for the first of its workers."""

CONFIGURATION = {
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.scheduler.allowed-failures": 0,  # they are counted here
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.admin.large-graph-warning-threshold": "1GB",  # a submission may bring its data
}


@dataclass(frozen=True)
class Lost:
    """A submission that nothing came back of, and why."""

    why: str


Outcome = tuple[Task, Done | Lost]


class Crew(Protocol):
    """Those who mark."""

    def work(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Mark all, and yield each as it is done; tasks are taken no earlier than needed."""


class Alone:
    """Marks in this process, one submission after the other."""

    def work(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Mark all in their order."""
        for task in tasks:
            try:
                yield task, perform(task)
            except FATAL:
                raise
            except Exception as error:
                yield task, Lost(_failed(error))


class Team:
    """The workers of a Dask cluster mark.

    Parameters
    ----------
    client : Client
    function : callable
        What they do with a task.
    """

    def __init__(
        self, client: "Client", function: Callable[[Task], Done] = perform_elsewhere
    ) -> None:
        self.client = client
        self._function = function
        self._flying: dict[Future, tuple[Task, int]] = {}
        self._threads, self._asked = 1, 0.0

    def work(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Mark all; no more are under way than keep the workers busy."""
        from distributed import as_completed

        fresh = iter(tasks)
        suspects: deque[Task] = deque()
        finished = as_completed(loop=self.client.loop)
        try:
            while True:
                while len(self._flying) < self._room() and (task := next(fresh, None)):
                    finished.add(self._submit(task, 1))
                if not self._flying:
                    if not suspects:
                        return
                    finished.add(self._submit(suspects.popleft(), ATTEMPTS))
                future = next(finished)
                task, attempt = self._flying.pop(future)
                outcome = self._outcome(future)
                if outcome is not None:
                    yield task, outcome
                elif attempt == ATTEMPTS:
                    yield task, Lost(f"{ATTEMPTS} workers were lost while they marked it")
                elif attempt == ATTEMPTS - 1:
                    suspects.append(task)
                else:
                    finished.add(self._submit(task, attempt + 1))
        finally:
            for future in self._flying:
                future.release()
            self._flying.clear()

    def _submit(self, task: Task, attempt: int) -> "Future":
        future = self.client.submit(self._function, task, pure=False, retries=0)
        self._flying[future] = task, attempt
        return future

    def _outcome(self, future: "Future") -> Done | Lost | None:
        """Return what came back, or None where the worker was lost."""
        from distributed import CancelledError, KilledWorker

        try:
            return future.result()
        except KilledWorker:
            return None
        except FATAL:
            raise
        except (CancelledError, OSError) as error:
            if isinstance(error, CancelledError) or self.client.status != "running":
                raise GradingError(
                    "the scheduler is gone. What was graded is recorded; say the same again to go "
                    "on with the rest"
                ) from error
            return Lost(_failed(error))
        except Exception as error:
            return Lost(_failed(error))
        finally:
            future.release()

    def _room(self) -> int:
        """Return how many tasks keep the workers busy: one each, and one that waits."""
        if time.monotonic() - self._asked > 2:
            self._threads = sum(self.client.nthreads().values()) or self._threads
            self._asked = time.monotonic()
        return 2 * self._threads


@contextmanager
def crew(workers: int = 1, scheduler: str = "") -> Iterator[Crew]:
    """Gather who marks; it is sent home at the end.

    Parameters
    ----------
    workers : int
        Processes on this machine; 1 is this process itself.
    scheduler : str
        Address of a cluster that runs already; its workers are taken instead.

    Raises
    ------
    GradingError
        If no scheduler answers there, or it has no workers.
    """
    if workers <= 1 and not scheduler:
        yield Alone()
        return
    with _silence(), _reached(scheduler) if scheduler else _local(workers) as client:
        yield Team(client)


@contextmanager
def _local(workers: int) -> "Iterator[Client]":
    """Start workers on this machine that nobody else can reach: connections need a key."""
    import dask
    from distributed import Client, LocalCluster, Security
    from distributed.utils import get_mp_context

    with dask.config.set(CONFIGURATION):
        get_mp_context()  # it sets its own preload; ours is what counts
        forked.warm_up()
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # nothing is served there
            memory_limit=None,  # each submission has its own limit
            security=Security.temporary(),
            silence_logs=logging.CRITICAL,
        )
        try:
            with Client(cluster, set_as_default=False) as client:
                yield client
        finally:
            cluster.close(timeout=5)


@contextmanager
def _reached(scheduler: str) -> "Iterator[Client]":
    """Connect to a scheduler that runs already."""
    from distributed import Client

    try:
        client = Client(scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise GradingError(f"no scheduler answers at {scheduler}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT)
        except TimeoutError as error:
            raise GradingError(f"the scheduler at {scheduler} has no workers yet") from error
        yield client


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask's remarks off the screen: what matters is said in verdicts and errors."""
    import distributed

    logger = logging.getLogger(distributed.__name__)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        logger.setLevel(level)


def _failed(error: Exception) -> str:
    return f"marking failed ({type(error).__name__}: {str(error)[:200]})"
