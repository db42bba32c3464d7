"""Open a pool of workers: this process alone, local ones, Slurm's jobs, or a running cluster's."""

import functools
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from types import MappingProxyType

from autograder.forkserver.client import ForkServerClient
from autograder.forkserver.sharing import share
from autograder.grading.gradebook import GradingError
from autograder.grading.pool import preload
from autograder.grading.pool.pool import DaskPool, InProcessPool, Interruptible, WorkerPool
from autograder.grading.pool.task import run_on_local_worker

CONNECT_TIMEOUT = 30.0
"""Seconds to wait for a scheduler, and for its first worker."""

CLOSE_TIMEOUT = 5.0
"""Seconds that local workers have to shut down."""

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


@contextmanager
def open_pool(
    workers: int = 1,
    scheduler: str = "",
    jobs: int = 0,
    servers: Mapping[str, ForkServerClient] = MappingProxyType({}),
    *,
    interruptible: Interruptible = nullcontext,
    on_wait: Callable[[str], None] = lambda line: None,
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
    interruptible : callable
        Entered while the pool waits for a result.
    on_wait : callable
        Called every few minutes, while Slurm jobs wait, with a line that says why.

    Raises
    ------
    GradingError
        If no scheduler answers, or it has no workers, or Slurm accepts no jobs.
    """
    if workers <= 1 and not scheduler and not jobs:
        yield InProcessPool(interruptible)
        return
    with _silence_dask(), ExitStack() as stack:
        if scheduler:
            pool = _connect(scheduler, interruptible)
        elif jobs:
            pool = _slurm_pool(jobs, interruptible, on_wait)
        else:
            pool = _local_pool(workers, servers, interruptible)
        yield stack.enter_context(pool)


@contextmanager
def _local_pool(
    workers: int, servers: Mapping[str, ForkServerClient], interruptible: Interruptible
) -> Iterator[DaskPool]:
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
            client = Client(cluster, set_as_default=False)
            check_workers = functools.partial(cluster.sync, replace)
            perform_here = functools.partial(run_on_local_worker, shared)
            with closed_at_the_end(client, CLOSE_TIMEOUT):
                yield DaskPool(client, perform_here, check_workers, workers, interruptible)


@contextmanager
def _slurm_pool(
    jobs: int, interruptible: Interruptible, on_wait: Callable[[str], None]
) -> Iterator[DaskPool]:
    """Submit Slurm jobs, and replace those that end before the work is done."""
    import dask
    from distributed import Client

    from autograder.grading.pool.closing import closed_at_the_end
    from autograder.grading.pool.slurm import JobSupervisor, slurm_cluster

    with dask.config.set(DASK_SETTINGS), slurm_cluster() as cluster:
        supervisor = JobSupervisor(cluster, jobs, on_wait)
        client = Client(cluster, set_as_default=False)
        with closed_at_the_end(client, CLOSE_TIMEOUT):
            yield DaskPool(
                client, check_workers=supervisor.check_workers, interruptible=interruptible
            )


@contextmanager
def _connect(scheduler: str, interruptible: Interruptible) -> Iterator[DaskPool]:
    """Connect to a running scheduler."""
    import dask
    from distributed import Client

    from autograder.grading.pool.closing import closed_at_the_end

    try:
        with dask.config.set(DASK_SETTINGS):
            client = Client(scheduler, timeout=CONNECT_TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise GradingError(f"no scheduler answers at {scheduler}: {error}") from error
    with closed_at_the_end(client, CLOSE_TIMEOUT):
        try:
            client.wait_for_workers(1, timeout=CONNECT_TIMEOUT)
        except TimeoutError as error:
            raise GradingError(f"the scheduler at {scheduler} has no workers yet") from error
        yield DaskPool(client, interruptible=interruptible)


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
