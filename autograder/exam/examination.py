"""Examine a notebook: every cell where it belongs, every test with a result, whatever happens."""

import contextlib
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
from autograder.exam.outputs import Outputs
from autograder.exam.process import Confinement, Group, candidate_argv, plain_environment
from autograder.exam.roles import Role, bound_names, is_test, role
from autograder.layout import ROOT

Start = Callable[[], Started]
"""Starts an interpreter."""


@dataclass(frozen=True)
class Examined:
    """A notebook with the outputs of its cells, and what went wrong.

    Attributes
    ----------
    notebook : NotebookNode
    reasons : tuple of str
        Empty where the candidate lived to the end; for staff, not for students.
    """

    notebook: NotebookNode
    reasons: tuple[str, ...]


def examine(
    notebook: NotebookNode,
    candidate: Start,
    examiner: Start,
    limits: Limits,
) -> Examined:
    """Run a notebook's cells in two interpreters and return a copy with their outputs.

    Parameters
    ----------
    notebook : NotebookNode
        As nbgrader has sanitized it: locked text and metadata are the source's.
    candidate, examiner : callable
        Start the interpreters; see `confined` and `trusted`.
    limits : Limits
    """
    notebook = copy.deepcopy(notebook)
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
                _run(conductor, outputs, index, cell)
    finally:
        for side in (conductor.candidate, conductor.examiner):
            if side.ended:
                reasons.append(f"{side.name}: {side.ended}")
        conductor.close()
    return Examined(notebook, tuple(reasons))


def _run(conductor: Conductor, outputs: Outputs, index: int, cell: NotebookNode) -> None:
    where = role(cell)
    test = is_test(cell)

    def keep(payload: bytes) -> None:
        outputs.add(index, payload)

    destinations = {
        Role.NOWHERE: {},
        Role.CANDIDATE: {"candidate": keep},
        Role.BOTH: {"candidate": keep, "examiner": None},
        Role.EXAMINER: {"examiner": keep},
    }[where]
    if where in (Role.CANDIDATE, Role.BOTH):
        conductor.forget(bound_names(cell.source))
    ended = (
        conductor.run(cell.source, f"cell {index + 1}", test, destinations) if destinations else {}
    )
    shown = ended.get("examiner" if test else "candidate", Ended())
    cell.execution_count = shown.count
    if test:
        # What is written to stderr fails a test under nbgrader: warnings are no mistakes.
        for output in cell.outputs:
            if output.output_type == "stream":
                output.name = "stdout"
    side = conductor.examiner if test else conductor.candidate
    if destinations or test:
        _say_how_it_ended(cell, shown, side.ended)


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
    return "NotRunError", f"not run: {why}" if why else "there is nothing to run in this cell"


def _add_error(cell: NotebookNode, ename: str, evalue: str) -> None:
    line = f"{ename}: {evalue}" if evalue else ename
    cell.outputs.append(new_output("error", ename=ename, evalue=evalue, traceback=[line]))


def confined(confinement: Confinement, folder: Path, limits: Limits) -> Start:
    """Return what starts a candidate in `folder` by way of a sandbox, or unconfined."""

    def start() -> Started:
        ours, theirs = socket.socketpair()
        with theirs:
            argv = candidate_argv(theirs.fileno(), ROOT)
            try:
                process = confinement.start(
                    argv, folder=folder, pass_fds=[theirs.fileno()], limits=limits
                )
            except BaseException:
                ours.close()
                raise
        return Started(process, ours)

    return start


def trusted(folder: Path, limits: Limits) -> Start:
    """Return what starts an examiner that works in `folder` but imports nothing from there."""

    def start() -> Started:
        ours, theirs = socket.socketpair()
        numbers = [theirs.fileno(), limits.message, limits.references]
        # -P: what lies in the submission's folder is the student's and must not be imported here.
        argv = [sys.executable, "-P", "-m", "autograder.exam.examiner", *map(str, numbers)]
        paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        environment = {**os.environ, **plain_environment(), "PYTHONPATH": os.pathsep.join(paths)}
        with theirs, contextlib.suppress(KeyError):
            environment.pop("MPLCONFIGDIR", None)
            process = subprocess.Popen(
                argv,
                cwd=folder,
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return Started(Group(process), ours)

    return start
