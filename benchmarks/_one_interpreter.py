"""Run a notebook's cells in one preloaded interpreter: a lower bound for the cost of examining it.

``python -m benchmarks._one_interpreter NOTEBOOK TIMES`` imports all modules that the cells import,
directly or indirectly, then forks a process for each run, so that all runs start in the same state.
It prints the CPU seconds of one run: of all cells, and of the cells that grading does not skip.
Tests run in the same interpreter as the answers, as in plain nbgrader.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import resource
import sys

import nbformat

from autograder.exam.examination import SKIPPED
from autograder.exam.guest.shell import Shell, preload_shell
from autograder.exam.process import INTERPRETER_ENVIRONMENT
from autograder.forkserver.requirements import requirements_of
from autograder.forkserver.server.fork_server import freeze, preload
from autograder.hidden_tests import hidden_test


class Silent:
    """A publisher that discards outputs."""

    def send(self, output: dict) -> None:
        """Discard an output."""


def main(path: str, times: int) -> None:
    """Print the cost of one run."""
    notebook = nbformat.read(path, 4)
    requirements = requirements_of(notebook)
    preload(requirements.imports)
    for name in requirements.imports:
        members = vars(sys.modules[name]).values() if ".hidden_tests." in name else ()
        tests = [member for member in members if isinstance(member, hidden_test.HiddenTest)]
        hidden_test.prepare(tests, compute=False)  # the grading run before this has cached them
    shell = preload_shell(Shell)
    shell.publisher = Silent()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells_to_run = [cell for cell in cells if not is_skipped(cell)]
    for name in _modules_after(shell, cells):
        with contextlib.suppress(ImportError):  # some can be imported only by their package
            importlib.import_module(name)
    freeze()
    print(json.dumps([_measure_run(shell, some, times) for some in (cells, cells_to_run)]))


def _modules_after(shell: Shell, cells: list[nbformat.NotebookNode]) -> list[str]:
    """Run cells in a new process; return the modules that it has imported then."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        _run(shell, cells)
        with open(writing, "w", encoding="utf-8") as file:
            json.dump(sorted(sys.modules), file)
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as file:
        names: list[str] = json.load(file)
    os.waitpid(number, 0)
    return names


def _measure_run(shell: Shell, cells: list[nbformat.NotebookNode], times: int) -> float:
    """Return the CPU seconds of one run of some cells."""
    spent = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        number = os.fork()
        if number == 0:
            _run(shell, cells)
            os._exit(0)
        os.waitpid(number, 0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sum(spent) / len(spent)


def _run(shell: Shell, cells: list[nbformat.NotebookNode]) -> None:
    sys.path.insert(0, "")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for cell in cells:
            shell.run_cell(cell.source, store_history=True)


def is_skipped(cell: nbformat.NotebookNode) -> bool:
    """Return whether grading has skipped this cell."""
    return any(output.get("text") == SKIPPED for output in cell.outputs)


if __name__ == "__main__":
    os.environ |= INTERPRETER_ENVIRONMENT  # as for both ways of grading
    main(sys.argv[1], int(sys.argv[2]))
