"""Examine a notebook: every cell in its interpreter, every test with a result, whatever happens."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.exam.broker import Broker, OnOutput
from autograder.exam.cell_outputs import CellOutputs
from autograder.exam.interpreters import CellResult, Interpreter
from autograder.exam.limits import Limits
from autograder.exam.roles import Role, is_test, role
from autograder.exam.slicing import cells_to_run
from autograder.submission.bindings import bound_names
from autograder.submission.notes import source_to_run
from autograder.submission.outputs import normalise_test_outputs

StartInterpreter = Callable[[], Interpreter]
"""Starts an interpreter."""

SKIPPED = "Not run again while grading: no points depend on this cell.\n"
"""The output of a cell that was left out because it only displays something."""

REPLACED = "Not run while grading: this is as handed out, and your own definition stands above.\n"
"""The output of a stub that would undo an answer."""

OWNERS = {"candidate": "the notebook's interpreter", "examiner": "the tests' interpreter"}
"""What reasons call the two interpreters."""


@dataclass(frozen=True)
class Examination:
    """A notebook with the outputs of its cells, and what went wrong.

    Attributes
    ----------
    notebook : NotebookNode
    reasons : tuple of str
        One sentence for each cell that was stopped and each interpreter that ended, in words that a
        student may read; empty if everything ran to its end.
    details : tuple of str
        For staff: how an interpreter violated the protocol.
    doubtful : bool
        Whether the machine, and not the notebook, may be why something was stopped or ended.
    """

    notebook: NotebookNode
    reasons: tuple[str, ...]
    details: tuple[str, ...] = ()
    doubtful: bool = False


def examine(
    notebook: NotebookNode,
    candidate: StartInterpreter,
    examiner: StartInterpreter,
    limits: Limits,
) -> Examination:
    """Run the cells that points depend on, in two interpreters; return a copy with its outputs.

    Parameters
    ----------
    notebook : NotebookNode
        As nbgrader has sanitized it: locked text and metadata are the source's.
    candidate, examiner : callable
        Start the interpreters; see `autograder.plugins.launch`.
    limits : Limits

    Raises
    ------
    SlowMachineError
        If an interpreter does not start in time.
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
    outputs = CellOutputs(notebook.cells, limits.output)
    reasons: list[str] = []
    details: list[str] = []
    try:
        broker.wait_ready()
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
                if index not in to_run:
                    _print(cell, SKIPPED)
                elif cell.source.strip() and not source_to_run(cell):
                    _print(cell, REPLACED)
                elif overtime := _run(broker, outputs, index, cell):
                    reasons.append(f"cell {index + 1} {overtime} and was stopped")
    finally:
        for session in (broker.candidate, broker.examiner):
            if session.end_reason:
                reasons.append(f"{OWNERS[session.name]} has ended: {session.end_reason}")
            if session.violation:
                details.append(f"{session.name}: {session.violation}")
        broker.close()
    return Examination(notebook, tuple(reasons), tuple(details), broker.doubtful)


def _print(cell: NotebookNode, text: str) -> None:
    """Add what a cell prints, by hand: `new_output` validates it for as long as a cell runs."""
    cell.outputs.append(NotebookNode(output_type="stream", name="stdout", text=text))


def _run(broker: Broker, outputs: CellOutputs, index: int, cell: NotebookNode) -> str:
    """Run one cell; return which limit on time it used up, if it was interrupted for that."""
    where = role(cell)
    test = is_test(cell)

    def keep(payload: bytes) -> None:
        outputs.add(index, payload)

    destinations: dict[Role, dict[str, OnOutput]] = {
        Role.NOWHERE: {},
        Role.CANDIDATE: {"candidate": keep},
        Role.BOTH: {"candidate": keep, "examiner": None},
        Role.EXAMINER: {"examiner": keep},
    }
    if where in (Role.CANDIDATE, Role.BOTH):
        broker.invalidate_names(bound_names(cell.source))
    results: dict[str, CellResult] = {}
    if destinations[where]:
        results = broker.run(source_to_run(cell), f"cell {index + 1}", test, destinations[where])
    result = results.get("examiner" if test else "candidate", CellResult())
    cell.execution_count = result.count
    if test:
        normalise_test_outputs(cell)
    session = broker.examiner if test else broker.candidate
    if destinations[where] or test:
        _show_failure(cell, result, session.end_reason)
    return result.overtime if result.finished else ""


def _show_failure(cell: NotebookNode, result: CellResult, reason: str) -> None:
    """Add the error that a cell's outputs lack: a cell without output must not look passed."""
    if not result.finished:
        _add_error(cell, *_failure(result, reason))
    elif result.overtime:
        _add_error(cell, "CellTimeoutError", "this cell took too long and was stopped")
    elif result.ename and not any(output.output_type == "error" for output in cell.outputs):
        _add_error(cell, result.ename, result.evalue)


def _failure(result: CellResult, reason: str) -> tuple[str, str]:
    if result.overtime:
        return "CellTimeoutError", f"this cell could not be stopped: {reason}"
    if result.started:
        return "InterpreterEndedError", reason
    if not reason:
        return "NotRunError", "there is nothing to run in this cell"
    return "NotRunError", f"not run, as the interpreter had ended: {reason}"


def _add_error(cell: NotebookNode, ename: str, evalue: str) -> None:
    line = f"{ename}: {evalue}" if evalue else ename
    cell.outputs.append(new_output("error", ename=ename, evalue=evalue, traceback=[line]))
