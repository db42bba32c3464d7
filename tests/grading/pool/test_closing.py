"""What Dask has opened is closed, whatever signals come and whatever fails."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster, Status
from distributed.deploy.spec import SpecCluster

from autograder.grading.interrupt import defer_interrupts
from autograder.grading.pool.closing import closed_at_the_end
from autograder.grading.pool.opening import open_pool
from autograder.grading.pool.pool import DaskPool
from benchmarks._workers import local_workers
from tests.grading.pool.test_pool import pretend, task
from tests.waiting import wait_until


class Fails(LocalCluster):
    """A cluster whose closing fails, as Dask's assertions about its own state do."""

    async def _close(self) -> None:
        await super()._close()
        raise AssertionError(Status.created)


def test_a_closing_that_fails_hides_no_error_from_before(caplog: pytest.LogCaptureFixture) -> None:
    cluster = Fails(n_workers=0, dashboard_address="127.0.0.1:0", processes=False)
    with pytest.raises(KeyboardInterrupt), closed_at_the_end(cluster, timeout=20):
        raise KeyboardInterrupt
    assert cluster.status == Status.closed
    assert "the Fails was not closed as it should be" in caplog.text


@contextmanager
def signals_in(kind: type, name: str) -> Iterator[list[str]]:
    """Let two signals come, once, while the main thread waits for this coroutine of Dask's."""
    coroutine, came = getattr(kind, name), []

    async def signalled(self: Any, *arguments: Any, **options: Any) -> Any:
        if not came:
            came.append(name)
            for number in (signal.SIGINT, signal.SIGTERM):
                os.kill(os.getpid(), number)
        return await coroutine(self, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, name, signalled)
        yield came


def run_two(folder: Path) -> list[str]:
    """Run two tasks on two workers; return whose outcomes came."""
    done = []
    with (
        defer_interrupts() as guard,
        open_pool(2, interruptible=guard.interruptible) as opened,
    ):
        pool = DaskPool(opened.client, pretend, opened.check_workers, 2, guard.interruptible)
        for outcome in pool.run(task(name, folder) for name in ("ada", "ben")):
            done.append(outcome[0].submission.student)
    return done


@pytest.mark.parametrize(
    ("kind", "name"),
    [(SpecCluster, "_start"), (SpecCluster, "_correct_state_internal"), (Client, "_start")],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_signal_while_dask_opens_stops_when_it_has(kind: type, name: str, tmp_path: Path) -> None:
    with signals_in(kind, name) as came, pytest.raises(KeyboardInterrupt):
        run_two(tmp_path)
    assert came
    wait_until(lambda: not local_workers(os.getpid()), "workers are left")


@pytest.mark.parametrize("kind", [SpecCluster, Client])
def test_a_signal_while_dask_closes_is_too_late(kind: type, tmp_path: Path) -> None:
    with signals_in(kind, "_close") as came:
        assert sorted(run_two(tmp_path)) == ["ada", "ben"]
    assert came
    wait_until(lambda: not local_workers(os.getpid()), "workers are left")
