"""Cost of the examination in two interpreters, compared with nbgrader's one kernel.

Both alternate three times in one run, and the best of each counts. The notebooks are a small one
made here, and the units' solutions, whose hidden tests run either way.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from autograder.exam.examination import examine
from autograder.exam.limits import Limits
from autograder.exam.process import Confinement, Unconfined
from autograder.exam.roles import is_test
from autograder.paths import ROOT, SOLUTIONS
from autograder.plugins.launch import start_candidate, start_examiner
from autograder.sandbox import Sandbox
from benchmarks._rows import row

ROUNDS = 3
TARGET = "at most 1.3 times slower"


def measure() -> list[dict]:
    """Return the rows of this benchmark: seconds for one notebook, beside nbgrader's one kernel."""
    os.environ["PYTHONPATH"] = str(ROOT)  # nbgrader's kernel finds the course this way
    ways: list[tuple[Confinement, str]] = [(Unconfined(), " without a sandbox")]
    sandbox = Sandbox()
    if sandbox.available() is None:
        ways.insert(0, (sandbox, ""))
    rows = [_row("a small notebook", _small(), *way) for way in ways]
    for path in sorted(SOLUTIONS.glob("0[01]_*/*.ipynb")):
        rows.append(_row(path.stem, nbformat.read(path, 4), *ways[0]))
    return [*rows, _calls()]


def _small() -> NotebookNode:
    marks = {"grade_id": "t", "schema_version": 3, "solution": False, "task": False}
    test = {"nbgrader": {**marks, "grade": True, "locked": True, "points": 1}}
    setup = {"nbgrader": {**marks, "grade": False, "locked": True}}
    cells = [new_code_cell("import numpy as np", metadata=setup)]
    for i in range(5):
        cells.append(new_code_cell(f"def f{i}(x):\n    return x * {i}"))
        cells.append(new_code_cell(f"f{i}(np.arange(3))"))
        cells.append(new_code_cell(f"assert f{i}(np.ones(3)).sum() == {3 * i}", metadata=test))
    return new_notebook(cells=cells)


def _row(name: str, notebook: NotebookNode, confinement: Confinement, how: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        limits = Limits()

        def descent() -> None:
            found = examine(
                notebook,
                start_candidate(confinement, place, limits),
                start_examiner(place, limits),
                limits,
            )
            assert not _test_errors(found.notebook), f"{name}: {_test_errors(found.notebook)}"

        def baseline() -> None:
            kernel = Execute(log_level=logging.ERROR)
            copy = nbformat.from_dict(notebook)
            found, _ = kernel.preprocess(copy, {"metadata": {"path": folder}})
            assert not _test_errors(found), f"{name}: {_test_errors(found)}"

        best = _best(descent, baseline)
    return row(f"examine {name}{how}, beside nbgrader's Execute", *best, "s", TARGET)


def _calls() -> dict:
    """Return the cost of one call of a student's function by a test."""
    many = 2000
    notebook = new_notebook(cells=[new_code_cell("def f(x):\n    return x")])
    marks = {"grade_id": "t", "schema_version": 3, "solution": False, "task": False}
    test = {"nbgrader": {**marks, "grade": True, "locked": True, "points": 1}}
    notebook.cells.append(new_code_cell("", metadata=test))

    def seconds(calls: int) -> float:
        notebook.cells[1].source = f"import numpy as np\nfor _ in range({calls}): f(np.ones(4))"
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            place, limits = Path(folder), Limits()
            candidate = start_candidate(Unconfined(), place, limits)
            found = examine(notebook, candidate, start_examiner(place, limits), limits)
        assert not _test_errors(found.notebook)
        return time.perf_counter() - begin

    few, all_of_them = (
        min(seconds(1) for _ in range(ROUNDS)),
        min(seconds(many) for _ in range(ROUNDS)),
    )
    each = 1000 * (all_of_them - few) / many
    return row("one call across the wire", each, None, "ms", "at most 0.5 ms")


def _best(*functions: Callable[[], None]) -> list[float]:
    best = [float("inf")] * len(functions)
    for _ in range(ROUNDS):
        for i, function in enumerate(functions):
            begin = time.perf_counter()
            function()
            best[i] = min(best[i], time.perf_counter() - begin)
    return best


def _test_errors(notebook: NotebookNode) -> list[str]:
    """Return the errors of tests; a demonstration cell may raise one on purpose."""
    return [
        f"{output.ename}: {output.evalue}"
        for cell in filter(is_test, notebook.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
