"""Which cells are run: all that points may depend on, and nothing that is only shown."""

import json

import nbformat
import pytest
from nbformat import NotebookNode

from autograder import paths
from autograder.exam.slicing import cells_to_run, names_of
from autograder.selftest.compose import compose, solutions
from tests.exam.conftest import locked, student

UNIT = "01_linear_regression"


def submission(**answers: str) -> NotebookNode:
    """Return the solved notebook with some other answers."""
    return compose(UNIT, solutions(UNIT) | answers)


def place(notebook: NotebookNode, words: str) -> int:
    """Return the index of the one code cell with these words."""
    cells = enumerate(notebook.cells)
    found = [i for i, cell in cells if cell.cell_type == "code" and words in cell.source]
    assert len(found) == 1, found
    return found[0]


def is_run(notebook: NotebookNode, words: str) -> bool:
    return place(notebook, words) in cells_to_run(notebook.cells)


@pytest.mark.parametrize("unit", paths.units())
def test_of_a_solved_notebook_answers_tests_and_what_they_use_are_run(unit):
    notebook = compose(unit, solutions(unit))
    run = cells_to_run(notebook.cells)
    for index, cell in enumerate(notebook.cells):
        label = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and (label.get("solution") or label.get("grade")):
            assert index in run
        if label.get("grade_id") == "setup":
            assert index in run  # tests take their names from there
    shown = [c for i, c in enumerate(notebook.cells) if c.cell_type == "code" and i not in run]
    assert len(shown) > len(run) / 2
    assert any(cell.source.startswith("check.") for cell in shown)


@pytest.mark.parametrize("unit", paths.units())
def test_no_released_cell_reaches_names_dynamically(unit):
    notebook = nbformat.read(paths.RELEASED / unit / f"{unit}.ipynb", 4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("solution"):
            assert not names_of(cell.source).dynamic_access, cell.source


def test_what_is_only_shown_is_not_run():
    notebook = submission()
    assert not is_run(notebook, "descent = Descent(")
    assert not is_run(notebook, "theta, costs = working(gradient_descent)(X")
    [instant_check] = [i for i, c in enumerate(notebook.cells) if c.source == "check.cost(cost)"]
    assert instant_check not in cells_to_run(notebook.cells)


def test_a_shown_cell_that_an_answer_builds_on_is_run_and_all_that_it_builds_on():
    notebook = submission(cost="def cost(X, y, theta):\n    return costs[0]")
    assert is_run(notebook, "theta, costs = working(gradient_descent)(X")
    assert not is_run(notebook, "descent = Descent(")


def test_a_shown_cell_that_may_change_a_value_which_is_needed_is_run():
    notebook = submission(cost="def cost(X, y, theta):\n    return typo[0]")
    assert is_run(notebook, "typo = v.copy()")
    notebook = submission(cost="def cost(X, y, theta):\n    return features[0]")
    assert is_run(notebook, "A = with_ones(features)")  # it could have written to them


@pytest.mark.parametrize("change", ["{} ", "{}\nmore = 1", "# mine\n{}"])
def test_what_a_student_has_changed_is_run_unless_only_by_space(change):
    notebook = submission()
    cell = notebook.cells[place(notebook, "descent = Descent(")]
    cell.source = change.format(cell.source)
    assert is_run(notebook, "descent = Descent(") is (cell.source.strip() != cell.source[:-1])


def test_a_locked_cell_is_run_whatever_it_does(run):
    cells = run(locked("open('there', 'w').close()"), student("import os\nprint(os.listdir())"))
    assert "there" in cells.notebook.cells[1].outputs[0].text


def test_locked_data_that_no_answer_uses_is_not_loaded():
    assert not is_run(submission(), "r, v = hubble1929()")
    assert is_run(submission(cost="def cost(X, y, theta):\n    return v[0]"), "r, v = hubble1929()")


def test_a_locked_cell_of_the_courses_that_binds_nothing_is_run(monkeypatch):
    monkeypatch.setattr(
        "autograder.exam.slicing.released_texts", lambda: frozenset({"f()", "a = f()"})
    )
    assert cells_to_run([locked("f()"), locked("a = f()")]) == {0}


def test_a_cell_of_the_students_own_is_run_and_so_is_what_it_reads():
    notebook = submission()
    notebook.cells.append(nbformat.v4.new_code_cell("print(slope)"))
    run = cells_to_run(notebook.cells)
    assert len(notebook.cells) - 1 in run
    assert is_run(notebook, "slope = theta[1] / std[0]")


@pytest.mark.parametrize(
    "source",
    [
        "globals()['theta']", "print(_)", "print(_12)", "In[3]", "%who", "!ls", "x = (", "_i",
        "import __main__", "f.__globals__['x']", "import sys\nsys.modules", "eval('theta')",
        "def f(): return vars()",
    ],
)  # fmt: skip
def test_where_names_can_be_reached_unseen_everything_is_run(source):
    assert names_of(source).dynamic_access
    notebook = submission()
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    code = {i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"}
    assert cells_to_run(notebook.cells) == code


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("def f(a, b=c):\n    d = a\n    return d + e", "c e"),
        ("class A(B):\n    x = y\n    def f(self):\n        return self.x + z", "B y z"),
        ("[i + j for i in k]", "j k"),
        ("{i: {j for j in i + n} for i in k}", "k n"),
        ("class A:\n    x = [i + j for i in k]", "j k"),
        ("def f():\n    def g():\n        return x\n    x = 1\n    return g", ""),
        ("def f():\n    global n\n    n = m", "n m"),
        ("def f():\n    n = 0\n    n += m", "m"),
        ("if a:\n    b += 1", "a b"),
        ("for _ in range(3):\n    pass", "range"),
        ("with a as b:\n    lambda c: c + d", "a d"),
        ("x: y = z", "y z"),
        ("a.b.c[d] = e", "a d e"),
        ("del a", "a"),
    ],
)
def test_names_are_those_that_python_looks_up(source, read):
    names = names_of(source)
    assert not names.dynamic_access
    assert names.read == set(read.split())


@pytest.mark.parametrize(
    "source", ["+".join("a" * 900), "[" * 300, "-" * 5000 + "a", "\0", "\ud800", "a = 1\n" * 50_000]
)
def test_a_cell_too_deep_or_too_long_to_look_into_reads_any_name(source):
    names = names_of(source)
    assert names.dynamic_access or names.read == {"a"}


def test_what_was_not_run_says_so_and_no_point_depends_on_it(tmp_path):
    from autograder.exam.examination import SKIPPED, examine
    from autograder.exam.limits import Limits
    from autograder.exam.process import Unconfined
    from autograder.plugins.launch import start_candidate, start_examiner
    from benchmarks._one_interpreter import is_skipped

    notebook, limits = submission(), Limits()
    candidate = start_candidate(Unconfined(), tmp_path, limits)
    found = examine(notebook, candidate, start_examiner(tmp_path, limits), limits).notebook
    run = cells_to_run(notebook.cells)
    for index, cell in enumerate(found.cells):
        if cell.cell_type != "code":
            continue
        reported = json.dumps(cell.outputs)
        assert (SKIPPED.strip() in reported) is (index not in run)
        assert is_skipped(cell) is (index not in run)
        assert "ename" not in reported, reported
