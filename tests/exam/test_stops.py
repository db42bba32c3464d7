"""What takes too long is stopped: it costs its own exercise, and the next one gets its points."""

from collections.abc import Callable

import pytest

from tests.exam.conftest import QUICK, errors, graded, passed, student

Run = Callable[..., object]

RIGHT = "def f(x):\n    return x * x"
TEST = "assert f(3) == 9"


@pytest.mark.slow
def test_an_endless_cell_is_interrupted_and_the_next_one_runs(run: Run) -> None:
    cells = run(
        student("print('a')\nwhile True: pass"),
        student(RIGHT),
        graded(TEST),
        limits=QUICK,
    ).notebook.cells
    assert [o.output_type for o in cells[0].outputs] == ["stream", "error", "error"]
    assert errors(cells[0])[1].startswith("CellTimeoutError")
    assert passed(cells[2])


@pytest.mark.slow
def test_a_cell_that_swallows_interrupts_is_killed(run: Run) -> None:
    stubborn = "import time\nwhile True:\n    try:\n        time.sleep(9)\n"
    stubborn += "    except KeyboardInterrupt: pass"
    found = run(student(RIGHT), graded(TEST), student(stubborn), graded(TEST), limits=QUICK)
    cells = found.notebook.cells
    assert passed(cells[1])
    assert not passed(cells[3])
    assert "could not be stopped" in errors(cells[2])[0]


def test_an_endless_call_is_interrupted(run: Run) -> None:
    cells = run(
        student("def f(x):\n    while True: pass"),
        graded("try:\n    f(1)\nexcept TimeoutError: pass"),
        student(RIGHT),
        graded(TEST),
        limits=QUICK,
    ).notebook.cells
    assert passed(cells[1]), errors(cells[1])
    assert passed(cells[3])


@pytest.mark.slow
def test_a_test_whose_time_is_over_ends_and_the_next_is_asked(run: Run) -> None:
    """Each call is stopped, each is followed by another: in the end no more are made."""
    asked = "for _ in range(9):\n    try: f()\n    except TimeoutError: pass"
    again = "import time\ndef f():\n    while True: time.sleep(0.01)\ndef g(): return 3"
    found = run(student(again), graded(asked), graded("assert g() == 3"), limits=QUICK)
    first, second = found.notebook.cells[1:]
    assert any("was not finished" in error or "too long" in error for error in errors(first))
    assert passed(second)
    assert not any("has ended" in reason for reason in found.reasons)


SUBSTITUTE = "from autograder.hidden_tests.hidden_test import substitute_functions\n"
HOLDS_ON = {
    "waits for the test": ("def f(g):\n    while True: g(1)", "f(abs)"),
    "names a test replaced": (
        "def f(g):\n    while True: pass",
        SUBSTITUTE + "with substitute_functions((f,), {'square': abs}):\n    f(1)",
    ),
    "a name a test deleted": ("def f(g):\n    while True: pass", "del square\nf(1)"),
    "a test that asks again": (
        "def f(g):\n    while True: pass",
        SUBSTITUTE + "with substitute_functions((f,), {'square': abs}):\n"
        "    while True:\n        try: f(1)\n        except Exception: pass",
    ),
    "a test that is out of time in a call back": (
        "def f(g):\n    while True: g(1)",
        "def back(x):\n    while True: pass\nf(back)",
    ),
}
"""Answers and tests that are stopped while they hold what the next exercise needs."""


@pytest.mark.slow
@pytest.mark.parametrize("name", HOLDS_ON)
def test_a_stop_ends_one_exercise(run: Run, name: str) -> None:
    answer, test = HOLDS_ON[name]
    found = run(
        student("def square(x):\n    return x * x"),
        student(answer),
        graded(test),
        student("def f(x):\n    return square(x)"),
        graded("assert f(3) == 9 and square(4) == 16"),
        limits=QUICK,
    )
    cells = found.notebook.cells
    assert not passed(cells[2])
    assert passed(cells[4]), errors(cells[4])
    assert not any("has ended" in reason for reason in found.reasons)
    assert found.details == ()


def test_what_sleeps_is_stopped_and_its_end_is_doubtful(run: Run) -> None:
    sleeps = student("import time\ndef f(x):\n    time.sleep(1000)")
    limits = type(QUICK)(**{**vars(QUICK), "call_wall": 0.5})
    slept = run(sleeps, graded("f(1)"), student(RIGHT), graded(TEST), limits=limits)
    assert not passed(slept.notebook.cells[1])
    assert passed(slept.notebook.cells[3])
    assert slept.doubtful
    computes = student("def f(x):\n    while True: pass")
    limits = type(QUICK)(**{**vars(QUICK), "call_cpu": 0.5, "call_wall": 1000.0})
    computed = run(computes, graded("f(1)"), student(RIGHT), graded(TEST), limits=limits)
    assert not passed(computed.notebook.cells[1])
    assert passed(computed.notebook.cells[3])
    assert not computed.doubtful


def test_a_call_that_cannot_be_stopped_ends_the_candidate(run: Run) -> None:
    found = run(
        student(
            "import time\ndef f(x):\n    while True:\n        try:\n            time.sleep(9)\n"
            "        except BaseException: pass"
        ),
        graded(TEST),
        graded("assert 1 + 1 == 2"),
        limits=QUICK,
    )
    assert "could not be stopped" in errors(found.notebook.cells[1])[0]
    assert passed(found.notebook.cells[2])


@pytest.mark.slow
def test_an_endless_test_fails_alone(run: Run) -> None:
    cells = run(
        student(RIGHT), graded("while True: pass"), graded(TEST), limits=QUICK
    ).notebook.cells
    assert not passed(cells[1])
    assert passed(cells[2]), errors(cells[2])


def test_a_notebook_has_an_end(run: Run) -> None:
    slow = student("import time; time.sleep(1)")
    limits = type(QUICK)(**{**vars(QUICK), "wall": 1.5})
    found = run(student(RIGHT), graded(TEST), slow, slow, slow, graded(TEST), limits=limits)
    assert passed(found.notebook.cells[1])
    assert not passed(found.notebook.cells[5])
    assert "the notebook took longer than 1.5 s" in found.reasons[0]
