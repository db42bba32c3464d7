"""Workers as Slurm jobs, submitted by dask-jobqueue with its own settings.

How much time (walltime), memory and how many cores a job asks for, and in which partition, stands
in `jobqueue.yaml`: see docs/clusters.md.
"""

import shlex
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dask
from distributed import Security, Status

from autograder import paths
from autograder.grading.gradebook import GradingError
from autograder.grading.interrupt import keep_handlers
from autograder.grading.pool.closing import closed_at_the_end
from autograder.grading.pool.queue_report import NoAnswerError, describe_waiting, read_queue
from autograder.permissions import make_private

try:
    with keep_handlers():  # importing it makes Ctrl-C end the process with code 0 and no word
        from dask_jobqueue.slurm import SLURMCluster, SLURMJob
except ImportError as error:
    raise ImportError(
        "Slurm jobs need dask-jobqueue, which is not installed here: pip install '.[clusters]'"
    ) from error

CLOSE_TIMEOUT = 60.0
"""Seconds that Slurm has to cancel the jobs that are left."""

QUERY_INTERVAL = 30.0
"""Seconds between two calls of squeue; a job submitted just now may not be listed earlier."""

REMINDER_INTERVAL = 300.0
"""Seconds after which it is said again that jobs wait, although nothing has changed."""


class WorkerJob(SLURMJob):
    """A job that stores why Slurm rejected it; Dask only logs the reason.

    Attributes
    ----------
    rejection : str
        Empty unless Slurm rejected the job.
    """

    rejection = ""

    async def start(self) -> None:
        """Submit the job."""
        try:
            await super().start()
        except (OSError, RuntimeError, ValueError) as error:
            self.rejection = str(error).rpartition("stderr:\n")[2].strip() or "no reason given"
            self.status = Status.running  # the cluster continues until check_workers sees it

    async def close(self) -> None:
        """Cancel the job and mark it closed, which the cluster asserts even of rejected jobs."""
        await super().close()
        self.status = Status.closed

    @staticmethod
    async def _call(cmd: list[str], **options: Any) -> str:
        """Run a program of Slurm's, which Ctrl-C in the terminal does not reach."""
        return str(await SLURMJob._call(cmd, process_group=0, **options))


class JobSupervisor:
    """Keeps the wanted number of jobs in Slurm, replacing those that end before the work is done.

    Dask recognises an ended job by its worker's name, which fails for a job with several workers
    and for one whose workers never connected. So squeue is asked which jobs still exist.

    Parameters
    ----------
    cluster : SLURMCluster
    wanted : int
    on_wait : callable
        Called with a line that says which jobs wait and why: when that changes, and every few
        minutes.

    Raises
    ------
    GradingError
        If Slurm's programs are not installed here.
    """

    def __init__(
        self, cluster: SLURMCluster, wanted: int, on_wait: Callable[[str], None] = lambda line: None
    ) -> None:
        for program in (WorkerJob.submit_command, WorkerJob.cancel_command, "squeue"):
            if not shutil.which(program):
                raise GradingError(
                    f"the program {program} is missing here; grade on a machine from which Slurm "
                    "jobs can be submitted"
                )
        self._cluster, self._wanted = cluster, wanted
        self._queried, self._jobs_before = time.monotonic(), set[str]()
        self._connected = set[str]()
        self._on_wait, self._said, self._said_at = on_wait, "", 0.0
        cluster.scale(jobs=wanted)

    def check_workers(self) -> None:
        """Drop jobs that have ended and submit new ones in their place.

        Raises
        ------
        GradingError
            If Slurm rejects a job, or a job ended before a worker connected and none is working.
        """
        jobs: dict[str, WorkerJob] = dict(self._cluster.workers)
        for job in jobs.values():
            if job.rejection:
                raise GradingError(f"Slurm rejected a job: {job.rejection}")
        numbers = {job.job_id: name for name, job in jobs.items() if job.job_id}
        scheduler: Any = self._cluster.scheduler
        workers = [f"{worker.name}-" for worker in list(scheduler.workers.values())]
        for number, name in numbers.items():
            if any(worker.startswith(f"{name}-") for worker in workers):
                self._connected.add(number)
        ended = self._find_ended(numbers)
        for number in ended.keys() - self._connected:
            if not workers:
                raise GradingError(
                    f"job {number} ended before any of its workers connected; see its output for "
                    f"the reason: slurm-{number}.out, or in dask-jobqueue's `log-directory`"
                )
        self._cluster.sync(self._drop, ended.values())
        self._cluster.scale(jobs=self._wanted)

    def _find_ended(self, jobs: dict[str, str]) -> dict[str, str]:
        """Return the jobs older than the previous query that squeue no longer lists.

        It may not list a newer one yet. If squeue fails, all jobs are assumed to exist.
        """
        if time.monotonic() - self._queried < QUERY_INTERVAL:
            return {}
        self._queried = time.monotonic()
        try:
            queued = read_queue()
        except NoAnswerError as error:
            self._say(f"Slurm does not say how its jobs are: {error}")
            return {}
        self._say(describe_waiting([queued[n] for n in jobs if n in queued], self._wanted))
        gone = self._jobs_before - queued.keys()
        self._jobs_before = set(jobs)
        return {number: jobs[number] for number in gone & jobs.keys()}

    def _say(self, line: str) -> None:
        """Say what has changed, and after a while what has not."""
        if line == self._said and time.monotonic() - self._said_at < REMINDER_INTERVAL:
            return
        self._said, self._said_at = line, time.monotonic()
        if line:
            self._on_wait(line)

    async def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            job = self._cluster.workers.pop(name, None)
            if job is not None:
                await job.close()


@contextmanager
def slurm_cluster() -> Iterator[SLURMCluster]:
    """Start a scheduler here, without jobs.

    A job's resources, partition and account are dask-jobqueue's settings, `jobqueue.slurm` in
    `~/.config/dask/`. Each of a job's cores marks one submission at a time. Connections without the
    key are refused. Jobs read it from a folder in the classroom that exists while the cluster does;
    all nodes must see that folder and this source tree.

    Raises
    ------
    GradingError
        If the settings lack a job's cores or memory.
    """
    settings = {
        name: dask.config.get(f"jobqueue.slurm.{name}", None)
        for name in ("cores", "memory", "job-script-prologue", "scheduler-options")
    }
    if not (settings["cores"] and settings["memory"]):
        raise GradingError(
            "dask-jobqueue's settings lack a job's cores and memory; docs/clusters.md shows a "
            "settings file"
        )
    make_private(paths.classroom())
    with TemporaryDirectory(dir=paths.classroom(), prefix="keys-") as folder:
        cluster = SLURMCluster(
            job_cls=WorkerJob,  # type: ignore[arg-type]  # dask annotates an instance
            processes=settings["cores"],
            security=_make_security(Path(folder)),
            job_script_prologue=[
                f"cd {shlex.quote(str(paths.FOLDER))}",
                *(settings["job-script-prologue"] or []),
            ],
            scheduler_options={"dashboard_address": ":0", **(settings["scheduler-options"] or {})},
        )
        with closed_at_the_end(cluster, CLOSE_TIMEOUT):
            yield cluster


def job_script() -> str:
    """Return the script that would be passed to `sbatch`."""
    with slurm_cluster() as cluster:
        return str(cluster.job_script())


def _make_security(folder: Path) -> Security:
    """Create a key for one run in a folder."""
    made = Security.temporary()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    key.write_text(made.tls_worker_key)
    certificate.write_text(made.tls_ca_file)
    roles = ("client", "scheduler", "worker")
    return Security(
        require_encryption=True,
        tls_ca_file=str(certificate),
        **{f"tls_{role}_key": str(key) for role in roles},
        **{f"tls_{role}_cert": str(certificate) for role in roles},
    )
