"""Workers as jobs of a Slurm cluster, by dask-jobqueue and its own settings."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from autograder import layout
from autograder.grading.gradebook import GradingError

if TYPE_CHECKING:
    from dask_jobqueue import SLURMCluster
    from distributed import Security


@contextmanager
def slurm(security: "Security") -> "Iterator[SLURMCluster]":
    """Start a scheduler here that has no jobs yet.

    What a job may use, its partition and its account are dask-jobqueue's settings,
    `jobqueue.slurm` in `~/.config/dask/`. Each of a job's cores marks one submission at a time.

    Parameters
    ----------
    security : Security
        Whoever does not have its key is not talked to. Jobs read it from the classroom, while the
        cluster lasts: a folder that all nodes must see, as they must see this tree.

    Raises
    ------
    GradingError
        If the settings say too little.
    """
    import dask
    from dask_jobqueue import SLURMCluster

    settings = {
        name: dask.config.get(f"jobqueue.slurm.{name}", None)
        for name in ("cores", "memory", "job-script-prologue", "scheduler-options")
    }
    if not (settings["cores"] and settings["memory"]):
        raise GradingError(
            "dask-jobqueue's settings do not say how many cores and how much memory a job has; "
            "docs/clusters.md shows a file that does"
        )
    layout.classroom().mkdir(parents=True, exist_ok=True)
    keys = TemporaryDirectory(dir=layout.classroom(), prefix="keys-", ignore_cleanup_errors=True)
    with (
        keys as folder,
        SLURMCluster(
            processes=settings["cores"],
            security=security,
            shared_temp_directory=folder,
            job_script_prologue=[
                f"cd {shlex.quote(str(layout.ROOT))}",
                *(settings["job-script-prologue"] or []),
            ],
            scheduler_options={"dashboard_address": ":0", **(settings["scheduler-options"] or {})},
        ) as cluster,
    ):
        yield cluster


def script() -> str:
    """Return the job that would be handed to `sbatch`."""
    from distributed import Security

    with slurm(Security.temporary()) as cluster:
        return str(cluster.job_script())
