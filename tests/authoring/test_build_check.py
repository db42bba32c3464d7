"""`autograder build --check` finds each way in which derived files go wrong, and names the file.

That it finds nothing where nothing is wrong, `make test` sees when it checks the tree itself.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import paths
from autograder.authoring import build_check
from autograder.paths import ROOT

UNIT = "01_linear_regression"
RELEASED = Path("course/notebooks") / UNIT / f"{UNIT}.ipynb"
SOLVED = Path("solutions") / UNIT / f"{UNIT}.ipynb"
VALUES = Path("course/checks/outcomes") / f"{UNIT}.jsonl"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what `build` reads and writes, free to be spoilt."""
    for name in ("source", "course", "solutions", "autograder", "answers"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


def check(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", "build", "--check", "01"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )


def edit(path: Path, change) -> None:
    notebook = json.loads(path.read_text())
    change({cell["id"]: cell for cell in notebook["cells"]})
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


def walked(item: Any, change: Callable[[Any], Any]) -> Any:
    """Return stored values with `change` applied to each."""
    if isinstance(item, dict):
        return {key: walked(value, change) for key, value in item.items()}
    return [walked(value, change) for value in item] if isinstance(item, list) else change(item)


def edit_lines(path: Path, change: Callable[[Any], Any]) -> None:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(f"{json.dumps(walked(line, change))}\n" for line in lines))


def name_clause(tree: Path, answer: str, old: str, new: str) -> None:
    """Change the docstring of a wrong answer to `cost`."""
    path = tree / "answers" / UNIT / "cost" / "wrong" / f"{answer}.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def solution(exercise: str) -> str:
    text = (ROOT / "source" / f"{UNIT}.py").read_text()
    after = text[text.index(f"def {exercise}(") :].partition("### BEGIN SOLUTION\n")[2]
    return after.partition("    ### END SOLUTION")[0]


def test_every_kind_of_damage_is_named(tree: Path) -> None:
    def spoil_released(cells) -> None:
        cells["cost"]["source"].insert(1, "    # a line the solution does not have\n")
        cells["test-cost"]["source"].insert(0, "### BEGIN HIDDEN TESTS\n")
        cells["test-gradient"]["source"].append("\n" + solution("gradient"))

    def off(value: Any) -> Any:
        return value * (1 + 1e-5) if isinstance(value, float) else value

    edit(tree / RELEASED, spoil_released)
    edit(tree / SOLVED, lambda cells: cells["cost"]["source"].append("\nprint()"))
    values = tree / VALUES
    edit_lines(values, off)
    (tree / "course/notebooks/99_lost").mkdir()
    shutil.copy(tree / RELEASED, tree / "course/notebooks/99_lost/99_lost.ipynb")
    promise = "Breaks: Return half the mean"
    name_clause(tree, "missing_half", promise, "")
    name_clause(tree, "root", '\n"""', '\n\nBreaks: Return twice the mean\n"""')
    (tree / "course/careless.py").write_text('"""Careless."""\nfrom autograder import paths\n')

    done = check(tree)

    assert done.returncode == 1
    for reported in (
        f"{RELEASED}: differs from a fresh build",
        f"{RELEASED}: cell 'cost' differs from its solution outside the markers",
        f"{RELEASED}: holds 'BEGIN HIDDEN TESTS'",
        f"{RELEASED}: shows the solution or the hidden test of cell 'gradient'",
        f"{SOLVED}: differs from a fresh build",
        f"{VALUES}: differs from a fresh build in fit_and_test, the right answer, observation 1: ",
        f"answers/{UNIT}/clauses.md: differs from a fresh build",
        "exercise 'cost': no wrong answer breaks the clause 'Return half the mean squared residual",
        f"answers/{UNIT}/cost/wrong/root.py: `Breaks: Return twice the mean` matches no clause",
        "course/notebooks/99_lost/99_lost.ipynb: no text in source/",
        "course/careless.py, line 2: course imports staff code",
    ):
        assert reported in done.stderr


def test_a_missing_notebook_and_a_long_one_are_named_and_last_digits_are_not(tree: Path) -> None:
    def lengthen(cells) -> None:
        for cell in cells.values():
            if cell["cell_type"] == "code":
                cell["source"] = ["x = 1\n"] * 30

    def rounded(value: Any) -> Any:
        return float(f"{value:.8g}") if isinstance(value, float) else value

    (tree / SOLVED).unlink()
    edit(tree / RELEASED, lengthen)
    values = tree / VALUES
    lines = values.read_text().splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if line.startswith('{"right": '))
    lines[place : place + 1] = lines[1 : 1 + json.loads(lines[place])["right"]]  # not told apart
    values.write_text("".join(lines))
    edit_lines(values, rounded)
    assert values.read_text() != (ROOT / VALUES).read_text()

    done = check(tree)

    assert done.returncode == 1
    assert f"{SOLVED}: missing" in done.stderr
    assert f"{RELEASED}: code cells have a median of 30 lines; at most 6" in done.stderr
    assert "code cells are over 20 lines" in done.stderr
    assert str(VALUES) not in done.stderr


def test_a_repeated_grade_id_is_named(tree: Path) -> None:
    path = tree / "source" / f"{UNIT}.py"
    path.write_text(
        f'{path.read_text()}\n# %% nbgrader={{"grade_id": "cost", "locked": true}}\n1\n'
    )

    done = check(tree)

    assert done.returncode != 0
    assert f"source/{UNIT}.py, cell 'cost': this grade_id appears twice" in done.stderr


@pytest.mark.parametrize(
    ("lengths", "reported"),
    [
        ([1] * 6 + [20] * 3 + [21], []),
        ([1] * 8 + [21] * 2, ["2 of 10 code cells are over 20 lines"]),
        ([7] * 6 + [6] * 4, ["code cells have a median of 7 lines; at most 6"]),
    ],
)
def test_of_all_cells_with_the_tests_of_one_line_one_in_ten_may_be_long(
    lengths: list[int], reported: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "RELEASED", tmp_path)
    test = {"nbgrader": {"grade": True, "solution": False, "locked": True}}
    cells = [
        new_code_cell("\n".join("1" * length), metadata=test if length == 1 else {})
        for length in lengths
    ]
    path = tmp_path / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=cells), path)
    assert list(build_check.check_cell_lengths(UNIT)) == [
        f"{UNIT}/{UNIT}.ipynb: {each}" for each in reported
    ]


@pytest.mark.parametrize(
    ("title", "reported"),
    [
        ("# Unit\n*90 minutes · 3 points*", []),
        ("# Unit\n*90 minutes · 4 points*", ["the title promises 4 points; the cells have 3"]),
        ("# Unit", ["no line below the title says how many points there are"]),
    ],
)
def test_the_title_promises_the_points_of_the_cells(
    title: str, reported: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "RELEASED", tmp_path)
    graded = [{"nbgrader": {"grade": True, "points": points}} for points in (1, 2)]
    cells = [new_markdown_cell(title), *(new_code_cell("1", metadata=each) for each in graded)]
    (tmp_path / UNIT).mkdir()
    nbformat.write(new_notebook(cells=cells), tmp_path / UNIT / f"{UNIT}.ipynb")
    assert list(build_check.check_points(UNIT)) == [
        f"source/{UNIT}.py: {each}" for each in reported
    ]
