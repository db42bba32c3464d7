"""A cluster is closed whatever an interrupt did to it, and the interrupt is what is reported."""

import asyncio

import pytest
from distributed import LocalCluster, Status

from autograder.grading.pool.closing import closed_at_the_end


class Cancelled(LocalCluster):
    """A cluster whose first closing is cancelled, as Dask does when Ctrl-C meets a client."""

    def __init__(self) -> None:
        self.cancelled = False
        super().__init__(n_workers=0, dashboard_address="127.0.0.1:0", processes=False)

    async def _close(self) -> None:
        if not self.cancelled:
            self.cancelled = True
            raise asyncio.CancelledError
        await super()._close()


def test_a_closing_that_is_cancelled_is_done_again_and_hides_nothing() -> None:
    cluster = Cancelled()
    with pytest.raises(KeyboardInterrupt), closed_at_the_end(cluster, timeout=20):
        raise KeyboardInterrupt
    assert cluster.cancelled
    assert cluster.status == Status.closed
