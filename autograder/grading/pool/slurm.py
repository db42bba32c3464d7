"""Workers as jobs of a Slurm cluster, by dask-jobqueue and its own settings."""

import getpass
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dask
from distributed import Security, Status

from autograder import paths
from autograder.grading.gradebook import GradingError

try:
    from dask_jobqueue.slurm import SLURMCluster, SLURMJob
except ImportError as error:
    raise ImportError(
        "jobs are handed in by dask-jobqueue, which is not installed here: "
        "pip install '.[clusters]'"
    ) from error

ASK_EVERY = 30.0
"""Seconds between two questions to Slurm, and before it is asked for a job it has just taken."""


class Job(SLURMJob):
    """A job that keeps why Slurm did not take it; Dask says it in its log alone.

    Attributes
    ----------
    refused : str
    """

    refused = ""

    async def start(self) -> None:
        """Hand it in."""
        try:
            await super().start()
        except (OSError, RuntimeError, ValueError) as error:
            self.refused = str(error).rpartition("stderr:\n")[2].strip() or "no word why"
            self.status = Status.running  # the cluster goes on until somebody looks

    async def close(self) -> None:
        """Cancel it, and say so: the cluster asserts it of jobs that an error still holds."""
        await super().close()
        self.status = Status.closed


class Jobs:
    """As many jobs as are wanted, handed in anew where one ends before the work does.

    Dask drops a job by the name of its worker, which is another where a job has several, and never
    one whose workers did not come. So Slurm is asked which it still has.

    Parameters
    ----------
    cluster : SLURMCluster
    wanted : int

    Raises
    ------
    GradingError
        If Slurm's programs are not here.
    """

    def __init__(self, cluster: SLURMCluster, wanted: int) -> None:
        for program in (Job.submit_command, Job.cancel_command, "squeue"):
            if not shutil.which(program):
                raise GradingError(
                    f"there is no program {program} here; grade on a machine from which jobs are "
                    "handed in to Slurm"
                )
        self._cluster, self._wanted = cluster, wanted
        self._asked, self._known = time.monotonic(), set[str]()
        self._came = set[str]()
        cluster.scale(jobs=wanted)

    def check_workers(self) -> None:
        """Drop jobs that have ended, and hand in others for them.

        Raises
        ------
        GradingError
            If Slurm does not take a job, or one ended before it had a worker and nobody works.
        """
        jobs: dict[str, Job] = dict(self._cluster.workers)
        for job in jobs.values():
            if job.refused:
                raise GradingError(f"Slurm did not take a job: {job.refused}")
        numbers = {job.job_id: name for name, job in jobs.items() if job.job_id}
        scheduler: Any = self._cluster.scheduler
        workers = [f"{worker.name}-" for worker in list(scheduler.workers.values())]
        for number, name in numbers.items():
            if any(worker.startswith(f"{name}-") for worker in workers):
                self._came.add(number)
        ended = self._ended(numbers)
        for number in ended.keys() - self._came:
            if not workers:
                raise GradingError(
                    f"job {number} ended before a worker of it came here; what it wrote says why: "
                    f"slurm-{number}.out, or in dask-jobqueue's `log-directory`"
                )
        self._cluster.sync(self._drop, ended.values())
        self._cluster.scale(jobs=self._wanted)

    def _ended(self, jobs: dict[str, str]) -> dict[str, str]:
        """Return those jobs that Slurm no longer has, of those that it had when it was asked last.

        Before, it need not list them yet. Where it does not answer, all are taken to be there.
        """
        if time.monotonic() - self._asked < ASK_EVERY:
            return {}
        self._asked = time.monotonic()
        command = ["squeue", "--noheader", "--format=%A", "--user", getpass.getuser()]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        if said.returncode:
            return {}
        gone = self._known.difference(said.stdout.split())
        self._known = set(jobs)
        return {number: jobs[number] for number in gone & jobs.keys()}

    async def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            job = self._cluster.workers.pop(name, None)
            if job is not None:
                await job.close()


@contextmanager
def slurm() -> Iterator[SLURMCluster]:
    """Start a scheduler here that has no jobs yet.

    What a job may use, its partition and its account are dask-jobqueue's settings,
    `jobqueue.slurm` in `~/.config/dask/`. Each of a job's cores marks one submission at a time.
    Whoever does not have the key is not talked to. Jobs read it from the classroom, while the
    cluster lasts: a folder that all nodes must see, as they must see this tree.

    Raises
    ------
    GradingError
        If the settings say too little.
    """
    settings = {
        name: dask.config.get(f"jobqueue.slurm.{name}", None)
        for name in ("cores", "memory", "job-script-prologue", "scheduler-options")
    }
    if not (settings["cores"] and settings["memory"]):
        raise GradingError(
            "dask-jobqueue's settings do not say how many cores and how much memory a job has; "
            "docs/clusters.md shows a file that does"
        )
    paths.classroom().mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=paths.classroom(), prefix="keys-") as folder,
        SLURMCluster(
            job_cls=Job,  # type: ignore[arg-type]
            processes=settings["cores"],
            security=_security(Path(folder)),
            job_script_prologue=[
                f"cd {shlex.quote(str(paths.FOLDER))}",
                *(settings["job-script-prologue"] or []),
            ],
            scheduler_options={"dashboard_address": ":0", **(settings["scheduler-options"] or {})},
        ) as cluster,
    ):
        yield cluster


def script() -> str:
    """Return the job that would be handed to `sbatch`."""
    with slurm() as cluster:
        return str(cluster.job_script())


def _security(folder: Path) -> Security:
    """Make a key for one run and keep it in a folder."""
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
