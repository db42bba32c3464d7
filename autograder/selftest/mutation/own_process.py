"""Units judged one after the other, each in a process that ran nothing before it is forked."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from autograder.selftest.temporary_classroom import classroom_at

Tally = TypeVar("Tally")
UnitProgress = Callable[[str, int, int], None]
"""Takes a unit, how many of its answers are judged, and the total."""
TallyUnit = Callable[[str, Sequence[str], int, Callable[[int, int], None]], Tally]
"""Takes a unit, exercises, a number of workers, and what to call with progress."""

SECRET = "mutants"
"""Fixed, so that two runs use the same inputs, unless `DESCENT_SECRET` is set."""
ONE_THREAD = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")
}
"""Many small calculations at a time: threads would only stand in each other's way."""


def run_units(
    tally: TallyUnit[Tally],
    units: Sequence[str],
    exercises: Sequence[str],
    workers: int,
    on_progress: UnitProgress,
) -> dict[str, Tally]:
    """Call `tally` for each unit in a new process, because TensorFlow here must not be forked.

    Parameters
    ----------
    tally : callable
        `tally_unit` for mutants, `tally_rewrites` for rewritten answers.
    units : sequence of str
    exercises : sequence of str
        Only these, if any is given.
    workers : int
        How many answers are judged at a time.
    on_progress : callable
        Called with the unit, the number of its answers judged, and the total.
    """
    with (
        tempfile.TemporaryDirectory() as scratch,
        classroom_at(Path(scratch), SECRET),
        _environment(ONE_THREAD),
    ):
        return {unit: _run(tally, unit, exercises, workers, on_progress) for unit in units}


def _run(
    tally: TallyUnit[Tally],
    unit: str,
    exercises: Sequence[str],
    workers: int,
    on_progress: UnitProgress,
) -> Tally:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, tally, unit, exercises, workers))
    process.start()
    theirs.close()
    try:
        while True:
            kind, message = ours.recv()
            if kind == "tally":
                return message
            if kind == "error":
                raise message
            on_progress(unit, *message)
    except EOFError as error:
        process.join()
        raise RuntimeError(f"{unit}: the process that judges ended: {process.exitcode}") from error
    finally:
        process.join()


def _send(
    to: Connection, tally: TallyUnit[Tally], unit: str, exercises: Sequence[str], workers: int
) -> None:
    try:
        found = tally(unit, exercises, workers, lambda done, of: to.send(("progress", (done, of))))
        to.send(("tally", found))
    except Exception as error:
        to.send(("error", error))


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
