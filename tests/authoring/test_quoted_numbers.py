"""A number that a text quotes and nothing gives is found, and so is a declaration that is void."""

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder import paths
from autograder.authoring import quoted_numbers
from autograder.authoring.unit_text import read_unit

HERE = "tests/authoring/test_quoted_numbers.py"
HELPED = 4711


def found_in(text: str) -> list[str]:
    return [number.text for number in quoted_numbers.quoted(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It takes 993 steps in place of 108.", ["993", "108"]),
        ("454.16 r − 40.78, ± 75", ["454.16", "40.78", "75"]),
        ("5 %, 84 %, $2\\,\\%$ and 99.3%", ["5 %", "84 %", "2 %", "99.3 %"]),
        ("20 650 or $20\\,000$ or 10,000", ["20650", "20000", "10000"]),
        ("7·10⁴, $3.086\\times10^{19}$, $10^{-5}$", ["7e4", "3.086e19", "1e-5"]),
        ("$1 - 0.09\\cdot0.196$ and $\\frac12x^{20} + W_{12}$", ["0.09", "0.196"]),
        ("> in a box, 0.119 and not 0.881", ["0.119", "0.881"]),
        ("of 24 nebulae 4 in 1929, unit 03", ["24"]),
        ("## 13 · a heading\n`n = 784` [see](#race?turn=45) [it](https://example.org/45)", []),
        ("*90 minutes · 20 points*\n```python\nx = 33\n```", []),
        ("## Read next\n- Nature 323 (1986) 533\n", []),
        ("## Reflect\n*Read by a person.* Of 323 events", ["323"]),
    ],
)
def test_what_counts_as_quoted(text: str, found: list[str]) -> None:
    assert found_in(text) == found


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("0.98", 0.9848, True),
        ("0.98", 0.9852, False),
        ("84 %", 0.8417, True),
        ("84 %", 0.8461, False),
        ("230", 232.9, True),
        ("230", 235.1, False),
        ("993", 993.6, False),
        ("0.105", -0.10536, True),
        ("7e4", 70065.0, True),
        ("1e-5", 1.43e-5, True),
        ("1e-5", 1.6e-5, False),
    ],
)
def test_a_number_is_given_if_it_is_rounded_as_quoted(text: str, value: float, fits: bool) -> None:
    (number,) = quoted_numbers.quoted(text)
    assert number.fits(value) == fits


def notebook(*parts: str | tuple[str, str]) -> nbformat.NotebookNode:
    """Return a notebook of texts, and of pairs of code and what it prints."""
    cells = []
    for part in parts:
        if isinstance(part, str):
            cells.append(new_markdown_cell(part))
        else:
            shown = [new_output("stream", name="stdout", text=part[1])]
            cells.append(new_code_cell(part[0], outputs=shown))
    return new_notebook(cells=cells)


def problems(unit: nbformat.NotebookNode, declared: dict[str, dict[str, list[str]]]) -> list[str]:
    return [problem.split(":")[0] for problem in quoted_numbers.compare(unit, unit, declared)]


def test_what_a_cell_of_the_section_prints_or_sets_is_given() -> None:
    unit = notebook(
        "## A\nIt is 0.37 after 50 steps, at $\\alpha = 0.9$.", ("run(50)", "got 0.368")
    )
    unit.cells[0].source += " [Try](#descent?learning_rate=0.9), or 64 of `(64, 2)`."
    assert problems(unit, {}) == []
    unit.cells[0].source += "\n## B\nAgain 0.37."
    unit.cells.reverse()  # now the output stands before both sections, and explains neither
    assert problems(unit, {}) == [
        f"'{each}' comes from no cell of its section" for each in ("0.37", "50", "0.37")
    ]


def test_numbers_side_by_side_are_not_one() -> None:
    assert quoted_numbers.printed(notebook(("x", "[10 200 3,000]")).cells) == {10, 200, 3000}


def test_a_wrong_number_is_found_and_what_is_declared_is_not() -> None:
    unit = notebook("## A\nIt is 0.38, as 12 others.", ("run(50)", "got 0.368"))
    known = {"cited": {"Somebody (1929)": ["12"]}}
    (wrong,) = quoted_numbers.compare(unit, unit, known)
    assert wrong == "'0.38' comes from no cell of its section: … It is 0.38, as 12 others. …"
    known["cited"]["Somebody (1929)"] += ["0.38", "0.39"]
    (void,) = quoted_numbers.compare(unit, unit, known)
    assert void == "'0.39' is declared, but no text quotes it"


def test_a_description_of_a_picture_quotes_and_gives_nothing() -> None:
    unit = notebook("## A", ('scatter(r, v, alt=f"a line of slope 51{x}")', "<figure: slope 51>"))
    unit.cells[1].outputs = [
        new_output("execute_result", data={"text/plain": "<figure: a line of slope 51>"})
    ]
    assert len(problems(unit, {})) == 1


def helper() -> int:
    return HELPED + 815


def test_that_holds_numbers() -> None:
    assert helper() == 5526
    assert f"{0.25:.0%}, {5:.1f}" == "25%, 5.0"


def test_a_declared_test_must_be_there_and_hold_the_number() -> None:
    name = f"{HERE}::test_that_holds_numbers"
    assert list(quoted_numbers.find_void({"tests": {name: ["5526", "815", "25 %"]}})) == []
    assert list(quoted_numbers.find_void({"tests": {name: ["5527"]}})) == [
        f"{name} does not hold '5527'"
    ]
    for gone in (f"{HERE}::test_of_nothing", "tests/none.py::test_that_holds_numbers"):
        assert list(quoted_numbers.find_void({"tests": {gone: []}})) == [f"there is no test {gone}"]
    (unknown,) = quoted_numbers.find_void({"guessed": {"somehow": ["12"]}})
    assert unknown.startswith("[guessed] is no kind of declaration")


@pytest.mark.parametrize("unit", paths.units())
def test_no_declaration_of_a_unit_is_void(unit: str) -> None:
    assert list(quoted_numbers.find_void(quoted_numbers.declarations(unit))) == []


def test_a_notebook_is_run_offline() -> None:
    cells = [
        new_code_cell("import os; print(os.environ.get('COURSE_MNIST'))"),
        new_code_cell("1 / 0"),
    ]
    ran = quoted_numbers.run(new_notebook(cells=cells[:1]))
    assert ran.cells[0].outputs[0].text == "None\n"
    with pytest.raises(CellExecutionError):
        quoted_numbers.run(new_notebook(cells=cells))


def test_a_changed_digit_of_unit_01_is_found() -> None:
    unit = "01_linear_regression"
    text, declared = read_unit(paths.SOURCE / f"{unit}.py"), quoted_numbers.declarations(unit)
    solved = nbformat.read(paths.SOLUTIONS / unit / f"{unit}.ipynb", as_version=4)
    ran = quoted_numbers.run(solved)
    assert list(quoted_numbers.compare(text, ran, declared)) == []
    for right, wrong in (("454.16", "454.26"), ("0.982", "0.983"), ("is 1.12", "is 1.21")):
        changed = new_notebook(cells=[cell.copy() for cell in text.cells])
        for cell in changed.cells:
            cell.source = cell.source.replace(right, wrong)
        assert list(quoted_numbers.compare(changed, ran, declared)) != [], wrong
