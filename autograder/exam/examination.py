"""Examine a notebook: every cell where it belongs, every test with a result, whatever happens."""

import copy
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.exam.conduct import Conductor, Ended, Started
from autograder.exam.limits import Limits
from autograder.exam.needed import needed
from autograder.exam.outputs import Outputs
from autograder.exam.process import (
    Confinement,
    Group,
    Process,
    Unconfined,
    candidate_argv,
    plain_environment,
)
from autograder.exam.roles import Role, bound_names, is_test, role
from autograder.forkserver.client import forked
from autograder.forkserver.requirements import NOTHING, Needs
from autograder.paths import ROOT
from autograder.submission.outputs import settle_graded

Start = Callable[[], Started]
"""Starts an interpreter."""

SPARED = "Not run again while grading: no points depend on this cell.\n"
"""What stands below a cell that only shows something."""


@dataclass(frozen=True)
class Examined:
    """A notebook with the outputs of its cells, and what went wrong.

    Attributes
    ----------
    notebook : NotebookNode
    reasons : tuple of str
        Empty where everything ran its course.
    """

    notebook: NotebookNode
    reasons: tuple[str, ...]


def examine(
    notebook: NotebookNode,
    candidate: Start,
    examiner: Start,
    limits: Limits,
) -> Examined:
    """Run what points depend on in two interpreters and return a copy with its outputs.

    Parameters
    ----------
    notebook : NotebookNode
        As nbgrader has sanitized it: locked text and metadata are the source's.
    candidate, examiner : callable
        Start the interpreters; see `confined` and `trusted`.
    limits : Limits
    """
    notebook = copy.deepcopy(notebook)
    to_run = needed(notebook.cells)
    first = examiner()
    try:
        second = candidate()
    except BaseException:
        first.process.kill()
        raise
    conductor = Conductor(second, first, limits)
    outputs = Outputs(notebook.cells, limits.output)
    reasons: list[str] = []
    try:
        conductor.wait_ready()
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
                if index not in to_run:
                    # As `new_output` makes it, which would look at it for as long as a cell runs.
                    cell.outputs.append(
                        NotebookNode(output_type="stream", name="stdout", text=SPARED)
                    )
                elif _run(conductor, outputs, index, cell):
                    reasons.append(
                        f"cell {index + 1} took longer than {limits.cell_wall:g} s and was stopped"
                    )
    finally:
        for side in (conductor.candidate, conductor.examiner):
            if side.ended:
                reasons.append(f"{side.name}: {side.ended}")
        conductor.close()
    return Examined(notebook, tuple(reasons))


def _run(conductor: Conductor, outputs: Outputs, index: int, cell: NotebookNode) -> bool:
    """Run one cell; return whether it was stopped because it took too long."""
    where = role(cell)
    test = is_test(cell)

    def keep(payload: bytes) -> None:
        outputs.add(index, payload)

    where_to: dict[Role, dict[str, Callable[[bytes], None] | None]] = {
        Role.NOWHERE: {},
        Role.CANDIDATE: {"candidate": keep},
        Role.BOTH: {"candidate": keep, "examiner": None},
        Role.EXAMINER: {"examiner": keep},
    }
    destinations = where_to[where]
    if where in (Role.CANDIDATE, Role.BOTH):
        conductor.forget(bound_names(cell.source))
    ended = (
        conductor.run(cell.source, f"cell {index + 1}", test, destinations) if destinations else {}
    )
    shown = ended.get("examiner" if test else "candidate", Ended())
    cell.execution_count = shown.count
    if test:
        settle_graded(cell)
    side = conductor.examiner if test else conductor.candidate
    if destinations or test:
        _say_how_it_ended(cell, shown, side.ended)
    return shown.finished and shown.late


def _say_how_it_ended(cell: NotebookNode, ended: Ended, why: str) -> None:
    """Add the error that a cell's outputs do not show: no output must not look like success."""
    if not ended.finished:
        _add_error(cell, *_unfinished(ended, why))
    elif ended.late:
        _add_error(cell, "CellTimeoutError", "this cell took too long and was stopped")
    elif ended.ename and not any(output.output_type == "error" for output in cell.outputs):
        _add_error(cell, ended.ename, ended.evalue)


def _unfinished(ended: Ended, why: str) -> tuple[str, str]:
    if ended.late:
        return "CellTimeoutError", f"this cell could not be stopped: {why}"
    if ended.began:
        return "KernelDiedError", why
    if not why:
        return "NotRunError", "there is nothing to run in this cell"
    return "NotRunError", f"not run, as the interpreter had ended: {why}"


def _add_error(cell: NotebookNode, ename: str, evalue: str) -> None:
    line = f"{ename}: {evalue}" if evalue else ename
    cell.outputs.append(new_output("error", ename=ename, evalue=evalue, traceback=[line]))


def confined(confinement: Confinement, folder: Path, limits: Limits, has: Needs = NOTHING) -> Start:
    """Return what starts a candidate in `folder` by way of a sandbox, or unconfined.

    In a sandbox it is forked from a warmed parent where there can be one; `has` says what that
    should have imported.
    """

    def start(theirs: socket.socket) -> Process:
        argv = candidate_argv(theirs.fileno(), ROOT)
        return confinement.start(argv, folder=folder, pass_fds=[theirs.fileno()], limits=limits)

    def fork(theirs: socket.socket) -> Process:
        from autograder.forkserver import candidates
        from autograder.sandbox import Sandbox

        assert isinstance(confinement, Sandbox)
        return candidates.fork(confinement, theirs, folder, limits, has)

    return _start(None if isinstance(confinement, Unconfined) else fork, start)


def trusted(folder: Path, limits: Limits, has: Needs = NOTHING) -> Start:
    """Return what starts an examiner that works in `folder` but imports nothing from there."""

    def start(theirs: socket.socket) -> Process:
        numbers = [theirs.fileno(), limits.message, limits.references]
        # -P: what lies in the submission's folder is the student's and must not be imported here.
        argv = [sys.executable, "-P", "-m", "autograder.exam.examiner", *map(str, numbers)]
        return Group(
            subprocess.Popen(
                argv,
                cwd=folder,
                env=examiner_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def fork(theirs: socket.socket) -> Process:
        from autograder.forkserver import examiners

        bounds = [limits.message, limits.references]
        return examiners.fork(theirs, folder, examiner_environment(), bounds, has)

    return _start(fork, start)


def examiner_environment() -> dict[str, str]:
    """Return an examiner's variables."""
    paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    environment = {**os.environ, **plain_environment(), "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("MPLCONFIGDIR", None)
    return environment


Way = Callable[[socket.socket], Process]
"""Starts an interpreter that serves a socket."""


def _start(warm: Way | None, cold: Way) -> Start:
    """Return what starts an interpreter, warm where that can be."""

    def start() -> Started:
        started = _connected(lambda theirs: forked(warm, theirs)) if warm else None
        return started or _connected(cold)

    return start


def _connected(way: Callable[[socket.socket], Process | None]) -> Started | None:
    """Go one way, with a connection of its own: who came late by another must find none."""
    ours, theirs = socket.socketpair()
    process = None
    try:
        with theirs:
            process = way(theirs)
    finally:
        if process is None:
            ours.close()
    return Started(process, ours) if process is not None else None
