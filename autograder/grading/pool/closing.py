"""Close what Dask has opened, whatever happened before, and whatever happens then."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client
from distributed.deploy.cluster import Cluster

log = logging.getLogger(__name__)


@contextmanager
def closed_at_the_end(opened: Cluster | Client, timeout: float) -> Iterator[None]:
    """Close a cluster or a client at the end; nothing that happens then hides an error from before.

    Workers that take longer to end than `timeout`, in seconds, end with this process.
    """
    try:
        yield
    finally:
        try:
            opened.close(timeout=timeout)
        except TimeoutError:
            pass
        except Exception:  # such as Dask's assertions about its own state
            log.exception("the %s was not closed as it should be", type(opened).__name__)
