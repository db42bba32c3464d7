"""How long an answer takes does not depend on what else the machine does."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import pytest

from course.checks.timing import LEAST_SHARE, is_faster, processor_time


def work(seconds: float) -> None:
    """Use the processor for so long, whatever shares it."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


class Elsewhere:
    """A function that another process runs, as an examined answer is."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def __call__(self, seconds: float) -> None:
        self._pool.submit(work, seconds).result()

    __in_place__ = __call__


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(work, 0).result()  # started before anything is timed
        yield Elsewhere(pool)


@contextmanager
def busy_machine() -> Iterator[None]:
    """Run two endless loops for each processor."""
    loops = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def test_waiting_takes_no_processor_time_and_working_does() -> None:
    assert processor_time(time.sleep, 0.1) < 0.05
    assert processor_time(work, 0.1) >= 0.1


def test_a_call_gets_copies_of_its_arguments() -> None:
    given = [3, 1, 2]
    assert is_faster(list.sort, 1.0, given)
    assert given == [3, 1, 2]


@pytest.mark.parametrize("here", [True, False])
def test_on_a_busy_machine_fast_is_fast_and_slow_is_slow(here: bool, elsewhere: Elsewhere) -> None:
    function = work if here else elsewhere
    with busy_machine():
        assert is_faster(function, 0.4, 0.1)
        assert not is_faster(function, 0.1, 0.8)


def test_an_answer_elsewhere_is_timed_by_the_clock_on_the_wall() -> None:
    """It could set its own; and at least a tenth of the time counts, however busy the machine."""

    class Sleeping(Elsewhere):
        def __call__(self, seconds: float) -> None:
            time.sleep(seconds)

    sleeping = Sleeping.__new__(Sleeping)
    assert processor_time(sleeping, 0.3, enough=0.01) >= LEAST_SHARE * 0.3
    assert processor_time(sleeping, 0.3, enough=9.0) >= 0.3
