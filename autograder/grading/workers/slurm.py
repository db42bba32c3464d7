"""Workers as jobs of a Slurm cluster, by dask-jobqueue and its own settings."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from autograder import layout
from autograder.grading.gradebook import GradingError

if TYPE_CHECKING:
    from dask_jobqueue import SLURMCluster
    from distributed import Security


@contextmanager
def slurm() -> "Iterator[SLURMCluster]":
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
    with (
        TemporaryDirectory(dir=layout.classroom(), prefix="keys-") as folder,
        SLURMCluster(
            processes=settings["cores"],
            security=_security(Path(folder)),
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
    with slurm() as cluster:
        return str(cluster.job_script())


def _security(folder: Path) -> "Security":
    """Make a key for one run and keep it in a folder."""
    from distributed import Security

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
