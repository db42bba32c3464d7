"""Worker pools: this process alone, or the workers of a Dask cluster, local or remote.

Points do not depend on the pool. A lost worker costs time, never a verdict: its task is repeated.
Blame is never inferred from what else was running: a submission that has lost two workers is tried
a third time with nothing else running; if that worker is lost too, this is the verdict. So is one
that was stopped although it had processor time left, and one that could not be started in time.
"""

import functools
import logging
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import Empty, Queue
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, Self

from autograder.exam.process import SlowMachineError
from autograder.forkserver.client import ForkServerClient
from autograder.forkserver.sharing import share
from autograder.grading.gradebook import GradingError
from autograder.grading.marking import NOT_RUN, describe_failure
from autograder.grading.pool import cpu_affinity, preload
from autograder.grading.pool.task import (
    Task,
    TaskResult,
    TreeMismatchError,
    run_on_local_worker,
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

CONNECT_TIMEOUT = 30.0
"""Seconds to wait for a scheduler, for its first worker, and for a result to arrive."""

CLOSE_TIMEOUT = 5.0
"""Seconds that local workers have to shut down."""

POLL_INTERVAL = 2.0
"""Seconds between two checks of the number of workers and their health."""

DASK_SETTINGS = {
    "distributed.deploy.lost-worker-timeout": "10s",
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.scheduler.allowed-failures": 0,  # DaskPool counts them
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    # Dask's dashboard metrics cost worker time and nobody reads them.
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.system-monitor.disk": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.admin.low-level-log-length": 10,  # whole messages, with submissions
    "distributed.admin.large-graph-warning-threshold": "1GB",  # a submission may contain data files
}


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


class WorkerPool(Protocol):
    """Runs tasks."""

    def run(self, tasks: Iterable[Task]) -> Iterator[TaskOutcome]:
        """Run all tasks and yield each outcome as it arrives; tasks are taken only when needed."""


class InProcessPool:
    """Runs tasks in this process, one after the other; doubtful ones again at the end."""

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
            with cpu_affinity.pin_to_cpu(0):
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
    """

    def __init__(
        self,
        client: "Client",
        function: Callable[[Task], TaskResult] = run_on_worker,
        check_workers: Callable[[], None] = lambda: None,
        expected: int = 1,
    ) -> None:
        self.client = client
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
            return future.result(timeout=CONNECT_TIMEOUT)
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


@contextmanager
def open_pool(
    workers: int = 1,
    scheduler: str = "",
    jobs: int = 0,
    servers: Mapping[str, ForkServerClient] = MappingProxyType({}),
) -> Iterator[WorkerPool]:
    """Open a pool of workers; local ones are stopped at the end, Slurm jobs cancelled.

    Parameters
    ----------
    workers : int
        Number of processes on this machine; 1 is this process itself.
    scheduler : str
        Address of a running Dask cluster, whose workers are used instead.
    jobs : int
        Number of Slurm jobs to start instead.
    servers : mapping of str to ForkServerClient
        Fork servers that local workers share; see `autograder.forkserver.sharing`.

    Raises
    ------
    GradingError
        If no scheduler answers, or it has no workers, or Slurm accepts no jobs.
    """
    if workers <= 1 and not scheduler and not jobs:
        yield InProcessPool()
        return
    with _silence_dask(), ExitStack() as stack:
        if scheduler:
            pool = stack.enter_context(_connect(scheduler))
        else:
            pool = stack.enter_context(_slurm_pool(jobs) if jobs else _local_pool(workers, servers))
        yield pool


@contextmanager
def _local_pool(workers: int, servers: Mapping[str, ForkServerClient]) -> Iterator[DaskPool]:
    """Start workers on this machine; connections need a key, so no other account can use them.

    Dask restarts a worker that died, except one that died while starting; `replace` does that.
    """
    import dask
    from distributed import Client, LocalCluster, Security, Status
    from distributed.utils import get_mp_context

    from autograder.grading.pool.closing import closed_at_the_end

    with dask.config.set(DASK_SETTINGS), share(servers) as shared:
        get_mp_context()  # sets its own preload list, so it must come before ours
        preload.start_preload()
        cluster = LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # no routes are configured, so it serves nothing
            memory_limit=None,  # the sandbox limits each submission
            security=Security.temporary(),
            silence_logs=logging.CRITICAL,
        )

        async def replace() -> None:
            for name, nanny in list(cluster.workers.items()):
                if nanny.status in (Status.closed, Status.failed):
                    del cluster.workers[name]
            cluster.scale(workers)

        with closed_at_the_end(cluster, CLOSE_TIMEOUT):
            cluster.scale(workers)
            with Client(cluster, set_as_default=False) as client:
                check_workers = functools.partial(cluster.sync, replace)
                perform_here = functools.partial(run_on_local_worker, shared)
                yield DaskPool(client, perform_here, check_workers, workers)


@contextmanager
def _slurm_pool(jobs: int) -> Iterator[DaskPool]:
    """Submit Slurm jobs, and replace those that end before the work is done."""
    import dask
    from distributed import Client

    from autograder.grading.pool.slurm import JobSupervisor, slurm_cluster

    with dask.config.set(DASK_SETTINGS), slurm_cluster() as cluster:
        supervisor = JobSupervisor(cluster, jobs)
        with Client(cluster, set_as_default=False) as client:
            yield DaskPool(client, check_workers=supervisor.check_workers)


@contextmanager
def _connect(scheduler: str) -> Iterator[DaskPool]:
    """Connect to a running scheduler."""
    import dask
    from distributed import Client

    try:
        with dask.config.set(DASK_SETTINGS):
            client = Client(scheduler, timeout=CONNECT_TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise GradingError(f"no scheduler answers at {scheduler}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_TIMEOUT)
        except TimeoutError as error:
            raise GradingError(f"the scheduler at {scheduler} has no workers yet") from error
        yield DaskPool(client)


@contextmanager
def _silence_dask() -> Iterator[None]:
    """Suppress Dask's log and warnings: verdicts and errors report everything that matters."""
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
