"""Examine a notebook: every cell where it belongs, every test with a result, whatever happens."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.exam.broker import Broker, CellResult, Interpreter
from autograder.exam.cell_outputs import Outputs
from autograder.exam.limits import Limits
from autograder.exam.roles import Role, bound_names, is_test, role
from autograder.exam.slicing import cells_to_run
from autograder.submission.outputs import normalise_test_outputs

Start = Callable[[], Interpreter]
"""Starts an interpreter."""

SKIPPED = "Not run again while grading: no points depend on this cell.\n"
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
        Start the interpreters; see `autograder.plugins.launch`.
    limits : Limits
    """
    notebook = copy.deepcopy(notebook)
    to_run = cells_to_run(notebook.cells)
    first = examiner()
    try:
        second = candidate()
    except BaseException:
        first.process.kill()
        raise
    broker = Broker(second, first, limits)
    outputs = Outputs(notebook.cells, limits.output)
    reasons: list[str] = []
    try:
        broker.wait_ready()
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
                if index not in to_run:
                    # As `new_output` makes it, which would look at it for as long as a cell runs.
                    cell.outputs.append(
                        NotebookNode(output_type="stream", name="stdout", text=SKIPPED)
                    )
                elif _run(broker, outputs, index, cell):
                    reasons.append(
                        f"cell {index + 1} took longer than {limits.cell_wall:g} s and was stopped"
                    )
    finally:
        for side in (broker.candidate, broker.examiner):
            if side.ended:
                reasons.append(f"{side.name}: {side.ended}")
        broker.close()
    return Examined(notebook, tuple(reasons))


def _run(broker: Broker, outputs: Outputs, index: int, cell: NotebookNode) -> bool:
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
        broker.forget(bound_names(cell.source))
    ended = broker.run(cell.source, f"cell {index + 1}", test, destinations) if destinations else {}
    shown = ended.get("examiner" if test else "candidate", CellResult())
    cell.execution_count = shown.count
    if test:
        normalise_test_outputs(cell)
    side = broker.examiner if test else broker.candidate
    if destinations or test:
        _say_how_it_ended(cell, shown, side.ended)
    return shown.finished and shown.late


def _say_how_it_ended(cell: NotebookNode, ended: CellResult, why: str) -> None:
    """Add the error that a cell's outputs do not show: no output must not look like success."""
    if not ended.finished:
        _add_error(cell, *_unfinished(ended, why))
    elif ended.late:
        _add_error(cell, "CellTimeoutError", "this cell took too long and was stopped")
    elif ended.ename and not any(output.output_type == "error" for output in cell.outputs):
        _add_error(cell, ended.ename, ended.evalue)


def _unfinished(ended: CellResult, why: str) -> tuple[str, str]:
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
