"""The solved notebook of each unit gets all points, in the sandbox, as a submission would."""

from pathlib import Path

import pytest

from autograder import paths, permissions
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at


@pytest.mark.parametrize("unit", paths.units())
def test_a_solved_unit_gets_all_points(unit: str, tmp_path: Path) -> None:
    # As the command does, which keeps what it writes from other accounts.
    with classroom_at(tmp_path, "solved"), permissions.umask(permissions.denied()):
        hand_in(compose(unit, solutions(unit)), unit, "ada")
        grade(unit, workers=1)
        verdict = load_verdicts(unit)["ada"]
    by_test = {name: found for name, found in verdict.exercises.items() if not found.by_hand}
    missed = {name: found for name, found in by_test.items() if found.points < found.max_points}
    assert by_test
    assert missed == {}
    assert verdict.reasons == ()
