"""Mutants of a made-up unit: those that a check lets pass are found, listed ones are checked."""

import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.reference import namespace
from autograder.hidden_tests.hidden_test import HiddenTest
from autograder.selftest.mutation.equivalents import EquivalentsError, equivalents
from autograder.selftest.mutation.first_difference import (
    HiddenTestUntilItDiffers,
    check_until_it_differs,
)
from autograder.selftest.mutation.judging import Judges, Question
from autograder.selftest.mutation.mutants import OPERATORS, Mutant, make
from autograder.selftest.mutation.right_ones import prepare_judges
from autograder.selftest.mutation.survivors import MutantTally, as_toml, tally_unit
from autograder.selftest.mutation.trees import AnswerTree
from autograder.selftest.rewriting.rewrites import tally_rewrites
from course.checks import stored_outcomes
from course.checks.check import Check
from course.checks.observation import Observation, call, invariant

TEXT = '''# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np
from course.validation.arrays import as_array

# %% nbgrader={"grade_id": "square", "solution": true}
def square(x):
    """Return the mean square.

    Parameters
    ----------
    x : array_like, shape (m,)
    """
    x = as_array(x, "x", ndim=1)
    ### BEGIN SOLUTION
    total, left = 0.0, len(x)
    while left > 0:
        left -= 1
        total += x[left] ** 2
    return total / len(x)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-square", "grade": true, "points": 1}
### BEGIN HIDDEN TESTS
from autograder.hidden_tests import sums as check
### END HIDDEN TESTS
check.square(square).assert_passed()
'''

VECTOR = "return np.mean(np.square(x))"


def strong(square: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Ask for numbers of either sign, for a list, and for two vectors after each other."""
    for m in (5, 12):
        yield call(square, x=rng.normal(size=m))
    yield call(square, x=[1.5, -2.5])
    yield invariant("a matrix is refused", lambda: _refuses(square))


def weak(square: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Ask for one 2, of which the square is the double."""
    yield call(square, x=np.array([2.0]))


def fussy(square: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Refuse a number that is not NumPy's."""
    yield from strong(square, rng)
    yield invariant("it has a dtype", lambda: square(np.ones(3)).dtype == float)


def _refuses(square: Callable) -> bool:
    try:
        square(np.ones((2, 2)))
    except ValueError:
        return True
    return False


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable], str]:
    """Return a function that makes a unit of one exercise, looked at by the given probe."""
    for name in ("SOURCE", "ANSWERS", "BUILD"):
        monkeypatch.setattr(paths, name, tmp_path / name.lower())
    monkeypatch.setattr("autograder.authoring.catalogue.ANSWERS", tmp_path / "answers")
    monkeypatch.setattr(stored_outcomes, "FOLDER", tmp_path)
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path / "classroom"))
    monkeypatch.setenv("DESCENT_SECRET", "made up")
    (tmp_path / "classroom").mkdir()

    def make_unit(probe: Callable) -> str:
        unit = f"90_{probe.__name__}_{tmp_path.name}".replace("-", "_")
        (tmp_path / "source").mkdir()
        (tmp_path / "source" / f"{unit}.py").write_text(TEXT)
        right = tmp_path / "answers" / unit / "square" / "right"
        right.mkdir(parents=True)
        guard = '"""In one line."""\n\n\ndef square(x):\n    x = as_array(x, "x", ndim=1)\n'
        (right / "vector.py").write_text(f"{guard}    {VECTOR}\n")
        check = Check(unit, "square", probe, ("square",))
        for package, item in (("course.checks", check), ("autograder.hidden_tests", hidden(check))):
            module = types.ModuleType(f"{package}.{unit[3:]}")
            module.square = item  # type: ignore[attr-defined]
            monkeypatch.setitem(sys.modules, module.__name__, module)
        _, right_ones = check.observe(namespace(unit)["square"])
        stored = stored_outcomes.StoredOutcomes(tuple(right_ones), ())
        (tmp_path / f"{unit}.jsonl").write_text(stored_outcomes.dump({"square": stored}))
        return unit

    return make_unit


def hidden(check: Check) -> HiddenTest:
    return HiddenTest(check)


def tally(unit: str) -> MutantTally:
    return tally_unit(unit, (), 2, lambda done, of: None)


def survivors(unit: str) -> set[tuple[str, str]]:
    return {(mutant.was, mutant.now) for mutant, _ in tally(unit).survivors}


def test_a_strong_check_lets_pass_only_what_is_right(made_up: Callable[[Callable], str]) -> None:
    found = tally(made_up(strong))
    assert found.faults == []
    assert {(mutant.was, mutant.now) for mutant, _ in found.survivors} == {
        ("", "x = abs(x)"),
        ("", "x = np.sort(x, axis=0)"),
        ("total += x[left] ** 2", "total += x[left - 1] ** 2"),
    }
    assert found.stopped > 0, "some mutants do not end"
    assert found.caught["square"] == found.made["square"] - len(found.survivors) > 50


def test_a_weak_check_is_found(made_up: Callable[[Callable], str]) -> None:
    found = survivors(made_up(weak))
    assert ("total += x[left] ** 2", "total += x[left] * 2") in found
    assert ("", "x = np.round(x)") in found
    assert ("x = as_array(x, 'x', ndim=1)", "pass") in found


def test_listed_mutants_are_no_survivors_and_stale_entries_are_told(
    made_up: Callable[[Callable], str],
) -> None:
    unit = made_up(strong)
    listed = as_toml(tally(unit)).replace('reason = ""', 'reason = "A square has no sign."')
    file = paths.ANSWERS / unit / "equivalent.toml"
    file.write_text(listed)
    found = tally(unit)
    assert list(found.complaints(unit)) == []
    assert found.equivalent["square"] == 3
    stale = '[[square]]\nin = ["vector"]\nwas = ""\nnow = ["x = x[:8]"]\nreason = "It is not so."\n'
    file.write_text(f"{listed}\n{stale}")
    (complaint,) = tally(unit).complaints(unit)
    assert "no such mutant survives" in complaint
    assert "x = x[:8]" in complaint


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('in = ["solution"]\nwas = "a"\nnow = ["b"]\nreason = ""', "no reason"),
        ('in = ["solution"]\nwas = "a"\nnow = ["b"]', "expected"),
        ('in = ["solution"]\nwas = "a"\nnow = ["b", "b"]\nreason = "One and the same."', "twice"),
    ],
)
def test_a_list_without_reasons_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, problem: str
) -> None:
    monkeypatch.setattr(paths, "ANSWERS", tmp_path)
    (tmp_path / "90_unit").mkdir()
    (tmp_path / "90_unit" / "equivalent.toml").write_text(f"[[square]]\n{entry}\n")
    with pytest.raises(EquivalentsError, match=problem):
        equivalents("90_unit")


def test_a_check_that_refuses_a_right_answer_is_found(
    made_up: Callable[[Callable], str],
) -> None:
    unit = made_up(fussy)
    found = tally_rewrites(unit, (), 2, lambda done, of: None)
    refused = {rewrite.kind for rewrite, _ in found.refused}
    assert "Python's numbers" in refused
    assert "an object with __call__" not in refused
    assert found.kinds["lists given for arrays"] == [2, 2]


def test_right_answers_rewritten_are_accepted(made_up: Callable[[Callable], str]) -> None:
    unit = made_up(strong)
    assert list(tally_rewrites(unit, (), 2, lambda done, of: None).complaints(unit)) == []


@pytest.mark.parametrize(
    "fatal",
    ["import os; os._exit(0)", "import os; os.abort()", "x = [0] * 10**10", "while True: pass"],
)
def test_an_answer_that_ends_its_process_is_refused_and_stops_no_other(
    made_up: Callable[[Callable], str], fatal: str
) -> None:
    unit = made_up(strong)
    checks = Judges(
        {"np": np}, {"square": sys.modules[f"autograder.hidden_tests.{unit[3:]}"].square}
    )
    refusing = "x = np.asarray(x, dtype=float)\n    if x.ndim > 1: raise ValueError"
    right = f"def square(x):\n    {refusing}\n    {VECTOR}"
    questions = [
        Question("square", f"def square(x):\n    {fatal}\n    {VECTOR}", 0.5),
        Question("square", right),
    ]
    ended, other = checks.judge(questions, 2)
    assert not ended.accepted_by
    assert other.accepted_by == "instant check and hidden test"


@pytest.mark.parametrize(
    ("unit", "exercise"), [("01_linear_regression", "gradient_descent"), ("06_memory", "recall")]
)
def test_checks_that_end_early_judge_as_the_whole_ones_do(unit: str, exercise: str) -> None:
    checks, right = prepare_judges(unit, [exercise])
    test = checks.hidden[exercise]
    wrong = [answer.source for answer in catalogue.answers(unit, exercise)]
    for source in (*right[exercise].values(), *wrong):
        scope = dict(checks.scope)
        exec(source, scope)
        function = scope[exercise]
        whole = test.check(function).passed, test(function).passed
        early = (
            check_until_it_differs(test.check, [function]).passed,
            HiddenTestUntilItDiffers.like(test)(function).passed,
        )
        assert early == whole


EXAMPLE = """
def walk(X, y, alpha, n, rng):
    path, theta = [], np.zeros(3)
    for _ in range(n):
        order = rng.permutation(len(y))
        cut = sorted(y)[0]
        for row, target in zip(X[order[1:]], y):
            if row @ theta < target and theta[0] != -1:
                theta = theta + alpha * row.mean(axis=0)
            theta[_] += 1
        path.append(theta.copy())
    return np.array(X), path if path else [cut]
"""

KINDS = {
    "an operator": ("row @ theta < target", "row * theta < target"),
    "a comparison": ("row @ theta < target", "row @ theta <= target"),
    "a constant": ("theta[0] != -1", "theta[0] != -2"),
    "an index": ("theta[_] += 1", "theta[_ + 1] += 1"),
    "an axis or an option": ("axis=0", "axis=1"),
    "a slice": ("order[1:]", "order[:]"),
    "a range": ("range(n)", "range(n - 1)"),
    "a statement dropped": ("path.append(theta.copy())", "pass"),
    "a condition": ("path if path else [cut]", "path"),
    "a loop": ("", "break"),
    "a name": ("alpha * row.mean", "y * row.mean"),
    "an order": ("zip(X[order[1:]], y)", "zip(y, X[order[1:]])"),
    "a function": ("row.mean(axis=0)", "row.sum(axis=0)"),
    "a type of number": ("np.array(X), path", "whole(np.array(X)), path"),
    "a copy": ("np.array(X)", "np.asarray(X)"),
    "shuffled in part": ("rng.permutation(len(y))", "last_stays(rng.permutation(len(y)))"),
    "sorted in part": ("sorted(y)[0]", "[*sorted(list(y)[:-1]), *list(y)[-1:]][0]"),
    "a generator": ("rng.permutation(len(y))", "np.random.default_rng(0).permutation(len(y))"),
    "right for some inputs": ("", "X = abs(X)"),
    "kept between calls": ("", "@kept_between_calls('alpha')"),
    "a list kept between calls": ("cut = []", "def walk(X, y, alpha, n, rng, cut=[]):"),
}


def _example(kind: str) -> list[Mutant]:
    def walk() -> None:
        """Do it.

        Parameters
        ----------
        X, y : array_like, shapes (m, n) and (m,)
        """

    code = EXAMPLE
    if kind == "a list kept between calls":
        code = EXAMPLE.replace("    path, theta = [], np.zeros(3)\n", "    cut = []\n")
    tree = AnswerTree(code, ("walk",), {"walk": walk})
    return [mutant for mutant in make(tree, "walk", "solution", set()) if mutant.kind == kind]


@pytest.mark.parametrize("kind", OPERATORS)
def test_every_kind_of_change_is_made(kind: str) -> None:
    was, now = KINDS[kind]
    assert any(was in mutant.was and now in mutant.now for mutant in _example(kind)), [
        (mutant.was, mutant.now) for mutant in _example(kind)
    ]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("def f(x):\n    return np.abs(x - y)", "np.abs(y - x)"),
        ("def f(x):\n    return rng.random() < x", "rng.random() <= x"),
        ("def f(x):\n    return rng.integers(2 ** 32)", "2 ** 33"),
        ("def f(x):\n    return min(x, 3)", "min(3, x)"),
        ("def f(x):\n    a = np.zeros(3)\n    a = a + x\n    return a", "dtype=int"),
    ],
)
def test_changes_that_cannot_matter_are_not_made(code: str, change: str) -> None:
    made = list(make(AnswerTree(code, ("f",)), "f", "solution", set()))
    assert made
    assert not [mutant.now for mutant in made if change in mutant.now]
