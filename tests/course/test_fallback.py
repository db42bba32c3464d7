"""While an exercise is not written, cells below it go on with the course's own, and say so."""

from collections.abc import Iterator
from types import FunctionType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder import paths
from autograder.selftest.compose import solutions
from course.checks import backpropagation, keras_mnist, memory, roc
from course.checks.check import Check, instant_checks, public_generator
from course.checks.diagnosis import symptoms
from course.checks.observation import Observation, run_probe
from course.checks.stored_outcomes import load_outcomes
from course.explore import RBM, Hopfield
from course.models.fallback import find_version, unwritten, working
from course.models.own import backpropagation as own_backpropagation
from course.models.own import roc as own_roc
from course.models.own import stand_in
from course.notebook_guard import ReferenceUsedError

REFUSAL = "raises ValueError"
"""Own versions take good input only; a stub's first line refuses the rest."""


def checks_with_versions() -> Iterator[tuple[str, Check]]:
    for unit in paths.units():
        for name, check in instant_checks(unit).items():
            if all(map(find_version, check.functions)):
                yield f"{unit}-{name}", check


CHECKS = dict(checks_with_versions())


def notebook(text: str) -> SimpleNamespace:
    """Run code as a notebook does, and return its names."""
    scope: dict[str, Any] = {"__name__": "__main__", "working": working, "np": np}
    exec(compile(text, "/tmp/ipykernel_17/1.py", "exec"), scope)
    return SimpleNamespace(**scope)


STUBS = """
def hopfield_energy(s, W, theta):
    raise NotImplementedError()

def recall(s0, W, theta, rng, max_sweeps):
    return s0, np.array([hopfield_energy(s0, W, theta)])

def counts_at(y, score, threshold):
    score = np.asarray(score)
    raise NotImplementedError()
    return 1, 2, 3, 4

def p_on(delta_e, beta):
    return 0.5
    raise NotImplementedError()

def invented(x):
    raise NotImplementedError()

def answer(y, score, threshold):
    return working(counts_at)(y, score, threshold)
"""


@pytest.mark.parametrize("name", CHECKS)
def test_every_version_is_right(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_in, "below_check", lambda: False)
    check = CHECKS[name]
    probe = check.probe(*map(find_version, check.functions), public_generator())
    observations: list[Observation] = []
    places = []
    for place, observation in enumerate(probe):
        if REFUSAL not in observation.description:
            observations.append(observation)
            places.append(place)
    right = load_outcomes(check.unit, check.exercise).right
    outcomes = run_probe(observations)[1]
    assert not symptoms(tuple(right[place] for place in places), outcomes)


def test_all_exercises_of_units_04_to_07_have_one() -> None:
    for unit in paths.units()[4:8]:
        for name, check in instant_checks(unit).items():
            assert all(map(find_version, check.functions)), f"{unit}, {name}"


def test_what_is_written_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    cells = notebook(STUBS)
    assert working(cells.p_on) is cells.p_on  # what stands below a return is never reached
    assert capsys.readouterr().out == ""


def test_what_is_not_written_is_the_course_s_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cells = notebook(STUBS)
    assert cells.answer([1, 0, 0], [0.9, 0.8, 0.1], 0.5) == (1, 1, 0, 1)
    assert capsys.readouterr().out == (
        "counts_at is not written yet: the course's own is used here.\n"
    )


def test_a_function_that_calls_an_unwritten_one_is_the_course_s_too() -> None:
    cells = notebook(STUBS)
    assert unwritten(cells.recall) == ["hopfield_energy"]
    W = np.array([[0, -1], [-1, 0]])
    s, energies = working(cells.recall)([1, 1], W, [0, 0], np.random.default_rng(0), 9)
    assert sorted(s) == [-1, 1]
    assert energies[-1] == -1


def test_a_check_and_an_answer_handed_in_never_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = notebook(STUBS)
    got = roc.counts_at(cells.answer)
    assert not got.passed
    assert "course's own: write yours" in got.message
    assert not roc.counts_at(own_roc.counts_at).passed
    assert not backpropagation.Value(own_backpropagation.Value).passed
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert working(cells.counts_at) is cells.counts_at
    with pytest.raises(NotImplementedError):
        cells.answer([1, 0], [1, 0], 0.5)


def test_only_exercises_have_versions() -> None:
    with pytest.raises(NotImplementedError, match="no version"):
        working(notebook(STUBS).invented)


@pytest.mark.parametrize("unit", paths.units()[4:8])
def test_solutions_count_as_written(unit: str) -> None:
    module = {"04": keras_mnist, "05": roc, "06": memory}.get(unit[:2])
    scope: dict[str, Any] = {"__name__": "__main__", "fit": None, "as_layers": None}
    for text in solutions(unit).values():
        exec(compile(text, "/tmp/ipykernel_17/2.py", "exec"), scope)
    defined = [item for item in scope.values() if isinstance(item, FunctionType)]
    assert len(defined) >= 6
    assert module is None or len(defined) >= len(instant_checks(unit))
    assert [name for function in defined for name in unwritten(function)] == []


def test_explorables_go_on_with_the_course_s_own() -> None:
    def hebbian_weights(patterns: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def cd_gradient(*given: Any) -> Any:
        raise NotImplementedError

    own, plain = Hopfield(hebbian_weights=hebbian_weights), Hopfield()
    state = plain.state_class()
    frames = own.compute(state), plain.compute(state)
    assert np.array_equal(frames[0].arrays["energy"], frames[1].arrays["energy"])
    assert frames[0].summary.startswith("hebbian_weights is not written yet: the course's own")
    machine = RBM(cd_gradient=cd_gradient)
    state = machine.state_class(n_hidden=4)
    assert np.isfinite(machine.compute(state).arrays["likelihood"]).all()
    assert "cd_gradient is not written yet" in machine.compute(state).summary


def test_notebook_code_may_not_call_a_version_itself() -> None:
    scope: dict[str, Any] = {"version": own_roc.auc}
    exec(compile("def mine(x, y): return version(x, y)", "/tmp/ipykernel_17/3.py", "exec"), scope)
    with pytest.raises(ReferenceUsedError):
        scope["mine"]([0, 1], [0, 1])
    assert not hasattr(own_roc.auc, "__wrapped__")
