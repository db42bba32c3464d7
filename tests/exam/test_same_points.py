"""Honest work gets the same points here as in nbgrader's one kernel, exercise by exercise."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.preprocessors import Execute
from nbgrader.utils import determine_grade

from autograder import nbgrader_bridge, paths
from autograder.authoring import catalogue
from autograder.authoring.cells import name_of
from autograder.exam.roles import is_test
from autograder.grading.gradebook import register_unit
from autograder.grading.marking import Submission, mark
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.read import read
from autograder.submission.released_cells import ReleasedUnit
from autograder.submission.repair import repair

UNIT = "01_linear_regression"


def half_wrong(shift: int) -> dict[str, str]:
    """Answers of which every second is wrong, other ones for another `shift`."""
    answers = solutions(UNIT)
    for place, name in enumerate(catalogue.exercises(UNIT)):
        if (place + shift) % 2:
            pile = catalogue.wrong(UNIT, name)
            answers[name] = pile[(place + shift) % len(pile)].source
    return answers


HONEST = {
    "solution": lambda: solutions(UNIT),
    "released": dict,
    "one alone": lambda: {"gradient": solutions(UNIT)["gradient"]},
    **{f"half wrong {shift}": lambda shift=shift: half_wrong(shift) for shift in range(3)},
}


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReleasedUnit]:
    with classroom_at(tmp_path_factory.mktemp("classroom"), "same points"):
        yield register_unit(UNIT)


def stock(path: Path, unit: ReleasedUnit) -> dict[str, float]:
    """Return the points of each test where nbgrader runs everything in one kernel."""
    notebook = read(path)
    repair(notebook, unit)
    notebook, _ = Execute().preprocess(notebook, {"metadata": {"path": str(path.parent)}})
    return {name_of(cell): determine_grade(cell)[0] for cell in notebook.cells if is_test(cell)}


@pytest.mark.parametrize("case", HONEST)
def test_stock_nbgrader_gives_the_same_points(
    case: str, unit: ReleasedUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(paths.ROOT))
    student = case.replace(" ", "-")
    path = hand_in(compose(UNIT, HONEST[case](), complete=False), UNIT, student)
    marked: Any = mark(Submission(student, UNIT, path.parent), unit, nbgrader_bridge.config())
    ours = {
        name_of(cell): determine_grade(cell)[0] for cell in marked.notebook.cells if is_test(cell)
    }
    assert ours == stock(path, unit)
    assert marked.verdict.reasons == ()
    most = sum(item.points or 0 for item in unit.cells if item.grade and not item.solution)
    expected = {"solution": most, "released": 0, "one alone": most / len(ours)}
    if case in expected:
        assert sum(ours.values()) == expected[case]
    else:
        assert 0 < sum(ours.values()) < most
