"""Run a notebook's cells in one warm interpreter: the least that examining it could cost.

``python -m benchmarks._one_interpreter NOTEBOOK TIMES`` imports what the notebook needs, then forks
a process for each time, so that every run begins alike; it prints seconds of processor time of one
run, the first left out: of all cells, and of those only that grading has not spared because no
points depend on them. Tests run beside the answers, as in plain nbgrader.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import sys

import nbformat

from autograder import examine
from autograder.exam.examination import SPARED
from autograder.exam.inside.shell import Shell, prepare
from autograder.exam.process import QUIET
from autograder.kernels.requirements import needs
from autograder.kernels.warm.serve import freeze, preload


class Silent:
    """An outlet that keeps nothing."""

    def send(self, output: dict) -> None:
        """Take an output."""


def main(path: str, times: int) -> None:
    """Print what one run costs."""
    notebook = nbformat.read(path, 4)
    has = needs(notebook)
    preload(has.imports)
    for name in has.imports:
        members = vars(sys.modules[name]).values() if ".laws." in name else ()
        tests = [member for member in members if isinstance(member, examine.Hidden)]
        examine.prepare(tests, compute=False)  # the grading before this has left them
    shell = prepare(Shell)
    shell.outlet = Silent()
    freeze()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    needed = [cell for cell in cells if not spared(cell)]
    print(json.dumps([_spent(shell, some, times) for some in (cells, needed)]))


def _spent(shell: Shell, cells: list[nbformat.NotebookNode], times: int) -> float:
    """Return seconds of one run of some cells."""
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
    return sum(spent[1:]) / len(spent[1:])


def _run(shell: Shell, cells: list[nbformat.NotebookNode]) -> None:
    sys.path.insert(0, "")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for cell in cells:
            shell.run_cell(cell.source, store_history=True)


def spared(cell: nbformat.NotebookNode) -> bool:
    """Return whether grading has left this cell out."""
    return any(output.get("text") == SPARED for output in cell.outputs)


if __name__ == "__main__":
    os.environ |= QUIET  # as both ways of grading say it
    main(sys.argv[1], int(sys.argv[2]))
