"""Who marks: this process alone, or the workers of a Dask cluster, here or elsewhere.

Points do not depend on it. A worker that is lost costs time, never a verdict: what it was at is
repeated. Who is at fault is not guessed from company: a submission whose workers were lost twice is
tried a third time with nothing else running, and when that worker is lost too, this is its verdict.
"""

import functools
import logging
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from autograder.forkserver.client import ForkServerClient
from autograder.forkserver.sharing import share
from autograder.grading.gradebook import GradingError
from autograder.grading.pool import cpu_affinity, preload
from autograder.grading.pool.task import (
    MarkedTask,
    OtherTreeError,
    Task,
    perform,
    perform_beside_others,
    perform_elsewhere,
)
from autograder.plugins.examine import NoSandboxError

if TYPE_CHECKING:
    from distributed import Client, Future


ATTEMPTS = 3
"""How many workers a submission may cost."""

FATAL = (NoSandboxError, OtherTreeError, ImportError)
"""What is wrong with a worker, not with a submission."""

CONNECT = 30.0
"""Seconds to wait for a scheduler, for the first of its workers, and for a result to arrive."""

CLOSE = 5.0
"""Seconds that workers on this machine have to go home."""

POLL_INTERVAL = 2.0
"""Seconds between two looks at how many workers there are, and whether they are well."""

CONFIGURATION = {
    "distributed.deploy.lost-worker-timeout": "10s",
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.scheduler.allowed-failures": 0,  # they are counted here
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    # What is watched for a dashboard that there is none of takes the time of those who mark.
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.system-monitor.disk": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.admin.low-level-log-length": 10,  # it keeps whole messages, submissions included
    "distributed.admin.large-graph-warning-threshold": "1GB",  # a submission may bring its data
}


@dataclass(frozen=True)
class WorkerLost:
    """A submission that nothing came back of, and why."""

    why: str


class NotHereError(Exception):
    """A result has not arrived yet."""


Outcome = tuple[Task, MarkedTask | WorkerLost]


class WorkerPool(Protocol):
    """Those who mark."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Mark all, and yield each as it is done; tasks are taken no earlier than needed."""


class InProcessPool:
    """Marks in this process, one submission after the other."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Mark all in their order."""
        for task in tasks:
            try:
                with cpu_affinity.one(0):
                    done = perform(task)
            except FATAL:
                raise
            except Exception as error:
                yield task, WorkerLost(_failed(error))
            else:
                yield task, done


class DaskPool:
    """The workers of a Dask cluster mark.

    Parameters
    ----------
    client : Client
    function : callable
        What they do with a task.
    check_workers : callable
        Called now and then while they work.
    expected : int
        How many there will be, until they are counted.
    """

    def __init__(
        self,
        client: "Client",
        function: Callable[[Task], MarkedTask] = perform_elsewhere,
        check_workers: Callable[[], None] = lambda: None,
        expected: int = 1,
    ) -> None:
        self.client = client
        self._function = function
        self.check_workers = check_workers
        self._in_flight: dict[Future, tuple[Task, int]] = {}
        self._finished: Queue[Future] = Queue()
        self._threads, self._looked = expected, 0.0

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Mark all; no more are under way than keep the workers busy."""
        fresh = iter(tasks)
        suspects: deque[Task] = deque()
        try:
            while True:
                self._look()
                # One for each of them, and one that waits for it.
                while len(self._in_flight) < 2 * self._threads and (task := next(fresh, None)):
                    self._submit(task, 1)
                if not self._in_flight:
                    if not suspects:
                        return
                    self._submit(suspects.popleft(), ATTEMPTS)
                try:
                    future = self._finished.get(timeout=POLL_INTERVAL)
                except Empty:
                    continue
                try:
                    outcome = self._outcome(future)
                except NotHereError:
                    self._finished.put(future)
                    continue
                future.release()
                task, attempt = self._in_flight.pop(future)
                if outcome is not None:
                    yield task, outcome
                elif attempt == ATTEMPTS:
                    yield task, WorkerLost(f"{ATTEMPTS} workers were lost while they marked it")
                elif attempt == ATTEMPTS - 1:
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

    def _outcome(self, future: "Future") -> MarkedTask | WorkerLost | None:
        """Return what came back, or None where the worker was lost.

        Raises
        ------
        NotHereError
            If it is still elsewhere, or was lost with the worker that had it and is made again;
            that needs workers, so whoever waits has to look after them.
        """
        from distributed import CancelledError, KilledWorker

        try:
            return future.result(timeout=CONNECT)
        except KilledWorker:
            return None
        except FATAL:
            raise
        except (CancelledError, OSError) as error:
            if isinstance(error, TimeoutError) and future.status != "error":
                raise NotHereError from error
            if isinstance(error, CancelledError) or self.client.status != "running":
                raise GradingError(
                    "the scheduler is gone. What was graded is recorded; say the same again to go "
                    "on with the rest"
                ) from error
            return WorkerLost(_failed(error))
        except Exception as error:
            return WorkerLost(_failed(error))

    def _look(self) -> None:
        """See now and then how many there are, and whether they are well."""
        if time.monotonic() - self._looked > POLL_INTERVAL:
            self.check_workers()
            self._threads = sum(self.client.nthreads().values()) or self._threads
            self._looked = time.monotonic()


@contextmanager
def open_pool(
    workers: int = 1,
    scheduler: str = "",
    jobs: int = 0,
    parents: Mapping[str, ForkServerClient] = MappingProxyType({}),
) -> Iterator[WorkerPool]:
    """Gather who marks; it is sent home at the end.

    Parameters
    ----------
    workers : int
        Processes on this machine; 1 is this process itself.
    scheduler : str
        Address of a cluster that runs already; its workers are taken instead.
    jobs : int
        How many jobs of a Slurm cluster mark instead.
    parents : mapping of str to Parent
        What is lent to processes on this machine; see `autograder.forkserver.sharing`.

    Raises
    ------
    GradingError
        If no scheduler answers there, or it has no workers, or Slurm takes no jobs.
    """
    if workers <= 1 and not scheduler and not jobs:
        yield InProcessPool()
        return
    with _silence(), ExitStack() as stack:
        if scheduler:
            pool = stack.enter_context(_connect(scheduler))
        else:
            pool = stack.enter_context(_slurm_pool(jobs) if jobs else _local_pool(workers, parents))
        yield pool


@contextmanager
def _local_pool(workers: int, parents: Mapping[str, ForkServerClient]) -> Iterator[DaskPool]:
    """Start workers on this machine that nobody else can reach: connections need a key.

    Dask starts a worker that has died anew, except one that dies while it starts: those are
    replaced here.
    """
    import dask
    from distributed import Client, LocalCluster, Security, Status
    from distributed.utils import get_mp_context

    with dask.config.set(CONFIGURATION), share(parents) as lent:
        get_mp_context()  # it sets its own preload; ours is what counts
        preload.start_preload()
        cluster = LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # nothing is served there
            memory_limit=None,  # each submission has its own limit
            security=Security.temporary(),
            silence_logs=logging.CRITICAL,
        )

        async def replace() -> None:
            for name, nanny in list(cluster.workers.items()):
                if nanny.status in (Status.closed, Status.failed):
                    del cluster.workers[name]
            cluster.scale(workers)

        try:
            cluster.scale(workers)
            with Client(cluster, set_as_default=False) as client:
                check_workers = functools.partial(cluster.sync, replace)
                perform_here = functools.partial(perform_beside_others, lent)
                yield DaskPool(client, perform_here, check_workers, workers)
        finally:
            with suppress(TimeoutError):  # who does not hear ends with this process
                cluster.close(timeout=CLOSE)


@contextmanager
def _slurm_pool(jobs: int) -> Iterator[DaskPool]:
    """Hand jobs in to Slurm, and anew where one ends before the work does."""
    import dask
    from distributed import Client

    from autograder.grading.pool.slurm import Jobs, slurm

    with dask.config.set(CONFIGURATION), slurm() as cluster:
        handed_in = Jobs(cluster, jobs)
        with Client(cluster, set_as_default=False) as client:
            yield DaskPool(client, check_workers=handed_in.check_workers)


@contextmanager
def _connect(scheduler: str) -> Iterator[DaskPool]:
    """Connect to a scheduler that runs already."""
    import dask
    from distributed import Client

    try:
        with dask.config.set(CONFIGURATION):
            client = Client(scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise GradingError(f"no scheduler answers at {scheduler}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT)
        except TimeoutError as error:
            raise GradingError(f"the scheduler at {scheduler} has no workers yet") from error
        yield DaskPool(client)


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
