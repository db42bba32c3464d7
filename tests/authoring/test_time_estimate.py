"""A unit's timetable is what its words, lines, checks and explorables add up to."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import paths
from autograder.authoring import time_estimate
from autograder.authoring.unit_text import read_unit

TITLE = "# 90 · Made up\n\n*30 minutes · 2 points*\n\n"
STUB = '''\
def double(x):
    """Return twice x, as three words."""
    ### BEGIN SOLUTION
    y = sum(
        [x, x],
    )
    # what it is
    return y
    ### END SOLUTION
'''


def unit(*cells: NotebookNode, title: str = TITLE) -> NotebookNode:
    return new_notebook(cells=[new_markdown_cell(title + time_estimate.MARK), *cells])


def minutes(*cells: NotebookNode) -> float:
    """Return what cells add to a section of their own."""
    opening, with_them = time_estimate.estimate(unit(new_markdown_cell("## A"), *cells))
    alone = time_estimate.estimate(unit(new_markdown_cell("## A")))[1][1]
    assert opening[0] == ""
    return with_them[1] - alone


def words(text: str) -> NotebookNode:
    return new_markdown_cell(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("one two three", 3),
        ("it's **bold** and so-called", 4),
        ("a [link](https://example.org/with-many/words) here", 3),
        (r"energy $E = m c^2$ counts", 7),
        ("seen <details><summary>what</summary>hidden words here</details> again", 2),
    ],
)
def test_words_are_counted_as_they_are_read(text: str, number: int) -> None:
    assert time_estimate.count_words(text) == number


def test_text_and_docstrings_are_read() -> None:
    assert minutes(words("word " * 400)) == pytest.approx(2)
    assert minutes(new_code_cell(f'def f():\n    """{"word " * 200}"""')) == pytest.approx(1.05)


def test_a_line_to_write_is_a_minute_however_it_is_laid_out() -> None:
    written, words_of_docstring, given_line = 2, 6 / 200, 3 / 60
    stub = new_code_cell(STUB, metadata={"nbgrader": {"grade_id": "double", "solution": True}})
    assert minutes(stub) == pytest.approx(written + words_of_docstring + given_line)


def test_checks_are_read_and_tests_are_not() -> None:
    assert minutes(new_code_cell("check.double(double)")) == pytest.approx(0.5)
    test = new_code_cell("check.double(double).assert_passed()")
    test.metadata.nbgrader = {"grade_id": "test-double", "grade": True, "points": 2}
    assert minutes(test) == 0


def test_an_explorable_takes_longest_the_first_time() -> None:
    imported = new_code_cell(
        "from course.explore import Descent", metadata={"nbgrader": {"grade_id": "setup"}}
    )
    first, again = new_code_cell("Descent()"), new_code_cell("mine = Descent(a=1)\nmine")
    line = 3 / 60
    assert minutes(imported, first) == pytest.approx(3.5 + line)
    assert minutes(imported, first, again) == pytest.approx(3.5 + 1.5 + 3 * line)
    assert minutes(first) == pytest.approx(line)


def test_what_is_left_of_the_sitting_is_told() -> None:
    made = unit(new_markdown_cell("## Long\n\n" + "word " * 2000))
    time_estimate.insert(made)
    assert made.cells[0].source.endswith("| the question | 1 |\n| Long | 10 |\n| in reserve | 19 |")
    assert list(time_estimate.find_overtime(made)) == []


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        (TITLE.replace("30 minutes", "5 minutes"), "take 11 minutes, the title says 5"),
        (TITLE.replace("30 minutes", "120 minutes"), "a sitting has at most 90"),
        ("# 90 · Made up\n\n*2 points*\n\n", "how many minutes"),
    ],
)
def test_a_sitting_that_is_too_short_is_a_problem(title: str, problem: str) -> None:
    made = unit(new_markdown_cell("## Long\n\n" + "word " * 2000), title=title)
    (found,) = time_estimate.find_overtime(made)
    assert problem in found


@pytest.mark.parametrize("name", paths.units())
def test_every_unit_shows_a_timetable_that_adds_up(name: str) -> None:
    made = read_unit(paths.SOURCE / f"{name}.py")
    table = time_estimate.TABLE.search(made.cells[0].source + "\n")
    assert table
    rows = [line.strip("| ").split(" | ") for line in table[0].strip().split("\n")[2:]]
    assert sum(int(row[-1]) for row in rows) == time_estimate.sitting(made)
