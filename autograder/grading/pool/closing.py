"""Close a Dask cluster, whatever state an interrupt left it in."""

from collections.abc import Iterator
from contextlib import contextmanager

from distributed.deploy.cluster import Cluster

ATTEMPTS = 2


@contextmanager
def closed_at_the_end(cluster: Cluster, timeout: float) -> Iterator[None]:
    """Close the cluster at the end; nothing that happens then hides an error from before.

    Workers that take longer to end than `timeout`, in seconds, end with this process.

    Dask raises `UnboundLocalError` in place of a result where a coroutine is cancelled, as its
    closing is when Ctrl-C meets a client that connects (dask/distributed issue 8514). The jobs of
    a Slurm cluster would stay, so it is closed once more.
    """
    try:
        yield
    finally:
        for _ in range(ATTEMPTS):
            try:
                cluster.close(timeout=timeout)
            except UnboundLocalError:
                continue
            except TimeoutError:
                pass
            break
