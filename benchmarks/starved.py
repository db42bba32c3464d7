"""Verdicts on a starved machine: 1,000 slow and hostile cells at load 20, and the same ones alone.

Right answers compute for long or sleep a little; hostile ones end only when they are stopped, in a
cell, a call or a test, and hold on to what the next exercise needs. Every exercise that follows a
stop must get its points, and the grader itself runs at the lowest priority.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, cycle
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exam.examination import examine
from autograder.exam.limits import Limits
from autograder.exam.process import Confinement, Unconfined
from autograder.exam.roles import is_test
from autograder.paths import ROOT
from autograder.plugins.launch import start_candidate, start_examiner
from autograder.sandbox import Sandbox
from benchmarks._rows import row

NOTEBOOKS, EXERCISES = 10, 50
"""An exercise has two cells, an answer and its test."""
LOAD = 20
"""Number of programs that compute without end meanwhile."""
NICE = 19
LIMITS = Limits(cell_cpu=0.3, cell_wall=3.0, call_cpu=0.15, call_wall=1.5, grace=0.3, wall=36_000.0)
WORKERS = 2
BUSY = "while True: pass"

GIVEN = """\
import time, threading
def spin(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass
"""
"""A locked cell."""
SQUARE = "def square(x):\n    return x * x"
"""A right answer that others call."""

RIGHT = [
    ("def f(x):\n    spin(0.05)\n    return x * x", "assert f(3) == 9"),
    ("def f(x):\n    time.sleep(0.05)\n    return square(x)", "assert f(3) == 9"),
    ("def f(g):\n    return sum(map(g, range(9)))", "assert f(lambda i: spin(0.002) or i) == 36"),
    ("spin(0.1)\ndef f(x):\n    return square(x)", "assert f(3) == 9 and square(4) == 16"),
]  # fmt: skip
"""Answers and tests that must pass."""

ENDLESS = "def f(x):\n    while True: pass"
SUBSTITUTE = "from autograder.hidden_tests.hidden_test import substitute_functions\n"
HOSTILE = [
    (ENDLESS, "assert f(3) == 9"),
    ("f = None\nwhile True: pass", "assert f(3) == 9"),
    ("def f(g):\n    while True: g(1)", "f(lambda x: x)"),
    ("def f(g):\n    while True:\n        try: g(1)\n        except Exception: pass", "f(abs)"),
    (ENDLESS, "for _ in range(9):\n    try: f(1)\n    except TimeoutError: pass\nassert False"),
    (ENDLESS, f"{SUBSTITUTE}with substitute_functions((f,), {{'square': abs}}):\n    f(1)"),
    (ENDLESS, "kept = square\ndel square\nf(1)"),
    ("def f(g):\n    return g(g)", "def back(g):\n    return f(back)\nf(back)"),
    ("def f(x):\n    while True: print(x)", "f(3)"),
    (
        "def f(g):\n    threading.Thread(target=lambda: [g(1) for _ in range(20)]).start()\n"
        "    while True: pass",
        "f(lambda x: x)",
    ),
    ("def f(g):\n    while True: g(1)", "def back(x):\n    while True: pass\nf(back)"),
    ("spin(0.1)\nf = 0", "while True: spin(0.01)"),
]  # fmt: skip
"""Answers and tests that must fail, each by a stop."""
SLEEPING = ("def f(x):\n    time.sleep(1000)", "assert f(3) == 9")
"""Fails too, by wall time; in one notebook, because its repetition takes long."""


def measure() -> list[dict]:
    """Return the rows of this benchmark."""
    quiet, quiet_seconds = _run(0)
    with _load():
        loaded, loaded_seconds = _run(NICE)
    seconds = loaded_seconds, quiet_seconds
    cells = 2 * sum(map(len, quiet))
    what = f"{cells:,} slow and hostile cells"
    expected = [[passes for *_, passes in exercises] for exercises in _notebooks()]
    unlike, wrong = _differ(loaded, quiet), _differ(quiet, expected)
    return [
        row(f"{what} at load {LOAD}, nice {NICE}, beside alone", *seconds, "s"),
        row(f"verdicts unlike those of the quiet run: {what}", unlike, target="0"),
        row(f"wrong verdicts in the quiet run: {what}", wrong, target="0"),
    ]  # fmt: skip


def _differ(found: list[list[bool]], expected: list[list[bool]]) -> int:
    """Count the verdicts that are not as expected."""
    pairs = zip(chain(*found), chain(*expected), strict=True)
    return sum(one != other for one, other in pairs)


def _run(nice: int) -> tuple[list[list[bool]], float]:
    """Examine all notebooks in a process of that priority; return what passed, and the seconds."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.starved", "examine"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: os.nice(nice) and None, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: list[list[bool]] = json.loads(done.stdout)
    return found, time.monotonic() - began


@contextmanager
def _load() -> Iterator[None]:
    """Keep the machine busy at the lowest priority."""
    command = [sys.executable, "-c", f"import os; os.nice({NICE})\n{BUSY}"]
    programs = [subprocess.Popen(command) for _ in range(LOAD)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def _notebooks() -> list[list[tuple[str, str, bool]]]:
    """Return the exercises of each notebook: answer, test, and whether it must pass."""
    right, hostile = cycle(RIGHT), cycle(HOSTILE)
    made = [
        [(*next(right), True) if n % 2 else (*next(hostile), False) for n in range(EXERCISES)]
        for _ in range(NOTEBOOKS)
    ]
    for place in range(0, EXERCISES, EXERCISES // 4):
        made[0][place] = (*SLEEPING, False)
    return made


def _notebook(exercises: list[tuple[str, str, bool]]) -> NotebookNode:
    marks = {"grade_id": "t", "schema_version": 3, "solution": False, "task": False}
    locked = {"nbgrader": {**marks, "grade": False, "locked": True}}
    graded = {"nbgrader": {**marks, "grade": True, "locked": True, "points": 1}}
    cells = [new_code_cell(GIVEN, metadata=locked), new_code_cell(SQUARE)]
    for answer, test, _ in exercises:
        cells += [new_code_cell(answer), new_code_cell(test, metadata=graded)]
    return new_notebook(cells=cells)


def _examine(exercises: list[tuple[str, str, bool]]) -> list[bool]:
    """Examine a notebook, once more if its end is doubtful; return which tests passed."""
    sandbox = Sandbox()
    confinement: Confinement = Unconfined() if sandbox.available() else sandbox
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        start = start_candidate(confinement, place, LIMITS), start_examiner(place, LIMITS)
        found = examine(_notebook(exercises), *start, LIMITS)
        if found.doubtful:
            found = examine(_notebook(exercises), *start, LIMITS)
    for reason in (*found.details, *(r for r in found.reasons if "has ended" in r)):
        print(reason, file=sys.stderr)
    return [
        not any(output.output_type == "error" for output in cell.outputs)
        for cell in filter(is_test, found.notebook.cells)
    ]


def main(arguments: list[str]) -> None:
    """Examine all notebooks and print what passed; or measure, and fail at a wrong verdict."""
    if arguments == ["examine"]:
        with ThreadPoolExecutor(WORKERS) as pool:
            print(json.dumps(list(pool.map(_examine, _notebooks()))))
        return
    rows = measure()
    for each in rows:
        print(f"{each['name']}: {each['descent']:g} {each['unit']}".strip())
    raise SystemExit(any(each["descent"] for each in rows if each["target"] == "0"))


if __name__ == "__main__":
    main(sys.argv[1:])
